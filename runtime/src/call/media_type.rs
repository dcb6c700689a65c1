//! The media types that a body can be sent as.

use super::operation::Parameter;
use crate::xml::Document;

/// One of the media types that an operation takes, and how a value becomes a body of it.
///
/// ```
/// use attache_runtime::{MediaType, OperationMeta, Parameter, Style};
///
/// static CHARGE: OperationMeta = OperationMeta::new("charge", "POST", "/charges").media_types(&[
///     MediaType::json("application/json"),
///     MediaType::form("application/x-www-form-urlencoded")
///         .fields(&[Parameter::field("card").style(Style::DeepObject)]),
/// ]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MediaType {
    pub(super) name: &'static str,
    pub(super) encoding: Encoding,
    pub(super) fields: &'static [Parameter],
}

/// How a value becomes bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    /// As JSON.
    Json,
    /// As pairs of names and values.
    Form,
    /// As a part for each member.
    Parts,
    /// As a document of XML.
    Xml(Document),
    /// The caller has done it.
    Ready,
}

impl MediaType {
    /// A media type of JSON, by its full name; also YAML, which JSON is a part of.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Encoding::Json)
    }

    /// A media type of forms: one pair for each member.
    pub const fn form(name: &'static str) -> Self {
        Self::new(name, Encoding::Form)
    }

    /// A media type of XML, with what the document looks like.
    pub const fn xml(name: &'static str, document: Document) -> Self {
        Self::new(name, Encoding::Xml(document))
    }

    /// A media type of parts: one for each member.
    pub const fn multipart(name: &'static str) -> Self {
        Self::new(name, Encoding::Parts)
    }

    /// A media type of text or bytes, which are sent as they are.
    pub const fn plain(name: &'static str) -> Self {
        Self::new(name, Encoding::Ready)
    }

    /// Says how members are written that are not written the usual way.
    pub const fn fields(mut self, fields: &'static [Parameter]) -> Self {
        self.fields = fields;
        self
    }

    const fn new(name: &'static str, encoding: Encoding) -> Self {
        Self {
            name,
            encoding,
            fields: &[],
        }
    }

    /// Whether this is the media type, or a range that it lies in; parameters count only where this has some.
    pub(super) fn takes(&self, name: &str) -> bool {
        let (own, wanted) = (normalized(self.name), normalized(name));
        own == wanted || (!own.contains(';') && in_range(&own, essence(&wanted)))
    }
}

/// Whether a name lies in a range: `text/*`, `application/*+json`, `*/*`, or is the same.
fn in_range(range: &str, name: &str) -> bool {
    let (Some((kind, subtype)), Some((name_kind, name_subtype))) =
        (range.split_once('/'), name.split_once('/'))
    else {
        return range == name;
    };
    let fits = |pattern: &str, text: &str| match pattern.split_once('*') {
        Some((before, after)) => {
            let rest = text.strip_prefix(before);
            rest.is_some_and(|rest| rest.ends_with(after))
        }
        None => pattern == text,
    };
    fits(kind, name_kind) && fits(subtype, name_subtype)
}

fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default()
}

/// Lower case, without white space.
fn normalized(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace());
    kept.collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn names_and_ranges() {
        for (own, name, takes) in [
            ("application/json", "Application/JSON", true),
            ("application/json", "application/json; charset=utf-8", true),
            (
                "application/json; charset=utf-8",
                "application/json;charset=utf-8",
                true,
            ),
            ("application/json; version=2", "application/json", false),
            ("application/*+json", "application/vnd.a+json", true),
            ("application/*+json", "application/json", false),
            ("text/*", "text/csv", true),
            ("*/*", "image/png", true),
            ("text/*", "application/csv", false),
            ("application/json", "application/xml", false),
            ("json", "json", true),
        ] {
            assert_eq!(MediaType::plain(own).takes(name), takes, "{own} {name}");
        }
    }
}
