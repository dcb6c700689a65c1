//! The folder in which new files wait until all of them are written.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::WriteError;

/// Inside the output folder, so that files can be renamed out of it.
const FOLDER: &str = ".attache-staging";

/// New files on their way in and replaced ones on their way out; removed when dropped.
pub(super) struct Staging {
    folder: PathBuf,
    /// Held while the run lasts; the system frees it when the process dies, so a leftover folder never blocks.
    _guard: File,
}

impl Staging {
    /// Creates the folder below `out`; what a killed run left there is removed.
    pub(super) fn open(out: &Path) -> Result<Self, WriteError> {
        let folder = out.join(FOLDER);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_symlink()) {
            fs::remove_file(&folder)
                .map_err(WriteError::io("remove the symbolic link", &folder))?;
        }
        fs::create_dir_all(&folder).map_err(WriteError::io("create the folder", &folder))?;
        let guard_path = folder.join("guard");
        let guard = File::create(&guard_path).map_err(WriteError::io("create", &guard_path))?;
        match guard.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(out.to_owned())),
            // Some network file systems have no locks; two runs at once are then up to the user.
            Err(TryLockError::Error(_)) => {}
        }
        let staging = Staging {
            folder,
            _guard: guard,
        };
        for sub in ["new", "old"] {
            let sub = staging.folder.join(sub);
            if sub.exists() {
                fs::remove_dir_all(&sub)
                    .map_err(WriteError::io("remove the leftover folder", &sub))?;
            }
        }
        Ok(staging)
    }

    /// Writes the text that `path` is to have.
    pub(super) fn add(&self, path: &str, text: &str) -> Result<(), WriteError> {
        let file = self.new_file(path);
        let mut written = fs::write(&file, text);
        // Only the first file of a folder finds it missing.
        if matches!(&written, Err(error) if error.kind() == ErrorKind::NotFound) {
            create_parent(&file)?;
            written = fs::write(&file, text);
        }
        written.map_err(WriteError::io("write", &file))
    }

    /// Where the text of `path` waits.
    pub(super) fn new_file(&self, path: &str) -> PathBuf {
        self.folder.join("new").join(path)
    }

    /// Where the file that `path` had is kept until the run is through.
    pub(super) fn old_file(&self, path: &str) -> Result<PathBuf, WriteError> {
        let file = self.folder.join("old").join(path);
        create_parent(&file)?;
        Ok(file)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing depends on it: the next run removes a leftover.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn create_parent(file: &Path) -> Result<(), WriteError> {
    let parent = file
        .parent()
        .expect("a file of the staging folder has a parent");
    fs::create_dir_all(parent).map_err(WriteError::io("create the folder", parent))
}
