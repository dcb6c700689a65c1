//! Tests of reading, over whole files in memory.

mod corpus;
mod hostile;
mod json;
mod reference;
mod yaml;

use super::{Kind, MemoryLoader, Node, Options, Tree, read};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads one file in memory; gives what came of it, and the findings in order.
fn read_one(name: &str, bytes: impl Into<Vec<u8>>) -> (Option<Tree>, Vec<Diagnostic>) {
    read_files(&MemoryLoader::new().with(name, bytes), name)
}

fn read_files(loader: &MemoryLoader, entry: &str) -> (Option<Tree>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new();
    let tree = read(entry, loader, &Options::default(), &mut diagnostics);
    (tree, diagnostics.into_sorted())
}

/// Reads a file in which nothing is odd.
fn clean(name: &str, bytes: impl Into<Vec<u8>>) -> Tree {
    let (tree, findings) = read_one(name, bytes);
    assert_eq!(findings, []);
    tree.expect("there are no findings")
}

/// Shows findings as `code line:column message`.
fn told(findings: &[Diagnostic]) -> Vec<String> {
    let place = |found: &Diagnostic| {
        found
            .at
            .as_ref()
            .map_or("-".to_owned(), |at| format!("{}:{}", at.line, at.column))
    };
    let line =
        |found: &Diagnostic| format!("{} {} {}", found.code.name, place(found), found.message);
    findings.iter().map(line).collect()
}

/// Shows a node on one line: strings quoted, other scalars as written.
fn shown(node: Node<'_>) -> String {
    match node.kind() {
        Kind::String => format!("{:?}", node.scalar().unwrap_or_default()),
        Kind::Sequence => format!(
            "[{}]",
            node.items().map(shown).collect::<Vec<_>>().join(", ")
        ),
        Kind::Mapping => {
            let entry = |(key, value): (super::Key<'_>, Node<'_>)| {
                format!("{}: {}", key.text, shown(value))
            };
            format!(
                "{{{}}}",
                node.entries().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        Kind::Null if node.scalar() == Some("") => "null".to_owned(),
        kind => format!(
            "{}({})",
            format!("{kind:?}").to_lowercase(),
            node.scalar().unwrap_or_default()
        ),
    }
}
