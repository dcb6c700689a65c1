//! The header `Link` (RFC 8288).

use crate::transport::Headers;

/// The target of the first link whose relation is `next`.
pub(super) fn next(headers: &Headers) -> Option<String> {
    headers.get_all("link").find_map(next_in)
}

fn next_in(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = parameters(after);
        if is_next(&parameters) {
            return Some(target.trim().to_owned());
        }
        rest = after;
    }
    None
}

/// Names, in lower case, and values up to the comma that ends the link; and what follows it.
fn parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix(';') {
        let name_end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let (name, after) = after.split_at(name_end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => (String::new(), after),
        };
        found.push((name.trim().to_ascii_lowercase(), value));
        rest = after.trim_start();
    }
    (found, rest)
}

/// A value, without its quotes and backslashes, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

/// Only the first `rel` counts, which may list several relations; a link of another context is not ours.
fn is_next(parameters: &[(String, String)]) -> bool {
    let first = |wanted: &str| parameters.iter().find(|(name, _)| name == wanted);
    let is_ours = first("anchor").is_none();
    let relations = first("rel").map_or("", |(_, value)| value.as_str());
    is_ours
        && relations
            .split_ascii_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next;
    use crate::transport::Headers;

    fn of(values: &[&str]) -> Option<String> {
        next(&values.iter().map(|value| ("Link", *value)).collect())
    }

    #[test]
    fn what_servers_send() {
        for (header, target) in [
            (r#"<https://a/?p=2>; rel="next""#, Some("https://a/?p=2")),
            (
                r#"<https://a/?p=1>; rel="prev", <https://a/?p=3>; rel="next", <https://a/?p=9>; rel="last""#,
                Some("https://a/?p=3"),
            ),
            (r#"</b?x=a,b;c>;REL=next"#, Some("/b?x=a,b;c")),
            (
                r#"<b> ; title="a, \"<c>\"; rel=next" ; rel="Last NEXT""#,
                Some("b"),
            ),
            (r#"<b>; rel="prev"; rel="next""#, None),
            (r##"<b>; rel="next"; anchor="#other""##, None),
            (r#"<b>; rel="nextish""#, None),
            (r#"<b>; rel"#, None),
            (r#"<b"#, None),
            ("", None),
        ] {
            assert_eq!(of(&[header]).as_deref(), target, "{header}");
        }
        let several = [r#"<a>; rel="first""#, r#"<b>; rel="next""#];
        assert_eq!(of(&several).as_deref(), Some("b"));
        assert_eq!(next(&Headers::new()), None);
    }
}
