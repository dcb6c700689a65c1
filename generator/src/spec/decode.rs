//! Bytes to text.

use super::file::Span;
use super::finding::Failure;
use crate::diagnostic::codes;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes UTF-8 with or without a byte order mark; gives a failure beside the text as far as it can be shown.
pub(super) fn text(mut bytes: Vec<u8>, max_bytes: usize) -> (String, Option<Failure>) {
    if bytes.len() > max_bytes {
        let message = format!("this file has more than {max_bytes} bytes");
        let failure = Failure::new(&codes::TOO_LARGE, Span::new(0, 0), message);
        return (String::new(), Some(failure));
    }
    if is_utf16(&bytes) {
        let failure = Failure::new(
            &codes::INVALID_ENCODING,
            Span::new(0, 0),
            "this file is UTF-16",
        );
        return (String::new(), Some(failure.help("save it as UTF-8")));
    }
    if bytes.starts_with(UTF8_MARK) {
        bytes.drain(..UTF8_MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            // Up to the invalid byte the replacement text is the same.
            let start = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
            let failure = Failure::new(&codes::INVALID_ENCODING, span, "this is not UTF-8");
            (text, Some(failure.help("save the file as UTF-8")))
        }
    }
}

/// Whether a text begins with a UTF-16 byte order mark, or like ASCII in UTF-16.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, second, ..] => *second != 0,
        [first, 0, ..] => *first != 0,
        _ => false,
    }
}
