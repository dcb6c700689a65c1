//! Why an output folder could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::difference::Obstacle;
use crate::files::LOCK_FILE;

/// How many obstacles a message names.
const SHOWN: usize = 10;

/// Why an output folder could not be written. The folder is as it was before.
#[derive(Debug)]
pub enum WriteError {
    /// The operating system refused a step.
    Io {
        /// What was tried: `create the folder`.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Files that no earlier run generated stand where generated ones belong.
    Obstructed(Vec<Obstacle>),
    /// The lock file of the folder cannot be understood.
    InvalidLock(String),
    /// Another run writes to the folder right now.
    Busy(PathBuf),
}

impl WriteError {
    /// For `map_err`: the step that failed.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| WriteError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Io {
                action,
                path,
                source,
            } => write!(f, "could not {action} {}: {source}", path.display()),
            WriteError::Obstructed(obstacles) => {
                write!(f, "the output folder has files that were not generated:")?;
                obstacles
                    .iter()
                    .take(SHOWN)
                    .try_for_each(|obstacle| write!(f, "\n  {obstacle}"))?;
                if let Some(more) = obstacles.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    write!(f, "\n  and {more} more")?;
                }
                write!(
                    f,
                    "\nmove them away, or choose another folder; nothing was written"
                )
            }
            WriteError::InvalidLock(reason) => write!(
                f,
                "{LOCK_FILE} of the output folder cannot be read: {reason}\nrestore it, or remove the generated files together with it; nothing was written"
            ),
            WriteError::Busy(out) => write!(f, "another run writes to {} right now", out.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { source, .. } => Some(source),
            WriteError::Obstructed(_) | WriteError::InvalidLock(_) | WriteError::Busy(_) => None,
        }
    }
}
