//! Keys that take turns: one is sent, others are there for when it is refused or used up, and all of them can be
//! replaced while the client runs.
//!
//! Input: the keys of a source, what servers answered to each, the time.
//! Output: the key of one request, or why there is none.
//! Invariants: a key that a server refuses is sent by the requests under way, and then by no more than one at a time,
//! ever more rarely; a key that is good is never held up by a source; what a server says of the quota of one key holds for
//! no other.
//! Never: the text of a key in `Debug`, in an error, in a span or in a snapshot; they show names.
//!
//! # Which answers refuse a key
//! - 401 does, unless it says that a scope is missing (`insufficient_scope`, RFC 6750). The request is sent again with
//!   the next key. The key is left alone for the operation at once; for all operations as soon as another key gets in
//!   where it did not, or a second operation is refused to it.
//! - 403 may as well say that its owner must not do this. The request is sent again with the next key, too, but the key
//!   counts as refused only if the other one gets in. Where none does, answers of 403 are taken as they are for one second,
//!   then two, and so on up to a minute. One that speaks of a quota (`Retry-After`, nothing remaining) refuses no key.
//!
//! A key gets in with an answer of 2xx. It is sent again as often as [`Retry`](crate::Retry) allows attempts, once with each
//! key, if the body can be sent twice; a request that was refused for its key has not been carried out, whatever the operation does.
//!
//! A refused key is tried by one call after 10 seconds, then 20, and so on up to 10 minutes, and by all calls when a
//! source has brought other keys. While all keys are refused, calls fail without being sent.
//!
//! # Which key is sent
//! Those that are [`current`](KeyRole::Current), then [`next`](KeyRole::Next), then [`retiring`](KeyRole::Retiring). When
//! all that were current are refused and one that is next gets in, it becomes current, and they retire. Of several that are
//! equal, the one whose quota lets it go soonest; then the one that has the most left; then the one that was used least.

mod choice;
mod error;
#[cfg(feature = "store")]
mod file;
mod key;
mod kind;
mod loading;
mod member;
mod pause;
mod reload;
mod roster;
mod set;
mod source;
mod standing;
#[cfg(test)]
mod tests;
mod variables;

pub use error::KeyError;
#[cfg(feature = "store")]
pub use file::KeyFile;
pub use key::{Key, KeyRole};
pub(crate) use kind::KeyKind;
pub(crate) use member::{HeldKey, Member};
pub(crate) use roster::{Need, Refused};
pub use set::KeySet;
pub use source::KeySource;
pub use variables::KeyVariables;
