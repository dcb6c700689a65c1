//! Text of the description that people will read.

use super::model::Docs;
use crate::resolved::Shape;

pub(super) fn of_shape(shape: &Shape<'_>) -> Docs {
    Docs {
        summary: None,
        description: text(shape.description),
        deprecated: shape.deprecated,
        remarks: shape.remarks.clone(),
    }
}

pub(super) fn of(summary: Option<&str>, description: Option<&str>, deprecated: bool) -> Docs {
    Docs {
        summary: text(summary).map(|text| one_line(&text)),
        description: text(description),
        deprecated,
        remarks: Vec::new(),
    }
}

/// Joins lines, for places that take one.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
