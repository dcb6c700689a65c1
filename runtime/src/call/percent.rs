//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What the URL standard leaves alone in a form; space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// Encodes one component of a path or a query.
pub(crate) fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Encodes one component at the end of a text.
pub(super) fn push_component(end: &mut String, text: &str) {
    let is_unreserved = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_' | b'~');
    // Hardly any key needs encoding.
    match text.bytes().all(is_unreserved) {
        true => end.push_str(text),
        false => end.extend(utf8_percent_encode(text, COMPONENT)),
    }
}

/// Encodes a component, but leaves triplets like `%2F`, and reserved characters other than
/// `structural` ones, as they are.
pub(super) fn reserved(text: &str, structural: &str) -> String {
    const RESERVED: &str = ":/?#[]@!$&'()*+,;=";
    let mut encoded = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let is_triplet = c == '%' && is_hexadecimal(text.as_bytes().get(index + 1..index + 3));
        let is_kept = RESERVED.contains(c) && !structural.contains(c);
        match is_triplet || is_kept {
            true => encoded.push(c),
            false => encoded.push_str(&component(c.encode_utf8(&mut [0; 4]))),
        }
    }
    encoded
}

/// Encodes what no address holds, and a fragment, which is not sent; nothing else.
pub(crate) fn as_is(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!'..=b'~' if !br##""#<>\^`{|}"##.contains(&byte) => encoded.push(char::from(byte)),
            byte => encoded.push_str(percent_encode_byte(byte)),
        }
    }
    encoded
}

/// Encodes a name or a value of a form.
pub(crate) fn form(text: &str) -> String {
    utf8_percent_encode(text, FORM)
        .to_string()
        .replace(' ', "+")
}

/// Writes a pair of a query.
pub(super) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", component(name), component(value))
}

/// Encodes a delimiter, also one that could stand for itself.
pub(super) fn delimiter(c: char) -> String {
    c.encode_utf8(&mut [0; 4])
        .bytes()
        .map(percent_encode_byte)
        .collect()
}

fn is_hexadecimal(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// A pair of a form or a query, decoded.
#[cfg(any(feature = "http-signatures", feature = "login", feature = "testing"))]
pub(crate) fn form_pair(text: &str) -> (String, String) {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&spaced);
        decoded.decode_utf8_lossy().into_owned()
    };
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decode(name), decode(value))
}

#[cfg(test)]
mod tests {
    use super::{as_is, component, form, reserved};

    #[test]
    fn what_each_place_encodes() {
        assert_eq!(component("a b/ü+~%2F"), "a%20b%2F%C3%BC%2B~%252F");
        assert_eq!(as_is("a/b?c=%2F d#é"), "a/b?c=%2F%20d%23%C3%A9");
        assert_eq!(form("a b*~é"), "a+b*%7E%C3%A9");
        assert_eq!(reserved("a:b/c?d%2Fe%zz#&", "#&"), "a:b/c?d%2Fe%25zz%23%26");
    }
}
