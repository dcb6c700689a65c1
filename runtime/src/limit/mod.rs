//! How many requests are sent in a time: what the API allows, corrected by what the server says.
//!
//! Input: quotas of the description, the settings and the server's headers; the time; how long a call can wait.
//! Output: how long to wait before a request, or that the wait would be too long.
//! Invariants: in any span of time no more requests are sent than the quota allows in it, and its burst; requests go
//! in the order in which they asked; nobody waits for longer than there is time.
//! Never: a wait or a clock of its own.
//!
//! The algorithm is the generic cell rate algorithm (ITU-T I.371): one number says when the bucket is full again, and a
//! request moves it on.

mod bucket;
mod feedback;
mod key_quotas;
mod limiter;
#[cfg(feature = "redis")]
mod own_share;
mod paced;
mod quota;
mod quota_bucket;
mod shared;

pub(crate) use feedback::Feedback;
pub(crate) use key_quotas::KeyQuotas;
pub(crate) use limiter::{Buckets, Limiter, Limits, OwnBucket};
#[cfg(feature = "redis")]
pub(crate) use own_share::OwnShare;
pub use paced::{BufferedByQuota, Calls, Paced, buffered_by_quota, paced};
pub use quota::Quota;
pub use quota_bucket::QuotaBucket;
pub use shared::{Claim, Place, SharedQuotas};

#[cfg(all(test, attache_loom))]
mod models;
#[cfg(all(test, not(attache_loom)))]
mod tests;
