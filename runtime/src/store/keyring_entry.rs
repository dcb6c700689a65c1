//! Keys in the keyring of the operating system.

use keyring_core::{Entry, Error};

use super::key_file::random_text;
use super::{EncryptionKeys, StoreError};
use crate::credential::Secret;

const PLACE: &str = "keyring of the operating system";

impl EncryptionKeys {
    /// Reads keys from an entry of the operating system's keyring (feature `keyring`), in the form of
    /// [`from_text`](Self::from_text). It waits for the keyring, which may ask its user to unlock it.
    ///
    /// Which keyring that is, the program says once, by a crate of that keyring and `keyring_core::set_default_store`:
    /// `apple-native-keyring-store` or `windows-native-keyring-store`, for example. On Linux, the Secret Service
    /// (`zbus-secret-service-keyring-store`) needs a session of a user; on a server, use [`from_file`](Self::from_file).
    ///
    /// ```
    /// use attache_runtime::store::EncryptionKeys;
    ///
    /// // In the place of a keyring that keeps what is put there.
    /// keyring_core::set_default_store(keyring_core::mock::Store::new().unwrap());
    /// let entry = keyring_core::Entry::new("my program", "encryption keys").unwrap();
    /// assert!(EncryptionKeys::from_entry(&entry).is_err());
    /// let made = EncryptionKeys::from_entry_or_new(&entry)?;
    /// assert!(EncryptionKeys::from_entry(&entry)?.kids().eq(made.kids()));
    /// # Ok::<(), attache_runtime::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    /// There is no such entry, the keyring is locked or cannot be reached, or what is there is malformed.
    pub fn from_entry(entry: &Entry) -> Result<Self, StoreError> {
        match entry.get_password() {
            Ok(text) => parse(text),
            Err(Error::NoEntry) => Err(StoreError::invalid("there is no such entry")
                .at(PLACE)
                .help("put `id:base64` into it, or let `from_entry_or_new` make a key")),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Reads keys from an entry of the keyring as [`from_entry`](Self::from_entry) does, and puts a random key there where
    /// there is none.
    ///
    /// The keyring has to keep it: with one that forgets when the machine starts anew, as that of the Linux kernel
    /// (`linux-keyutils-keyring-store`) and the mock of tests do, nobody can read the store from then on. Keyrings know no
    /// lock, so one process at a time should do this.
    ///
    /// # Errors
    /// The keyring is locked or cannot be reached, what is there is malformed, or the keyring does not keep the key.
    pub fn from_entry_or_new(entry: &Entry) -> Result<Self, StoreError> {
        match entry.get_password() {
            Ok(text) => return parse(text),
            Err(Error::NoEntry) => {}
            Err(error) => return Err(failed(&error)),
        }
        let text = random_text()?;
        entry
            .set_password(text.trim_end())
            .map_err(|error| failed(&error))?;
        // What is there now counts: another process may have been as fast, and some keyrings lose what they took.
        match entry.get_password() {
            Ok(text) => parse(text),
            Err(Error::NoEntry) => Err(StoreError::unavailable("it does not keep the key")
                .at(PLACE)
                .help("use another keyring, or a file")),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn parse(text: String) -> Result<EncryptionKeys, StoreError> {
    EncryptionKeys::from_text(Secret::from(text)).map_err(|error| error.at(PLACE))
}

/// The error of the library is not passed on as it is, since some of them hold what was read.
fn failed(error: &Error) -> StoreError {
    let (what, help) = match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            let what = "the entry is no text".to_owned();
            return StoreError::invalid(what)
                .at(PLACE)
                .help("put `id:base64` into it");
        }
        Error::Ambiguous(entries) => (
            format!("{} entries have that name", entries.len()),
            "remove all but one of them",
        ),
        Error::NoStorageAccess(_) => (
            error.to_string(),
            "unlock the keyring; where nobody is logged in, use a file",
        ),
        _ => (
            error.to_string(),
            "see whether the keyring is there and unlocked; on a server, use a file",
        ),
    };
    StoreError::unavailable(what).at(PLACE).help(help)
}
