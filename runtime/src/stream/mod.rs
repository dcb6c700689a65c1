//! Answers that say one thing after the other: server-sent events and sequences of JSON values.
//!
//! Input: a body that is still arriving, and how its media type separates one value from the next.
//! Output: a stream of typed values; each is there as soon as the server has sent it whole.
//! Invariants: nothing is read ahead of who asks for the next value; dropping the stream gives the
//! answer up; a value that cannot be read is an error with its bytes, and the next one still comes.
//! Never: a connection made again without being asked for it, or for a call that is not safe.

mod event_stream;
mod frames;
mod framing;
mod lines;
mod meta;
mod server_sent;

pub use event_stream::EventStream;
pub use meta::{EventShape, StreamMeta};
