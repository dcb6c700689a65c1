//! Where the bytes of files come from.

use std::collections::BTreeMap;

/// Gives the bytes of files.
pub trait Loader {
    /// Gives the bytes of one file, or the reason why not, in words for people.
    ///
    /// The path of the entry comes as it was given to [`read`](super::read); those of other files are
    /// joined to it (`spec/api.yaml` with a reference to `../pet.yaml` asks for `pet.yaml`). Paths are
    /// separated by `/` and normalised.
    fn load(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// Files that are already in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryLoader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryLoader {
    /// Makes a loader without files.
    pub fn new() -> Self {
        MemoryLoader::default()
    }

    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds a file and gives the loader back.
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.insert(path, bytes);
        self
    }
}

impl Loader for MemoryLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| "there is no such file".to_owned())
    }
}
