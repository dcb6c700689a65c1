//! Text of the description that people will read.

use super::model::Docs;
use crate::resolved::Shape;

pub(super) fn of_shape(shape: &Shape<'_>) -> Docs {
    // One word is a name, and says no more than the item's own.
    let title = text(shape.title).filter(|title| title.contains(' '));
    let facts = shape.facts.iter();
    Docs {
        summary: None,
        description: text(shape.description).or(title),
        deprecated: shape.deprecated,
        remarks: facts.chain(&shape.remarks).cloned().collect(),
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
