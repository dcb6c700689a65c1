//! The parameters of an operation, in its table.

use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal};
use crate::ir::{Encoding, Operation, Parameter, Place, Style};

/// Names where a parameter of path or query is written the usual way, a row each for the others.
pub(super) fn render(text: &mut Text, operation: &Operation) {
    for (place, method) in [
        (Place::Path, "path_parameters"),
        (Place::Query, "query_parameters"),
    ] {
        let parameters = operation.parameters.iter();
        let names = parameters.filter(|it| it.place == place && is_usual(it));
        let names: Vec<_> = names.map(|it| literal(&it.wire)).collect();
        render_names(text, method, &names);
    }
    let mut others = operation
        .parameters
        .iter()
        .filter(|it| !is_usual(it))
        .peekable();
    if others.peek().is_some() {
        text.open(".parameters(&[");
        for parameter in others {
            text.line(format_args!("{},", parameter_row(parameter)));
        }
        text.close("])");
    }
}

fn render_names(text: &mut Text, method: &str, names: &[String]) {
    let Some(first) = names.first() else {
        return;
    };
    let line = format!(".{method}(&[{}])", names.join(", "));
    if text.fits(&line) {
        text.line(line);
        return;
    }
    let others: Vec<_> = names[1..].iter().map(|name| format!("{name},")).collect();
    text.open(format_args!(".{method}(&["));
    text.fill(&format!("{first},"), &others, usize::MAX);
    text.close("])");
}

/// Returns the place in the table of the parameter with this index.
pub(super) fn place(operation: &Operation, index: usize) -> usize {
    let order = |it: &Parameter| match it.place {
        Place::Path if is_usual(it) => 0,
        Place::Query if is_usual(it) => 1,
        _ => 2,
    };
    let own = order(&operation.parameters[index]);
    let parameters = operation.parameters.iter().enumerate();
    let before = parameters.filter(|(at, it)| (order(it), *at) < (own, index));
    before.count()
}

/// Whether it is in path or query, and its name says all.
fn is_usual(parameter: &Parameter) -> bool {
    matches!(parameter.place, Place::Path | Place::Query)
        && parameter.encoding() == Encoding::usual(&parameter.wire, parameter.place)
        && !parameter.may_be_empty
        && !parameter.as_is
}

pub(super) fn row(parameter: &Encoding) -> String {
    let place = parameter.place.word();
    let Encoding { style, explode, .. } = Encoding::usual("", parameter.place);
    let mut name = literal(&parameter.wire);
    if parameter.place == Place::PartHeader {
        name = format!("{}, {name}", literal(&parameter.part));
    }
    let mut row = format!("{}::{place}({name})", runtime::PARAMETER);
    if parameter.style != style {
        row.push_str(&format!(
            ".style({}::{})",
            runtime::STYLE,
            style_name(parameter.style)
        ));
    }
    if parameter.explode != explode {
        row.push_str(&format!(".explode({})", parameter.explode));
    }
    if let Some(name) = &parameter.content_type {
        row.push_str(&format!(".content_type({})", literal(name)));
    }
    if parameter.allow_reserved {
        row.push_str(".allow_reserved()");
    }
    row
}

/// What a parameter has besides what the field of a body has.
fn parameter_row(parameter: &Parameter) -> String {
    let mut row = row(&parameter.encoding());
    if parameter.may_be_empty {
        row.push_str(".may_be_empty()");
    }
    if parameter.as_is {
        row.push_str(".as_is()");
    }
    row
}

fn style_name(style: Style) -> String {
    match style {
        Style::Matrix => "Matrix".to_owned(),
        Style::Label => "Label".to_owned(),
        Style::Simple => "Simple".to_owned(),
        Style::Form => "Form".to_owned(),
        Style::SpaceDelimited => "SpaceDelimited".to_owned(),
        Style::PipeDelimited => "PipeDelimited".to_owned(),
        Style::DeepObject => "DeepObject".to_owned(),
        Style::Delimited(delimiter) => format!("Delimited({delimiter:?})"),
        Style::Cookie => "Cookie".to_owned(),
        Style::Json => "Json".to_owned(),
        Style::QueryForm => "QueryForm".to_owned(),
        Style::QueryJson => "QueryJson".to_owned(),
    }
}
