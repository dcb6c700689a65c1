//! What generated clients run on: a JSON codec, one call path, credentials and errors.
//!
//! A generated crate holds types, tables and requests; everything they do is done here.
//! The modules stand in reading order: the codec and the types it knows, what a client is made of,
//! the call path, and last the macros with which generated crates state their tables.
//!
//! ```
//! use attache_runtime::transport::replay::Replay;
//! use attache_runtime::{ApiMeta, Bearer, OperationMeta, SecurityScheme, Undocumented};
//!
//! // What a generator writes, in small:
//! static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1")
//!     .security_schemes(&[SecurityScheme::bearer("token")]);
//! static GET_PARCEL: OperationMeta =
//!     OperationMeta::new("getParcel", "GET", "/parcels/{id}").security(&[&["token"]]);
//!
//! #[derive(Clone, Debug)]
//! pub struct Client { inner: attache_runtime::Client }
//! attache_runtime::client! { Client, ClientBuilder, API }
//!
//! #[derive(Debug)]
//! pub struct Parcel { pub id: String, pub weight: Option<i64> }
//! attache_runtime::object! { Parcel { required "id" => id, optional "weight" => weight } }
//!
//! attache_runtime::requests! { Request }
//! pub enum GetParcel {}
//! attache_runtime::operation! { GetParcel => Parcel, Undocumented }
//!
//! impl Client {
//!     pub fn get_parcel(&self, id: impl Into<String>) -> Request<GetParcel> {
//!         let mut call = self.inner.call(&GET_PARCEL);
//!         call.path::<String>("id", id);
//!         Request::new(call)
//!     }
//! }
//!
//! // What its user writes, here against an answer from a script:
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let replay = Replay::new().json(200, r#"{"id":"p_1"}"#).expecting("GET", "/v1/parcels/p_1");
//! let client = Client::builder().auth(Bearer::new("secret")).transport(replay.clone()).build()?;
//! let parcel = client.get_parcel("p_1").send().await?;
//! assert_eq!(parcel.id, "p_1");
//! assert_eq!(replay.requests()[0].headers.get("authorization"), Some("Bearer secret"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # Guarantees
//!
//! What holds in figures, and the test that shows it. All times are those of the [`Clock`] of the client.
//!
//! | guarantee | test |
//! |---|---|
//! | A call is sent at the most as often as [`Retry`] says (3 times by default), hedges included | `tests/simulation/main.rs` `guarantees_hold_in_any_schedule` |
//! | Nothing is sent after the deadline of a call (30 s by default), or after its future is dropped | `tests/simulation/main.rs` `guarantees_hold_in_any_schedule` |
//! | All retries and hedges of a client cost 14 tokens each, or 5 after a 429, of a budget of 500; a success gives back at the most what its last retry cost | `tests/retry.rs` `calls_share_a_budget` |
//! | What a server may have acted on is sent again only where the operation is safe, idempotent or has a key | `tests/simulation/main.rs` `guarantees_hold_in_any_schedule` |
//! | A server that asks for a longer wait than 120 s, or than there is left, fails the call at once, which carries the time | `src/retry/tests.rs` `a_server_may_ask_for_more_but_not_for_any_time` |
//! | In any span of `t` seconds a client sends at the most `rate · t + burst` requests of a quota | `src/limit/tests.rs` `no_window_has_more_than_the_quota` |
//! | Calls pass a quota in the order in which they asked, and one whose turn would come after its deadline fails at once | `tests/limits.rs` `what_would_be_too_late_fails_at_once` |
//! | Processes that share a quota by way of Redis send at the most `rate · (t + d) + burst · (1 + 2 · outages) + lease · processes` requests | `tests/shared_quotas.rs` `eight_processes_keep_to_one_quota_whatever_is_killed` |
//! | No more requests are under way at once than [`Admission`] says, and no place is lost however calls end | `src/admission/tests.rs` `permits_are_conserved` |
//! | While a circuit is open (5 s at first, 60 s at the most) nothing is sent there, and then at the most 3 probes at once | `src/breaker/tests.rs` `a_failed_probe_opens_it_for_longer` |
//! | Only what changes nothing is sent twice at once, at the most two requests, of which the loser is given up | `tests/hedging.rs` `the_quicker_one_counts_and_the_other_is_given_up` |
//! | Of calls that share a request, one at a time sends it | `tests/coalescing.rs` `when_who_sends_it_gives_up_another_one_takes_over` |
//! | However many calls need an access token, one request fetches it, and goes on when they give up; one that is valid is used until the next is there | `tests/tokens.rs` `a_thousand_calls_fetch_one_token` |
//! | A token that a server refuses is replaced, and the request sent again, at the most once for each call and once in 10 s | `tests/tokens.rs` `a_refused_request_is_sent_again_once_whatever_it_does` |
//! | A key of a set that a server refuses is sent by the requests under way, and then by one call after 10 s, 20 s, and so on up to 600 s | `tests/key_sets/refusals.rs` `a_thousand_calls_send_a_refused_key_no_more_often_than_were_under_way` |
//! | A server that collapsed under its backlog recovers once what brought it down is over | `tests/metastable.rs` `a_server_recovers_with_the_budget_and_not_without` |
//! | Whatever the headers of an answer say, a call ends in its time, and nothing panics | `tests/hostile_headers.rs` `whatever_headers_say_a_call_ends_in_its_time` |
//! | An answer in memory has at the most 64 MiB by default, after its content coding came off | `tests/downloads.rs` `bombs_damage_and_unknown_codings` |
//!
//! Calls run on tokio, whose timer and sockets the default clock and the default transport use.
//! No type of an HTTP or JSON library appears in a public signature, so that those can change
//! without any generated crate noticing.
//!
//! # Features
//! - `transport-hyper` (on by default) is the transport that is used when no other is given.
//! - `transport-reqwest` adds another one, on reqwest; it is used where `transport-hyper` is off.
//! - `xml` reads bodies of XML.
//! - `validate` adds `validate()` to all types: it checks a value against the limits that the
//!   description sets, when it is asked to.
//! - `profiles` adds `Client::from_profile`: settings from a TOML file with named profiles. Together with `store`, also
//!   logins that `attache auth` made; with `presets`, those of vendors by name.
//! - `gzip` (on by default), `brotli` and `zstd` read answers that servers compress.
//! - `jwt` signs tokens: GitHub Apps, Google's service accounts, clients that say who they are by a key.
//! - `sigv4` signs requests as AWS wants it.
//! - `digest` answers servers that ask for HTTP Digest.
//! - `hmac` signs requests by HMAC, by schemes that are written down.
//! - `http-signatures` signs requests as HTTP Message Signatures (RFC 9421) have it.
//! - `store` keeps credentials, encrypted, in memory or in a file; `sqlite` and `postgres` in a database, and `keyring`
//!   keeps the keys in the keyring of the operating system.
//! - `presets` knows what the APIs of some vendors want of a client.
//! - `redis` shares quotas between processes by way of a Redis server.
//! - `metrics` and `opentelemetry` hand measurements to the crate `metrics` and to OpenTelemetry.
//! - `tower` puts services of `tower` below the call path, and above it.
//! - `testing` adds tests of a client against its description, and a mock in the place of a server.

pub mod json;
pub mod types;
pub mod xml;

pub mod clock;
pub mod credential;
pub mod random;
pub mod transport;

mod settings;
mod sync;

pub mod client;

pub mod admission;
pub mod body;
pub mod breaker;
pub mod call;
pub mod coalesce;
pub mod error;
pub mod hedge;
#[cfg(feature = "jwt")]
pub mod jwt;
pub mod key_set;
pub mod limit;
pub mod links;
pub mod log;
pub mod meter;
pub mod oauth;
#[cfg(feature = "presets")]
pub mod presets;
#[cfg(feature = "profiles")]
pub mod profiles;
#[cfg(feature = "redis")]
pub mod redis;
pub mod response;
pub mod retry;
pub mod signing;
#[cfg(feature = "store")]
pub mod store;
pub mod stream;
pub mod token;
#[cfg(feature = "tower")]
pub mod tower;
pub mod usage;

pub mod pagination;

#[cfg(feature = "validate")]
pub mod validation;

#[cfg(feature = "testing")]
pub mod testing;

mod macros;

/// The date and time library behind [`DateTime`], [`Date`] and [`Time`].
pub use jiff;

pub use admission::{Admission, Priority};
pub use body::{Body, Upload};
pub use breaker::Breaker;
pub use call::{
    ApiOperation, Call, Location, MediaType, OperationMeta, Parameter, Pending, PendingDownload,
    PendingRaw, PendingResponse, Request, Style,
};
pub use client::{ApiMeta, BuildError, Client, ClientBuilder, Defaults, Server};
pub use clock::Clock;
pub use credential::{
    ApiKey, Basic, Bearer, ClientCertificate, Credential, OperationScopes, Secret, SecurityScheme,
};
pub use error::Error;
pub use hedge::Hedge;
pub use json::{
    Blank, Decode, DecodeError, Decoder, Encode, Encoder, Fault, Json, JsonNumber, Maybe,
};
pub use limit::{Quota, SharedQuotas};
pub use log::BodyLog;
pub use pagination::{Continuation, Items, Page, Pages, Pagination};
pub use response::{Answer, Download, FromResponse, Response, Text, Undocumented};
pub use retry::{Retry, RetryClass};
pub use settings::{CallSettings, Environment};
pub use stream::EventStream;
pub use transport::{Bytes, Headers, Transport};
pub use types::{
    Base64, Date, DateTime, IsoDuration, JsonText, StringInteger, Time, UnixTime, Uuid,
};
#[cfg(feature = "validate")]
pub use validation::{Validate, Violation, Violations};
pub use xml::XmlShape;
