//! What came of one description, in the form in which processes tell each other.

use serde_json::{Map, Value};

/// What came of generating one description.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Measured {
    pub(crate) generated: bool,
    pub(crate) operations: usize,
    pub(crate) types: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) degraded: usize,
    pub(crate) files: usize,
    pub(crate) lines: usize,
    /// Files that are no Rust, by path and reason.
    pub(crate) unparsable: Vec<String>,
    /// Lines of the longest function body, and where it is.
    pub(crate) longest_body: usize,
    pub(crate) longest_body_at: String,
    /// Files that `rustfmt` would change.
    pub(crate) unformatted: Vec<String>,
    /// Time on a processor, without the checks on the text.
    pub(crate) cpu_ms: u64,
    /// The most memory that the process ever had.
    pub(crate) peak_kb: u64,
    /// The first error of the description, or what the process said when it died.
    pub(crate) failure: String,
}

impl Measured {
    pub(crate) fn to_json(&self) -> Value {
        let text = |text: &str| Value::String(text.to_owned());
        let list = |list: &[String]| Value::Array(list.iter().map(|item| text(item)).collect());
        let members = [
            ("generated", Value::Bool(self.generated)),
            ("operations", self.operations.into()),
            ("types", self.types.into()),
            ("errors", self.errors.into()),
            ("warnings", self.warnings.into()),
            ("degraded", self.degraded.into()),
            ("files", self.files.into()),
            ("lines", self.lines.into()),
            ("unparsable", list(&self.unparsable)),
            ("longest_body", self.longest_body.into()),
            ("longest_body_at", text(&self.longest_body_at)),
            ("unformatted", list(&self.unformatted)),
            ("cpu_ms", self.cpu_ms.into()),
            ("peak_kb", self.peak_kb.into()),
            ("failure", text(&self.failure)),
        ];
        Value::Object(
            members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Map<_, _>>(),
        )
    }

    pub(crate) fn from_json(value: &Value) -> Self {
        let number = |key: &str| value[key].as_u64().unwrap_or_default();
        let count = |key: &str| usize::try_from(number(key)).unwrap_or(usize::MAX);
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let list = |key: &str| {
            let items = value[key].as_array().into_iter().flatten();
            items
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        Measured {
            generated: value["generated"].as_bool().unwrap_or_default(),
            operations: count("operations"),
            types: count("types"),
            errors: count("errors"),
            warnings: count("warnings"),
            degraded: count("degraded"),
            files: count("files"),
            lines: count("lines"),
            unparsable: list("unparsable"),
            longest_body: count("longest_body"),
            longest_body_at: text("longest_body_at"),
            unformatted: list("unformatted"),
            cpu_ms: number("cpu_ms"),
            peak_kb: number("peak_kb"),
            failure: text("failure"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Measured;

    #[test]
    fn json_form_is_read_back() {
        let measured = Measured {
            generated: true,
            operations: 3,
            unformatted: vec!["a.rs".to_owned()],
            ..Measured::default()
        };
        assert_eq!(Measured::from_json(&measured.to_json()), measured);
    }
}
