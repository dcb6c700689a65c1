//! `multipart/form-data` (RFC 7578): parts with a name each.

use std::hash::{BuildHasher, RandomState};

use super::{Body, Upload};
use crate::json::Json;
use crate::transport::check_header;

/// One part, before it is written.
pub(crate) struct Part<'p> {
    pub(crate) name: &'p str,
    /// What the description says; empty where it says nothing.
    pub(crate) content_type: &'static str,
    pub(crate) content: PartContent<'p>,
}

pub(crate) enum PartContent<'p> {
    Value(&'p Json),
    File(&'p Upload),
    /// A list in one part.
    Text(String),
}

/// The media type with its boundary, and the body.
///
/// `Err` says which part cannot be written.
pub(crate) fn assemble(parts: Vec<Part<'_>>) -> Result<(String, Body), String> {
    let boundary = boundary();
    let mut body = Body::new();
    for part in parts {
        body.push(format!("--{boundary}\r\n{}\r\n", part.head()?));
        match part.content {
            PartContent::Value(value) => body.push(value.plain_text()),
            PartContent::File(upload) => body.append(upload.body.clone()),
            PartContent::Text(text) => body.push(text),
        }
        body.push("\r\n");
    }
    body.push(format!("--{boundary}--\r\n"));
    Ok((format!("multipart/form-data; boundary={boundary}"), body))
}

impl Part<'_> {
    /// The headers of the part, each with its line end.
    fn head(&self) -> Result<String, String> {
        let mut head = format!(
            "Content-Disposition: form-data; name=\"{}\"",
            quoted(self.name)
        );
        if let PartContent::File(upload) = &self.content {
            let name = upload.file_name.as_deref().unwrap_or(self.name);
            head.push_str(&format!("; filename=\"{}\"", quoted(name)));
        }
        head.push_str("\r\n");
        if let Some(content_type) = self.content_type() {
            check_header("Content-Type", content_type)?;
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        Ok(head)
    }

    /// Text needs none: RFC 7578 takes what has none as text.
    fn content_type(&self) -> Option<&str> {
        let stated = Some(self.content_type).filter(|stated| !stated.is_empty());
        match &self.content {
            PartContent::File(upload) => {
                let own = upload.content_type.as_deref().or(stated);
                own.or(Some("application/octet-stream"))
            }
            PartContent::Value(Json::Object(_) | Json::Array(_)) => {
                stated.or(Some("application/json"))
            }
            PartContent::Value(_) | PartContent::Text(_) => stated,
        }
    }
}

/// As browsers write names, by the WHATWG's rules for forms.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('"', "%22")
}

/// So random that no content has it.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0);
    format!("attache-{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::{Part, PartContent, Upload, assemble};
    use crate::json::Json;

    #[test]
    fn parts_are_written_as_rfc_7578_says() {
        let (text, object) = (
            Json::from("a\"b"),
            Json::from_slice(b"{\"a\":[1]}").unwrap(),
        );
        let upload = Upload::from("%PDF").file_name("l\"1\r\n.pdf");
        let upload = upload.content_type("application/pdf");
        let plain = Upload::from("x");
        let part = |name, content_type, content| Part {
            name,
            content_type,
            content,
        };
        let (content_type, body) = assemble(vec![
            part("na\"me", "", PartContent::Value(&text)),
            part("meta", "", PartContent::Value(&object)),
            part("kind", "text/csv", PartContent::Value(&text)),
            part("file", "image/png", PartContent::File(&upload)),
            part("raw", "", PartContent::File(&plain)),
        ])
        .expect("all parts can be written");
        let boundary = content_type
            .strip_prefix("multipart/form-data; boundary=")
            .expect("it has one");
        let bytes = body.as_bytes().expect("all is in memory");
        assert_eq!(body.length(), Some(bytes.len() as u64));
        let written = String::from_utf8(bytes.to_vec()).expect("it is text");
        assert_eq!(
            written.replace(boundary, "B"),
            "--B\r\nContent-Disposition: form-data; name=\"na%22me\"\r\n\r\na\"b\r\n\
             --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":[1]}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"kind\"\r\nContent-Type: text/csv\r\n\r\na\"b\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l%221%0D%0A.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n\
             --B\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n\
             --B--\r\n"
        );
        let (again, _) = assemble(Vec::new()).expect("nothing is wrong with nothing");
        assert_ne!(content_type, again, "each body has a boundary of its own");
    }
}
