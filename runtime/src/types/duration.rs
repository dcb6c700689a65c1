//! `format: duration`.

use std::fmt;
use std::str::FromStr;

/// A span of time in the form of ISO 8601, like `P3DT4H`.
#[derive(Clone, Debug)]
pub struct IsoDuration {
    span: jiff::Span,
    /// The text, if it is not what the span is written as.
    text: Option<Box<str>>,
}

impl IsoDuration {
    /// Returns the span.
    pub fn jiff(&self) -> jiff::Span {
        self.span
    }
}

impl From<jiff::Span> for IsoDuration {
    fn from(span: jiff::Span) -> Self {
        Self { span, text: None }
    }
}

impl FromStr for IsoDuration {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let span = jiff::fmt::temporal::SpanParser::new().parse_span(text)?;
        let text = (span.to_string() != text).then(|| text.into());
        Ok(Self { span, text })
    }
}

impl fmt::Display for IsoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None => self.span.fmt(f),
        }
    }
}

impl PartialEq for IsoDuration {
    /// Compares unit by unit: a day is not 24 hours.
    fn eq(&self, other: &Self) -> bool {
        self.span.fieldwise() == other.span.fieldwise()
    }
}

impl Eq for IsoDuration {}

super::string_codec!(
    IsoDuration,
    jiff::Span::new().into(),
    "an ISO 8601 duration",
    "another string"
);

#[cfg(test)]
mod tests {
    use super::IsoDuration;
    use crate::json;

    #[test]
    fn durations_keep_their_text() {
        for text in ["P3DT4H", "PT36H", "P1Y2M", "pt1h", "PT0.5S", "-P1D"] {
            let document = format!("\"{text}\"");
            let duration: IsoDuration = json::from_str(&document).expect(text);
            assert_eq!(json::to_string(&duration), document);
        }
        assert!(json::from_str::<IsoDuration>("\"3 days\"").is_err());
    }
}
