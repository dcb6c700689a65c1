//! What an output folder has against what it should have.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::error::WriteError;
use crate::files::lock::{LOCK_FILE, Lock};
use crate::files::tree::FileTree;

/// How an output folder differs from a tree; paths are relative to the folder and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Generated files that the folder does not have.
    pub missing: Vec<String>,
    /// Generated files that have another text in the folder.
    pub differing: Vec<String>,
    /// Files of the last run that are no longer generated.
    pub stale: Vec<String>,
    /// Files of the last run that somebody edited since. They are in `differing` too when they are generated again.
    pub edited: Vec<String>,
    /// Files that no run generated, where a generated one belongs.
    pub obstacles: Vec<Obstacle>,
    /// The number of generated files that the folder has as they should be.
    pub unchanged: usize,
}

/// Something in the way of a generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The path of the generated file.
    pub path: String,
    /// Why it cannot be written there.
    pub reason: &'static str,
}

impl Difference {
    /// Whether the folder holds exactly the tree.
    pub fn is_clean(&self) -> bool {
        self.missing.is_empty()
            && self.differing.is_empty()
            && self.stale.is_empty()
            && self.obstacles.is_empty()
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Compares the folder `out`, which need not exist, with a tree. Nothing is written.
pub fn compare(tree: &FileTree, out: &Path) -> Result<Difference, WriteError> {
    if fs::metadata(out).is_ok_and(|metadata| !metadata.is_dir()) {
        return Err(WriteError::io("use as output folder", out)(
            io::ErrorKind::NotADirectory.into(),
        ));
    }
    let last = last_lock(out)?;
    let mut difference = Difference::default();
    for (path, text) in tree.iter() {
        match look(out, path).map_err(WriteError::io("read", &out.join(path)))? {
            Found::Nothing => difference.missing.push(path.to_owned()),
            Found::File(bytes) if bytes == text.as_bytes() => difference.unchanged += 1,
            Found::File(_) if path == LOCK_FILE => difference.differing.push(path.to_owned()),
            Found::File(bytes) if last.as_ref().is_some_and(|last| last.lists(path)) => {
                difference.note_edit(last.as_ref(), path, &bytes);
                difference.differing.push(path.to_owned());
            }
            Found::File(_) => difference.obstruct(path, "a file that was not generated"),
            Found::Other(reason) => difference.obstruct(path, reason),
        }
    }
    for path in last
        .iter()
        .flat_map(Lock::paths)
        .filter(|path| tree.get(path).is_none())
    {
        let found = look(out, path).map_err(WriteError::io("read", &out.join(path)))?;
        // What is no file any more is none of ours.
        let Found::File(bytes) = found else { continue };
        if !difference.note_edit(last.as_ref(), path, &bytes) {
            difference.stale.push(path.to_owned());
        }
    }
    Ok(difference)
}

impl Difference {
    fn note_edit(&mut self, last: Option<&Lock>, path: &str, bytes: &[u8]) -> bool {
        let edited = last.is_some_and(|last| !last.wrote(path, bytes));
        if edited {
            self.edited.push(path.to_owned());
        }
        edited
    }

    fn obstruct(&mut self, path: &str, reason: &'static str) {
        self.obstacles.push(Obstacle {
            path: path.to_owned(),
            reason,
        });
    }
}

fn last_lock(out: &Path) -> Result<Option<Lock>, WriteError> {
    let read = look(out, LOCK_FILE).map_err(WriteError::io("read", &out.join(LOCK_FILE)))?;
    let Found::File(bytes) = read else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| WriteError::InvalidLock("it is not UTF-8 text".to_owned()))?;
    Lock::parse(&text)
        .map(Some)
        .map_err(WriteError::InvalidLock)
}

enum Found {
    Nothing,
    File(Vec<u8>),
    Other(&'static str),
}

/// What stands at a path, without following any symbolic link below the folder.
fn look(out: &Path, path: &str) -> io::Result<Found> {
    let mut at = out.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        let kind = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            // A file stands where `out` or a folder of the path should be.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Ok(Found::Other("its folder is a file"));
            }
            Err(error) => return Err(error),
        };
        match (kind.is_dir(), parts.peek().is_some()) {
            (true, true) => {}
            (true, false) => return Ok(Found::Other("a folder of that name")),
            (false, _) if kind.is_symlink() => {
                return Ok(Found::Other("a symbolic link stands there or on the way"));
            }
            (false, true) => return Ok(Found::Other("its folder is a file")),
            (false, false) if kind.is_file() => return fs::read(&at).map(Found::File),
            (false, false) => return Ok(Found::Other("something that is not a file")),
        }
    }
    Ok(Found::Nothing)
}
