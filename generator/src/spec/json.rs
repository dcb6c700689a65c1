//! JSON text to nodes, without recursion.

use super::arena::Text;
use super::builder::Builder;
use super::file::Span;
use super::finding::{Failure, Finding};
use super::node::Kind;
use super::read::Options;

/// Parses a whole JSON text.
pub(super) fn parse(builder: &mut Builder<'_>, _: &Options) -> Result<(), Failure> {
    let bytes = builder.source.as_bytes();
    Parser {
        bytes,
        at: 0,
        builder,
    }
    .document()
}

struct Parser<'a, 'b> {
    bytes: &'b [u8],
    at: usize,
    builder: &'a mut Builder<'b>,
}

impl Parser<'_, '_> {
    fn document(&mut self) -> Result<(), Failure> {
        loop {
            if !self.value()? {
                continue;
            }
            // A value is complete; it may be the last one of what is around it.
            loop {
                self.skip_space();
                let Some(kind) = self.builder.innermost() else {
                    return self.end();
                };
                if !self.after_value(kind)? {
                    break;
                }
            }
        }
    }

    /// Reads a scalar or the beginning of a collection; says whether a value is complete with that.
    fn value(&mut self) -> Result<bool, Failure> {
        self.skip_space();
        let start = self.at;
        match self.peek() {
            Some(b'{') => return self.begin(Kind::Mapping, b'}'),
            Some(b'[') => return self.begin(Kind::Sequence, b']'),
            Some(b'"') => {
                let text = self.string()?;
                self.builder
                    .scalar(Kind::String, text, Span::new(start, self.at))?;
            }
            Some(b't') => self.literal("true", Kind::Bool)?,
            Some(b'f') => self.literal("false", Kind::Bool)?,
            Some(b'n') => self.literal("null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.expected("a value")),
        }
        Ok(true)
    }

    fn begin(&mut self, kind: Kind, closing: u8) -> Result<bool, Failure> {
        self.builder.open(kind, Span::new(self.at, self.at + 1))?;
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(closing) {
            self.at += 1;
            self.builder.close(self.at)?;
            return Ok(true);
        }
        if kind == Kind::Mapping {
            self.key("a key in double quotes, or `}`")?;
        }
        Ok(false)
    }

    /// Reads what follows a value; says whether that completes one more value.
    fn after_value(&mut self, kind: Kind) -> Result<bool, Failure> {
        let (closing, expected) = match kind {
            Kind::Mapping => (b'}', "`,` or `}`"),
            _ => (b']', "`,` or `]`"),
        };
        let comma = self.at;
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == closing => {
                self.at += 1;
                self.builder.close(self.at)?;
                return Ok(true);
            }
            _ => return Err(self.expected(expected)),
        }
        self.skip_space();
        if self.peek() == Some(closing) {
            let span = Span::new(comma, comma + 1);
            return Err(
                Failure::syntax(span, "a comma after the last value").help("remove the comma")
            );
        }
        if kind == Kind::Mapping {
            self.key("a key in double quotes")?;
        }
        Ok(false)
    }

    fn key(&mut self, expected: &str) -> Result<(), Failure> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.expected(expected));
        }
        let text = self.string()?;
        self.builder.key(text, Span::new(start, self.at));
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<(), Failure> {
        let end = self.at + word.len();
        let rest = &self.bytes[self.at..];
        let joined = rest
            .get(word.len())
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if !rest.starts_with(word.as_bytes()) || joined {
            return Err(self.expected("a value"));
        }
        self.builder
            .scalar(kind, Text::source(self.at, end), Span::new(self.at, end))?;
        self.at = end;
        Ok(())
    }

    fn number(&mut self) -> Result<(), Failure> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                let span = Span::new(start, self.at + 1);
                return Err(
                    Failure::syntax(span, "a number begins with a superfluous zero")
                        .help("write it as a string if the zero matters"),
                );
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        let (text, span) = (Text::source(start, self.at), Span::new(start, self.at));
        self.builder.scalar(Kind::Number, text, span)?;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Failure> {
        let rest = &self.bytes[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(self.expected("a digit"));
        }
        self.at += count;
        Ok(())
    }

    /// Reads a string from its opening to its closing quote.
    fn string(&mut self) -> Result<Text, Failure> {
        let quote = self.at;
        self.at += 1;
        let start = self.at;
        self.skip_ordinary();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Text::source(start, self.at - 1));
        }
        let kept = self.builder.unescaped.len();
        let mut piece = start;
        loop {
            let source = self.builder.source;
            self.builder.unescaped.push_str(&source[piece..self.at]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(_) => return Err(self.control_character()),
                None => {
                    let span = Span::new(quote, quote + 1);
                    return Err(Failure::syntax(span, "this string has no closing quote"));
                }
            }
            piece = self.at;
            self.skip_ordinary();
        }
        self.at += 1;
        Ok(Text::unescaped(kept, self.builder.unescaped.len()))
    }

    fn skip_ordinary(&mut self) {
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(special).unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<(), Failure> {
        let start = self.at;
        self.at += 1;
        let plain = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => {
                self.at = start;
                let message = "this escape sequence is unknown";
                let help = "a backslash itself is written `\\\\`";
                return Err(Failure::syntax(Span::new(start, start + 1), message).help(help));
            }
        };
        self.at += 1;
        self.builder.unescaped.push(plain);
        Ok(())
    }

    fn unicode_escape(&mut self, start: usize) -> Result<(), Failure> {
        self.at += 1;
        let first = self.four_digits(start)?;
        let mut code = first;
        if (0xD800..0xDC00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let second_start = self.at;
            self.at += 2;
            let second = self.four_digits(second_start)?;
            if (0xDC00..0xE000).contains(&second) {
                code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            } else {
                self.at = second_start;
            }
        }
        let character = char::from_u32(code).unwrap_or_else(|| {
            let span = Span::new(start, self.at);
            self.builder.findings.push(Finding::LoneSurrogate { span });
            char::REPLACEMENT_CHARACTER
        });
        self.builder.unescaped.push(character);
        Ok(())
    }

    fn four_digits(&mut self, escape: usize) -> Result<u32, Failure> {
        let digits = self.bytes.get(self.at..self.at + 4).and_then(|digits| {
            digits.iter().try_fold(0, |code, digit| {
                Some(code * 16 + char::from(*digit).to_digit(16)?)
            })
        });
        let message = "`\\u` needs four hexadecimal digits";
        let code = digits.ok_or_else(|| Failure::syntax(Span::new(escape, escape + 2), message))?;
        self.at += 4;
        Ok(code)
    }

    fn end(&self) -> Result<(), Failure> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(self.expected("the end of the file"))
        }
    }

    fn control_character(&self) -> Failure {
        let span = Span::new(self.at, self.at + 1);
        match self.bytes[self.at] {
            b'\n' | b'\r' => Failure::syntax(span, "this string does not end on its line")
                .help("close the quote, or write the line break as `\\n`"),
            b'\t' => Failure::syntax(span, "a tab in a string").help("write it as `\\t`"),
            _ => Failure::syntax(span, "a control character in a string")
                .help("write it as `\\u00XX`"),
        }
    }

    fn expected(&self, what: &str) -> Failure {
        let rest = &self.builder.source[self.at..];
        let Some(found) = rest.chars().next() else {
            let span = Span::new(self.at, self.at);
            return Failure::syntax(span, format!("expected {what}, found the end of the file"));
        };
        let span = Span::new(self.at, self.at + found.len_utf8());
        let failure = Failure::syntax(span, format!("expected {what}, found `{found}`"));
        match found {
            '/' | '#' => failure.help("JSON has no comments"),
            '\'' => failure.help("JSON strings stand in double quotes"),
            _ => failure,
        }
    }

    fn skip_space(&mut self) {
        let rest = &self.bytes[self.at..];
        let space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().take_while(|byte| space(byte)).count();
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}
