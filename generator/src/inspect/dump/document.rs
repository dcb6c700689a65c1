//! The document model: the description in the shape of its newest version.

use super::schema::SchemaPrinter;
use crate::document::{
    Document, MediaType, Operation, Parameter, PathItem, SecurityRequirement, Status,
};
use crate::inspect::outline::{Outline, words};

/// Servers, security, operations and component schemas of a document.
pub fn document(document: &Document<'_>) -> String {
    let mut printer = Printer {
        outline: Outline::default(),
        schemas: SchemaPrinter::new(document),
    };
    printer.outline.line(format_args!(
        "document {:?} version {:?}",
        document.info.title, document.info.version
    ));
    printer
        .outline
        .line(format_args!("written in {:?}", document.version));
    printer.head(document);
    for item in &document.paths {
        printer.path_item("path", item);
    }
    for item in &document.webhooks {
        printer.path_item("webhook", item);
    }
    for component in &document.components {
        printer.outline.gap();
        printer.schemas.full(
            &mut printer.outline,
            &format!("schema {:?}:", component.name),
            component.schema,
        );
    }
    printer.outline.finish()
}

struct Printer<'a, 't> {
    outline: Outline,
    schemas: SchemaPrinter<'a, 't>,
}

impl<'t> Printer<'_, 't> {
    fn head(&mut self, document: &Document<'t>) {
        self.outline
            .list("servers", &document.servers, |outline, server| {
                outline.line(&server.url)
            });
        self.outline.list("tags", &document.tags, |outline, tag| {
            outline.line(format_args!("{:?}", tag.name))
        });
        self.outline.list(
            "security schemes",
            &document.security_schemes,
            |outline, scheme| {
                outline.line(format_args!("{:?}: {:?}", scheme.name, scheme.kind));
            },
        );
        security(&mut self.outline, &document.security);
    }

    fn path_item(&mut self, kind: &str, item: &PathItem<'t>) {
        for operation in &item.operations {
            self.outline.gap();
            let deprecated = words(&[(operation.deprecated, "deprecated")]);
            self.outline.open(format_args!(
                "{kind} {} {}{deprecated}",
                operation.method, item.path
            ));
            self.operation(operation);
            self.outline.close();
        }
    }

    fn operation(&mut self, operation: &Operation<'t>) {
        let outline = &mut self.outline;
        outline.line(format_args!("at {}", operation.node.pointer()));
        if let Some(id) = operation.operation_id {
            outline.line(format_args!("id {id:?}"));
        }
        if !operation.tags.is_empty() {
            outline.line(format_args!("tags {:?}", operation.tags));
        }
        security(outline, operation.security.as_deref().unwrap_or_default());
        for parameter in &operation.parameters {
            self.parameter(parameter);
        }
        if let Some(body) = &operation.request_body {
            let required = words(&[(body.required, "required")]);
            self.outline.open(format_args!("body{required}"));
            self.content(&body.content);
            self.outline.close();
        }
        for response in &operation.responses {
            self.outline
                .open(format_args!("response {}", status(response.status)));
            for header in &response.headers {
                self.outline.line(format_args!("header {:?}", header.name));
            }
            self.content(&response.content);
            for link in &response.links {
                self.outline.line(format_args!("link {:?}", link.name));
            }
            self.outline.close();
        }
        for callback in &operation.callbacks {
            for item in &callback.path_items {
                self.path_item(&format!("callback {:?}", callback.name), item);
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter<'t>) {
        let facts = words(&[
            (parameter.required, "required"),
            (parameter.explode, "explode"),
        ]);
        self.outline.open(format_args!(
            "parameter {:?} {:?} {:?}{facts}",
            parameter.name, parameter.location, parameter.style
        ));
        if let Some(schema) = parameter.schema {
            self.schemas.usage(&mut self.outline, "schema:", schema);
        }
        self.content(parameter.content.as_slice());
        self.outline.close();
    }

    fn content(&mut self, content: &[MediaType<'t>]) {
        for media_type in content {
            self.outline
                .open(format_args!("content {:?}", media_type.name));
            if let Some(schema) = media_type.schema {
                self.schemas.usage(&mut self.outline, "schema:", schema);
            }
            if let Some(schema) = media_type.item_schema {
                self.schemas
                    .usage(&mut self.outline, "item schema:", schema);
            }
            self.outline.close();
        }
    }
}

fn security(outline: &mut Outline, requirements: &[SecurityRequirement<'_>]) {
    for requirement in requirements {
        outline.line(format_args!("security {:?}", requirement.schemes));
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}
