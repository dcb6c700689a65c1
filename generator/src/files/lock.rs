//! The lock file: what the last run generated, and from what.

use std::collections::BTreeMap;
use std::fmt;

use super::hash::Hash;
use super::path;
use super::tree::FileTree;
use crate::config::Config;

/// Where the lock file lies below the output folder.
pub const LOCK_FILE: &str = "attache.lock";

const FORMAT: &str = "1";

/// The content of a lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Version of the generator that wrote it.
    generator: String,
    /// Fingerprint of all files of the description.
    description: Hash,
    /// Fingerprint of what the user chose.
    config: Hash,
    /// Generated files with the fingerprint of their text, without the lock file itself.
    files: BTreeMap<String, Hash>,
}

impl Lock {
    /// The lock of a tree that was generated from these description files.
    pub(super) fn of<'a>(
        tree: &FileTree,
        description: impl IntoIterator<Item = &'a str>,
        config: &Config,
    ) -> Self {
        Lock {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            description: Hash::of_all(description),
            config: Hash::of(format!("{config:?}").as_bytes()),
            files: tree
                .iter()
                .map(|(path, text)| (path.to_owned(), Hash::of(text.as_bytes())))
                .collect(),
        }
    }

    /// Reads a lock file; `Err` says which line is not one of a lock file.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut lock = Lock {
            generator: String::new(),
            description: Hash::of(b""),
            config: Hash::of(b""),
            files: BTreeMap::new(),
        };
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if !line.is_empty() && !line.starts_with('#') {
                lock.read_line(line).ok_or_else(|| {
                    format!("line {} is not one of a lock file: {line:?}", index + 1)
                })?;
            }
        }
        Ok(lock)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (key, value) = line.split_once(' ')?;
        match key {
            "format" => (value == FORMAT).then_some(())?,
            "generator" => self.generator = value.to_owned(),
            "description" => self.description = Hash::parse(value)?,
            "config" => self.config = Hash::parse(value)?,
            "file" => {
                let (hash, name) = value.split_once(' ')?;
                // Files of the lock may be removed, so its paths are trusted no more than those of a description.
                if path::objection(name).is_some() {
                    return None;
                }
                self.files.insert(name.to_owned(), Hash::parse(hash)?);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether the last run generated a file of this path.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the last run generated exactly these bytes at this path.
    pub(super) fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.files
            .get(path)
            .is_some_and(|hash| *hash == Hash::of(bytes))
    }

    /// All files of the last run, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lock {
            generator,
            description,
            config,
            files,
        } = self;
        writeln!(
            f,
            "# Written by attache. It tells generated files, which the next run may replace, from yours, which it never touches."
        )?;
        writeln!(
            f,
            "format {FORMAT}\ngenerator {generator}\ndescription {description}\nconfig {config}"
        )?;
        files
            .iter()
            .try_for_each(|(path, hash)| writeln!(f, "file {hash} {path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Lock {
        let mut tree = FileTree::new();
        tree.insert("src/lib.rs".to_owned(), "//! A client.\n".to_owned());
        Lock::of(&tree, ["openapi: 3.1.0"], &Config::default())
    }

    #[test]
    fn a_lock_is_read_back() {
        let lock = example();
        assert_eq!(Lock::parse(&lock.to_string()), Ok(lock));
    }

    #[test]
    fn it_knows_what_was_generated() {
        let lock = example();
        assert!(lock.lists("src/lib.rs"));
        assert!(lock.wrote("src/lib.rs", b"//! A client.\n"));
        assert!(!lock.wrote("src/lib.rs", b"//! My client.\n"));
        assert!(!lock.lists("src/main.rs"));
    }

    #[test]
    fn paths_that_lead_out_of_the_folder_are_refused() {
        let line = format!("file {} ../../home/x", Hash::of(b""));
        assert!(Lock::parse(&line).is_err());
    }

    #[test]
    fn a_conflict_marker_is_named() {
        assert_eq!(
            Lock::parse("format 1\n<<<<<<< HEAD"),
            Err("line 2 is not one of a lock file: \"<<<<<<< HEAD\"".to_owned())
        );
    }

    #[test]
    fn another_format_is_refused() {
        assert!(Lock::parse("format 2").is_err());
    }
}
