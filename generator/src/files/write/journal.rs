//! The steps of one run, so that a failed one can be undone.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::staging::Staging;

/// Applies changes one by one; unless [`Journal::keep`] is reached, dropping it undoes them in reverse order.
pub(super) struct Journal {
    out: PathBuf,
    /// The output folder and those above it, as far as this run created them.
    outer_folders: Vec<PathBuf>,
    /// None once it is removed.
    staging: Option<Staging>,
    steps: Vec<Step>,
}

enum Step {
    CreatedFolder(PathBuf),
    CreatedFile(PathBuf),
    /// Replaced or removed; the second path has what was there.
    Replaced(PathBuf, PathBuf),
}

impl Journal {
    /// Opens the folder `out`, creating it when it is missing.
    pub(super) fn open(out: &Path) -> Result<Self, WriteError> {
        let mut journal = Journal {
            out: out.to_owned(),
            outer_folders: Vec::new(),
            staging: None,
            steps: Vec::new(),
        };
        create_folders(out, |folder| journal.outer_folders.push(folder))?;
        journal.staging = Some(Staging::open(out)?);
        Ok(journal)
    }

    /// Writes the text that `path` is to have, but not yet there.
    pub(super) fn prepare(&self, path: &str, text: &str) -> Result<(), WriteError> {
        self.staging().add(path, text)
    }

    /// Moves the prepared text of `path` to its place.
    pub(super) fn replace(&mut self, path: &str) -> Result<(), WriteError> {
        let place = self.out.join(path);
        if let Some(folder) = place.parent() {
            create_folders(folder, |folder| {
                self.steps.push(Step::CreatedFolder(folder))
            })?;
        }
        let step = if place.exists() {
            let old = self.staging().old_file(path)?;
            // A second link rather than a rename: the place is never empty, even when the process is killed here.
            fs::hard_link(&place, &old)
                .or_else(|_| fs::copy(&place, &old).map(drop))
                .map_err(WriteError::io("back up", &place))?;
            Step::Replaced(place.clone(), old)
        } else {
            Step::CreatedFile(place.clone())
        };
        fs::rename(self.staging().new_file(path), &place)
            .map_err(WriteError::io("write", &place))?;
        self.steps.push(step);
        Ok(())
    }

    /// Takes the file of `path` away.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), WriteError> {
        let place = self.out.join(path);
        let old = self.staging().old_file(path)?;
        fs::rename(&place, &old).map_err(WriteError::io("remove", &place))?;
        self.steps.push(Step::Replaced(place, old));
        Ok(())
    }

    /// Ends the run: the steps stay, and folders that the removal of files emptied go.
    pub(super) fn keep(mut self, removed: &[String]) {
        self.steps.clear();
        self.outer_folders.clear();
        for path in removed {
            for folder in Path::new(path)
                .ancestors()
                .skip(1)
                .filter(|folder| !folder.as_os_str().is_empty())
            {
                // Refused for a folder with files in it, which is what is wanted.
                let _ = fs::remove_dir(self.out.join(folder));
            }
        }
    }

    fn staging(&self) -> &Staging {
        self.staging
            .as_ref()
            .expect("the staging folder is there until the journal is dropped")
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // The failure that led here is the one to report; what cannot be undone stays as it is.
        for step in self.steps.drain(..).rev() {
            let _ = match step {
                Step::CreatedFolder(folder) => fs::remove_dir(folder),
                Step::CreatedFile(file) => fs::remove_file(file),
                Step::Replaced(place, old) => fs::rename(old, place),
            };
        }
        self.staging = None;
        for folder in self.outer_folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Creates a folder and those above it that are missing, telling `created` each.
fn create_folders(folder: &Path, mut created: impl FnMut(PathBuf)) -> Result<(), WriteError> {
    let missing = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
    let missing: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    for above in missing.into_iter().rev() {
        fs::create_dir(above).map_err(WriteError::io("create the folder", above))?;
        created(above.to_owned());
    }
    Ok(())
}
