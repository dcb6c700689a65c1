//! How a PostgreSQL server is reached, and reached again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::{MakeTlsConnect, NoTls, TlsConnect};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Error, Row, Socket};

use super::StoreError;
use crate::transport::BoxFuture;

/// How long the server has to answer, and to be connected to.
const TIMEOUT: Duration = Duration::from_secs(10);

type Connect = dyn Fn() -> BoxFuture<'static, Result<Client, Error>> + Send + Sync;

/// How to connect to a PostgreSQL server: one connection, which is made again when it was lost (feature `postgres`).
///
/// ```
/// use attache_runtime::store::PostgresConnection;
///
/// let local = PostgresConnection::new("host=/var/run/postgresql user=app dbname=app")?;
/// assert_eq!(format!("{local:?}"), "PostgresConnection");
/// assert!(PostgresConnection::new("host").is_err());
/// # Ok::<(), attache_runtime::store::StoreError>(())
/// ```
pub struct PostgresConnection {
    connect: Box<Connect>,
    client: Mutex<Option<Arc<Client>>>,
}

impl PostgresConnection {
    /// Takes the address, as a URL or as `key=value` pairs, of a server that is reached without TLS: on this machine, or by
    /// a network that is safe by other means.
    ///
    /// Source: PostgreSQL, "Connection Strings" (libpq).
    ///
    /// # Errors
    /// The address is none.
    pub fn new(address: &str) -> Result<Self, StoreError> {
        Self::with_tls(address, NoTls)
    }

    /// Takes the address of a server, and what makes TLS, from the crates `tokio-postgres-rustls` or
    /// `postgres-native-tls` for example; write `sslmode=require` into the address, since TLS is left out otherwise
    /// where the server does not offer it.
    ///
    /// # Errors
    /// The address is none.
    pub fn with_tls<T>(address: &str, tls: T) -> Result<Self, StoreError>
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + 'static,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        // The address may hold a password, so the error of the library is not shown.
        let config: Config = address.parse().map_err(|_| {
            StoreError::invalid("the address of the PostgreSQL server is none")
                .help("write it as `postgres://user@host/database`, or as `host=… user=…`")
        })?;
        Ok(Self::by(move || {
            let (config, tls) = (config.clone(), tls.clone());
            async move {
                let (client, connection) = config.connect(tls).await?;
                // It ends when the client is dropped or the connection lost, which the client is asked for.
                drop(tokio::spawn(connection));
                Ok(client)
            }
        }))
    }

    /// Takes what connects, and lets the connection run in a task; it is called again whenever the connection was lost.
    pub fn by<C, F>(connect: C) -> Self
    where
        C: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<Client, Error>> + Send + 'static,
    {
        Self {
            connect: Box::new(move || Box::pin(connect())),
            client: Mutex::default(),
        }
    }

    /// Runs one statement, again where the connection was lost meanwhile, and says whether that was so: the first time may
    /// have had its effect.
    pub(super) async fn query(
        &self,
        statement: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<(Vec<Row>, bool), StoreError> {
        let mut is_again = false;
        loop {
            let client = self.client().await?;
            // Not prepared, which would bind it to a connection that a pooler like PgBouncer does not keep.
            let asking = client.query_typed(statement, parameters);
            let Ok(answer) = timeout(TIMEOUT, asking).await else {
                self.forget(&client).await;
                return Err(unanswered());
            };
            match answer {
                Ok(rows) => return Ok((rows, is_again)),
                Err(error) if is_lost(&error, &client) && !is_again => {
                    self.forget(&client).await;
                    is_again = true;
                }
                Err(error) => return Err(failed(error)),
            }
        }
    }

    async fn client(&self) -> Result<Arc<Client>, StoreError> {
        let mut current = self.client.lock().await;
        if let Some(client) = current.as_ref().filter(|client| !client.is_closed()) {
            return Ok(client.clone());
        }
        let connected = timeout(TIMEOUT, (self.connect)()).await;
        let client = Arc::new(connected.map_err(|_| unanswered())?.map_err(failed)?);
        *current = Some(client.clone());
        Ok(client)
    }

    /// Connects anew the next time, unless another task has already.
    async fn forget(&self, client: &Arc<Client>) {
        let mut current = self.client.lock().await;
        current.take_if(|current| Arc::ptr_eq(current, client));
    }
}

fn is_lost(error: &Error, client: &Client) -> bool {
    let is_shutting_down = error
        .code()
        .is_some_and(|code| [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code));
    error.is_closed() || client.is_closed() || is_shutting_down
}

fn unanswered() -> StoreError {
    StoreError::unavailable(format!("PostgreSQL does not answer within {TIMEOUT:?}"))
        .help("see whether the server is up and can be reached, then try again")
}

fn failed(error: Error) -> StoreError {
    let what = match error.as_db_error() {
        Some(said) => format!("PostgreSQL says: {}", said.message()),
        None => format!("PostgreSQL cannot be reached: {error}"),
    };
    StoreError::unavailable(what)
        .help("see whether the server is up and lets this user in, then try again")
        .with_source(error)
}

impl fmt::Debug for PostgresConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresConnection")
    }
}
