//! Keys in a file.

use std::path::{Path, PathBuf};

use super::{Key, KeyError, KeyRole, KeySource};
use crate::store::{blocking, read_private};
use crate::token::TokenConnection;
use crate::transport::BoxFuture;

/// Keys in a file that only its owner may read (mode 0600).
///
/// Each line is a key: its role (`current`, `next` or `retiring`), its name, and the rest of the line, which is its text.
/// Empty lines, and those that begin with `#`, are left out.
///
/// ```text
/// # rotated every month
/// current   2026-11   sk_live_1
/// next      2026-12   sk_live_2
/// ```
///
/// The file is read anew at the interval of the set, and when all keys are refused. Whoever rotates keys replaces it as a
/// whole (writes another one, and renames it), or a part of it may be read.
#[derive(Clone, Debug)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// Takes the path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl KeySource for KeyFile {
    fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        let path = self.path.clone();
        Box::pin(async move {
            let read = blocking(move || Ok(read(&path)));
            let failed = |error| KeyError::new("the file cannot be read").with_source(error);
            read.await.map_err(failed)?
        })
    }
}

fn read(path: &Path) -> Result<Vec<Key>, KeyError> {
    let content = read_private(path);
    // It says where and what to do by itself.
    let content = content.map_err(|error| KeyError::new(error.to_string()).with_source(error))?;
    let shown = path.display();
    let content = content.ok_or_else(|| {
        KeyError::new(format!(
            "there is no such file ({shown}): put `current name key` into it, and let only its owner read it"
        ))
    })?;
    let text = str::from_utf8(&content);
    let text = text.map_err(|_| KeyError::new(format!("the file is no text ({shown})")))?;
    let lines = text.lines().enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            self::line(line).ok_or_else(|| {
                KeyError::new(format!(
                    "line {number} is no key ({shown}): it has to be `current`, `next` or `retiring`, then the name of \
                     the key, then the key"
                ))
            })
        })
        .collect()
}

fn line(line: &str) -> Option<Key> {
    let (role, rest) = line.split_once(char::is_whitespace)?;
    let (name, secret) = rest.trim_start().split_once(char::is_whitespace)?;
    Some(Key::new(name, KeyRole::of(role)?, secret.trim_start()))
}
