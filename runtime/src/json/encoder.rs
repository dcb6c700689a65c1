//! The encoder: writes compact JSON text.

use super::value::Json;

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, encoder: &mut Encoder);

    /// Returns true if an optional member or parameter with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Turns the value into JSON of any kind, which for text is no more than to pass it on; see [`Json::of`].
    fn into_json(self) -> Json
    where
        Self: Sized,
    {
        Json::of(&self)
    }

    /// Checks what is inside the value against the rules of its type; see
    /// [`Validate`](crate::validation::Validate).
    #[cfg(feature = "validate")]
    fn check(&self, _validator: &mut crate::validation::Validator) {}
}

/// Writes one JSON document.
#[derive(Debug, Default)]
pub struct Encoder {
    pub(super) text: String,
}

impl Encoder {
    /// Begins with nothing written.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what has been written.
    pub fn into_string(self) -> String {
        self.text
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes text that is a JSON value already.
    pub fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        self.text.push('"');
        let mut run = 0;
        for (index, byte) in value.bytes().enumerate() {
            if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                continue;
            }
            self.text.push_str(&value[run..index]);
            self.escape(byte);
            run = index + 1;
        }
        self.text.push_str(&value[run..]);
        self.text.push('"');
    }

    /// Writes an array of `count` items, each told by its index.
    pub fn array<'i>(&mut self, count: usize, item: &dyn Fn(usize) -> &'i dyn Encode) {
        self.open(b'[');
        for index in 0..count {
            self.separate();
            item(index).encode(self);
        }
        self.close(b']');
    }

    /// Writes one member of the object that is open.
    pub(super) fn member(&mut self, name: &str, value: &dyn Encode) {
        self.separate();
        self.string(name);
        self.text.push(':');
        value.encode(self);
    }

    pub(super) fn open(&mut self, bracket: u8) {
        self.text.push(char::from(bracket));
    }

    pub(super) fn close(&mut self, bracket: u8) {
        self.text.push(char::from(bracket));
    }

    /// Writes a comma unless the item to come is the first: a value never ends in a bracket that opens.
    pub(super) fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn escape(&mut self, byte: u8) {
        const HEX: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
        ];
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            _ => {
                self.text.push_str("\\u00");
                self.text.push(HEX[usize::from(byte >> 4)]);
                self.text.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
}
