/// Gives the client of a generated crate its builder.
///
/// The client is a struct with a field `inner`; the builder is made by the macro.
///
/// ```
/// static API: attache_runtime::ApiMeta = attache_runtime::ApiMeta::new("parcels", "https://api.example.com/v1");
///
/// #[derive(Clone, Debug)]
/// pub struct Client { inner: attache_runtime::Client }
/// attache_runtime::client! { Client, ClientBuilder, API }
///
/// let transport = attache_runtime::transport::replay::Replay::new();
/// let client = Client::builder().user_agent("shop/1.0").transport(transport).build().unwrap();
/// ```
#[macro_export]
macro_rules! client {
    ($client:ident, $builder:ident, $api:expr) => {
        impl $client {
            /// Begins to configure a client.
            pub fn builder() -> $builder {
                $builder {
                    inner: $crate::ClientBuilder::new(&$api),
                }
            }

            /// Makes a client with what environment variables say.
            pub fn from_env() -> ::std::result::Result<Self, $crate::BuildError> {
                Self::builder()
                    .environment($crate::Environment::process())
                    .build()
            }

            /// Returns the table of the API, which knows what its operations need: scopes for a login, for example.
            pub fn api_meta() -> &'static $crate::ApiMeta {
                &$api
            }

            /// Returns what the client has done so far: calls, retries and latencies by operation.
            pub fn usage(&self) -> $crate::usage::Usage {
                self.inner.usage()
            }

            /// Returns what holds calls back at the moment: circuits, quotas, the budget of retries.
            pub fn health(&self) -> $crate::usage::Health {
                self.inner.health()
            }

            /// Begins a request for what the API's description lacks; it goes the same way as every call.
            pub fn request(&self, method: &str, path: &str) -> $crate::Request {
                self.inner.request(method, path)
            }
        }

        impl ::std::convert::From<$crate::Client> for $client {
            fn from(inner: $crate::Client) -> Self {
                Self { inner }
            }
        }

        impl ::std::convert::AsRef<$crate::Client> for $client {
            fn as_ref(&self) -> &$crate::Client {
                &self.inner
            }
        }

        /// Configures a client.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct $builder {
            inner: $crate::ClientBuilder,
        }

        impl $builder {
            /// Sends all requests to another server than the one the API's description names.
            pub fn base_url(
                mut self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner = self.inner.base_url(base_url);
                self
            }
            /// Sends requests to one of the servers that the description names, a type of the module `servers`.
            pub fn server(mut self, server: impl ::std::convert::Into<$crate::Server>) -> Self {
                self.inner = self.inner.server(server);
                self
            }
            /// Puts another server in the place of one that operations have of their own, named as in the description.
            pub fn operation_server(
                mut self,
                described: impl ::std::convert::Into<::std::string::String>,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner = self.inner.operation_server(described, base_url);
                self
            }
            /// Adds a credential; each operation takes the ones it needs.
            pub fn auth(
                mut self,
                credential: impl ::std::convert::Into<$crate::Credential>,
            ) -> Self {
                self.inner = self.inner.auth(credential);
                self
            }
            /// Reads settings from environment variables when the client is built: the base URL, the timeout, credentials.
            ///
            /// What the builder is told comes first.
            pub fn environment(mut self, environment: $crate::Environment) -> Self {
                self.inner = self.inner.environment(environment);
                self
            }
            /// Sends requests without credentials where none fits, instead of refusing to.
            pub fn allow_anonymous(mut self) -> Self {
                self.inner = self.inner.allow_anonymous();
                self
            }
            /// Limits how long a call may take in all; the default is 30 seconds.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.inner = self.inner.timeout(timeout);
                self
            }
            /// Limits how long each attempt of a call may take, its answer included.
            pub fn attempt_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.inner = self.inner.attempt_timeout(timeout);
                self
            }
            /// Says how calls are tried again: up to three times without, where the operation allows it.
            pub fn retry(mut self, retry: $crate::Retry) -> Self {
                self.inner = self.inner.retry(retry);
                self
            }
            /// Sends a second request beside one that takes long, where the operation changes nothing.
            pub fn hedge(mut self, hedge: $crate::Hedge) -> Self {
                self.inner = self.inner.hedge(hedge);
                self
            }
            /// Lets calls that are under way at once, and would send the same request, share one.
            pub fn coalesce(mut self) -> Self {
                self.inner = self.inner.coalesce();
                self
            }
            /// Limits how many requests are under way at once, and how many calls wait to send theirs.
            pub fn admission(mut self, admission: $crate::Admission) -> Self {
                self.inner = self.inner.admission(admission);
                self
            }
            /// Says when a server that fails is left alone: when half of its requests do, without.
            pub fn breaker(mut self, breaker: $crate::Breaker) -> Self {
                self.inner = self.inner.breaker(breaker);
                self
            }
            /// Limits how many requests all calls of the client send together, besides what the API says of operations.
            pub fn quota(mut self, quota: $crate::Quota) -> Self {
                self.inner = self.inner.quota(quota);
                self
            }
            /// Says how the calls of an operation are made, by its id in the description.
            pub fn for_operation(
                mut self,
                operation: impl ::std::convert::Into<::std::string::String>,
                settings: $crate::CallSettings,
            ) -> Self {
                self.inner = self.inner.for_operation(operation, settings);
                self
            }
            /// Says how the calls of a group of operations are made, by the name of the client's method.
            pub fn for_group(
                mut self,
                group: impl ::std::convert::Into<::std::string::String>,
                settings: $crate::CallSettings,
            ) -> Self {
                self.inner = self.inner.for_group(group, settings);
                self
            }
            /// Changes what else there is to say; see `attache_runtime::ClientBuilder`.
            pub fn with(
                mut self,
                change: impl ::std::ops::FnOnce($crate::ClientBuilder) -> $crate::ClientBuilder,
            ) -> Self {
                self.inner = change(self.inner);
                self
            }
            /// Limits how many bytes of an answer are kept in memory; the default is 64 MiB.
            pub fn body_limit(mut self, bytes: usize) -> Self {
                self.inner = self.inner.body_limit(bytes);
                self
            }
            /// Sends a header with every request.
            pub fn header(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.inner = self.inner.header(name, value);
                self
            }
            /// Sends this text as the `User-Agent`.
            pub fn user_agent(mut self, user_agent: impl ::std::convert::AsRef<str>) -> Self {
                self.inner = self.inner.user_agent(user_agent);
                self
            }
            /// Calls a function with every request, each time before it is sent; it sees no credential.
            ///
            /// See `on_request` of `attache_runtime::ClientBuilder`.
            pub fn on_request(
                mut self,
                hook: impl ::std::ops::Fn(
                    &$crate::OperationMeta,
                    &mut $crate::transport::TransportRequest,
                ) + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                self.inner = self.inner.on_request(hook);
                self
            }
            /// Calls a function with every answer, whatever its status, before it is decoded.
            pub fn on_response(
                mut self,
                hook: impl ::std::ops::Fn(&$crate::Answer)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                self.inner = self.inner.on_response(hook);
                self
            }
            /// Sends requests through another transport.
            pub fn transport(mut self, transport: impl $crate::Transport) -> Self {
                self.inner = self.inner.transport(transport);
                self
            }
            /// Measures time with another clock.
            pub fn clock(mut self, clock: impl $crate::Clock) -> Self {
                self.inner = self.inner.clock(clock);
                self
            }
            /// Makes the client.
            pub fn build(self) -> ::std::result::Result<$client, $crate::BuildError> {
                self.inner.build().map(::std::convert::From::from)
            }
        }

        $crate::profiles! { $client, $builder }
        $crate::presets! { $builder }
    };
}

/// What the APIs of vendors want; nothing without the feature `presets`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "presets")]
macro_rules! presets {
    ($builder:ident) => {
        impl $builder {
            /// Takes what the APIs of a vendor want, with the settings of a user: a credential, and headers.
            pub fn preset(mut self, preset: $crate::presets::AppliedPreset) -> Self {
                self.inner = self.inner.preset(preset);
                self
            }
        }
    };
}

/// Nothing: the feature `presets` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "presets"))]
macro_rules! presets {
    ($($any:tt)*) => {};
}

/// Settings from a file of profiles; nothing without the feature `profiles`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "profiles")]
macro_rules! profiles {
    ($client:ident, $builder:ident) => {
        impl $client {
            /// Makes a client with what a profile says, and before it the environment.
            ///
            /// The variable `ATTACHE_PROFILES` names the file.
            pub fn from_profile(
                name: impl ::std::convert::Into<::std::string::String>,
            ) -> ::std::result::Result<Self, $crate::BuildError> {
                Self::builder()
                    .environment($crate::Environment::process())
                    .profile(name)
                    .build()
            }
        }

        impl $builder {
            /// Reads settings from a profile when the client is built; the variable `ATTACHE_PROFILES` names the file.
            ///
            /// What the builder and the environment say comes first.
            pub fn profile(
                mut self,
                name: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner = self.inner.profile(name);
                self
            }
            /// Reads the profile from this file, whatever `ATTACHE_PROFILES` says.
            pub fn profiles_file(
                mut self,
                file: impl ::std::convert::Into<::std::path::PathBuf>,
            ) -> Self {
                self.inner = self.inner.profiles_file(file);
                self
            }
        }
    };
}

/// Nothing: the feature `profiles` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "profiles"))]
macro_rules! profiles {
    ($($any:tt)*) => {};
}

/// Gives the builder of a generated crate a method for the credential of each security scheme.
///
/// ```
/// # static API: attache_runtime::ApiMeta = attache_runtime::ApiMeta::new("parcels", "https://api.example.com/v1");
/// # #[derive(Clone, Debug)]
/// # pub struct Client { inner: attache_runtime::Client }
/// # attache_runtime::client! { Client, ClientBuilder, API }
/// attache_runtime::credentials! {
///     ClientBuilder {
///         /// A key in the header `X-Api-Key`.
///         key "apiKey" => api_key,
///         /// A token.
///         token "bearer" => bearer,
///         /// An access token, or a way to get one.
///         grant "oauth" => oauth,
///         /// A user name and a password.
///         basic "user" => user,
///     }
/// }
///
/// let builder = Client::builder().api_key("k").bearer("t").user("shop", "secret");
/// ```
#[macro_export]
macro_rules! credentials {
    ($builder:ident { $($(#[$docs:meta])* $kind:ident $scheme:literal => $method:ident),* $(,)? }) => {
        impl $builder {
            $($crate::credential! { $(#[$docs])* $kind $scheme => $method })*
        }
    };
}

/// One method of [`credentials!`](crate::credentials).
#[doc(hidden)]
#[macro_export]
macro_rules! credential {
    ($(#[$docs:meta])* key $scheme:literal => $method:ident) => {
        $(#[$docs])*
        pub fn $method(self, key: impl ::std::convert::Into<$crate::Secret>) -> Self {
            self.auth($crate::ApiKey::new(key).for_scheme($scheme))
        }
    };
    ($(#[$docs:meta])* token $scheme:literal => $method:ident) => {
        $(#[$docs])*
        pub fn $method(self, token: impl ::std::convert::Into<$crate::Secret>) -> Self {
            self.auth($crate::Bearer::new(token).for_scheme($scheme))
        }
    };
    ($(#[$docs:meta])* grant $scheme:literal => $method:ident) => {
        $(#[$docs])*
        pub fn $method(mut self, grant: impl ::std::convert::Into<$crate::oauth::Grant>) -> Self {
            self.inner = self.inner.grant($scheme, grant);
            self
        }
    };
    ($(#[$docs:meta])* basic $scheme:literal => $method:ident) => {
        $(#[$docs])*
        pub fn $method(
            self,
            user: impl ::std::convert::Into<$crate::Secret>,
            password: impl ::std::convert::Into<$crate::Secret>,
        ) -> Self {
            self.auth($crate::Basic::new(user, password).for_scheme($scheme))
        }
    };
}
