//! Objects: one function for all types, driven by a table of members.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::{Fault, Kind};

/// The declared members of an object: the name of each on the wire, and whether it must be there.
pub type Members = [(&'static str, bool)];

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

impl<'j> Decoder<'j> {
    /// Reads an object into `fields`, one for each member of `T`; further members are skipped and counted.
    pub fn object<T: Decode>(&mut self, fields: &mut [&mut dyn Decode]) -> Result<(), Fault> {
        self.fields(T::members(), fields, None)
    }

    /// Reads an object into `fields`, and every further member into `rest`.
    pub fn object_with_rest<T: Decode>(
        &mut self,
        fields: &mut [&mut dyn Decode],
        rest: &mut dyn AdditionalProperties,
    ) -> Result<(), Fault> {
        self.fields(T::members(), fields, Some(rest))
    }

    fn fields(
        &mut self,
        members: &Members,
        fields: &mut [&mut dyn Decode],
        mut rest: Option<&mut dyn AdditionalProperties>,
    ) -> Result<(), Fault> {
        self.expect(Kind::Object, "an object")?;
        let start = self.at;
        self.open()?;
        let mut seen = Seen::default();
        let mut next = 0;
        let mut closed = self.closes(b'}');
        while !closed {
            match (self.member(members, next)?, &mut rest) {
                (Name::Known(index), _) => {
                    fields[index].decode(self)?;
                    seen.add(index);
                    next = index + 1;
                }
                (Name::Unknown(name), Some(rest)) => rest.decode_member(name, self)?,
                (Name::Unknown(_), None) => {
                    self.note_skipped();
                    self.skip()?;
                }
            }
            closed = self.separator(b'}', "`,` or `}`")?;
        }
        let mut members = members.iter().enumerate();
        match members.find(|&(index, &(_, required))| required && !seen.has(index)) {
            Some((_, (name, _))) => Err(Fault::missing(start, name)),
            None => Ok(()),
        }
    }

    /// Reads the name of a member, and finds out which one it is.
    ///
    /// Mostly it is the next one of the table, or the one behind it, in plain letters: then the name
    /// need not be read as a string.
    fn member(&mut self, members: &Members, next: usize) -> Result<Name<'j>, Fault> {
        for (index, (name, _)) in members.iter().enumerate().skip(next).take(LOOK_AHEAD) {
            if self.takes_name(name) {
                return Ok(Name::Known(index));
            }
        }
        let name = self.name()?;
        Ok(match position(members, next, &name) {
            Some(index) => Name::Known(index),
            None => Name::Unknown(name),
        })
    }
}

/// How many members are tried before a name is read.
const LOOK_AHEAD: usize = 2;

/// The name of a member.
enum Name<'j> {
    /// That of the member with this index.
    Known(usize),
    Unknown(Cow<'j, str>),
}

/// Which members have been read; no memory is taken for the first 64.
#[derive(Debug, Default)]
struct Seen {
    first: u64,
    others: BTreeSet<usize>,
}

impl Seen {
    fn add(&mut self, index: usize) {
        match 1_u64.checked_shl(index as u32) {
            Some(bit) => self.first |= bit,
            None => {
                self.others.insert(index);
            }
        }
    }

    fn has(&self, index: usize) -> bool {
        match 1_u64.checked_shl(index as u32) {
            Some(bit) => self.first & bit != 0,
            None => self.others.contains(&index),
        }
    }
}

/// Finds a member by name, looking first where the usual order has it.
fn position(members: &Members, next: usize, name: &str) -> Option<usize> {
    let (before, after) = members.split_at(next.min(members.len()));
    let find = |members: &Members| members.iter().position(|(known, _)| *known == name);
    find(after)
        .map(|index| before.len() + index)
        .or_else(|| find(before))
}

impl Encoder {
    /// Writes an object of the members of `T`; those that need not be there and are absent are left out.
    pub fn object<T: Decode>(&mut self, values: &[&dyn Encode]) {
        self.open(b'{');
        self.members(T::members(), values);
        self.close(b'}');
    }

    /// Writes an object with further members; those named like a declared one are left out.
    pub fn object_with_rest<T: Decode>(
        &mut self,
        values: &[&dyn Encode],
        rest: &dyn AdditionalProperties,
    ) {
        let members = T::members();
        self.open(b'{');
        self.members(members, values);
        rest.for_each(&mut |name, value| {
            if !members.iter().any(|(declared, _)| *declared == name) {
                self.member(name, value);
            }
        });
        self.close(b'}');
    }

    fn members(&mut self, members: &Members, values: &[&dyn Encode]) {
        for ((name, always), value) in members.iter().zip(values) {
            if *always || !value.is_absent() {
                self.member(name, *value);
            }
        }
    }
}
