//! A JSON object of any kind.

use std::fmt;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::value::Json;

/// A JSON object: members in their order.
///
/// Two objects are equal when they have the same members, in whatever order.
#[derive(Clone, Default)]
pub struct JsonObject(Vec<(String, Json)>);

impl JsonObject {
    /// Returns an object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the value of a member; the last one counts if there are several.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0
            .iter()
            .rev()
            .find(|(member, _)| member == name)
            .map(|(_, value)| value)
    }

    /// Sets a member, replacing one with the same name.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().rev().find(|(member, _)| *member == name) {
            Some((_, slot)) => *slot = value,
            None => self.0.push((name, value)),
        }
    }

    /// Returns the members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns how many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the members by name; sorting is stable, so the last of several stays last.
    fn sorted(&self) -> Vec<&(String, Json)> {
        let mut members: Vec<_> = self.0.iter().collect();
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        members
    }
}

impl<N: Into<String>, V: Into<Json>> FromIterator<(N, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        Self(
            members
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl PartialEq for JsonObject {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (self.0 == other.0 || self.sorted() == other.sorted())
    }
}

impl Eq for JsonObject {}

impl fmt::Debug for JsonObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_string(self))
    }
}

impl Blank for JsonObject {
    fn blank() -> Self {
        Self::new()
    }
}

impl Decode for JsonObject {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.0.clear();
        decoder.members(&mut |decoder, name| {
            let value = decoder.value()?;
            self.0.push((name.into_owned(), value));
            Ok(())
        })
    }
}

impl Encode for JsonObject {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.open(b'{');
        for (name, value) in &self.0 {
            encoder.member(name, value);
        }
        encoder.close(b'}');
    }
}
