//! Configures a client.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{ApiMeta, Client, Server, Shared};
use crate::clock::{Clock, SystemClock};
use crate::credential::Credential;
use crate::transport::{Headers, Transport, Url, check_header};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_BODY_LIMIT: usize = 64 << 20;

/// Configures a client; generated crates wrap it in a builder of their own.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static ApiMeta,
    base_url: Option<String>,
    server: Option<Server>,
    operation_servers: Vec<(String, String)>,
    transport: Option<Arc<dyn Transport>>,
    clock: Arc<dyn Clock>,
    credentials: Vec<Credential>,
    allow_anonymous: bool,
    timeout: Duration,
    body_limit: usize,
    headers: Headers,
}

impl ClientBuilder {
    /// Begins with the defaults for an API.
    pub fn new(api: &'static ApiMeta) -> Self {
        let user_agent = format!("{} attache/{}", api.name, env!("CARGO_PKG_VERSION"));
        Self {
            api,
            base_url: None,
            server: None,
            operation_servers: Vec::new(),
            transport: None,
            clock: Arc::new(SystemClock),
            credentials: Vec::new(),
            allow_anonymous: false,
            timeout: DEFAULT_TIMEOUT,
            body_limit: DEFAULT_BODY_LIMIT,
            headers: Headers::from_iter([("User-Agent", user_agent)]),
        }
    }

    /// Sends requests to another server than the one the API's description names.
    ///
    /// Paths of operations are appended to it. Every call goes there, also those of operations that the description
    /// gives a server of their own, so that a test server gets them all, and no credential goes anywhere else; only
    /// [`operation_server`](Self::operation_server) excepts some. It comes before [`server`](Self::server).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends requests to one of the servers that the description names.
    ///
    /// Operations that have a server of their own keep it.
    pub fn server(mut self, server: impl Into<Server>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// Puts another server in the place of one that operations have of their own, named as in the description.
    ///
    /// Credentials of the client go there, as they would to the one it replaces.
    pub fn operation_server(
        mut self,
        described: impl Into<String>,
        base_url: impl Into<String>,
    ) -> Self {
        self.operation_servers
            .push((described.into(), base_url.into()));
        self
    }

    /// Adds a credential; each operation takes the ones it needs.
    pub fn auth(mut self, credential: impl Into<Credential>) -> Self {
        self.credentials.push(credential.into());
        self
    }

    /// Sends requests without credentials where none fits, instead of refusing to.
    pub fn allow_anonymous(mut self) -> Self {
        self.allow_anonymous = true;
        self
    }

    /// Limits how long a call may take in all; the default is 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits how many bytes of an answer are kept in memory, counted after decompression; the default is 64 MiB.
    ///
    /// Downloads and streams, which keep nothing, are not limited by it.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.set(name, value);
        self
    }

    /// Sends this text as the `User-Agent`.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.header("User-Agent", user_agent)
    }

    /// Sends requests through another transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Measures time with another clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Makes the client.
    pub fn build(self) -> Result<Client, BuildError> {
        for (name, value) in self.headers.iter() {
            check_header(name, value).map_err(BuildError::new)?;
        }
        let base_url = base_url(self.api, self.base_url.as_deref(), self.server.as_ref())?;
        let operation_servers = operation_servers(self.api, &self.operation_servers)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let shared = Shared {
            api: self.api,
            base_url,
            is_base_url_chosen: self.base_url.is_some(),
            operation_servers,
            transport,
            clock: self.clock,
            credentials: self.credentials,
            allow_anonymous: self.allow_anonymous,
            timeout: self.timeout,
            body_limit: self.body_limit,
            headers: self.headers,
        };
        Ok(Client {
            shared: Arc::new(shared),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Says why a client cannot be made.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl BuildError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

fn base_url(
    api: &ApiMeta,
    chosen: Option<&str>,
    server: Option<&Server>,
) -> Result<Url, BuildError> {
    match (chosen, server) {
        (Some(text), _) => Url::parse_base(text).map_err(BuildError::new),
        (None, Some(server)) => Url::parse_base(&server.url()).map_err(|reason| {
            BuildError::new(format!("the server cannot be used, so `base_url` is needed: {reason}"))
        }),
        (None, None) => Url::parse_base(api.base_url).map_err(|reason| {
            let name = api.name;
            BuildError::new(format!("the description of {name} names no usable server, so `base_url` is needed: {reason}"))
        }),
    }
}

fn operation_servers(
    api: &ApiMeta,
    chosen: &[(String, String)],
) -> Result<Vec<(String, Url)>, BuildError> {
    let parse = |(described, base_url): &(String, String)| {
        if !api.operation_servers.contains(&described.as_str()) {
            return Err(BuildError::new(format!(
                "no operation of {} has {described:?} as a server of its own, only {:?}",
                api.name, api.operation_servers
            )));
        }
        let base_url = Url::parse_base(base_url).map_err(BuildError::new)?;
        Ok((described.clone(), base_url))
    };
    chosen.iter().map(parse).collect()
}

#[cfg(feature = "transport-reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    match crate::transport::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError {
            message: error.to_string(),
            source: Some(Box::new(error)),
        }),
    }
}

#[cfg(not(feature = "transport-reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new(
        "the feature `transport-reqwest` is off, so `transport` is needed",
    ))
}
