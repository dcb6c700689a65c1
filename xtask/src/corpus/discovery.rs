//! The descriptions of a folder that has no manifest: files that say which version of OpenAPI they are written in.

use std::path::Path;

use super::manifest::Entry;
use crate::project;

/// All descriptions below a folder, sorted by path; parts of others are left out.
pub(super) fn descriptions(folder: &Path) -> Result<Vec<Entry>, String> {
    let mut files: Vec<_> = ["json", "yaml", "yml"]
        .into_iter()
        .flat_map(|extension| project::files(folder, extension))
        .collect();
    files.sort();
    let mut entries = Vec::new();
    for file in files {
        let bytes = project::on(&file, std::fs::read(&file))?;
        let text = String::from_utf8_lossy(&bytes);
        if let Some(version) = version(&text) {
            let path = file.strip_prefix(folder).unwrap_or(&file);
            entries.push(Entry {
                path: path.to_string_lossy().replace('\\', "/"),
                version: version.to_owned(),
                bytes: bytes.len() as u64,
                // Every operation has them, and little else.
                operations: text.matches("responses\":").count()
                    + text.matches(" responses:\n").count(),
            });
        }
    }
    if entries.is_empty() {
        return Err(format!("{} holds no description", folder.display()));
    }
    Ok(entries)
}

/// What stands behind a key `openapi` or `swagger` of JSON, or one at the beginning of a line of YAML.
fn version(text: &str) -> Option<&str> {
    let keys = ["\"openapi\"", "\"swagger\"", "openapi:", "swagger:"];
    let found = keys.into_iter().filter_map(|key| {
        let is_key = |at: &usize| key.starts_with('"') || *at == 0 || text[..*at].ends_with('\n');
        let mut places = text.match_indices(key).map(|(at, _)| at);
        let at = places.find(is_key)?;
        let value = text[at + key.len()..].trim_start_matches([':', ' ', '"', '\'', '\n', '\t']);
        let end = value.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        (end > 0).then_some(&value[..end])
    });
    found.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_found_in_both_formats() {
        assert_eq!(
            version("{\"x\":{}, \"openapi\" : \"3.1.0\"}"),
            Some("3.1.0")
        );
        assert_eq!(version("# x\nswagger: '2.0'\n"), Some("2.0"));
        assert_eq!(version("openapi: 3.0.3\n"), Some("3.0.3"));
        assert_eq!(version("type: object\nx-openapi: 1\n"), None);
    }
}
