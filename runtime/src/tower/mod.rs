//! Services of `tower` at both edges of the call path (feature `tower`).
//!
//! Input: a service that carries requests; a client.
//! Output: a transport made of the service; a service made of a transport, or of the client.
//! Invariants: a service below the path sees each attempt, one above it sees each call.
//! Never: a request to a service that is not ready.
//!
//! Retries, limits and timeouts of `tower` below the path know nothing of those of the client: what counts and waits
//! there counts and waits once more.

mod above;
mod below;

pub use above::ClientService;
pub use below::{ServiceTransport, TransportService};
