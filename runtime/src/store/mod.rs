//! Where credentials are kept, encrypted: in memory, in a file, in a database.
//!
//! Input: records of bytes by key, and the keys that encrypt them.
//! Output: the same records, or why they cannot be trusted or reached.
//! Invariants: a record is written only where nobody else has written since it was read; its version never goes back, also
//! when it is removed; what was changed, moved, swapped or put back by anyone without the keys is refused, and so is what
//! is cut off or damaged.
//! Never: a secret at rest in clear, in `Debug` or in an error; a damaged store that is taken for an empty one.

mod aes_gcm;
mod anchor;
mod blocking;
mod encrypted;
mod encryption_key;
mod encryption_keys;
mod error;
mod fields;
mod file_content;
mod file_store;
mod key_file;
mod key_provider;
#[cfg(feature = "keyring")]
mod keyring_entry;
mod memory_store;
#[cfg(feature = "postgres")]
mod postgres_connection;
#[cfg(feature = "postgres")]
mod postgres_store;
mod private_file;
mod record_store;
mod sealed;
mod seen;
#[cfg(feature = "sqlite")]
mod sqlite_store;
#[cfg(test)]
mod tests;

pub(crate) use blocking::blocking;
pub use encrypted::Encrypted;
pub use encryption_keys::EncryptionKeys;
pub use error::StoreError;
pub use file_store::FileStore;
pub use key_provider::{DataKey, KeyProvider, WrappedKey};
pub use memory_store::MemoryStore;
#[cfg(feature = "postgres")]
pub use postgres_connection::PostgresConnection;
#[cfg(feature = "postgres")]
pub use postgres_store::PostgresStore;
#[cfg(feature = "profiles")]
pub(crate) use private_file::make_private_folder;
pub(crate) use private_file::read as read_private;
pub use record_store::{Record, RecordStore};
#[cfg(feature = "sqlite")]
pub use sqlite_store::SqliteStore;
