//! Records in PostgreSQL.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::error::Kind;
use super::record_store::{check_key, check_lease, expected_version};
use super::{Encrypted, KeyProvider, PostgresConnection, Record, RecordStore, StoreError};
use crate::transport::BoxFuture;

/// PostgreSQL cuts longer names off without a word.
const LONGEST_NAME: usize = 63;
/// Leases that are to last longer end after a hundred years.
const LONGEST_LEASE: f64 = 100.0 * 365.0 * 86_400.0;

/// Records in a table of a PostgreSQL database, for the processes of several machines (feature `postgres`).
///
/// It uses one connection, which is made again when it was lost. Leases end by the clock of the server. What was
/// written is there when a write returns, as far as `synchronous_commit` of the server says so.
///
/// ```no_run
/// use attache_runtime::store::{EncryptionKeys, PostgresConnection, PostgresStore, RecordStore};
///
/// # async fn example() -> Result<(), attache_runtime::store::StoreError> {
/// let connection = PostgresConnection::new("postgres://app@localhost/app")?;
/// let keys = EncryptionKeys::from_environment("ATTACHE_KEYS")?;
/// let store = PostgresStore::open(connection, "attache_records", keys).await?;
/// assert!(store.write("acme/token", 0, Some(b"secret")).await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PostgresStore {
    shared: Arc<Shared>,
}

struct Shared {
    connection: PostgresConnection,
    /// Its name, as it was given.
    table: String,
    statements: Statements,
}

struct Statements {
    read: String,
    first: String,
    next: String,
    is_own: String,
    keys: String,
    lease: String,
    release: String,
}

impl PostgresStore {
    /// Connects, and makes the table where there is none; what is kept there is encrypted.
    ///
    /// The name is `table` or `schema.table`; it is quoted, so letters keep their case.
    ///
    /// # Errors
    /// The name is none, the server cannot be reached, or does not let the user make the table.
    pub async fn open(
        connection: PostgresConnection,
        table: &str,
        keys: impl KeyProvider,
    ) -> Result<Encrypted<Self>, StoreError> {
        let quoted = quote(table)?;
        let made = make(&connection, &quoted).await;
        made.map_err(|error| error.at(format!("table {table}")))?;
        let shared = Arc::new(Shared {
            connection,
            table: table.to_owned(),
            statements: Statements::of(&quoted),
        });
        Ok(Encrypted::new(Self { shared }, keys))
    }

    async fn query(
        &self,
        statement: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<(Vec<Row>, bool), StoreError> {
        let connection = &self.shared.connection;
        let asked = connection.query(statement, parameters).await;
        asked.map_err(|error| self.at(error))
    }

    fn at(&self, error: StoreError) -> StoreError {
        error.at(format!("table {}", self.shared.table))
    }

    fn record(&self, row: &Row) -> Result<Record, StoreError> {
        let version = row.try_get::<_, i64>(0).ok();
        let version = version.and_then(|version| u64::try_from(version).ok());
        let value = row.try_get(1).ok();
        let record = version.zip(value);
        let record = record.map(|(version, value)| Record { version, value });
        record.ok_or_else(|| {
            self.at(StoreError::new(
                Kind::Damaged,
                "a row of the table is none of a store",
            ))
            .help("see who else writes to the table, and restore it from a backup")
        })
    }
}

impl Statements {
    /// One row for each statement that did something. A table in which no row is locked by others needs no transaction for
    /// any of them, since each is one statement.
    fn of(table: &str) -> Self {
        Self {
            read: format!("SELECT version, value FROM {table} WHERE key = $1"),
            first: format!(
                "INSERT INTO {table} AS r (key, version, value) VALUES ($1, $2 + 1, $3) \
                 ON CONFLICT (key) DO UPDATE SET version = $2 + 1, value = $3 WHERE r.version = $2 \
                 RETURNING 1"
            ),
            next: format!(
                "UPDATE {table} SET version = $2 + 1, value = $3 WHERE key = $1 AND version = $2 \
                 RETURNING 1"
            ),
            is_own: format!(
                "SELECT 1 FROM {table} WHERE key = $1 AND version = $2 + 1 \
                 AND value IS NOT DISTINCT FROM $3"
            ),
            keys: format!(
                "SELECT key FROM {table} WHERE value IS NOT NULL ORDER BY key COLLATE \"C\""
            ),
            lease: format!(
                "INSERT INTO {table} AS r (key, version, lease_owner, lease_ends) \
                 VALUES ($1, 0, $2, clock_timestamp() + $3 * interval '1 second') \
                 ON CONFLICT (key) DO UPDATE \
                 SET lease_owner = $2, lease_ends = clock_timestamp() + $3 * interval '1 second' \
                 WHERE r.lease_owner IS NULL OR r.lease_owner = $2 OR r.lease_ends <= clock_timestamp() \
                 RETURNING 1"
            ),
            release: format!(
                "UPDATE {table} SET lease_owner = NULL, lease_ends = NULL \
                 WHERE key = $1 AND lease_owner = $2"
            ),
        }
    }
}

/// Makes the table where there is none; a user who may only use it needs no right to make one.
async fn make(connection: &PostgresConnection, table: &str) -> Result<(), StoreError> {
    let is_there = "SELECT 1 WHERE to_regclass($1) IS NOT NULL";
    let is_there = async || {
        let asked = connection.query(is_there, &[(&table, Type::TEXT)]).await;
        asked.map(|(rows, _)| !rows.is_empty())
    };
    if is_there().await? {
        return Ok(());
    }
    let statement = format!(
        "CREATE TABLE IF NOT EXISTS {table} (key text COLLATE \"C\" PRIMARY KEY, \
         version int8 NOT NULL, value bytea, lease_owner text, lease_ends timestamptz)"
    );
    match connection.query(&statement, &[]).await {
        // `IF NOT EXISTS` fails where two make it at once.
        Err(error) if !is_there().await? => Err(error),
        _ => Ok(()),
    }
}

fn quote(table: &str) -> Result<String, StoreError> {
    let parts: Vec<&str> = table.split('.').collect();
    let is_name = |part: &&str| (1..=LONGEST_NAME).contains(&part.len()) && !part.contains('\0');
    if parts.len() > 2 || !parts.iter().all(is_name) {
        return Err(StoreError::invalid("the name of the table is none")
            .at(format!("{table:?}"))
            .help("write `table` or `schema.table`, each of 1 to 63 bytes"));
    }
    let quoted = parts.iter();
    let quoted = quoted.map(|part| format!("\"{}\"", part.replace('"', "\"\"")));
    Ok(quoted.collect::<Vec<_>>().join("."))
}

impl RecordStore for PostgresStore {
    fn read<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Record, StoreError>> {
        Box::pin(async move {
            check_key(key)?;
            let statement = &self.shared.statements.read;
            let (rows, _) = self.query(statement, &[(&key, Type::TEXT)]).await?;
            let record = rows.first().map(|row| self.record(row));
            Ok(record.transpose()?.unwrap_or_default())
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
            let statements = &self.shared.statements;
            let parameters: [(&(dyn ToSql + Sync), Type); 3] = [
                (&key, Type::TEXT),
                (&expected, Type::INT8),
                (&value, Type::BYTEA),
            ];
            let statement = match expected {
                0 => &statements.first,
                _ => &statements.next,
            };
            let (rows, is_again) = self.query(statement, &parameters).await?;
            if !rows.is_empty() || !is_again {
                return Ok(!rows.is_empty());
            }
            // Sent twice, so the one who was faster may have been this one; what is encrypted is like nothing else.
            let (rows, _) = self.query(&statements.is_own, &parameters).await?;
            Ok(!rows.is_empty())
        })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            let (rows, _) = self.query(&self.shared.statements.keys, &[]).await?;
            Ok(rows.iter().filter_map(|row| row.try_get(0).ok()).collect())
        })
    }

    fn lease<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
        ttl: Duration,
    ) -> BoxFuture<'s, Result<bool, StoreError>> {
        Box::pin(async move {
            check_lease(key, owner)?;
            let seconds = ttl.as_secs_f64().min(LONGEST_LEASE);
            let parameters: [(&(dyn ToSql + Sync), Type); 3] = [
                (&key, Type::TEXT),
                (&owner, Type::TEXT),
                (&seconds, Type::FLOAT8),
            ];
            let statement = &self.shared.statements.lease;
            let (rows, _) = self.query(statement, &parameters).await?;
            Ok(!rows.is_empty())
        })
    }

    fn release<'s>(
        &'s self,
        key: &'s str,
        owner: &'s str,
    ) -> BoxFuture<'s, Result<(), StoreError>> {
        Box::pin(async move {
            check_lease(key, owner)?;
            let parameters: [(&(dyn ToSql + Sync), Type); 2] =
                [(&key, Type::TEXT), (&owner, Type::TEXT)];
            let statement = &self.shared.statements.release;
            self.query(statement, &parameters).await.map(drop)
        })
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresStore")
            .field(&self.shared.table)
            .finish()
    }
}
