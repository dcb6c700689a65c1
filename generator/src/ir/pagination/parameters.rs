//! The parameters of an operation, and what is said of them.

use super::Cx;
use super::outline::{Value, value};
use super::words::plain;
use crate::document;
use crate::ir::model::Place;
use crate::spec::Node;

/// A parameter that could carry a position.
pub(super) struct Candidate<'a, 't> {
    /// In the operation's parameters.
    pub(super) index: usize,
    /// Its name, plain.
    pub(super) name: String,
    pub(super) value: Value,
    /// What is written about it, in lower case.
    pub(super) description: String,
    parameter: &'a document::Parameter<'t>,
    cx: Cx<'a, 't>,
}

impl<'a, 't> Cx<'a, 't> {
    /// Parameters of query and header.
    pub(super) fn candidates(&self) -> Vec<Candidate<'a, 't>> {
        let parameters = self.operation.parameters.iter().enumerate();
        let parameters = parameters.zip(&self.source.parameters);
        let movable = parameters
            .filter(|((_, built), _)| matches!(built.place, Place::Query | Place::Header));
        movable
            .filter_map(|((index, built), read)| {
                let schema = read.schema?;
                let own = read.description.map(str::to_lowercase);
                let description =
                    own.unwrap_or_else(|| super::outline::description(self.resolved, schema));
                Some(Candidate {
                    index,
                    name: plain(&built.wire),
                    value: value(self.resolved, schema),
                    description,
                    parameter: read,
                    cx: *self,
                })
            })
            .collect()
    }
}

impl<'t> Candidate<'_, 't> {
    /// A keyword of its schema, behind references.
    pub(super) fn keyword(&self, name: &str) -> Option<Node<'t>> {
        let schema = self.parameter.schema?;
        let resolved = self.cx.resolved;
        let own = resolved.shape(schema).node.get(name);
        own.or_else(|| resolved.follow(schema).0.node.get(name))
    }

    /// The number that its values start from, as far as the description says so.
    pub(super) fn first(&self) -> Option<i64> {
        let number = |keyword| self.keyword(keyword)?.scalar()?.parse::<i64>().ok();
        let stated = number("default").filter(|first| matches!(first, 0 | 1));
        stated
            .or_else(|| number("minimum").filter(|minimum| *minimum == 1))
            .or_else(|| first_in_words(&self.description))
    }
}

/// `Starts at 1`, `zero-based`, `Default: 1`.
fn first_in_words(text: &str) -> Option<i64> {
    const ONE: &[&str] = &["1-based", "one-based", "1 based"];
    const ZERO: &[&str] = &[
        "0-based",
        "zero-based",
        "zero based",
        "0 based",
        "0-indexed",
        "zero-indexed",
    ];
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    match (says(ONE), says(ZERO)) {
        (true, false) => return Some(1),
        (false, true) => return Some(0),
        _ => {}
    }
    let text: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let starts = |word: &str| {
        matches!(
            word,
            "start"
                | "starts"
                | "starting"
                | "begins"
                | "beginning"
                | "default"
                | "defaults"
                | "indexed"
        )
    };
    let small = |word: &str| {
        matches!(
            word,
            "at" | "from" | "with" | "is" | "to" | "value" | "by" | "page"
        )
    };
    let at = words.iter().position(|word| starts(word))?;
    let number = words[at + 1..].iter().find(|word| !small(word))?;
    match *number {
        "0" | "zero" => Some(0),
        "1" | "one" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::first_in_words;

    #[test]
    fn where_numbers_start() {
        for (text, first) in [
            ("the page number, starting at 1.", Some(1)),
            ("page to return (default: 1)", Some(1)),
            ("zero-based page index", Some(0)),
            ("starts with page 0", Some(0)),
            ("defaults to `1`", Some(1)),
            ("the default is 20", None),
            ("which page", None),
            ("default", None),
        ] {
            assert_eq!(first_in_words(text), first, "{text}");
        }
    }
}
