//! The shapes: what each schema is once references, composition and null are settled.

use std::collections::BTreeSet;

use crate::document::{Document, MediaType, Operation, SchemaId};
use crate::inspect::outline::{Outline, words};
use crate::resolved::{Choice, Kind, Resolved, Shape, Union};

/// The shapes of all components, then those of the operations' own schemas.
pub fn resolved(document: &Document<'_>, resolved: &Resolved<'_>) -> String {
    let components = document
        .components
        .iter()
        .map(|component| component.schema)
        .collect();
    let mut printer = Printer {
        outline: Outline::default(),
        resolved,
        printed: components,
    };
    for component in &document.components {
        printer.outline.gap();
        printer.full(&format!("schema {:?}:", component.name), component.schema);
    }
    for item in document.paths.iter().chain(&document.webhooks) {
        for operation in &item.operations {
            printer.outline.gap();
            printer
                .outline
                .open(format_args!("operation {} {}", operation.method, item.path));
            printer.operation(operation);
            printer.outline.close();
        }
    }
    printer.outline.finish()
}

struct Printer<'a, 't> {
    outline: Outline,
    resolved: &'a Resolved<'t>,
    /// Printed in full already, or to be.
    printed: BTreeSet<SchemaId>,
}

impl<'t> Printer<'_, 't> {
    fn operation(&mut self, operation: &Operation<'t>) {
        for parameter in &operation.parameters {
            if let Some(schema) = parameter.schema {
                self.usage(&format!("parameter {:?}:", parameter.name), schema);
            }
            self.content(
                &format!("parameter {:?}", parameter.name),
                parameter.content.as_slice(),
            );
        }
        if let Some(body) = &operation.request_body {
            self.content("body", &body.content);
        }
        for response in &operation.responses {
            self.content(
                &format!("response {:?}", response.status),
                &response.content,
            );
        }
    }

    fn content(&mut self, head: &str, content: &[MediaType<'t>]) {
        for media_type in content {
            for schema in media_type.schema.iter().chain(&media_type.item_schema) {
                self.usage(&format!("{head} {:?}:", media_type.name), *schema);
            }
        }
    }

    fn usage(&mut self, head: &str, id: SchemaId) {
        let shape = self.resolved.shape(id);
        if self.printed.insert(id) {
            return match shape.kind {
                // A use by reference: what it leads to says all.
                Kind::Alias(target) if shape.component.is_none() && shape.remarks.is_empty() => {
                    let nullable = words(&[(shape.nullable, "nullable")]);
                    self.usage(&format!("{head}{nullable}"), target);
                }
                _ => self.full(head, id),
            };
        }
        let target = shape
            .component
            .map_or_else(|| shape.node.pointer(), str::to_owned);
        self.outline.line(format_args!("{head} -> {target}"));
    }

    fn full(&mut self, head: &str, id: SchemaId) {
        let shape = self.resolved.shape(id);
        self.outline.open(format_args!("{head} {}", summary(shape)));
        self.children(shape);
        self.outline.close();
    }

    fn children(&mut self, shape: &Shape<'t>) {
        match &shape.kind {
            Kind::Alias(target) => self.usage("same as", *target),
            Kind::List(item) => self.usage("item:", *item),
            Kind::JsonText(content) => self.usage("content:", *content),
            Kind::Map(value) => self.usage("value:", *value),
            Kind::Object(object) => {
                for property in &object.properties {
                    let mark = if property.required { "" } else { "?" };
                    self.usage(&format!("{:?}{mark}:", property.name), property.schema);
                }
                if let Some(rest) = object.rest {
                    self.usage("...:", rest);
                }
            }
            Kind::Union(union) => self.variants(union),
            Kind::StringEnum(choices) => self.choices(choices),
            Kind::IntegerEnum(choices) => self.choices(choices),
            Kind::JsonEnum(choices) => self.choices(choices),
            Kind::Tuple(tuple) => {
                for (position, item) in tuple.items.iter().enumerate() {
                    let mark = if position < tuple.required { "" } else { "?" };
                    self.usage(&format!("{position}{mark}:"), *item);
                }
                if let Some(rest) = tuple.rest {
                    self.usage("...:", rest);
                }
            }
            Kind::Any | Kind::Boolean | Kind::Integer(_) | Kind::Number(_) | Kind::String(_) => {}
        }
        for remark in &shape.remarks {
            self.outline.line(format_args!("! {remark}"));
        }
    }

    fn variants(&mut self, union: &Union<'t>) {
        for variant in &union.variants {
            let fallback = words(&[(variant.fallback, "fallback")]);
            let tags: Vec<String> = variant.tags.iter().map(|tag| format!(" {tag:?}")).collect();
            self.usage(
                &format!("variant{}{fallback}:", tags.concat()),
                variant.schema,
            );
        }
    }

    fn choices<T: std::fmt::Debug>(&mut self, choices: &[Choice<'t, T>]) {
        for choice in choices {
            let name = choice
                .name
                .map(|name| format!(" named {name:?}"))
                .unwrap_or_default();
            self.outline.line(format_args!("{:?}{name}", choice.value));
        }
    }
}

fn formatted(what: &str, format: Option<&str>) -> String {
    match format {
        Some(format) => format!("{what} {format}"),
        None => what.to_owned(),
    }
}

fn summary(shape: &Shape<'_>) -> String {
    let kind = match &shape.kind {
        Kind::Alias(_) => "alias".to_owned(),
        Kind::Any => "any".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Integer(integer) => formatted("integer", integer.format),
        Kind::Number(format) => formatted("number", *format),
        Kind::String(format) => format!("string {format:?}"),
        Kind::JsonText(_) => "string with JSON".to_owned(),
        Kind::StringEnum(_) => "string enum".to_owned(),
        Kind::IntegerEnum(_) => "integer enum".to_owned(),
        Kind::JsonEnum(_) => "json enum".to_owned(),
        Kind::Tuple(_) => "tuple".to_owned(),
        Kind::List(_) => "list".to_owned(),
        Kind::Map(_) => "map".to_owned(),
        Kind::Object(_) => "object".to_owned(),
        Kind::Union(union) => union
            .tag
            .map_or("union".to_owned(), |tag| format!("union by {tag:?}")),
    };
    let facts = words(&[
        (shape.nullable, "nullable"),
        (shape.read_only, "read-only"),
        (shape.write_only, "write-only"),
        (shape.deprecated, "deprecated"),
    ]);
    format!("{kind}{facts}")
}
