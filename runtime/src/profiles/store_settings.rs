//! Where a profile keeps its logins.

use std::path::PathBuf;

use crate::credential::Secret;
#[cfg(feature = "store")]
use crate::store::{Encrypted, EncryptionKeys, FileStore, StoreError, make_private_folder};

/// Where a profile keeps its logins: a file, encrypted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoreSettings {
    /// The file.
    pub path: PathBuf,
    #[cfg_attr(
        not(feature = "store"),
        expect(dead_code, reason = "without a store, nothing is encrypted")
    )]
    pub(crate) keys: StoreKeys,
}

/// Where the keys are that encrypt it.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(feature = "store"),
    expect(dead_code, reason = "without a store, nothing is encrypted")
)]
pub(crate) enum StoreKeys {
    /// In a file that only its owner may read.
    File(PathBuf),
    /// In the profile, or in a variable that it names.
    Text { text: Secret, place: String },
}

#[cfg(feature = "store")]
impl StoreSettings {
    /// Opens the store where there is one; reads the disk, and may wait for another process.
    pub(super) fn open(&self) -> Result<Option<Encrypted<FileStore>>, StoreError> {
        // Whether it can be read is for the store to say.
        let is_there = self.path.try_exists().unwrap_or(true);
        is_there.then(|| self.open_with(false)).transpose()
    }

    /// Opens the store, or makes it, with its folders and its file of keys.
    pub(super) fn open_or_new(&self) -> Result<Encrypted<FileStore>, StoreError> {
        match self.open()? {
            Some(store) => Ok(store),
            None => self.open_with(true),
        }
    }

    fn open_with(&self, makes: bool) -> Result<Encrypted<FileStore>, StoreError> {
        if makes {
            make_private_folder(&self.path)?;
        }
        FileStore::open(&self.path, self.keys(makes)?)
    }

    fn keys(&self, makes: bool) -> Result<EncryptionKeys, StoreError> {
        match &self.keys {
            StoreKeys::Text { text, place } => {
                EncryptionKeys::from_text(text.clone()).map_err(|error| error.at(place))
            }
            StoreKeys::File(path) if makes => {
                make_private_folder(path)?;
                EncryptionKeys::from_file_or_new(path)
            }
            StoreKeys::File(path) => EncryptionKeys::from_file(path).map_err(|error| {
                // A new key could not read what is in the store.
                match path.try_exists() {
                    Ok(false) => error.help(format!(
                        "put back the file, without which nobody can read {0}; or remove {0}, and log in again",
                        self.path.display()
                    )),
                    _ => error,
                }
            }),
        }
    }
}
