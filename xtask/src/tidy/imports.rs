//! A stage of the generator imports only stages before it.

use super::{Findings, Source};

/// The stages in the order in which data flows.
const STAGES: [&str; 9] = [
    "spec", "document", "sample", "resolved", "ir", "names", "rust", "files", "inspect",
];

/// What every stage may import.
const SHARED: [&str; 2] = ["diagnostic", "config"];

pub(super) fn check(sources: &[Source], findings: &mut Findings) {
    for source in sources {
        let Some((folder, file)) = source
            .path
            .strip_prefix("generator/src/")
            .and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        // Tests may compare a stage with any other.
        if file.ends_with("tests.rs") || file.contains("tests/") {
            continue;
        }
        for (line, import) in imports(&source.text) {
            if !is_allowed(folder, import) {
                let place = format!("{}:{line}", source.path);
                findings.violations.push(format!(
                    "{place}: `{folder}` imports `{import}`, which does not come before it"
                ));
            }
        }
    }
}

fn is_allowed(folder: &str, import: &str) -> bool {
    let position = |name: &str| STAGES.iter().position(|stage| *stage == name);
    match (position(folder), position(import)) {
        (Some(own), Some(other)) => other <= own,
        (Some(_), None) => SHARED.contains(&import) || !import.starts_with(char::is_lowercase),
        // Diagnostics point into the description's files, and know no stage beyond that.
        (None, Some(_)) if folder == "diagnostic" => import == "spec",
        (None, _) => true,
    }
}

/// The first names after each `crate::`, with the line; tests at the end of a file are left out.
fn imports(text: &str) -> Vec<(usize, &str)> {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let mut found = Vec::new();
    for (start, prefix) in code.match_indices("crate::") {
        // `$crate::` stands in text that other crates compile.
        let before = &code[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let is_comment = code[line_start..start].trim_start().starts_with("//");
        let part_of_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if is_comment || part_of_name {
            continue;
        }
        let line = before.matches('\n').count() + 1;
        let rest = &code[start + prefix.len()..];
        found.extend(first_names(rest).into_iter().map(|name| (line, name)));
    }
    found
}

/// `spec` of `spec::Node`; `ir` and `names` of `{ir::{Client, TypeId}, names}`.
fn first_names(rest: &str) -> Vec<&str> {
    let name = |text: &str| {
        text.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len())
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![&rest[..name(rest)]];
    };
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut expect = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expect = true,
            c if expect && c.is_alphanumeric() => {
                names.push(&group[at..at + name(&group[at..])]);
                expect = false;
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{imports, is_allowed};

    #[test]
    fn imports_are_found_with_their_line() {
        let text = "use crate::spec::Node;\n// crate::files\nuse crate::{ir::{self, TypeId}, names};\nlet x = $crate::y;\n";
        assert_eq!(imports(text), [(1, "spec"), (3, "ir"), (3, "names")]);
    }

    #[test]
    fn only_earlier_stages_are_allowed() {
        assert!(is_allowed("ir", "resolved"));
        assert!(is_allowed("ir", "ir"));
        assert!(is_allowed("ir", "diagnostic"));
        assert!(!is_allowed("ir", "names"));
        assert!(!is_allowed("ir", "builder"));
        assert!(!is_allowed("diagnostic", "document"));
    }
}
