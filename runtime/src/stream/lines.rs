//! JSON values one after the other: JSON Lines and NDJSON, and JSON text sequences (RFC 7464).

use super::framing::Frame;

/// The record separator that begins each value of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1E;

/// Reads values of bytes that come in pieces of any size.
pub(super) struct Values {
    separator: u8,
    held: Vec<u8>,
}

impl Values {
    /// A value on each line.
    pub(super) fn lines() -> Self {
        Self {
            separator: b'\n',
            held: Vec::new(),
        }
    }

    /// A record separator before each value.
    pub(super) fn sequence() -> Self {
        Self {
            separator: RECORD_SEPARATOR,
            held: Vec::new(),
        }
    }

    /// Reads one piece; what it completes is appended to `values`.
    pub(super) fn read(&mut self, mut piece: &[u8], values: &mut Vec<Frame>) {
        while let Some(at) = piece.iter().position(|&byte| byte == self.separator) {
            self.held.extend_from_slice(&piece[..at]);
            piece = &piece[at + 1..];
            self.finish(values);
        }
        self.held.extend_from_slice(piece);
    }

    /// Ends the value that is being read. Empty lines, which some servers send to keep a connection alive, are none.
    pub(super) fn finish(&mut self, values: &mut Vec<Frame>) {
        let held = std::mem::take(&mut self.held);
        let value = held.trim_ascii();
        if !value.is_empty() {
            values.push(Frame::of(value.to_vec()));
        }
    }

    /// How much is held that is no value yet.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Values;

    fn read(mut values: Values, text: &str, size: usize) -> Vec<String> {
        let mut frames = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            values.read(piece, &mut frames);
        }
        values.finish(&mut frames);
        let text = |data: Vec<u8>| String::from_utf8(data).expect("it was text");
        frames.into_iter().map(|frame| text(frame.data)).collect()
    }

    #[test]
    fn lines_and_sequences() {
        for size in [1, 2, 5, 100] {
            assert_eq!(
                read(Values::lines(), "{\"a\":1}\r\n\n \n[2]\n\"last\"", size),
                ["{\"a\":1}", "[2]", "\"last\""]
            );
            assert_eq!(
                read(
                    Values::sequence(),
                    "\u{1e}{\"a\":\n1}\n\u{1e}\u{1e}2\n",
                    size
                ),
                ["{\"a\":\n1}", "2"]
            );
        }
    }
}
