//! The value tree, file by file.

use crate::inspect::outline::Outline;
use crate::spec::{Kind, Node, Tree};

/// All files of the description as the reader understood them.
pub fn tree(tree: &Tree) -> String {
    let mut outline = Outline::default();
    for root in tree.roots() {
        outline.gap();
        outline.section(&root.file().name, |outline| content(outline, root));
    }
    outline.finish()
}

fn content(outline: &mut Outline, node: Node<'_>) {
    match node.kind() {
        Kind::Mapping => {
            for (key, value) in node.entries() {
                child(outline, &format!("{}:", plain(key.text)), node, value);
            }
        }
        Kind::Sequence => node
            .items()
            .for_each(|item| child(outline, "-", node, item)),
        _ => outline.line(scalar(node)),
    }
}

fn child(outline: &mut Outline, head: &str, parent: Node<'_>, value: Node<'_>) {
    let is_container = value.is_mapping() || value.is_sequence();
    if value.parent() != Some(parent) && is_container {
        // An alias: printing the shared node at each use could print without end.
        return outline.line(format_args!("{head} * {}", value.pointer()));
    }
    match value.kind() {
        Kind::Mapping if value.entries().next().is_some() => {
            outline.section(head, |outline| content(outline, value))
        }
        Kind::Sequence if value.items().next().is_some() => {
            outline.section(head, |outline| content(outline, value))
        }
        Kind::Mapping => outline.line(format_args!("{head} {{}}")),
        Kind::Sequence => outline.line(format_args!("{head} []")),
        _ => outline.line(format_args!("{head} {}", scalar(value))),
    }
}

fn scalar(node: Node<'_>) -> String {
    match node.as_str() {
        Some(text) => format!("{text:?}"),
        None => node.scalar().unwrap_or("null").to_owned(),
    }
}

/// A key as it is when that is clear, else quoted.
fn plain(key: &str) -> String {
    let clear = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || "_-./{}$".contains(c));
    if clear {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}
