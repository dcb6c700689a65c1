//! Keys in a file.

use std::path::Path;

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::private_file::{self, Lock, resolve};
use super::{DataKey, EncryptionKeys, StoreError};

impl EncryptionKeys {
    /// Reads keys from a file that only its owner may read (mode 0600), in the form of [`from_text`](Self::from_text);
    /// lines that begin with `#` are left out.
    ///
    /// # Errors
    /// There is none, it cannot be read, others may read it, or it is malformed.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        match private_file::read(path)? {
            Some(bytes) => parse(path, &bytes),
            None => Err(StoreError::invalid("there is no such file")
                .at(path.display().to_string())
                .help("put `id:base64` into it, and let only its owner read it")),
        }
    }

    /// Reads keys from a file as [`from_file`](Self::from_file) does, and makes one with a random key where there is none.
    ///
    /// Of several processes that begin at once, one makes it. Keep the file elsewhere than the store: together they are
    /// worth as much as the credentials in clear. Without the file, nobody can read the store any more.
    ///
    /// ```
    /// use attache_runtime::store::EncryptionKeys;
    ///
    /// # let path = std::env::temp_dir().join(format!("attache-doc-keys-{}", std::process::id()));
    /// let made = EncryptionKeys::from_file_or_new(&path)?;
    /// let read = EncryptionKeys::from_file(&path)?;
    /// assert!(read.kids().eq(made.kids()));
    /// # std::fs::remove_file(&path).unwrap();
    /// # let _ = std::fs::remove_file(path.with_extension("lock"));
    /// # Ok::<(), attache_runtime::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    /// It can be neither read nor made, others may read it, or it is malformed.
    pub fn from_file_or_new(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = resolve(path.as_ref());
        let lock = Lock::of(&path)?;
        let bytes = match lock.read()? {
            Some(bytes) => bytes,
            None => {
                let text = random_text()?;
                lock.replace(text.as_bytes())?;
                Zeroizing::new(text.as_bytes().to_vec())
            }
        };
        parse(&path, &bytes)
    }

    /// Puts a new random key in front of those in a file, and returns all of them.
    ///
    /// Other processes have to read the file again before one of them calls [`rewrap`](super::Encrypted::rewrap).
    ///
    /// # Errors
    /// As for [`from_file`](Self::from_file), or the file cannot be written.
    pub fn rotate_file(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = resolve(path.as_ref());
        let lock = Lock::of(&path)?;
        // What cannot be read is not made worse.
        Self::from_file(&path)?;
        let old = lock.read()?.unwrap_or_default();
        let text = random_text()?;
        let both = Zeroizing::new([text.as_bytes(), &old].concat());
        lock.replace(&both)?;
        parse(&path, &both)
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<EncryptionKeys, StoreError> {
    let text = str::from_utf8(bytes).map_err(|_| StoreError::invalid("the file is no text"));
    let keys = text.and_then(EncryptionKeys::from_text);
    keys.map_err(|error| error.at(path.display().to_string()))
}

/// A line with a random key; its id is random too, so that no two files mean different keys by one id.
pub(super) fn random_text() -> Result<Zeroizing<String>, StoreError> {
    let mut id = [0; 4];
    rand::fill(&mut id)
        .map_err(|_| StoreError::unavailable("the system gives no random numbers"))?;
    let key = DataKey::random()?;
    let encoded = Zeroizing::new(STANDARD.encode(key.expose()));
    let id = u32::from_be_bytes(id);
    Ok(Zeroizing::new(format!("k{id:08x}:{}\n", *encoded)))
}
