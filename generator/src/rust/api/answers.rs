//! What an operation gives back: one type, or an enum with a variant per documented status.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use super::SCOPE;
use crate::ir::{Answer, Docs, Operation, Status};
use crate::names::{OperationNames, SharedErrors};

/// The types of success and of documented errors.
pub(super) fn types(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> (String, String) {
    let success = success(cx, operation, names, str::to_owned);
    let errors = names
        .errors
        .as_ref()
        .map_or(runtime::UNDOCUMENTED.to_owned(), |(ident, _)| ident.clone());
    (success, errors)
}

/// The type of a success; `path` leads to what is beside the operation.
pub(in super::super) fn success(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
    path: impl FnOnce(&str) -> String,
) -> String {
    match (&names.success, &operation.success[..]) {
        (Some((ident, _)), _) => path(ident),
        // Nothing is known of the body, so nothing of it may be lost.
        (None, []) => runtime::BYTES.to_owned(),
        (None, [only, ..]) => cx.spell_content(only.content.as_ref(), SCOPE),
    }
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
        let what = format!("Documented results of [`{}`].", names.marker);
        let answers = documented(&operation.success);
        text.blank();
        render_enum(text, cx, &answers, ident, variants, &what);
    }
    if let Some((ident, variants)) = &names.errors {
        let what = format!("Documented errors of [`{}`].", names.marker);
        let answers = documented(&operation.errors);
        text.blank();
        match cx.shared_errors(operation.id) {
            Some(shared) => render_name(text, &answers, ident, variants, &shared.ident, &what),
            None => render_enum(text, cx, &answers, ident, variants, &what),
        }
    }
}

/// The enum of errors that several operations have; their names for it say what each says of them.
pub(super) fn render_shared(text: &mut Text, cx: &Cx<'_>, shared: &SharedErrors) {
    let first = shared.operations[0];
    let (operation, names) = (cx.client.operation(first), cx.operation_names(first));
    let Some((_, variants)) = &names.errors else {
        return;
    };
    let answers = operation.errors.iter().map(|answer| Answer {
        docs: Docs::default(),
        ..answer.clone()
    });
    let answers: Vec<_> = answers.collect();
    let what = "Errors that several operations document.";
    render_enum(
        text,
        cx,
        &documented(&answers),
        &shared.ident,
        variants,
        what,
    );
}

/// Another name for an enum, with what the operation says of its variants.
fn render_name(
    text: &mut Text,
    answers: &[(&Answer, Vec<String>)],
    ident: &str,
    variants: &[String],
    shared: &str,
    what: &str,
) {
    let mut lines = vec![what.to_owned(), String::new()];
    let is_brief =
        |docs: &[String]| matches!(docs, [only] if only.starts_with(char::is_alphanumeric));
    let are_brief = answers.iter().all(|(_, docs)| is_brief(docs));
    for ((_, docs), variant) in answers.iter().zip(variants) {
        if are_brief {
            lines.push(format!("- `{variant}`: {}", docs.concat()));
            continue;
        }
        // What has a form of its own stands by itself: inside of a list it would have another one.
        lines.extend([format!("`{variant}`:"), String::new()]);
        lines.extend(docs.iter().cloned());
        lines.push(String::new());
    }
    lines.pop_if(|line| line.is_empty());
    text.docs("///", &lines);
    text.line(format_args!("pub type {ident} = super::{shared};"));
}

/// Answers with what is said of them.
fn documented(answers: &[Answer]) -> Vec<(&Answer, Vec<String>)> {
    let answers = answers.iter().map(|answer| {
        let mut docs = doc_lines(&answer.docs);
        if docs.is_empty() {
            docs.push(format!("Status {}.", title(answer.status)));
        }
        (answer, docs)
    });
    answers.collect()
}

fn render_enum(
    text: &mut Text,
    cx: &Cx<'_>,
    answers: &[(&Answer, Vec<String>)],
    ident: &str,
    variants: &[String],
    what: &str,
) {
    text.line(format_args!("/// {what}"));
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub enum {ident} {{"));
    for ((answer, docs), variant) in answers.iter().zip(variants) {
        text.docs("///", docs);
        match &answer.content {
            None => text.line(format_args!("{variant},")),
            Some(content) => text.variant(variant, &cx.spell_content(Some(content), SCOPE)),
        }
    }
    text.close("}");
    text.blank();
    text.open(format_args!("{} {{", runtime::RESPONSES));
    text.open(format_args!("{ident} {{"));
    let answers: Vec<_> = answers.iter().map(|(answer, _)| *answer).collect();
    let (guarded, others): (Vec<_>, Vec<_>) = answers
        .iter()
        .copied()
        .zip(variants)
        .partition(|(answer, _)| is_guarded(answer, &answers));
    // What is told apart by its media type comes first, since the first arm that fits counts.
    let mut arms: Vec<_> = guarded
        .into_iter()
        .map(|arm| (arm, true))
        .chain(others.into_iter().map(|arm| (arm, false)))
        .collect();
    arms.sort_by_key(|((answer, _), _)| answer.status);
    for ((answer, variant), guarded) in arms {
        let guard = match guarded {
            true => format!(" if {}", media_types(answer)),
            false => String::new(),
        };
        text.line(format_args!(
            "{}{guard} => {variant}{},",
            pattern(answer.status),
            payload(cx, answer)
        ));
    }
    text.close("}");
    text.close("}");
}

/// Whether another answer of the same status takes all that has none of the media types of this one: the one of
/// any media type, or else the first.
fn is_guarded(answer: &Answer, answers: &[&Answer]) -> bool {
    let same = || {
        let answers = answers.iter().copied();
        answers.filter(|other| other.status == answer.status)
    };
    let is_any = |answer: &&Answer| answer.media_types.iter().any(|name| name == "*/*");
    let taker = same().find(is_any).or(same().next());
    taker.is_some_and(|taker| !std::ptr::eq(taker, answer))
}

fn media_types(answer: &Answer) -> String {
    let names: Vec<_> = answer
        .media_types
        .iter()
        .map(|name| literal(name))
        .collect();
    names.join(" | ")
}

fn payload(cx: &Cx<'_>, answer: &Answer) -> String {
    match &answer.content {
        None => String::new(),
        Some(content) => format!("({})", cx.spell_content(Some(content), SCOPE)),
    }
}

/// As people write it.
fn title(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "of any other kind".to_owned(),
    }
}

/// As it is matched.
fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00..={digit}99"),
        Status::Default => "_".to_owned(),
    }
}
