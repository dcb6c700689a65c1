//! Records in a file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::blocking::blocking;
use super::file_content::FileContent;
use super::private_file::{self, Lock, damaged, resolve};
use super::record_store::{check_key, check_lease};
use super::{Encrypted, KeyProvider, Record, RecordStore, StoreError};
use crate::transport::BoxFuture;

/// Records in one file, for the processes of one machine.
///
/// Each write replaces the file, under a lock, and is on the disk when it returns: a process that is killed, or a machine
/// that loses power, leaves the old content or the new one. The file is its owner's only (mode 0600), and refused where
/// others may read it. One that is damaged or cut off is refused as well, and never taken for an empty one. Beside it lie
/// `….lock`, which stays, and `….tmp` while it is written.
///
/// It is made for some hundred records on a local disk; for more of them, or many writes, there is SQLite, and for several
/// machines PostgreSQL.
///
/// ```
/// use attache_runtime::store::{EncryptionKeys, FileStore, RecordStore};
///
/// # let folder = std::env::temp_dir().join(format!("attache-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("credentials");
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = FileStore::open(path, EncryptionKeys::new("2026-11", [7; 32])?)?;
/// assert!(store.write("acme/token", 0, Some(b"secret")).await?);
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// # }).unwrap();
/// # std::fs::remove_dir_all(folder).unwrap();
/// ```
#[derive(Clone)]
pub struct FileStore {
    path: Arc<Path>,
}

impl FileStore {
    /// Opens the file, or makes it; what is kept there is encrypted. It reads the disk, and may wait for another process.
    ///
    /// # Errors
    /// The folder does not exist, the file cannot be read or written, is damaged, or others may read it.
    pub fn open(
        path: impl Into<PathBuf>,
        keys: impl KeyProvider,
    ) -> Result<Encrypted<Self>, StoreError> {
        let path = resolve(&path.into());
        let lock = Lock::of(&path)?;
        match lock.read()? {
            Some(bytes) => drop(decode(&path, &bytes)?),
            None => lock.replace(&FileContent::default().encode())?,
        }
        let path = path.into();
        Ok(Encrypted::new(Self { path }, keys))
    }

    /// Takes no lock, since the file is always a whole one.
    async fn load<T: Send + 'static>(
        &self,
        find: impl FnOnce(FileContent) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        blocking(move || {
            let bytes = private_file::read(&path)?.ok_or_else(|| gone(&path))?;
            decode(&path, &bytes).map(find)
        })
        .await
    }

    /// Writes the file again where the change says that it is one.
    async fn change(
        &self,
        change: impl FnOnce(&mut FileContent) -> bool + Send + 'static,
    ) -> Result<bool, StoreError> {
        let path = self.path.clone();
        blocking(move || {
            let lock = Lock::of(&path)?;
            let bytes = lock.read()?.ok_or_else(|| gone(&path))?;
            let mut content = decode(&path, &bytes)?;
            let is_changed = change(&mut content);
            if is_changed {
                lock.replace(&content.encode())?;
            }
            Ok(is_changed)
        })
        .await
    }
}

fn decode(path: &Path, bytes: &[u8]) -> Result<FileContent, StoreError> {
    FileContent::decode(bytes).ok_or_else(|| damaged(path, "the file is damaged or cut off"))
}

fn gone(path: &Path) -> StoreError {
    damaged(path, "the file has been removed while it was in use")
}

impl RecordStore for FileStore {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async move {
            check_key(key)?;
            let key = key.to_owned();
            self.load(move |content| content.record(&key)).await
        })
    }

    fn write<'s>(
        &'s self,
        key: &'s str,
        expected: u64,
        value: Option<&'s [u8]>,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move {
            check_key(key)?;
            let (key, value) = (key.to_owned(), value.map(<[u8]>::to_vec));
            self.change(move |content| content.write(&key, expected, value))
                .await
        })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(self.load(|content| content.keys()))
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move {
            check_lease(key, owner)?;
            let (key, owner) = (key.to_owned(), owner.to_owned());
            self.change(move |content| content.lease(&key, &owner, ttl))
                .await
        })
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        Box::pin(async move {
            check_lease(key, owner)?;
            let (key, owner) = (key.to_owned(), owner.to_owned());
            let change = self.change(move |content| content.release(&key, &owner));
            change.await.map(drop)
        })
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FileStore").field(&self.path).finish()
    }
}
