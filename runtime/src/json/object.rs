//! Objects: one function for all types, driven by a table of members.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::{Fault, Kind};

/// A member to decode: name on the wire, whether it must be there, where it goes.
pub type Field<'f> = (&'static str, bool, &'f mut dyn Decode);

/// A member to encode: name on the wire, whether it is written even when absent, its value.
pub type Member<'m> = (&'static str, bool, &'m dyn Encode);

/// Where the members go that the table of a type does not name.
pub trait AdditionalProperties {
    /// Decodes the value of a member and keeps it.
    fn decode_member(&mut self, name: Cow<'_, str>, decoder: &mut Decoder<'_>)
    -> Result<(), Fault>;

    /// Calls `write` with each kept member.
    fn for_each(&self, write: &mut dyn FnMut(&str, &dyn Encode));
}

impl<T: Blank + Decode + Encode> AdditionalProperties for BTreeMap<String, T> {
    fn decode_member(
        &mut self,
        name: Cow<'_, str>,
        decoder: &mut Decoder<'_>,
    ) -> Result<(), Fault> {
        let value = decoder.value()?;
        self.insert(name.into_owned(), value);
        Ok(())
    }

    fn for_each(&self, write: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, value) in self {
            write(name, value);
        }
    }
}

impl Decoder<'_> {
    /// Reads an object into `fields`; members without a field are skipped and counted.
    pub fn object(&mut self, fields: &mut [Field<'_>]) -> Result<(), Fault> {
        self.fields(fields, None)
    }

    /// Reads an object into `fields`, and every member without a field into `rest`.
    pub fn object_with_rest(
        &mut self,
        fields: &mut [Field<'_>],
        rest: &mut dyn AdditionalProperties,
    ) -> Result<(), Fault> {
        self.fields(fields, Some(rest))
    }

    fn fields(
        &mut self,
        fields: &mut [Field<'_>],
        mut rest: Option<&mut dyn AdditionalProperties>,
    ) -> Result<(), Fault> {
        self.expect(Kind::Object, "an object")?;
        let start = self.at;
        self.open()?;
        let mut next = 0;
        let mut closed = self.closes(b'}');
        while !closed {
            let name = self.name()?;
            match (position(fields, next, &name), &mut rest) {
                (Some(index), _) => {
                    let (_, missing, value) = &mut fields[index];
                    value.decode(self)?;
                    *missing = false;
                    next = index + 1;
                }
                (None, Some(rest)) => rest.decode_member(name, self)?,
                (None, None) => {
                    self.note_skipped();
                    self.skip()?;
                }
            }
            closed = self.separator(b'}', "`,` or `}`")?;
        }
        match fields.iter().find(|(_, missing, _)| *missing) {
            Some((name, ..)) => Err(Fault::missing(start, name)),
            None => Ok(()),
        }
    }
}

/// Finds a field by name, looking first where the usual order of members has it.
fn position(fields: &[Field<'_>], next: usize, name: &str) -> Option<usize> {
    let (before, after) = fields.split_at(next.min(fields.len()));
    let found = after
        .iter()
        .position(|(field, ..)| *field == name)
        .map(|index| before.len() + index);
    found.or_else(|| before.iter().position(|(field, ..)| *field == name))
}

impl Encoder {
    /// Writes an object; optional members that are absent are left out.
    pub fn object(&mut self, members: &[Member<'_>]) {
        self.open(b'{');
        self.members(members);
        self.close(b'}');
    }

    /// Writes an object with further members; those named like a declared one are left out.
    pub fn object_with_rest(&mut self, members: &[Member<'_>], rest: &dyn AdditionalProperties) {
        self.open(b'{');
        self.members(members);
        rest.for_each(&mut |name, value| {
            if !members.iter().any(|(declared, ..)| *declared == name) {
                self.member(name, value);
            }
        });
        self.close(b'}');
    }

    fn members(&mut self, members: &[Member<'_>]) {
        for (name, always, value) in members {
            if *always || !value.is_absent() {
                self.member(name, *value);
            }
        }
    }
}
