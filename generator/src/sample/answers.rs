//! Whether answers are as documented.

use serde_json::Value;

use super::exchange::{bundle, operations};
use super::picker::Picker;
use super::text;
use crate::document::{Document, Operation, PathItem, SchemaId, Status};

/// The documented answers of a description.
pub struct Answers<'d, 't> {
    document: &'d Document<'t>,
    picker: Picker,
}

impl<'d, 't> Answers<'d, 't> {
    /// Prepares the answers of all operations.
    pub fn of(document: &'d Document<'t>) -> Self {
        let all: Vec<_> = operations(document).collect();
        Answers {
            document,
            picker: Picker::new(&bundle(document, &all), "writeOnly"),
        }
    }

    /// Whether JSON is a body that an operation documents for a status; none where nothing is said of it.
    pub fn allows(&self, method: &str, path: &str, status: u16, body: &Value) -> Option<bool> {
        let is_this = |(item, operation): &(&PathItem<'_>, &Operation<'_>)| {
            let template = item.path.split(['?', '#']).next().unwrap_or_default();
            operation.method == method && template == path
        };
        let schema = |operation: &Operation<'_>| self.schema(operation, status);
        let mut found = operations(self.document).filter(is_this).peekable();
        found.peek()?;
        let mut schemas = found
            .filter_map(|(_, operation)| schema(operation))
            .peekable();
        schemas.peek()?;
        let node = |id: SchemaId| self.document.schemas[id.0 as usize].node;
        Some(schemas.any(|schema| self.picker.allows(node(schema), body)))
    }

    fn schema(&self, operation: &Operation<'_>, status: u16) -> Option<SchemaId> {
        let hundreds = status / 100;
        let rank = |known: Status| match known {
            Status::Code(code) if code == status => Some(0),
            Status::Range(digit) if u16::from(digit) == hundreds => Some(1),
            Status::Default => Some(2),
            _ => None,
        };
        let responses = operation.responses.iter();
        let ranked = responses.filter_map(|response| Some((rank(response.status)?, response)));
        let (_, response) = ranked.min_by_key(|(rank, _)| *rank)?;
        let mut contents = response.content.iter();
        let json = contents.find(|media| text::is_json(&text::essence(media.name)));
        json.or(response.content.first())?.schema
    }
}
