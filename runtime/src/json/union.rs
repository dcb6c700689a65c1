//! Unions: finding the variant without buffering, on the same text.

use std::borrow::Cow;

use super::blank::Blank;
use super::decoder::{Decode, Decoder, Unknown};
use super::encoder::{Encode, Encoder};
use super::fault::{Fault, Kind};
use super::object::Members;
use super::value::Json;

impl<'j> Decoder<'j> {
    /// Returns the value of the member `name` of the object that comes next, without consuming
    /// anything; numbers and booleans are given as their text.
    fn tag(&mut self, name: &str) -> Result<Option<Cow<'j, str>>, Fault> {
        if self.peek()? != Kind::Object {
            return Ok(None);
        }
        let (start, depth) = (self.at, self.depth);
        let tag = self.find_tag(name);
        (self.at, self.depth) = (start, depth);
        tag
    }

    fn find_tag(&mut self, name: &str) -> Result<Option<Cow<'j, str>>, Fault> {
        self.open()?;
        if self.closes(b'}') {
            return Ok(None);
        }
        loop {
            if self.name()? == name {
                return match self.peek()? {
                    Kind::String => self.string("a string").map(Some),
                    Kind::Number => self
                        .number("a number")
                        .map(|text| Some(Cow::Borrowed(text))),
                    Kind::Boolean => Ok(Some(Cow::Borrowed(if self.boolean()? {
                        "true"
                    } else {
                        "false"
                    }))),
                    Kind::Null | Kind::Array | Kind::Object => Ok(None),
                };
            }
            self.skip()?;
            if self.separator(b'}', "`,` or `}`")? {
                return Ok(None);
            }
        }
    }

    /// Returns where the decoder is, to come back to.
    fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            depth: self.depth,
            unknown: self.unknown,
        }
    }

    fn go_back(&mut self, mark: Mark) {
        (self.at, self.depth, self.unknown) = (mark.at, mark.depth, mark.unknown);
    }

    /// Reads the variant of an enum that a string is; one that the enum does not list is counted.
    pub fn string_enum<T: for<'t> From<&'t str>>(
        &mut self,
        value: &mut T,
        is_unlisted: fn(&T) -> bool,
    ) -> Result<(), Fault> {
        self.word_of_enum(&mut |text| {
            *value = T::from(text);
            is_unlisted(value)
        })
    }

    fn word_of_enum(&mut self, is_unlisted: &mut dyn FnMut(&str) -> bool) -> Result<(), Fault> {
        let text = self.string("a string")?;
        if is_unlisted(&text) {
            self.note_unknown();
        }
        Ok(())
    }

    /// Reads the variant of a union that fits a value best; what fits none stays JSON.
    pub fn untagged_union<T>(
        &mut self,
        value: &mut T,
        variants: &[Variant<'j, T>],
        unknown: fn(Json) -> T,
    ) -> Result<(), Fault> {
        let json = self.fitting(0..variants.len(), &mut into(value, variants))?;
        if let Some(json) = json {
            *value = unknown(json);
        }
        Ok(())
    }

    /// Reads the variant of a union that the member `tag` names, each by several names; a variant behind those that have
    /// names is for all other tags.
    pub fn tagged_union<T>(
        &mut self,
        value: &mut T,
        tag: &str,
        names: &[&[&str]],
        variants: &[Variant<'j, T>],
        unknown: fn(Json) -> T,
    ) -> Result<(), Fault> {
        let json = self.tagged(tag, names, variants.len(), &mut into(value, variants))?;
        if let Some(json) = json {
            *value = unknown(json);
        }
        Ok(())
    }

    /// Has the variant read that a tag names; returns the value as JSON if none fits.
    fn tagged(
        &mut self,
        tag: &str,
        names: &[&[&str]],
        count: usize,
        read: &mut Read<'_, 'j>,
    ) -> Result<Option<Json>, Fault> {
        let start = self.mark();
        let fallback = names.len();
        match self.named(tag, names, count, read) {
            Err(_) if fallback < count && self.reads_otherwise(start, fallback, read) => Ok(None),
            decoded => decoded,
        }
    }

    fn named(
        &mut self,
        tag: &str,
        names: &[&[&str]],
        count: usize,
        read: &mut Read<'_, 'j>,
    ) -> Result<Option<Json>, Fault> {
        let tag = self.tag(tag)?;
        let is_named = |names: &&[&str]| tag.as_deref().is_some_and(|tag| names.contains(&tag));
        if let Some(index) = names.iter().position(is_named) {
            return read(index, self, None).map(|()| None);
        }
        let others = if tag.is_none() { names.len() } else { 0 };
        self.fitting((names.len()..count).chain(0..others), read)
    }

    fn fitting(
        &mut self,
        variants: impl Iterator<Item = usize>,
        read: &mut Read<'_, 'j>,
    ) -> Result<Option<Json>, Fault> {
        let mut attempts = self.attempts()?;
        for index in variants {
            read(index, self, Some(&mut attempts))?;
        }
        attempts.finish(self)
    }

    /// Reads the value at `start` as another variant, after it did not fit the one that its tag names.
    fn reads_otherwise(&mut self, start: Mark, index: usize, read: &mut Read<'_, 'j>) -> bool {
        self.patience = self.patience.saturating_sub(self.at - start.at);
        if self.patience == 0 {
            return false;
        }
        self.go_back(start);
        self.note_unknown();
        read(index, self, None).is_ok()
    }

    /// Reads the payload of a variant: as one attempt of several, or as what it has to be.
    pub fn variant<P: Blank + Decode, T>(
        &mut self,
        mut attempts: Option<&mut Attempts<'j>>,
        make: fn(P) -> T,
    ) -> Result<Option<T>, Fault> {
        if !self.may_be(attempts.as_deref_mut(), P::members()) {
            return Ok(None);
        }
        let mut payload = P::blank();
        match self.payload(attempts, &mut payload) {
            Ok(true) => Ok(Some(make(payload))),
            Ok(false) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Whether a variant with these members is worth reading.
    fn may_be(&mut self, attempts: Option<&mut Attempts<'j>>, members: &Members) -> bool {
        attempts.is_none_or(|attempts| attempts.may_fit(members, self))
    }

    fn payload(
        &mut self,
        attempts: Option<&mut Attempts<'j>>,
        payload: &mut dyn Decode,
    ) -> Result<bool, Fault> {
        match attempts {
            Some(attempts) => Ok(attempts.fits(self, payload)),
            None => payload.decode(self).map(|()| true),
        }
    }

    /// Begins to try variants on the next value.
    pub(super) fn attempts(&mut self) -> Result<Attempts<'j>, Fault> {
        self.peek()?;
        Ok(Attempts {
            start: self.mark(),
            names: None,
            best: None,
            gave_up: false,
        })
    }

    /// The names of the members of the object that comes next; none where there is no object.
    fn names(&mut self) -> Option<Vec<Cow<'j, str>>> {
        let mut names = Vec::new();
        let (start, depth) = (self.at, self.depth);
        let read = self.members(&mut |decoder, name| {
            names.push(name);
            decoder.skip()
        });
        self.patience = self.patience.saturating_sub(self.at - start);
        (self.at, self.depth) = (start, depth);
        read.is_ok().then_some(names)
    }
}

/// How a variant of a union is read; see [`Decoder::variant`].
pub type Variant<'j, T> =
    fn(&mut Decoder<'j>, Option<&mut Attempts<'j>>) -> Result<Option<T>, Fault>;

/// Reads the variant with this index, and keeps it if it fits: what of a union is compiled for each.
type Read<'r, 'j> =
    dyn FnMut(usize, &mut Decoder<'j>, Option<&mut Attempts<'j>>) -> Result<(), Fault> + 'r;

/// Reads variants into a value.
fn into<'v, 'j, T>(
    value: &'v mut T,
    variants: &'v [Variant<'j, T>],
) -> impl FnMut(usize, &mut Decoder<'j>, Option<&mut Attempts<'j>>) -> Result<(), Fault> + 'v {
    |index, decoder, attempts| {
        if let Some(fitting) = variants[index](decoder, attempts)? {
            *value = fitting;
        }
        Ok(())
    }
}

/// A place in a document, and what was unknown before it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    depth: usize,
    unknown: Unknown,
}

/// Tries the variants of a union on one value; the one that leaves least unknown wins, the first
/// of several equal ones.
#[derive(Debug)]
pub struct Attempts<'j> {
    start: Mark,
    /// The names of the value's members, once a variant has asked for one; none in it where the value is no object.
    names: Option<Option<Vec<Cow<'j, str>>>>,
    best: Option<Fit>,
    /// Not every variant was tried, so the best so far may lose what another would keep.
    gave_up: bool,
}

#[derive(Clone, Copy, Debug)]
struct Fit {
    end: usize,
    unknown: Unknown,
}

impl<'j> Attempts<'j> {
    /// Whether a variant with these members is worth an attempt.
    fn may_fit(&mut self, members: &Members, decoder: &mut Decoder<'j>) -> bool {
        if self.is_decided() || self.lacks_any(members, decoder) {
            return false;
        }
        self.gave_up = decoder.patience == 0;
        !self.gave_up
    }

    /// Ends the attempts behind the value; returns it as JSON if no variant fitted.
    pub(super) fn finish(self, decoder: &mut Decoder<'_>) -> Result<Option<Json>, Fault> {
        match self.best {
            Some(best) if !self.gave_up => {
                (decoder.at, decoder.depth, decoder.unknown) =
                    (best.end, self.start.depth, best.unknown);
                Ok(None)
            }
            _ => {
                decoder.go_back(self.start);
                decoder.note_unknown();
                decoder.value().map(Some)
            }
        }
    }

    /// Whether the value lacks a member that has to be there; the names are read once for all variants.
    fn lacks_any(&mut self, members: &Members, decoder: &mut Decoder<'j>) -> bool {
        let mut required = members.iter().filter(|(_, required)| *required).peekable();
        if required.peek().is_none() {
            return false;
        }
        if self.names.is_none() {
            decoder.go_back(self.start);
            self.names = Some(decoder.names());
        }
        let Some(Some(names)) = &self.names else {
            return false;
        };
        required.any(|(name, _)| !names.iter().any(|known| known == name))
    }

    fn is_decided(&self) -> bool {
        self.best
            .is_some_and(|best| best.unknown == self.start.unknown)
    }

    /// Decodes the value as a candidate; says whether that fits better than every variant before.
    fn fits(&mut self, decoder: &mut Decoder<'_>, candidate: &mut dyn Decode) -> bool {
        decoder.go_back(self.start);
        let fits = candidate.decode(decoder).is_ok();
        let better = fits && self.best.is_none_or(|best| decoder.unknown < best.unknown);
        if !fits || self.best.is_some() {
            decoder.patience = decoder.patience.saturating_sub(decoder.at - self.start.at);
        }
        if better {
            let (end, unknown) = (decoder.at, decoder.unknown);
            self.best = Some(Fit { end, unknown });
        }
        better
    }
}

impl Encoder {
    /// Writes a payload, with the tag in front when the payload does not write it itself.
    pub fn tagged(&mut self, tag: &str, value: &str, payload: &dyn Encode) {
        let start = self.text.len();
        payload.encode(self);
        let written = &self.text.as_bytes()[start..];
        let is_untagged_object =
            matches!(Decoder::new(written).tag(tag), Ok(None)) && written.starts_with(b"{");
        if !is_untagged_object {
            return;
        }
        let payload = self.text.split_off(start);
        self.open(b'{');
        self.member(tag, &value);
        if payload != "{}" {
            self.text.push(',');
        }
        self.text.push_str(&payload[1..]);
    }
}
