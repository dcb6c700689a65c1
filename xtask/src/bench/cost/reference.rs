//! A crate that never changes: what checking a client takes is told as a multiple of what checking it takes.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::project;

const STRUCTS: usize = 60;
const FIELDS: usize = 8;
/// So many refer to each other.
const NEIGHBOURS: usize = 20;

/// Writes it: structs with what any type derives, and a method for each field.
pub(super) fn write(folder: &Path) -> Result<(), String> {
    let source = folder.join("src");
    project::on(&source, fs::create_dir_all(&source))?;
    let manifest =
        "[package]\nname = \"cost-reference\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    for (path, text) in [("Cargo.toml", manifest), ("src/lib.rs", &library())] {
        let path = folder.join(path);
        project::on(&path, fs::write(&path, text))?;
    }
    Ok(())
}

fn library() -> String {
    let mut text = String::new();
    for number in 0..STRUCTS {
        let _ = writeln!(
            text,
            "#[derive(Clone, Debug, PartialEq)]\npub struct S{number} {{"
        );
        for field in 0..FIELDS {
            let _ = writeln!(text, "    pub f{field}: {},", ty(number, field));
        }
        let _ = writeln!(text, "}}\n\nimpl S{number} {{");
        for field in 0..FIELDS {
            let ty = ty(number, field);
            let _ = writeln!(
                text,
                "    pub fn f{field}(mut self, value: impl Into<{ty}>) -> Self {{"
            );
            let _ = writeln!(
                text,
                "        self.f{field} = value.into();\n        self\n    }}"
            );
        }
        text.push_str("}\n\n");
    }
    text
}

fn ty(number: usize, field: usize) -> String {
    match field % 4 {
        0 => "String".to_owned(),
        1 => "Option<i64>".to_owned(),
        2 => "Vec<String>".to_owned(),
        // Only neighbours: the compiler gives up on long chains.
        _ => format!(
            "Option<Box<S{}>>",
            number - number % NEIGHBOURS + (number + field) % NEIGHBOURS
        ),
    }
}
