//! Configures a client.

use std::fmt;
use std::sync::Arc;

use super::sources::Sources;
use super::station::Stations;
use super::{ApiMeta, BuildError, Client, Defaults, Server, Shared};
use crate::admission::{Admission, Gate};
use crate::breaker::{Breaker, Circuits};
use crate::call::{Hooks, OperationMeta};
use crate::clock::{Clock, ClockSkews, SystemClock};
use crate::coalesce::Flights;
use crate::credential::Credential;
use crate::limit::{Limiter, Limits, QuotaBucket, SharedQuotas};
use crate::log::{Bodies, BodyLog};
use crate::meter::Meter;
use crate::oauth::Grant;
use crate::random::{Random, SystemRandom};
use crate::response::Answer;
use crate::response::accepting_codings;
use crate::retry::Budget;
use crate::settings::{Environment, Settings, check_scheme};
use crate::token::TokenConnection;
use crate::transport::{self, Headers, Transport, TransportRequest, check_header};
use crate::usage::Ledger;

/// Configures a client; generated crates wrap it in a builder of their own.
///
/// # Where settings come from
/// What the builder is told comes before the environment ([`environment`](Self::environment)), that before a profile
/// (`profile`, behind the feature of that name), and that before what the description of the API says; the environment and profiles
/// are read only if they are asked for. What is said of a call comes before what is said of its operation, that before
/// its group, and that before all calls, whichever of these sources says so. Credentials are taken from the first of these that has all that an operation
/// needs, else from the first two together, and so on.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    pub(super) api: &'static ApiMeta,
    pub(super) settings: Settings,
    pub(super) server: Option<Server>,
    pub(super) environment: Option<Environment>,
    #[cfg(feature = "profiles")]
    pub(super) profile: Option<crate::settings::ProfileChoice>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    pub(super) defaults: Defaults,
    pub(super) coalesces: bool,
    pub(super) admission: Option<Admission>,
    pub(super) breaker: Option<Breaker>,
    pub(super) quota_buckets: Vec<QuotaBucket>,
    pub(super) shared_quotas: Option<Arc<dyn SharedQuotas>>,
    pub(super) ignores_quotas: bool,
    pub(super) meter: Option<Arc<dyn Meter>>,
    pub(super) body_log: Option<BodyLog>,
    pub(super) allow_anonymous: bool,
    /// What a grant was given for, and is not there.
    pub(super) unknown_scheme: Option<String>,
    pub(super) body_limit: Option<usize>,
    pub(super) headers: Headers,
    pub(super) hooks: Hooks,
}

impl ClientBuilder {
    /// Begins with the defaults for an API.
    pub fn new(api: &'static ApiMeta) -> Self {
        let user_agent = format!("{} attache/{}", api.name, env!("CARGO_PKG_VERSION"));
        Self {
            api,
            settings: Settings::default(),
            server: None,
            environment: None,
            #[cfg(feature = "profiles")]
            profile: None,
            transport: None,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom::new()),
            defaults: Defaults::V1,
            coalesces: false,
            admission: None,
            breaker: None,
            quota_buckets: Vec::new(),
            shared_quotas: None,
            ignores_quotas: false,
            meter: None,
            body_log: None,
            allow_anonymous: false,
            unknown_scheme: None,
            body_limit: None,
            headers: Headers::from_iter([("User-Agent", user_agent)]),
            hooks: Hooks::default(),
        }
    }

    /// Sends requests to another server than the one the API's description names.
    ///
    /// Paths of operations are appended to it. Every call goes there, also those of operations that the description
    /// gives a server of their own, so that a test server gets them all, and no credential goes anywhere else; only
    /// [`operation_server`](Self::operation_server) excepts some. It comes before [`server`](Self::server).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
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
        let replaced = (described.into(), base_url.into());
        self.settings.operation_servers.push(replaced);
        self
    }

    /// Adds a credential; each operation takes the ones it needs. Where the description names no scheme at all, all of
    /// them are sent with every request.
    pub fn auth(mut self, credential: impl Into<Credential>) -> Self {
        self.settings.credentials.push(credential.into());
        self
    }

    /// Takes what the APIs of a vendor want, with the settings of a user: a credential, and headers.
    #[cfg(feature = "presets")]
    pub fn preset(self, preset: crate::presets::AppliedPreset) -> Self {
        let headers = preset.headers.into_iter();
        let with_headers = headers.fold(self, |builder, (name, value)| {
            builder.header(name, value.expose())
        });
        with_headers.auth(preset.credential)
    }

    /// Gives what an OAuth scheme of the description takes: a token, or a way to get tokens from its endpoint.
    ///
    /// With one that the description does not have, no client is built.
    pub fn grant(mut self, scheme: &str, grant: impl Into<Grant>) -> Self {
        let schemes = self.api.security_schemes;
        match schemes.iter().find(|known| known.name() == scheme) {
            Some(scheme) => self.auth(grant.into().for_scheme(scheme)),
            None => {
                self.unknown_scheme.get_or_insert_with(|| scheme.to_owned());
                self
            }
        }
    }

    /// Reads the base URL, the timeout and credentials from environment variables when the client is built.
    ///
    /// Their names begin with that of the API: `PARCELS_BASE_URL`, `PARCELS_TIMEOUT` (`30s`, `2.5`), and one for each
    /// security scheme, which for a user name and a password are two, `…_USERNAME` and `…_PASSWORD`.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Reads settings from a profile when the client is built; the variable `ATTACHE_PROFILES` names the file.
    ///
    /// The file is TOML, and has a table for each API and in it one for each profile:
    ///
    /// ```toml
    /// [parcels.staging]
    /// base_url = "https://staging.example.com/v1"
    /// timeout = "10s"
    ///
    /// [parcels.staging.credentials]      # by the names of the description
    /// apiKey = { env = "STAGING_KEY" }   # or { file = "key.txt" }, or the text itself
    /// basic = { username = "shop", password = { file = "/run/secrets/password" } }
    ///
    /// [parcels.staging.credentials.oauth]   # a login that `attache auth` made; see the module `profiles`
    /// login = "parcels/ada"
    /// flow = "authorization-code"
    /// issuer = "https://login.example.com"
    /// client_id = "shop"
    ///
    /// [parcels.staging.operation_servers]
    /// "https://upload.example.com" = "https://upload.staging.example.com"
    ///
    /// [parcels.staging.groups.reports]   # or `operations`, by their ids
    /// attempts = 5
    /// quota = { rate = 0.5, burst = 10 }
    /// priority = "background"
    /// ```
    ///
    /// Any other key is an error.
    #[cfg(feature = "profiles")]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        let file = self.profile.take().and_then(|profile| profile.file);
        let name = Some(name.into());
        self.profile = Some(crate::settings::ProfileChoice { name, file });
        self
    }

    /// Reads the profile from this file, whatever `ATTACHE_PROFILES` says.
    #[cfg(feature = "profiles")]
    pub fn profiles_file(mut self, file: impl Into<std::path::PathBuf>) -> Self {
        let name = self.profile.take().and_then(|profile| profile.name);
        let file = Some(file.into());
        self.profile = Some(crate::settings::ProfileChoice { name, file });
        self
    }

    /// Sends requests without credentials where none fits, instead of refusing to.
    pub fn allow_anonymous(mut self) -> Self {
        self.allow_anonymous = true;
        self
    }

    /// Hands measurements of attempts and calls to a meter; see [`meter`](crate::meter) for the ones there are.
    pub fn meter(mut self, meter: impl Meter + 'static) -> Self {
        self.meter = Some(Arc::new(meter));
        self
    }

    /// Logs the bodies of requests and answers, without their secrets; see [`BodyLog`].
    pub fn log_bodies(mut self, log: BodyLog) -> Self {
        self.body_log = Some(log);
        self
    }

    /// Limits how many bytes of an answer are kept in memory, counted after decompression; the default is 64 MiB.
    ///
    /// Downloads and streams, which keep nothing, are not limited by it.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.headers.set(name, value);
        self
    }

    /// Sends this text as the `User-Agent`.
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.header("User-Agent", user_agent)
    }

    /// Calls a function with every request, each time before it is sent.
    ///
    /// It is complete but for credentials, which are added after this: a hook sees no secret of the client, and what it
    /// changes is part of what is signed. Functions are called in the order in which they are given, those of the
    /// client before those of a call. All of a request can be changed but where it goes: one that is for another origin
    /// afterwards fails.
    ///
    /// ```
    /// # use attache_runtime::{ApiMeta, ClientBuilder};
    /// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
    /// let builder = ClientBuilder::new(&API)
    ///     .on_request(|operation, request| request.headers.set("X-Operation", operation.id()))
    ///     .on_response(|answer| println!("{} {}", answer.operation().id(), answer.status()));
    /// ```
    pub fn on_request(
        mut self,
        hook: impl Fn(&OperationMeta, &mut TransportRequest) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.on_request(hook);
        self
    }

    /// Calls a function with every answer, whatever its status, before it is decoded.
    ///
    /// The body has been read, except that of a download or a stream, which is yet to come. A call that fails without
    /// an answer, or one that breaks off, is not shown.
    pub fn on_response(mut self, hook: impl Fn(&Answer) + Send + Sync + 'static) -> Self {
        self.hooks.on_response(hook);
        self
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

    /// Takes chance from another source, for a test that can be repeated.
    pub fn random(mut self, random: impl Random) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// A setting cannot be used, wherever it comes from, or a source that was asked for cannot be read.
    pub fn build(self) -> Result<Client, BuildError> {
        for (name, value) in self.headers.iter() {
            check_header(name, value).map_err(BuildError::new)?;
        }
        if let Some(name) = &self.unknown_scheme {
            check_scheme(self.api, name).map_err(BuildError::new)?;
        }
        let sources = Sources {
            api: self.api,
            defaults: self.defaults,
            builder: self.settings,
            server: self.server,
            environment: self.environment,
            #[cfg(feature = "profiles")]
            profile: self.profile,
        };
        let settled = sources.settle()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => transport::chosen()
                .map_err(|error| BuildError::new(error.to_string()).with_source(error))?,
        };
        let now = self.clock.now();
        let limits = (!self.ignores_quotas).then(|| Limits {
            common: settled.calls.quota,
            groups: settled.scopes.group_quotas(),
            operations: settled.scopes.operation_quotas(),
            buckets: self.quota_buckets,
            shared: self.shared_quotas,
        });
        let connection = TokenConnection {
            transport: transport.clone(),
            clock: self.clock.clone(),
            random: self.random.clone(),
            skews: ClockSkews::of_client(settled.base_url.origin()),
        };
        let shared = Shared {
            api: self.api,
            base_url: settled.base_url,
            is_base_url_chosen: settled.is_base_url_chosen,
            operation_servers: settled.operation_servers,
            has_tokens: settled
                .credentials
                .iter()
                .flatten()
                .any(Credential::is_token),
            has_keys: {
                let mut credentials = settled.credentials.iter().flatten();
                credentials.any(|credential| credential.keys().is_some())
            },
            transport,
            clock: self.clock,
            connection,
            credentials: settled.credentials,
            allow_anonymous: self.allow_anonymous,
            calls: settled.calls,
            scopes: settled.scopes,
            retry_budget: Budget::new(settled.retry_budget),
            flights: self.coalesces.then(Flights::default),
            random: self.random,
            gate: self.admission.or(settled.admission).map(Gate::new),
            ledger: Ledger::default(),
            stations: Stations::default(),
            meter: self.meter,
            bodies: self.body_log.map(|log| Bodies::new(log, self.api)),
            circuits: Circuits::new(now, self.breaker.unwrap_or(self.defaults.breaker())),
            limiter: limits.map(|limits| Limiter::new(now, limits)),
            body_limit: self.body_limit.unwrap_or(self.defaults.body_limit()),
            headers: accepting_codings(self.headers),
            hooks: self.hooks,
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
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
