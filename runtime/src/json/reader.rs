//! Reads JSON tokens: the part of the decoder that knows the grammar and nothing about types.

use std::borrow::Cow;

use super::decoder::{Decoder, stack_position};
use super::fault::{Fault, Kind};

/// How deep arrays and objects may nest.
pub const DEPTH_LIMIT: usize = 256;

/// How much stack decoding may take: the depth alone says little, since types of hundreds of
/// members take kilobytes for each level. A thread of Rust's has two megabytes, if not more.
const STACK_LIMIT: usize = 768 << 10;

/// How many digits fit 64 bits in any case.
const SHORT: usize = 18;

const VALUE: &str = "a value";

/// What is called at each member of an object, with its name.
pub type OnMember<'f, 'j> = dyn FnMut(&mut Decoder<'j>, Cow<'j, str>) -> Result<(), Fault> + 'f;

impl<'j> Decoder<'j> {
    /// Returns the kind of the next value without consuming it.
    pub fn peek(&mut self) -> Result<Kind, Fault> {
        self.skip_white_space();
        match self.text.get(self.at) {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'n') => Ok(Kind::Null),
            Some(_) => Err(Fault::syntax(self.at, VALUE)),
            None => Err(Fault::truncated(self.at, VALUE)),
        }
    }

    /// Consumes a `null` if it is next, and says whether it was.
    pub fn take_null(&mut self) -> Result<bool, Fault> {
        if self.peek()? != Kind::Null {
            return Ok(false);
        }
        self.word("null")?;
        Ok(true)
    }

    /// Reads a boolean.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        self.expect(Kind::Boolean, "a boolean")?;
        let value = self.text[self.at] == b't';
        self.word(if value { "true" } else { "false" })?;
        Ok(value)
    }

    /// Reads a number as the text it is written as.
    pub fn number(&mut self, expected: &'static str) -> Result<&'j str, Fault> {
        self.expect(Kind::Number, expected)?;
        let start = self.at;
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.text.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.text.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        self.text_between(start, self.at)
    }

    /// Reads an integer of a few digits, if such a one is next; anything else is left where it is.
    pub(super) fn short_integer(&mut self) -> Option<i64> {
        self.skip_white_space();
        let is_negative = self.text.get(self.at) == Some(&b'-');
        let start = self.at + usize::from(is_negative);
        let (mut end, mut value) = (start, 0_i64);
        while let Some(digit @ b'0'..=b'9') = self.text.get(end) {
            if end - start == SHORT {
                return None;
            }
            value = value * 10 + i64::from(digit - b'0');
            end += 1;
        }
        let has_leading_zero = end - start > 1 && self.text[start] == b'0';
        let goes_on = matches!(self.text.get(end), Some(b'.' | b'e' | b'E'));
        if end == start || has_leading_zero || goes_on {
            return None;
        }
        self.at = end;
        Some(if is_negative { -value } else { value })
    }

    /// Reads a string; it is borrowed from the input unless it has escapes.
    pub fn string(&mut self, expected: &'static str) -> Result<Cow<'j, str>, Fault> {
        self.expect(Kind::String, expected)?;
        self.at += 1;
        let start = self.at;
        self.plain_run();
        match self.text.get(self.at) {
            Some(b'"') => {
                let text = self.text_between(start, self.at)?;
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped_string(start).map(Cow::Owned),
        }
    }

    /// Skips the next value and returns its text.
    pub fn raw(&mut self) -> Result<&'j [u8], Fault> {
        self.skip_white_space();
        let start = self.at;
        self.skip()?;
        Ok(&self.text[start..self.at])
    }

    /// Skips the next value.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Kind::Null => self.word("null"),
            Kind::Boolean => self.boolean().map(drop),
            Kind::Number => self.number(VALUE).map(drop),
            Kind::String => self.string(VALUE).map(drop),
            Kind::Array => self.array(&mut |decoder| decoder.skip()),
            Kind::Object => self.members(&mut |decoder, _| decoder.skip()),
        }
    }

    /// Reads an array; `item` is called at each item and has to consume it.
    pub fn array(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(Kind::Array, "an array")?;
        self.open()?;
        if self.closes(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.separator(b']', "`,` or `]`")? {
                return Ok(());
            }
        }
    }

    /// Reads an object; `member` is called after each name and has to consume the value.
    pub fn members(&mut self, member: &mut OnMember<'_, 'j>) -> Result<(), Fault> {
        self.expect(Kind::Object, "an object")?;
        self.open()?;
        if self.closes(b'}') {
            return Ok(());
        }
        loop {
            let name = self.name()?;
            member(self, name)?;
            if self.separator(b'}', "`,` or `}`")? {
                return Ok(());
            }
        }
    }

    /// Checks that only white space is left.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        self.skip_white_space();
        match self.at == self.text.len() {
            true => Ok(()),
            false => Err(Fault::syntax(self.at, "the end of the input")),
        }
    }

    pub(super) fn expect(&mut self, kind: Kind, expected: &'static str) -> Result<(), Fault> {
        let found = self.peek().map_err(|fault| fault.expecting(expected))?;
        match found == kind {
            true => Ok(()),
            false => Err(Fault::mismatch(self.at, expected, found)),
        }
    }

    /// Consumes the opening bracket the decoder stands at.
    pub(super) fn open(&mut self) -> Result<(), Fault> {
        let stack = stack_position().abs_diff(self.stack_base);
        if self.depth == DEPTH_LIMIT || stack > STACK_LIMIT {
            return Err(Fault::too_deep(self.at));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Consumes `bracket` if it is next.
    pub(super) fn closes(&mut self, bracket: u8) -> bool {
        self.skip_white_space();
        let closes = self.text.get(self.at) == Some(&bracket);
        if closes {
            self.at += 1;
            self.depth -= 1;
        }
        closes
    }

    /// Consumes what follows an item: true after the closing bracket, false after a comma.
    pub(super) fn separator(&mut self, bracket: u8, expected: &'static str) -> Result<bool, Fault> {
        if self.closes(bracket) {
            return Ok(true);
        }
        self.byte(b',', expected).map(|()| false)
    }

    /// Reads the name of a member and the colon after it.
    pub(super) fn name(&mut self) -> Result<Cow<'j, str>, Fault> {
        let name = self.string("a member name")?;
        self.skip_white_space();
        self.byte(b':', "`:`")?;
        Ok(name)
    }

    /// Consumes this name and its colon if they come next in plain letters.
    pub(super) fn takes_name(&mut self, name: &str) -> bool {
        self.skip_white_space();
        let rest = &self.text[self.at..];
        let end = name.len() + 1;
        let takes = rest.get(end..end + 2) == Some(b"\":")
            && rest[0] == b'"'
            && &rest[1..end] == name.as_bytes()
            && is_plain(name);
        if takes {
            self.at += end + 2;
        }
        takes
    }

    fn byte(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        match self.text.get(self.at) {
            Some(found) if *found == byte => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(Fault::syntax(self.at, expected)),
            None => Err(Fault::truncated(self.at, expected)),
        }
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &'static str) -> Result<(), Fault> {
        let rest = &self.text[self.at..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        match word.as_bytes().starts_with(rest) {
            true => Err(Fault::truncated(self.text.len(), word)),
            false => Err(Fault::syntax(self.at, word)),
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.text.get(self.at) {
            self.at += 1;
        }
        match (self.at > start, self.at < self.text.len()) {
            (true, _) => Ok(()),
            (false, true) => Err(Fault::syntax(self.at, "a digit")),
            (false, false) => Err(Fault::truncated(self.at, "a digit")),
        }
    }

    /// Moves to the next quote, backslash or control character.
    ///
    /// Strings are most of a document, so eight bytes are looked at at a time.
    fn plain_run(&mut self) {
        while let Some(chunk) = self.text.get(self.at..self.at + 8) {
            let word = u64::from_le_bytes(chunk.try_into().expect("the slice has eight bytes"));
            let special = special_bytes(word);
            if special != 0 {
                self.at += special.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
        while let Some(byte) = self.text.get(self.at) {
            if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads on from the first byte of a string that is not plain.
    fn escaped_string(&mut self, start: usize) -> Result<String, Fault> {
        let mut text = String::new();
        let mut run = start;
        loop {
            text.push_str(self.text_between(run, self.at)?);
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(Fault::syntax(self.at, "an escaped control character")),
                None => return Err(Fault::truncated(self.at, "the end of the string")),
            }
            run = self.at;
            self.plain_run();
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let Some(letter) = self.text.get(start + 1) else {
            return Err(Fault::truncated(self.text.len(), "an escape sequence"));
        };
        self.at += 2;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode_escape(start)?,
            _ => return Err(Fault::syntax(start, "an escape sequence")),
        })
    }

    /// Reads the digits after `\u`; a lone surrogate, which no Rust string can hold, becomes U+FFFD.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Fault> {
        let unit = self.four_hex_digits(start)?;
        if !(0xD800..0xDC00).contains(&unit) || !self.text[self.at..].starts_with(b"\\u") {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let after_first = self.at;
        self.at += 2;
        let low = self.four_hex_digits(after_first)?;
        if !(0xDC00..0xE000).contains(&low) {
            self.at = after_first;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex_digits(&mut self, start: usize) -> Result<u32, Fault> {
        let Some(digits) = self.text.get(self.at..self.at + 4) else {
            return Err(Fault::truncated(self.text.len(), "four hexadecimal digits"));
        };
        let mut unit = 0;
        for digit in digits {
            let value = char::from(*digit).to_digit(16);
            unit = unit * 16 + value.ok_or(Fault::syntax(start, "four hexadecimal digits"))?;
        }
        self.at += 4;
        Ok(unit)
    }

    fn text_between(&self, start: usize, end: usize) -> Result<&'j str, Fault> {
        std::str::from_utf8(&self.text[start..end])
            .map_err(|error| Fault::syntax(start + error.valid_up_to(), "UTF-8 text"))
    }
}

/// Whether a text stands in JSON as it is; without branches, so that many bytes go at once.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| (byte >= b' ') & (byte != b'"') & (byte != b'\\');
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// Marks with its high bit each byte that ends a plain run; bytes after the first mark may be wrong.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero_bytes = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero_bytes(word ^ (ONES * b'"' as u64));
    let backslash = zero_bytes(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control) & HIGH
}
