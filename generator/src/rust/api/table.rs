//! The table of an operation: all that the call path has to know of it.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::{SCOPE, pages, parameters, security};
use crate::ir::{
    Body, BodyEncoding, Content, Operation, Parameter, Place, SentAs, Status, XmlDocument,
};
use crate::names::OperationNames;

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    let meta = runtime::OPERATION_META;
    // One line per fact reads better here than what a formatter makes of it.
    text.line("#[rustfmt::skip]");
    let (name, method, path) = (
        literal(&operation.name),
        literal(&operation.method),
        literal(&operation.path),
    );
    let visibility = match pages::is_mentioned(cx, operation.id) {
        true => "pub(super) ",
        false => "",
    };
    text.open(format_args!(
        "{visibility}static {}: {meta} = {meta}::new({name}, {method}, {path})",
        names.table
    ));
    parameters::render(text, operation);
    if let Some(query) = &operation.fixed_query {
        text.line(format_args!(".fixed_query({})", literal(query)));
    }
    if let Some(server) = &operation.server {
        text.line(format_args!(".server({})", literal(server)));
    }
    if let Some(body) = &operation.body {
        render_media_types(text, cx, body);
    }
    let has_required = |it: &Parameter| it.place == Place::Part && it.required;
    if operation.requires_parts && !operation.parameters.iter().any(has_required) {
        text.line(".requires_parts()");
    }
    render_xml_answers(text, cx, operation);
    if let Some(accept) = &operation.accept {
        text.line(format_args!(".accept({})", literal(accept)));
    }
    if !operation.security.is_empty() {
        let security = security::spell(cx, &operation.security);
        text.line(format_args!(".security({security})"));
    }
    if let Some(group) = cx.group_of(operation.id) {
        text.line(format_args!(".group({})", literal(&group.accessor)));
    }
    if let Some(quota) = operation.quota {
        text.line(format_args!(
            ".quota({}::per_second({:?}, {}))",
            runtime::QUOTA,
            quota.rate,
            quota.burst
        ));
    }
    if let Some(class) = operation.retry {
        text.line(format_args!(
            ".retry_class({}::{class:?})",
            runtime::RETRY_CLASS
        ));
    }
    let mut links = cx.client.links.iter();
    let first = operation.variation.as_ref().map(|it| it.of);
    if links.any(|link| link.operation == first.unwrap_or(operation.id)) {
        text.line(".linked()");
    }
    text.end_statement();
}

/// One media type that is written the usual way needs no row: the call says what it is.
fn render_media_types(text: &mut Text, cx: &Cx<'_>, body: &Body) {
    let media_types = &body.media_types;
    let shape = xml_shape(cx, &body.content);
    let is_usual = |it: &SentAs| it.fields.is_empty() && !it.is_xml();
    let is_usual = media_types.iter().all(is_usual);
    if media_types.len() < 2 && is_usual {
        return;
    }
    text.open(".media_types(&[");
    for media_type in media_types {
        let encoding = match &media_type.encoding {
            BodyEncoding::Json => "json",
            BodyEncoding::Form => "form",
            BodyEncoding::Parts => "multipart",
            BodyEncoding::Plain => "plain",
            BodyEncoding::Xml(_) => "xml",
        };
        let mut arguments = literal(&media_type.name);
        if let BodyEncoding::Xml(document) = &media_type.encoding {
            arguments.push_str(&format!(", {}", xml_document(document, &shape)));
        }
        let head = format!("{}::{encoding}({arguments})", runtime::MEDIA_TYPE);
        if media_type.fields.is_empty() {
            text.line(format_args!("{head},"));
            continue;
        }
        text.open(format_args!("{head}.fields(&["));
        for field in &media_type.fields {
            text.line(format_args!("{},", parameters::row(field)));
        }
        text.close("]),");
    }
    text.close("])");
}

fn xml_document(document: &XmlDocument, shape: &str) -> String {
    let root = literal(&document.root.written());
    let mut text = format!("{}::new({root}, {shape})", runtime::XML_DOCUMENT);
    if !document.root.namespace.is_empty() {
        let namespace = literal(&document.root.namespace);
        text.push_str(&format!(".namespace({namespace})"));
    }
    if let Some(items) = &document.items {
        text.push_str(&format!(".items({})", literal(items)));
    }
    text
}

/// The function that says what a body is in XML.
fn xml_shape(cx: &Cx<'_>, content: &Content) -> String {
    let ty = cx.spell_content(Some(content), SCOPE);
    format!("<{ty} as {}>::shape", runtime::XML_SHAPE)
}

/// What the answers of XML look like, by status.
fn render_xml_answers(text: &mut Text, cx: &Cx<'_>, operation: &Operation) {
    let answers = operation.success.iter().chain(&operation.errors);
    let answers: Vec<_> = answers.filter(|answer| answer.is_xml()).collect();
    if answers.is_empty() {
        return;
    }
    text.open(".xml_answers(&[");
    for answer in answers {
        let (from, to) = match answer.status {
            Status::Code(code) => (code, code),
            Status::Range(digit) => (u16::from(digit) * 100, u16::from(digit) * 100 + 99),
            Status::Default => (0, u16::MAX),
        };
        let shape = answer
            .content
            .as_ref()
            .map(|content| xml_shape(cx, content));
        let shape = shape.expect("an answer of XML has a body");
        text.line(format_args!("({from}, {to}, {shape}),"));
    }
    text.close("])");
}
