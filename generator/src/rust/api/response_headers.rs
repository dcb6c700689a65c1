//! The headers of a success, as a struct.

use super::super::Cx;
use super::super::docs::doc_lines;
use super::super::runtime_paths as runtime;
use super::super::text::{Text, literal, plain};
use super::SCOPE;
use crate::ir::{HeaderForm, Operation};
use crate::names::OperationNames;

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, operation: &Operation, names: &OperationNames) {
    let Some((ident, fields)) = &names.headers else {
        return;
    };
    text.blank();
    text.line(format_args!(
        "/// Documented headers of [`{}`].",
        names.marker
    ));
    text.line("#[derive(Clone, Debug, Default, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.open(format_args!("pub struct {ident} {{"));
    for (header, field) in operation.headers.iter().zip(fields) {
        let mut docs = doc_lines(&header.docs);
        if docs.is_empty() {
            docs.push(format!("`{}`", plain(&header.wire)));
        }
        text.docs("///", &docs);
        if header.docs.deprecated {
            text.line("#[deprecated]");
        }
        let ty = cx.spell(&header.ty, SCOPE);
        text.typed(&format!("pub {field}:"), &format!("Option<{ty}>"), ",");
    }
    text.close("}");
    text.blank();
    text.open(format_args!("{} {{", runtime::HEADERS));
    text.open(format_args!("{ident} {{"));
    for (header, field) in operation.headers.iter().zip(fields) {
        let form = match header.form {
            HeaderForm::Plain => "plain",
            HeaderForm::List => "list",
            HeaderForm::Json => "json",
        };
        text.line(format_args!("{form} {} => {field},", literal(&header.wire)));
    }
    text.close("}");
    text.close("}");
}
