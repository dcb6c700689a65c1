//! Body and form parameters to a request body.

use std::rc::Rc;

use super::parameter::{BodyParameters, FormField};
use super::{collection_format, collection_format::CollectionFormat};
use crate::document::fields::Fields;
use crate::document::ignored;
use crate::document::model::{
    Encoding, Extensions, MediaType, ParameterLocation, RequestBody, SchemaId,
};
use crate::document::reader::Reader;
use crate::spec::Node;

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A form field, ready to become a property of the form's schema.
pub(super) struct Property<'t> {
    name: &'t str,
    schema: SchemaId,
    required: bool,
    is_file: bool,
    encoding: Option<Encoding<'t>>,
}

impl<'t> Reader<'t, '_> {
    pub(in crate::document) fn swagger2_request_body(
        &mut self,
        operation: &mut Fields<'t>,
        node: Node<'t>,
        parameters: BodyParameters<'t>,
    ) -> Option<Rc<RequestBody<'t>>> {
        let consumes = self.consumes(operation);
        if let Some(body) = parameters.body {
            self.foreign_keyword(body, "a body parameter");
            for field in parameters.form {
                self.unsupported(field.listed, "formData", "beside a body parameter");
            }
            return self.body_parameter(body, &consumes).map(Rc::new);
        }
        let first = parameters.form.first()?;
        self.foreign_keyword(first.listed, "a form parameter");
        let properties: Vec<Property<'t>> = parameters
            .form
            .iter()
            .filter_map(|field| self.form_field(field))
            .collect();
        Some(Rc::new(self.form_body(node, properties, &consumes)))
    }

    pub(super) fn body_parameter(
        &mut self,
        listed: Node<'t>,
        consumes: &[&'t str],
    ) -> Option<RequestBody<'t>> {
        let target = self.follow(listed, "parameters")?;
        let mut fields = self.object(target.node, "parameter")?;
        fields.ignore(&["in"]);
        let schema = self.schema_or_flat(&mut fields, target.node);
        let types = if consumes.is_empty() {
            &["application/json"]
        } else {
            consumes
        };
        let content = types
            .iter()
            .map(|name| media_type(target.node, name.trim(), schema));
        let content = content.collect();
        let example = fields.take("x-example");
        let mut body = RequestBody {
            node: target.node,
            component: target.component,
            name: self.text(&mut fields, "name"),
            description: target.description.or(self.text(&mut fields, "description")),
            required: self.flag(&mut fields, "required"),
            content,
            extensions: self.finish(fields, "a body parameter"),
        };
        for media_type in &mut body.content {
            media_type.example = example;
        }
        Some(body)
    }

    pub(super) fn form_field(&mut self, field: &FormField<'t>) -> Option<Property<'t>> {
        let node = self.follow(field.listed, "parameters")?.node;
        let mut fields = self.object(node, "parameter")?;
        fields.ignore_all(ignored::FORM_FIELD);
        let Some(name) = self.text(&mut fields, "name") else {
            self.missing_field(node, "this parameter", "name");
            return None;
        };
        let required = self.flag(&mut fields, "required");
        let format = self.collection_format(&mut fields);
        let kind = fields.peek("type").and_then(Node::as_str);
        let is_array = kind == Some("array");
        let schema = self.schema_or_flat(&mut fields, node);
        let schema = schema.unwrap_or_else(|| self.flat_schema(node));
        // The description stands in the property's schema.
        fields.ignore(&["description"]);
        self.finish(fields, "a form parameter");
        let encoding = is_array.then(|| joined(name, format.unwrap_or(CollectionFormat::Comma)));
        Some(Property {
            name,
            schema,
            required,
            is_file: kind == Some("file"),
            encoding,
        })
    }

    fn form_body(
        &mut self,
        operation: Node<'t>,
        properties: Vec<Property<'t>>,
        consumes: &[&'t str],
    ) -> RequestBody<'t> {
        let has_file = properties.iter().any(|property| property.is_file);
        let consumed = |name: &str| {
            consumes
                .iter()
                .any(|stated| stated.trim().to_ascii_lowercase().starts_with(name))
        };
        let names = match (consumed(URL_ENCODED), consumed(MULTIPART)) {
            _ if has_file => &[MULTIPART][..],
            (true, true) => &[URL_ENCODED, MULTIPART],
            (false, true) => &[MULTIPART],
            _ => &[URL_ENCODED],
        };
        let required: Vec<&'t str> = properties
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name)
            .collect();
        let is_required = !required.is_empty();
        let schemas = properties
            .iter()
            .map(|field| (field.name, field.schema))
            .collect();
        let schema = self.form_schema(operation, schemas, required);
        let encodings = properties.into_iter().filter_map(|field| field.encoding);
        let encodings: Vec<_> = encodings.collect();
        let content = names.iter().map(|name| MediaType {
            encoding: encodings.clone(),
            ..media_type(operation, name, Some(schema))
        });
        RequestBody {
            node: operation,
            component: None,
            name: None,
            description: None,
            required: is_required,
            content: content.collect(),
            extensions: Extensions::new(),
        }
    }
}

fn joined<'t>(property: &'t str, format: CollectionFormat) -> Encoding<'t> {
    let (style, explode) = collection_format::style(format, ParameterLocation::Query);
    Encoding {
        property,
        content_type: None,
        headers: Vec::new(),
        style: Some(style),
        explode: Some(explode),
        allow_reserved: false,
    }
}

pub(super) fn media_type<'t>(
    node: Node<'t>,
    name: &'t str,
    schema: Option<SchemaId>,
) -> MediaType<'t> {
    MediaType {
        node,
        name,
        schema,
        item_schema: None,
        encoding: Vec::new(),
        example: None,
        examples: Vec::new(),
        extensions: Vec::new(),
    }
}
