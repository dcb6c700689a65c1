//! A copy of a description that Prism can read: Prism gives up at any reference that leads nowhere, fetches what is on
//! other machines, and wants headers that the specification says are no parameters.

use std::fs;
use std::path::Path;

use attache_generator::sample::plain;
use attache_generator::spec::Node;
use serde_json::{Map, Value};

use crate::project;

/// Writes a copy of the entry file where it has such references.
pub(super) fn write(entry: Node<'_>, spec: &Path, copy: &Path) -> Result<(), String> {
    // That of an earlier run may not fit any more.
    let _ = fs::remove_file(copy);
    if !is_broken(entry, false) {
        return Ok(());
    }
    let folder = spec.parent().unwrap_or(Path::new(""));
    let folder = project::on(folder, fs::canonicalize(folder))?;
    let text = cleaned(entry, &folder).to_string();
    project::on(copy, fs::write(copy, text))
}

/// Whether some reference leads nowhere, or a parameter is none; in extensions, any reference that leaves the file may.
fn is_broken(node: Node<'_>, in_extension: bool) -> bool {
    let reference = node.get("$ref").and_then(Node::as_str);
    if let Some(text) = reference.filter(|text| !text.starts_with('#'))
        && (in_extension || node.resolve(text).is_err())
    {
        return true;
    }
    let mut entries = node.entries();
    entries.any(|(key, value)| is_broken(value, in_extension || key.text.starts_with("x-")))
        || node
            .items()
            .any(|item| is_no_parameter(item) || is_broken(item, in_extension))
}

/// OpenAPI 3.2.0, section 4.12.2.1: such a parameter "SHALL be ignored".
fn is_no_parameter(node: Node<'_>) -> bool {
    let reference = node.get("$ref").and_then(Node::as_str);
    let node = reference
        .and_then(|text| node.resolve(text).ok())
        .unwrap_or(node);
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    let ignored = ["accept", "content-type", "authorization"];
    text("in") == Some("header")
        && text("name").is_some_and(|name| ignored.iter().any(|it| name.eq_ignore_ascii_case(it)))
}

/// Without extensions, with anything in place of references that lead nowhere, and with whole paths to other files.
fn cleaned(node: Node<'_>, folder: &Path) -> Value {
    if let Some(text) = node.get("$ref").and_then(Node::as_str) {
        match node.resolve(text) {
            Err(_) => return Value::Object(Map::new()),
            Ok(_) if !text.starts_with('#') && !text.contains("://") => {
                let mut reference = Map::new();
                let path = folder.join(text).display().to_string();
                reference.insert("$ref".to_owned(), path.into());
                return reference.into();
            }
            Ok(_) => {}
        }
    }
    if node.is_mapping() {
        let entries = node.entries();
        let entries = entries.filter(|(key, _)| !key.text.starts_with("x-"));
        let entries = entries.map(|(key, value)| (key.text.to_owned(), cleaned(value, folder)));
        return entries.collect::<Map<_, _>>().into();
    }
    match node.is_sequence() {
        true => {
            let items = node.items().filter(|item| !is_no_parameter(*item));
            items.map(|item| cleaned(item, folder)).collect()
        }
        false => plain(node),
    }
}
