//! What generated clients run on: a JSON codec, one call path, credentials and errors.
//!
//! A generated crate holds types, tables and request builders; everything they do is done here.
//! The modules stand in reading order: the codec and the types it knows, what a client is made of,
//! the call path, and last the macros with which generated crates state their tables.
//!
//! ```
//! use attache_runtime::transport::replay::Replay;
//! use attache_runtime::{ApiMeta, Bearer, Call, OperationMeta, SecurityScheme, Undocumented};
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
//! pub struct GetParcel { call: Call }
//! attache_runtime::request! { GetParcel => Parcel, Undocumented }
//!
//! impl Client {
//!     pub fn get_parcel(&self, id: impl Into<String>) -> GetParcel {
//!         let mut call = self.inner.call(&GET_PARCEL);
//!         call.path::<String>("id", id);
//!         GetParcel { call }
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
//! Calls run on tokio, whose timer and sockets the default clock and the default transport use.
//! No type of an HTTP or JSON library appears in a public signature, so that those can change
//! without any generated crate noticing.
//!
//! # Features
//! - `transport-reqwest` (on by default) is the transport that is used when no other is given.
//! - `xml` reads bodies of XML.
//! - `validate` adds `validate()` to all types: it checks a value against the limits that the
//!   description sets, when it is asked to.
//! - `profiles` adds `Client::from_profile`: settings from a TOML file with named profiles.
//! - `testing` adds tests of a client against its description, and a mock in the place of a server.

pub mod json;
pub mod types;
pub mod xml;

pub mod clock;
pub mod credential;
pub mod random;
pub mod transport;

mod settings;

pub mod client;

pub mod admission;
pub mod body;
pub mod breaker;
pub mod call;
pub mod coalesce;
pub mod error;
pub mod hedge;
pub mod limit;
pub mod links;
pub mod meter;
#[cfg(feature = "redis")]
pub mod redis;
pub mod response;
pub mod retry;
pub mod stream;
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
    Call, Location, MediaType, OperationMeta, Parameter, Pending, PendingDownload, PendingRaw,
    PendingResponse, Request, Style,
};
pub use client::{ApiMeta, BuildError, Client, ClientBuilder, Server};
pub use clock::Clock;
pub use credential::{ApiKey, Basic, Bearer, Credential, Secret, SecurityScheme};
pub use error::Error;
pub use hedge::Hedge;
pub use json::{
    Blank, Decode, DecodeError, Decoder, Encode, Encoder, Fault, Json, JsonNumber, Maybe,
};
pub use limit::{Quota, SharedQuotas};
pub use pagination::{Continuation, Items, Page, Pages, Pagination};
pub use response::{Answer, Download, FromResponse, Response, Text, Undocumented};
pub use retry::{Retry, RetryClass};
pub use settings::Environment;
pub use stream::EventStream;
pub use transport::{Bytes, Headers, Transport};
pub use types::{
    Base64, Date, DateTime, IsoDuration, JsonText, StringInteger, Time, UnixTime, Uuid,
};
#[cfg(feature = "validate")]
pub use validation::{Validate, Violation, Violations};
pub use xml::XmlShape;
