//! Names, sizes and opening words of files.

use super::{Findings, Source};

/// Longer files are worth a look.
const LONG: usize = 400;

/// Names that say nothing about what is in the file.
const EMPTY_NAMES: [&str; 5] = ["util", "helper", "manager", "common", "misc"];

pub(super) fn check(sources: &[Source], findings: &mut Findings) {
    for Source { path, text } in sources {
        let lines = text.lines().count();
        if lines > LONG {
            findings.notes.push(format!(
                "{path} has {lines} lines; over {LONG} it may hold two nouns"
            ));
        }
        if let Some(name) = empty_name(path) {
            findings.violations.push(format!(
                "{path}: `{name}` says nothing about what is in it; name the noun"
            ));
        }
        let opens_module =
            path.ends_with("/mod.rs") || path.ends_with("/lib.rs") || path.ends_with("/main.rs");
        if opens_module && !text.starts_with("//!") {
            findings.violations.push(format!(
                "{path}: does not open with `//!` and what the module is for"
            ));
        }
    }
}

fn empty_name(path: &str) -> Option<&'static str> {
    let parts = || {
        path.split('/')
            .flat_map(|part| part.trim_end_matches(".rs").split(['_', '-']))
    };
    EMPTY_NAMES
        .into_iter()
        .find(|name| parts().any(|part| part == *name || part.strip_suffix('s') == Some(name)))
}

#[cfg(test)]
mod tests {
    use super::empty_name;

    #[test]
    fn names_are_compared_by_words() {
        assert_eq!(
            empty_name("generator/src/rust/string_utils.rs"),
            Some("util")
        );
        assert_eq!(empty_name("tests/common/mod.rs"), Some("common"));
        assert_eq!(empty_name("runtime/src/futile.rs"), None);
    }
}
