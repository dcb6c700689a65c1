//! What an operation gives back: one type, or an enum with a variant per documented status.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::text::Text;
use super::SCOPE;
use crate::ir::{Answer, Operation, Status};
use crate::names::OperationNames;

/// The types of success and of documented errors.
pub(super) fn types(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> (String, String) {
    let success = match (&names.success, &operation.success[..]) {
        (Some((ident, _)), _) => ident.clone(),
        // Nothing is known of the body, so nothing of it may be lost.
        (None, []) => runtime::BYTES.to_owned(),
        (None, [only, ..]) => cx.spell_content(only.content.as_ref(), SCOPE),
    };
    let errors = names
        .errors
        .as_ref()
        .map_or(runtime::UNDOCUMENTED.to_owned(), |(ident, _)| ident.clone());
    (success, errors)
}

/// Whether a success has nothing to say.
pub(crate) fn is_unit(operation: &Operation, names: &OperationNames) -> bool {
    names.success.is_none()
        && operation
            .success
            .first()
            .is_some_and(|answer| answer.content.is_none())
}

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    if let Some((ident, variants)) = &names.success {
        let what = format!("Documented results of [`{}`].", names.builder);
        render_enum(text, cx, &operation.success, ident, variants, &what);
    }
    if let Some((ident, variants)) = &names.errors {
        let what = format!("Documented errors of [`{}`].", names.builder);
        render_enum(text, cx, &operation.errors, ident, variants, &what);
    }
}

fn render_enum(
    text: &mut Text,
    cx: &Cx<'_>,
    answers: &[Answer],
    ident: &str,
    variants: &[String],
    what: &str,
) {
    text.blank();
    text.line(format_args!("/// {what}"));
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub enum {ident} {{"));
    for (answer, variant) in answers.iter().zip(variants) {
        let mut docs = doc_lines(&answer.docs);
        if docs.is_empty() {
            docs.push(format!("Status {}.", pattern(answer.status)));
        }
        text.docs("///", &docs);
        match &answer.content {
            None => text.line(format_args!("{variant},")),
            Some(content) => text.variant(variant, &cx.spell_content(Some(content), SCOPE)),
        }
    }
    text.close("}");
    text.blank();
    text.open(format_args!("{} {{", runtime::RESPONSES));
    text.open(format_args!("{ident} {{"));
    for (answer, variant) in answers.iter().zip(variants) {
        text.line(format_args!(
            "{} => {variant}{},",
            pattern(answer.status),
            payload(cx, answer)
        ));
    }
    text.close("}");
    text.close("}");
}

fn payload(cx: &Cx<'_>, answer: &Answer) -> String {
    match &answer.content {
        None => String::new(),
        Some(content) => format!("({})", cx.spell_content(Some(content), SCOPE)),
    }
}

fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00..={digit}99"),
        Status::Default => "_".to_owned(),
    }
}
