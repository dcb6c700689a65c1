//! Bodies of parts: `multipart/form-data` (RFC 7578), `multipart/related` (RFC 2387), and all others (RFC 2046).

use std::hash::{BuildHasher, RandomState};

use super::{Body, Part};

/// A body of parts, for operations whose description does not say which these are.
///
/// The operation says which kind of `multipart` it is sent as.
///
/// ```
/// use attache_runtime::body::{Multipart, Part};
///
/// let body = Multipart::new()
///     .part(Part::json("a title").name("metadata"))
///     .part(Part::file("%PDF-1.7").name("label"));
/// # let _ = body;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

impl Multipart {
    /// Returns a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The media type with its boundary, and the body.
    ///
    /// `Err` says which part cannot be written.
    pub(crate) fn assemble(self, media_type: &str) -> Result<(String, Body), String> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_form = essence.eq_ignore_ascii_case("multipart/form-data");
        let is_related = essence.eq_ignore_ascii_case("multipart/related");
        let boundary = boundary();
        let mut head = format!("{essence}; boundary={boundary}");
        let root = self.parts.first().and_then(Part::media_type);
        if let Some(root) = root.filter(|_| is_related) {
            // RFC 2387 wants the media type of the first part named.
            head.push_str(&format!("; type=\"{root}\""));
        }
        let mut body = Body::new();
        for part in self.parts {
            body.push(format!("--{boundary}\r\n{}\r\n", part.head(is_form)?));
            body.append(part.body);
            body.push("\r\n");
        }
        body.push(format!("--{boundary}--\r\n"));
        Ok((head, body))
    }
}

impl FromIterator<Part> for Multipart {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        Self {
            parts: parts.into_iter().collect(),
        }
    }
}

impl From<Vec<Part>> for Multipart {
    fn from(parts: Vec<Part>) -> Self {
        Self { parts }
    }
}

/// So random that no content has it.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0);
    format!("attache-{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::{Multipart, Part};
    use crate::Upload;
    use crate::json::Json;

    fn written(body: Multipart, media_type: &str) -> (String, String) {
        let (content_type, body) = body.assemble(media_type).expect("all can be written");
        let rest = content_type.split_once("boundary=").expect("it has one").1;
        let boundary = rest.split(';').next().unwrap_or_default();
        let bytes = body.as_bytes().expect("all is in memory");
        assert_eq!(body.length(), Some(bytes.len() as u64));
        let text = String::from_utf8(bytes.to_vec()).expect("it is text");
        (
            content_type.replace(boundary, "B"),
            text.replace(boundary, "B"),
        )
    }

    #[test]
    fn parts_are_written_as_rfc_7578_says() {
        let text = Json::from("a\"b");
        let object = Json::from_slice(b"{\"a\":[1]}").unwrap();
        let upload = Upload::from("%PDF").file_name("l\"1\r\n.pdf");
        let upload = upload.content_type("application/pdf");
        let parts = [
            Part::value(&text).name("na\"me"),
            Part::value(&object).name("meta"),
            Part::value(&text).name("kind").content_type("text/csv"),
            Part::file(upload).name("file").content_type("image/png"),
            Part::file("x").name("raw").header("X-Locale", "it"),
        ];
        let (content_type, text) = written(parts.into_iter().collect(), "multipart/form-data");
        assert_eq!(content_type, "multipart/form-data; boundary=B");
        assert_eq!(
            text,
            "--B\r\nContent-Disposition: form-data; name=\"na%22me\"\r\n\r\na\"b\r\n\
             --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":[1]}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"kind\"\r\nContent-Type: text/csv\r\n\r\na\"b\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l%221%0D%0A.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n\
             --B\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw\"\r\nContent-Type: application/octet-stream\r\nX-Locale: it\r\n\r\nx\r\n\
             --B--\r\n"
        );
        let again = || Multipart::new().assemble("multipart/form-data").unwrap().0;
        assert_ne!(again(), again(), "each body has a boundary of its own");
    }

    #[test]
    fn related_parts_need_no_names() {
        let parts = vec![
            Part::json(&vec![1_i64]),
            Part::file("%PDF").header("Content-Location", "label.pdf"),
        ];
        let (content_type, text) = written(parts.into(), "Multipart/Related; charset=x");
        assert_eq!(
            content_type,
            "Multipart/Related; boundary=B; type=\"application/json\""
        );
        assert_eq!(
            text,
            "--B\r\nContent-Type: application/json\r\n\r\n[1]\r\n\
             --B\r\nContent-Type: application/octet-stream\r\nContent-Location: label.pdf\r\n\r\n%PDF\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let unnamed = Multipart::new().part(Part::text("a"));
        assert!(unnamed.assemble("multipart/form-data").is_err());
        let smuggled = Part::text("a").name("n").header("x", "a\r\nb: c");
        let smuggled = Multipart::new().part(smuggled);
        assert!(smuggled.assemble("multipart/form-data").is_err());
    }
}
