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
            /// Limits how many bytes of an answer are kept in memory; the default is 64 MiB.
            pub fn body_limit(mut self, bytes: usize) -> Self {
                self.inner = self.inner.body_limit(bytes);
                self
            }
            /// Sends a header with every request.
            pub fn header(
                mut self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner = self.inner.header(name, value);
                self
            }
            /// Sends this text as the `User-Agent`.
            pub fn user_agent(
                mut self,
                user_agent: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner = self.inner.user_agent(user_agent);
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
    };
}
