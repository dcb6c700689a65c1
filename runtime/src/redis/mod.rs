//! A Redis server in which processes count their requests together.
//!
//! Input: the buckets that a request takes a place in, and how long it can wait.
//! Output: a place, by the clock of the server, in one round trip and one script.
//! Invariants: see [`RedisQuotas`] for how many requests there are at the most; when the server is away, each process
//! keeps to its part of the quota, and nobody waits for the server longer than its timeout.
//! Never: a lock, or more than the times of buckets in the server.

mod quotas;

pub use quotas::RedisQuotas;
