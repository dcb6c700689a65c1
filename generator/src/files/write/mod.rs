//! A file tree to a folder on disk, as one step.
//!
//! Input: a [`FileTree`] and the output folder. Output: the folder holds the tree, and [`Written`] says what changed.
//! Invariants: a file whose text is the same is not touched; when a run fails, the folder is as it was before.
//! Never: replaces or removes a file that is not in the folder's lock file, or follows a symbolic link below the folder.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the only code that writes files"
)]

mod difference;
mod error;
mod journal;
mod staging;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use difference::{Difference, Obstacle, compare};
pub use error::WriteError;

use super::lock::LOCK_FILE;
use super::tree::FileTree;
use journal::Journal;

/// What one run changed in the output folder; paths are relative to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New files.
    pub created: Vec<String>,
    /// Files with a new text.
    pub updated: Vec<String>,
    /// Files of the last run that are no longer generated.
    pub removed: Vec<String>,
    /// The number of files that had the right text already.
    pub unchanged: usize,
    /// Generated files that somebody had edited: overwritten when they are generated again, kept when they are not.
    pub edited: Vec<String>,
}

/// Makes the folder `out` hold exactly the tree, besides files that are not generated.
pub fn write(tree: &FileTree, out: &Path) -> Result<Written, WriteError> {
    let difference = compare(tree, out)?;
    if !difference.obstacles.is_empty() {
        return Err(WriteError::Obstructed(difference.obstacles));
    }
    if !difference.is_clean() {
        apply(tree, &difference, out)?;
    }
    let Difference {
        missing,
        differing,
        stale,
        edited,
        obstacles: _,
        unchanged,
    } = difference;
    Ok(Written {
        created: missing,
        updated: differing,
        removed: stale,
        unchanged,
        edited,
    })
}

/// Writes all new texts beside the old ones first, so that what can fail for lack of space fails before anything changed.
fn apply(tree: &FileTree, difference: &Difference, out: &Path) -> Result<(), WriteError> {
    let mut journal = Journal::open(out)?;
    let changed = || difference.missing.iter().chain(&difference.differing);
    for path in changed() {
        journal.prepare(
            path,
            tree.get(path)
                .expect("a difference names files of its tree"),
        )?;
    }
    // The lock file comes last: until then a further run still sees what the folder had before this one.
    let (lock, sources): (Vec<_>, Vec<_>) = changed().partition(|path| *path == LOCK_FILE);
    for path in sources {
        journal.replace(path)?;
    }
    for path in &difference.stale {
        journal.remove(path)?;
    }
    for path in lock {
        journal.replace(path)?;
    }
    journal.keep(&difference.stale);
    Ok(())
}
