//! One part of a body of parts.

use super::{Body, Upload};
use crate::json::{Encode, Json};
use crate::transport::check_header;

/// One part of a [`Multipart`](super::Multipart) body: its headers and what it holds.
///
/// ```
/// use attache_runtime::body::Part;
///
/// let part = Part::text("Ciao").name("greeting").header("Content-Language", "it");
/// # let _ = part;
/// ```
#[derive(Clone, Debug)]
pub struct Part {
    pub(super) name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    pub(super) body: Body,
    kind: Kind,
}

/// What is known of the content, which says how it is labelled.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Text,
    Json,
    File,
}

impl Part {
    /// Makes a part of a text; what has no media type is text, by RFC 7578.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Kind::Text, text.into().into())
    }

    /// Makes a part of a value, as JSON.
    pub fn json<T: Encode + ?Sized>(value: &T) -> Self {
        Self::new(Kind::Json, crate::json::to_vec(value).into())
    }

    /// Makes a part of a file; its name and media type go with it.
    pub fn file(upload: impl Into<Upload>) -> Self {
        let upload = upload.into();
        Self {
            file_name: upload.file_name,
            content_type: upload.content_type,
            ..Self::new(Kind::File, upload.body)
        }
    }

    /// Makes a part of a value: lists and objects as JSON, all others as text.
    pub(crate) fn value(value: &Json) -> Self {
        match value {
            Json::Object(_) | Json::Array(_) => Self::json(value),
            plain => Self::text(plain.plain_text()),
        }
    }

    /// Names the part; those of `multipart/form-data` need a name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, where the content has none of its own.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type.get_or_insert(content_type.into());
        self
    }

    /// Adds a header to the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn new(kind: Kind, body: Body) -> Self {
        Self {
            name: None,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
            body,
            kind,
        }
    }

    /// The headers, each with its line end.
    pub(super) fn head(&self, is_form: bool) -> Result<String, String> {
        let mut head = self.disposition(is_form)?;
        if let Some(content_type) = self.media_type() {
            check_header("Content-Type", content_type)?;
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        for (name, value) in &self.headers {
            check_header(name, value)?;
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Ok(head)
    }

    fn disposition(&self, is_form: bool) -> Result<String, String> {
        let name = self.name.as_deref();
        let mut file_name = self.file_name.as_deref();
        let mut head = match (is_form, name) {
            (true, None) => return Err("a part of multipart/form-data needs a name".to_owned()),
            (true, _) => "Content-Disposition: form-data".to_owned(),
            (false, None) if file_name.is_none() => return Ok(String::new()),
            (false, _) => "Content-Disposition: attachment".to_owned(),
        };
        if is_form && self.kind == Kind::File {
            // Servers take a part for a file by its having such a name.
            file_name = file_name.or(name);
        }
        for (key, text) in [("name", name), ("filename", file_name)] {
            if let Some(text) = text {
                head.push_str(&format!("; {key}=\"{}\"", quoted(text)));
            }
        }
        head.push_str("\r\n");
        Ok(head)
    }

    pub(super) fn media_type(&self) -> Option<&str> {
        let usual = match self.kind {
            Kind::Text => None,
            Kind::Json => Some("application/json"),
            Kind::File => Some("application/octet-stream"),
        };
        self.content_type.as_deref().or(usual)
    }
}

/// As browsers write names, by the WHATWG's rules for forms.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('"', "%22")
}
