//! The descriptions of the corpus, as its manifest lists them.

use std::path::{Path, PathBuf};

use super::csv;
use crate::project;

/// One description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Below the folder of the corpus.
    pub(crate) path: String,
    /// As the description states it: `3.0.3`.
    pub(super) version: String,
    pub(super) bytes: u64,
    pub(crate) operations: usize,
}

impl Entry {
    /// `2.0`, `3.0`, `3.1`, `3.2`, or another format's name.
    pub(super) fn line(&self) -> &str {
        self.version
            .match_indices('.')
            .nth(1)
            .map_or(&self.version, |(at, _)| &self.version[..at])
    }

    /// A package name that no other description has.
    pub(crate) fn package(&self) -> String {
        let stem = self
            .path
            .rsplit_once('.')
            .map_or(&*self.path, |(stem, _)| stem);
        let words = stem
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        let name = words
            .map(str::to_ascii_lowercase)
            .collect::<Vec<_>>()
            .join("-");
        let name = if name.starts_with(|c: char| c.is_ascii_digit()) {
            format!("n{name}")
        } else {
            name
        };
        name[name.len().saturating_sub(64)..]
            .trim_start_matches(|c: char| !c.is_ascii_alphabetic())
            .to_owned()
    }
}

/// Where the manifest of a corpus folder lies.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("manifest.csv")
}

/// Reads the manifest of a corpus folder.
pub(super) fn read(folder: &Path) -> Result<Vec<Entry>, String> {
    let file = path(folder);
    let text = project::on(&file, std::fs::read_to_string(&file))?;
    let mut lines = text.lines();
    let header = csv::fields(lines.next().unwrap_or_default());
    let column = |name: &str| {
        header
            .iter()
            .position(|field| field == name)
            .ok_or_else(|| format!("{} has no column `{name}`", file.display()))
    };
    let (path_at, version_at) = (column("path")?, column("oas_version")?);
    let (bytes_at, operations_at) = (column("bytes")?, column("operations")?);
    let entry = |line: &str| {
        let fields = csv::fields(line);
        let field = |at: usize| fields.get(at).cloned().unwrap_or_default();
        Entry {
            path: field(path_at),
            version: field(version_at),
            bytes: field(bytes_at).parse().unwrap_or_default(),
            operations: field(operations_at).parse().unwrap_or_default(),
        }
    };
    Ok(lines
        .filter(|line| !line.trim().is_empty())
        .map(entry)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::Entry;

    fn entry(path: &str, version: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            version: version.to_owned(),
            bytes: 0,
            operations: 0,
        }
    }

    #[test]
    fn packages_are_named_after_the_path() {
        assert_eq!(entry("box.json", "3.0.2").package(), "box");
        assert_eq!(
            entry("influxdb-oss/oss.yml", "3.0.0").package(),
            "influxdb-oss-oss"
        );
        assert_eq!(
            entry("1password.v1.yaml", "3.0.0").package(),
            "n1password-v1"
        );
    }

    #[test]
    fn lines_of_versions() {
        assert_eq!(entry("a", "3.0.3").line(), "3.0");
        assert_eq!(entry("a", "2.0").line(), "2.0");
    }
}
