//! Records in SQLite.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{
    Connection, Error, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior,
};

use super::blocking::blocking;
use super::file_content::{millis, now};
use super::private_file::{self, Identity, Lock, damaged, resolve};
use super::record_store::{check_key, check_lease, expected_version};
use super::{Encrypted, KeyProvider, Record, RecordStore, StoreError};
use crate::transport::BoxFuture;

/// How long a process waits for another one that writes.
const BUSY: Duration = Duration::from_secs(10);

const SET_UP: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA trusted_schema = OFF;
    CREATE TABLE IF NOT EXISTS attache_records (
        key TEXT PRIMARY KEY NOT NULL,
        version INTEGER NOT NULL,
        value BLOB,
        lease_owner TEXT,
        lease_ends INTEGER
    ) STRICT;
";
const READ: &str = "SELECT version, value FROM attache_records WHERE key = ?1";
const KEYS: &str = "SELECT key FROM attache_records WHERE value IS NOT NULL ORDER BY key";
const FIRST: &str = "
    INSERT INTO attache_records (key, version, value) VALUES (?1, ?2 + 1, ?3)
    ON CONFLICT (key) DO UPDATE SET version = ?2 + 1, value = ?3 WHERE version = ?2";
const NEXT: &str = "
    UPDATE attache_records SET version = ?2 + 1, value = ?3 WHERE key = ?1 AND version = ?2";
const LEASE: &str = "
    INSERT INTO attache_records (key, version, lease_owner, lease_ends) VALUES (?1, 0, ?2, ?4)
    ON CONFLICT (key) DO UPDATE SET lease_owner = ?2, lease_ends = ?4
    WHERE lease_owner IS NULL OR lease_owner = ?2 OR lease_ends <= ?3";
const RELEASE: &str = "
    UPDATE attache_records SET lease_owner = NULL, lease_ends = NULL
    WHERE key = ?1 AND lease_owner = ?2";

/// Records in a SQLite database, for the processes of one machine (feature `sqlite`).
///
/// What was written is on the disk when a write returns: the journal is a write-ahead log (WAL) that is synced with each
/// write. The file is its owner's only (mode 0600), and refused where others may read it. It is to lie on a local disk,
/// as SQLite wants it. Beside it lie `…-wal` and `…-shm`, and `….lock`, which stays.
///
/// ```
/// use attache_runtime::store::{EncryptionKeys, RecordStore, SqliteStore};
///
/// # let folder = std::env::temp_dir().join(format!("attache-doc-sqlite-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("credentials.db");
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = SqliteStore::open(path, EncryptionKeys::new("2026-11", [7; 32])?)?;
/// assert!(store.write("acme/token", 0, Some(b"secret")).await?);
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// # }).unwrap();
/// # std::fs::remove_dir_all(folder).unwrap();
/// ```
#[derive(Clone)]
pub struct SqliteStore {
    path: Arc<Path>,
    connection: Arc<Mutex<Connection>>,
    identity: Identity,
}

impl SqliteStore {
    /// Opens the database, or makes it; what is kept there is encrypted. It reads the disk, and may wait for another
    /// process.
    ///
    /// # Errors
    /// The folder does not exist, the file cannot be read or written, is no database, or others may read it.
    pub fn open(
        path: impl Into<PathBuf>,
        keys: impl KeyProvider,
    ) -> Result<Encrypted<Self>, StoreError> {
        let path = resolve(&path.into());
        // The file must not be opened by any other means once SQLite has: closing it would undo the locks of this process
        // (sqlite.org, "How To Corrupt An SQLite Database File", 2.2).
        let lock = Lock::of(&path)?;
        private_file::make_empty(&path)?;
        private_file::check_path(&path)?;
        let identity = Identity::of(&path);
        let connection = connect(&path).map_err(|error| failed(&path, error))?;
        drop(lock);
        let store = Self {
            path: path.into(),
            connection: Arc::new(Mutex::new(connection)),
            identity,
        };
        Ok(Encrypted::new(store, keys))
    }

    /// Does something with the connection, in a transaction that nobody else writes in.
    async fn change(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<usize, Error> + Send + 'static,
    ) -> Result<bool, StoreError> {
        let work = self.with(move |connection| {
            let behavior = TransactionBehavior::Immediate;
            let transaction = connection.transaction_with_behavior(behavior)?;
            let count = change(&transaction)?;
            transaction.commit()?;
            Ok(count > 0)
        });
        work.await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let Self {
            path,
            connection,
            identity,
        } = self.clone();
        blocking(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            // What is written to a file that has been removed would be lost without a word.
            if identity != Identity::of(&path) {
                return Err(damaged(
                    &path,
                    "the file has been removed or replaced while it was in use",
                ));
            }
            work(&mut connection).map_err(|error| failed(&path, error))
        })
        .await
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    let journal = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0));
    let journal: String = journal?;
    if journal != "wal" {
        tracing::warn!(path = %path.display(), journal, "SQLite has no write-ahead log here");
    }
    connection.execute_batch(SET_UP)?;
    // An index with a flipped bit would hide a record, as if it had never been written.
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    let found: String = found?;
    match found.as_str() {
        "ok" => Ok(connection),
        _ => Err(Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            Some(found),
        )),
    }
}

fn record(row: &Row<'_>) -> Result<Record, Error> {
    // A version that is negative was not written by this store.
    let version = row.get::<_, i64>(0)?;
    let out_of_range = |_| Error::IntegralValueOutOfRange(0, version);
    Ok(Record {
        version: u64::try_from(version).map_err(out_of_range)?,
        value: row.get(1)?,
    })
}

fn failed(path: &Path, error: Error) -> StoreError {
    let is_damaged = match &error {
        Error::SqliteFailure(failure, _) => matches!(
            failure.code,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
        ),
        Error::IntegralValueOutOfRange(..) | Error::InvalidColumnType(..) => true,
        _ => false,
    };
    let what = format!("SQLite says: {error}");
    match is_damaged {
        true => damaged(path, &what),
        false => StoreError::unavailable(what)
            .at(path.display().to_string())
            .help("check the disk, and that nothing else holds the database, then try again"),
    }
}

impl RecordStore for SqliteStore {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async move {
            check_key(key)?;
            let key = key.to_owned();
            let found = self.with(move |connection| {
                let mut statement = connection.prepare_cached(READ)?;
                statement.query_row([key], record).optional()
            });
            Ok(found.await?.unwrap_or_default())
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
            let Some(expected) = expected_version(expected) else {
                return Ok(false);
            };
            let (key, value) = (key.to_owned(), value.map(<[u8]>::to_vec));
            let statement = if expected == 0 { FIRST } else { NEXT };
            let change = move |connection: &Transaction<'_>| {
                let mut statement = connection.prepare_cached(statement)?;
                statement.execute((key, expected, value))
            };
            self.change(change).await
        })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(self.with(|connection| {
            let mut statement = connection.prepare_cached(KEYS)?;
            let keys = statement.query_map([], |row| row.get(0))?;
            keys.collect()
        }))
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
            let change = move |connection: &Transaction<'_>| {
                let now = now();
                let ends = now.saturating_add(millis(ttl));
                let at = |time| i64::try_from(time).unwrap_or(i64::MAX);
                connection.execute(LEASE, (key, owner, at(now), at(ends)))
            };
            self.change(change).await
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
            let change =
                move |connection: &Transaction<'_>| connection.execute(RELEASE, (key, owner));
            self.change(change).await.map(drop)
        })
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteStore").field(&self.path).finish()
    }
}
