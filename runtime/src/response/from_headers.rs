//! What headers can be decoded into.

use crate::json::{self, Blank, Decode, DecodeError, Json, to_vec};
use crate::transport::Headers;

/// The documented headers of a success; implemented by [`headers!`](crate::headers).
pub trait FromHeaders: Sized {
    /// Decodes the headers.
    ///
    /// # Errors
    /// A header is there and is not what the API describes.
    fn from_headers(headers: &Headers) -> Result<Self, DecodeError>;
}

impl FromHeaders for () {
    fn from_headers(_: &Headers) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl Headers {
    /// Decodes the headers that an operation documents.
    ///
    /// # Errors
    /// A header is there and is not what the API describes.
    pub fn read<H: FromHeaders>(&self) -> Result<H, DecodeError> {
        H::from_headers(self)
    }
}

/// How a value is written in a header; for [`headers!`](crate::headers).
#[derive(Clone, Copy, Debug)]
pub struct HeaderForm;

impl HeaderForm {
    /// Reads a text, a number or a truth value.
    ///
    /// # Errors
    /// The header is there and holds something else.
    pub fn plain<T: Blank + Decode>(
        headers: &Headers,
        name: &str,
    ) -> Result<Option<T>, DecodeError> {
        let read = |value: &str| {
            let text = to_vec(&Json::from(value));
            // A header has no types: `42` is a number where one is expected.
            json::from_slice(&text).or_else(|error| json::from_str(value).map_err(|_| error))
        };
        let value = headers.get(name).map(str::trim);
        value
            .map(read)
            .transpose()
            .map_err(|error| located(error, name))
    }

    /// Reads such values with commas between them, from all headers of the name.
    ///
    /// # Errors
    /// A header is there and holds something else.
    pub fn list<T: Blank + Decode>(
        headers: &Headers,
        name: &str,
    ) -> Result<Option<T>, DecodeError> {
        let mut values = headers.get_all(name).peekable();
        if values.peek().is_none() {
            return Ok(None);
        }
        let items: Vec<&str> = values
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect();
        let texts = Json::Array(items.iter().map(|&item| Json::from(item)).collect());
        let read = json::from_slice(&to_vec(&texts));
        let read = read
            .or_else(|error| json::from_str(&format!("[{}]", items.join(","))).map_err(|_| error));
        read.map(Some).map_err(|error| located(error, name))
    }

    /// Reads JSON text.
    ///
    /// # Errors
    /// The header is there and holds something else.
    pub fn json<T: Blank + Decode>(
        headers: &Headers,
        name: &str,
    ) -> Result<Option<T>, DecodeError> {
        let value = headers.get(name).map(json::from_str);
        value.transpose().map_err(|error| located(error, name))
    }
}

fn located(error: DecodeError, name: &str) -> DecodeError {
    error.with_note(format!("it is in the header {name:?}"))
}

#[cfg(test)]
mod tests {
    use super::{HeaderForm, Headers};
    use crate::types::DateTime;

    #[test]
    fn values_of_every_form() {
        let headers = Headers::from_iter([
            ("total", " 42 "),
            ("ready", "true"),
            ("name", "42"),
            ("at", "2026-11-27T10:00:00Z"),
            ("ids", "1, 2"),
            ("ids", "3"),
            ("tags", "a,b"),
            ("meta", r#"{"a":1}"#),
        ]);
        assert_eq!(HeaderForm::plain::<i64>(&headers, "Total"), Ok(Some(42)));
        assert_eq!(HeaderForm::plain::<bool>(&headers, "ready"), Ok(Some(true)));
        assert_eq!(
            HeaderForm::plain::<String>(&headers, "name"),
            Ok(Some("42".to_owned()))
        );
        assert!(
            HeaderForm::plain::<DateTime>(&headers, "at")
                .unwrap()
                .is_some()
        );
        assert_eq!(HeaderForm::plain::<i64>(&headers, "absent"), Ok(None));
        assert_eq!(
            HeaderForm::list::<Vec<i64>>(&headers, "ids"),
            Ok(Some(vec![1, 2, 3]))
        );
        assert_eq!(
            HeaderForm::list::<Vec<String>>(&headers, "tags"),
            Ok(Some(vec!["a".to_owned(), "b".to_owned()]))
        );
        assert_eq!(
            HeaderForm::list::<Vec<String>>(&headers, "absent"),
            Ok(None)
        );
        let meta = HeaderForm::json::<crate::Json>(&headers, "meta").unwrap();
        assert_eq!(meta.unwrap().to_string(), r#"{"a":1}"#);
        assert_eq!(
            HeaderForm::plain::<i64>(&headers, "tags")
                .unwrap_err()
                .to_string(),
            "expected an integer, found string (byte 0); it is in the header \"tags\""
        );
    }
}
