//! A small client, written by hand exactly as the generator writes them.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "in a crate of its own all of this would be public"
)]

pub mod api;
pub mod types;

use attache_runtime::SecurityScheme;

static API: attache_runtime::ApiMeta =
    attache_runtime::ApiMeta::new("parcels_client", "https://api.example.com/v1")
        .security(&[&["apiKey"], &["bearer"]])
        .security_schemes(&[
            SecurityScheme::api_key_header("apiKey", "X-Api-Key"),
            SecurityScheme::api_key_query("queryKey", "key"),
            SecurityScheme::api_key_cookie("session", "sid"),
            SecurityScheme::bearer("bearer"),
            SecurityScheme::basic("basic"),
            SecurityScheme::other("oidc", "openIdConnect"),
        ]);

/// The client.
#[derive(Clone, Debug)]
pub struct Client {
    inner: attache_runtime::Client,
}
attache_runtime::client! { Client, ClientBuilder, API }

impl Client {
    /// Parcels.
    pub fn parcels(&self) -> api::Parcels<'_> {
        api::Parcels::new(&self.inner)
    }
}
