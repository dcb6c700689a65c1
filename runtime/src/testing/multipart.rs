//! Reading the parts of a body, to see what was sent.

/// A part: its name, empty where it has none, and its bytes.
pub(super) type Part = (String, Vec<u8>);

/// The parts of a body; `Err` says what is wrong about it.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = content_type
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("boundary="))
        .ok_or("its media type has no boundary")?;
    let boundary = boundary.trim_matches('"');
    let opening = format!("--{boundary}");
    let mut rest = body
        .strip_prefix(opening.as_bytes())
        .ok_or("it does not begin with the boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        rest = rest
            .strip_prefix(b"\r\n")
            .ok_or("a boundary does not end its line")?;
        let end = find(rest, delimiter.as_bytes()).ok_or("the last boundary is missing")?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + delimiter.len()..];
    }
}

fn part(text: &[u8]) -> Result<Part, String> {
    if let Some(bytes) = text.strip_prefix(b"\r\n") {
        // It has no headers.
        return Ok((String::new(), bytes.to_vec()));
    }
    let end = find(text, b"\r\n\r\n").ok_or("the headers of a part have no end")?;
    let head = String::from_utf8_lossy(&text[..end]);
    let (_, rest) = head.split_once("name=\"").unwrap_or_default();
    let name = rest.split('"').next().unwrap_or_default();
    Ok((name.to_owned(), text[end + 4..].to_vec()))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_are_told_apart() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--x--\r\n";
        let found = parts("multipart/form-data; boundary=x", body).unwrap();
        assert_eq!(
            found,
            [
                ("a".to_owned(), b"1".to_vec()),
                ("b".to_owned(), Vec::new())
            ]
        );
        let bare = b"--x\r\n\r\n1\r\n--x--\r\n";
        let found = parts("multipart/mixed; boundary=x", bare).unwrap();
        assert_eq!(found, [(String::new(), b"1".to_vec())]);
        assert!(parts("multipart/form-data", body).is_err());
        assert!(parts("multipart/form-data; boundary=x", &body[..60]).is_err());
    }
}
