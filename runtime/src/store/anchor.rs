//! The highest versions of all records, in a file of their own, so that a later process knows them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::blocking::blocking;
use super::fields::{Fields, put_bytes, put_number};
use super::private_file::{self, Lock};
use super::{KeyProvider, StoreError, sealed};

/// What the content is encrypted as: no record has this version with a value, so that neither passes for the other.
const NAME: &str = "attache anchor";
const VERSION: u64 = 0;

pub(super) type Versions = BTreeMap<String, u64>;

/// A file with the highest versions, encrypted like a record.
#[derive(Debug)]
pub(super) struct Anchor {
    path: Arc<Path>,
    /// What was read last, so that it is decrypted only where it has changed.
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    stored: Arc<[u8]>,
    versions: Arc<Versions>,
}

impl Anchor {
    pub(super) fn new(path: PathBuf) -> Self {
        let path = private_file::resolve(&path).into();
        let known = Mutex::default();
        Self { path, known }
    }

    /// The versions that other processes know of as well.
    pub(super) async fn versions(
        &self,
        keys: &dyn KeyProvider,
    ) -> Result<Arc<Versions>, StoreError> {
        let path = self.path.clone();
        let stored = blocking(move || private_file::read(&path)).await?;
        self.open(keys, stored.as_deref().map(Vec::as_slice)).await
    }

    /// Says that there is such a version of a record.
    pub(super) async fn raise(
        &self,
        keys: &dyn KeyProvider,
        key: &str,
        version: u64,
    ) -> Result<(), StoreError> {
        let known = self.known().clone();
        let highest = known.and_then(|known| known.versions.get(key).copied());
        if highest.is_some_and(|highest| highest >= version) {
            return Ok(());
        }
        self.change(keys, |versions, _| {
            let highest = versions.entry(key.to_owned()).or_default();
            let is_news = *highest < version;
            *highest = version.max(*highest);
            is_news
        })
        .await
    }

    /// Encrypts it by the newest key, where an older one did.
    pub(super) async fn rewrap(&self, keys: &dyn KeyProvider) -> Result<(), StoreError> {
        self.change(keys, |_, kid| kid.is_some_and(|kid| kid != keys.newest()))
            .await
    }

    /// The id of the key that encrypted it; none where there is no file yet.
    pub(super) async fn kid(&self) -> Result<Option<String>, StoreError> {
        let path = self.path.clone();
        let stored = blocking(move || private_file::read(&path)).await?;
        let kid = stored.map(|stored| sealed::kid(&stored)).transpose();
        kid.map_err(|error| self.at(error))
    }

    /// Writes it anew where the change says that it is one.
    async fn change(
        &self,
        keys: &dyn KeyProvider,
        change: impl FnOnce(&mut Versions, Option<&str>) -> bool,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let locked = blocking(move || {
            let lock = Lock::of(&path)?;
            let stored = lock.read()?;
            Ok((lock, stored))
        });
        let (lock, stored) = locked.await?;
        let stored = stored.as_deref().map(Vec::as_slice);
        let mut versions = (*self.open(keys, stored).await?).clone();
        let kid = stored.map(sealed::kid).transpose()?;
        if !change(&mut versions, kid.as_deref()) {
            return Ok(());
        }
        let content = encode(&versions);
        let sealed = sealed::seal(keys, NAME, VERSION, Some(&content)).await?;
        let stored: Arc<[u8]> = sealed.into();
        let written = stored.clone();
        blocking(move || lock.replace(&written)).await?;
        let versions = Arc::new(versions);
        *self.known() = Some(Known { stored, versions });
        Ok(())
    }

    async fn open(
        &self,
        keys: &dyn KeyProvider,
        stored: Option<&[u8]>,
    ) -> Result<Arc<Versions>, StoreError> {
        let known = self.known().clone();
        let Some(stored) = stored else {
            return match known {
                None => Ok(Arc::default()),
                Some(_) => Err(self.at(StoreError::tampered("the anchor has been removed"))),
            };
        };
        if let Some(known) = known.filter(|known| *known.stored == *stored) {
            return Ok(known.versions);
        }
        let opened = sealed::open(keys, NAME, VERSION, stored).await;
        let opened = opened.map_err(|error| self.at(error))?;
        let versions = decode(&opened.unwrap_or_default())
            .ok_or_else(|| self.at(StoreError::tampered("the anchor is none")))?;
        let (stored, versions) = (stored.into(), Arc::new(versions));
        let known = Known { stored, versions };
        *self.known() = Some(known.clone());
        Ok(known.versions)
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, error: StoreError) -> StoreError {
        error.at(format!("anchor {}", self.path.display()))
    }
}

fn encode(versions: &Versions) -> Vec<u8> {
    let mut content = Vec::new();
    for (key, version) in versions {
        put_bytes(&mut content, key.as_bytes());
        put_number(&mut content, *version);
    }
    content
}

fn decode(content: &[u8]) -> Option<Versions> {
    let mut fields = Fields::new(content);
    let mut versions = Versions::new();
    while !fields.is_empty() {
        let key = fields.text()?.to_owned();
        versions.insert(key, fields.number()?);
    }
    Some(versions)
}
