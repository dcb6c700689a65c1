//! What a client does unless it is told otherwise.

use std::time::Duration;

use crate::breaker::Breaker;
use crate::retry::Retry;

/// What a client does unless it is told otherwise, by versions, so that an update of this crate changes no figure that
/// nobody asked to have changed.
///
/// | | version 1 |
/// |---|---|
/// | timeout of a call | 30 seconds |
/// | timeout of an attempt | none of its own |
/// | attempts | 3, with waits of up to 50 ms, 100 ms and so on, up to 20 s; after 429 of up to 1 s, 2 s and so on |
/// | longest wait that a server may ask for | 120 seconds |
/// | retry budget | 500 tokens |
/// | circuit breaker | opens at 50 % of at least 20 requests in 10 s |
/// | body of an answer in memory | 64 MiB |
///
/// Connections have defaults of their own: [`Connections`](crate::transport::Connections).
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::Defaults;
///
/// let builder = ClientBuilder::new(&API).defaults(Defaults::V1);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Defaults {
    /// The first version, and the newest.
    #[default]
    V1,
}

impl Defaults {
    pub(super) const fn timeout(self) -> Duration {
        match self {
            Defaults::V1 => Duration::from_secs(30),
        }
    }

    pub(super) const fn retry(self) -> Retry {
        match self {
            Defaults::V1 => Retry::new(),
        }
    }

    pub(super) const fn retry_budget(self) -> u32 {
        match self {
            Defaults::V1 => 500,
        }
    }

    pub(super) const fn breaker(self) -> Breaker {
        match self {
            Defaults::V1 => Breaker::new(),
        }
    }

    /// Bytes.
    pub(super) const fn body_limit(self) -> usize {
        match self {
            Defaults::V1 => 64 << 20,
        }
    }
}
