//! Paths and URIs as text: splitting, joining, decoding.

use std::borrow::Cow;

/// The folder part of a path or URI, with its last slash.
pub(super) fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

/// Whether a reference begins with a scheme (`https:`, `urn:`); a single letter is a drive.
pub(super) fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.len() > 1 && scheme.as_bytes()[0].is_ascii_alphabetic() && scheme.bytes().all(valid)
}

/// Splits a reference at its first `#`.
pub(super) fn split_fragment(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// Resolves a reference without fragment against a base, both paths or URIs.
pub(super) fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (authority, path) = split_authority(base);
    if reference.starts_with('/') {
        return format!("{authority}{}", normalize(reference));
    }
    // An authority without a path has its root as folder.
    let folder = if path.is_empty() && !authority.is_empty() {
        "/"
    } else {
        folder(path)
    };
    format!("{authority}{}", normalize(&format!("{folder}{reference}")))
}

/// Removes `.` and `..` steps as far as they have something to remove.
pub(super) fn normalize(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            // Nothing is above the root.
            ".." if rooted => {}
            step => steps.push(step),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, steps.join("/"))
}

/// The path as seen from a folder, which ends with a slash or is empty.
pub(super) fn relative_to(folder: &str, path: &str) -> String {
    let from = folder.split_inclusive('/');
    let to: Vec<&str> = path.split_inclusive('/').collect();
    let from: Vec<&str> = from.collect();
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(left, right)| left == right)
        .count();
    let unknown =
        from[shared..].contains(&"../") || (path.starts_with('/') != folder.starts_with('/'));
    if unknown {
        return path.to_owned();
    }
    format!(
        "{}{}",
        "../".repeat(from.len() - shared),
        to[shared..].concat()
    )
}

/// Decodes `%2F` and the like; text in which that gives no UTF-8 stays as it is.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| *byte == b'%').and_then(|digits| {
            let digit = |n: usize| char::from(digits[n]).to_digit(16);
            u8::try_from(digit(0)? * 16 + digit(1)?).ok()
        });
        decoded.push(code.unwrap_or(*byte));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(decoded).map_or(text.into(), Cow::from)
}

/// Splits `https://host/path` before the path; paths have no authority.
fn split_authority(uri: &str) -> (&str, &str) {
    if !has_scheme(uri) {
        return ("", uri);
    }
    let after_scheme = uri.find(':').map_or(0, |colon| colon + 1);
    let start = if uri[after_scheme..].starts_with("//") {
        after_scheme + 2
    } else {
        after_scheme
    };
    uri.split_at(
        uri[start..]
            .find('/')
            .map_or(uri.len(), |slash| start + slash),
    )
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, join, percent_decode, relative_to};

    #[test]
    fn references_join_to_their_base() {
        let table = [
            ("api.yaml", "pet.yaml", "pet.yaml"),
            ("spec/api.yaml", "../pet.yaml", "pet.yaml"),
            ("spec/api.yaml", "./a/../b/./pet.yaml", "spec/b/pet.yaml"),
            ("../spec/api.yaml", "../../pet.yaml", "../../pet.yaml"),
            ("/spec/api.yaml", "../../../pet.yaml", "/pet.yaml"),
            ("spec/api.yaml", "/etc/pet.yaml", "/etc/pet.yaml"),
            ("https://a.test/x/y", "../pet", "https://a.test/pet"),
            ("https://a.test", "pet", "https://a.test/pet"),
            ("https://a.test/x/y", "/pet", "https://a.test/pet"),
            ("api.yaml", "https://a.test/pet", "https://a.test/pet"),
        ];
        for (base, reference, expected) in table {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_entry_folder() {
        assert_eq!(relative_to("", "a/b.yaml"), "a/b.yaml");
        assert_eq!(relative_to("spec/", "spec/a/b.yaml"), "a/b.yaml");
        assert_eq!(
            relative_to("/x/spec/", "/x/common/b.yaml"),
            "../common/b.yaml"
        );
        assert_eq!(relative_to("../spec/", "../b.yaml"), "../b.yaml");
        assert_eq!(relative_to("../", "b.yaml"), "b.yaml");
    }

    #[test]
    fn percent_codes_become_characters() {
        assert_eq!(percent_decode("a%20b%2fc"), "a b/c");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%c3%a9"), "%zzé");
        assert_eq!(percent_decode("%ff"), "%ff");
    }

    #[test]
    fn drives_are_no_schemes() {
        assert!(has_scheme("https://a.test") && has_scheme("urn:a"));
        assert!(!has_scheme("C:/a") && !has_scheme("a/b:c") && !has_scheme("a.yaml"));
    }
}
