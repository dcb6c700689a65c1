//! Why a record cannot be read or written.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Says why a record cannot be read or written: what happened, where, and what to do about it.
///
/// It names places, keys of records and ids of keys, and nothing that is secret.
///
/// ```
/// use attache_runtime::store::StoreError;
///
/// let error = StoreError::unavailable("the vault does not answer").at("https://vault").help("try again");
/// assert!(error.is_unavailable());
/// assert_eq!(error.to_string(), "the vault does not answer (https://vault): try again");
/// ```
#[derive(Clone, Debug)]
pub struct StoreError {
    kind: Kind,
    what: String,
    place: Option<String>,
    record: Option<String>,
    help: Option<String>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Unavailable,
    Invalid,
    Damaged,
    Tampered,
    RolledBack,
    UnknownKey,
    WrongKey,
    Exposed,
}

impl StoreError {
    /// Makes an error that may be gone the next time: a disk is full, a server away.
    pub fn unavailable(what: impl Into<String>) -> Self {
        Self::new(Kind::Unavailable, what)
    }

    /// Makes an error that is there because of what was asked for or configured.
    pub fn invalid(what: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, what)
    }

    /// Makes an error that says that a key of encryption is not there.
    pub fn unknown_key(kid: &str) -> Self {
        let what = format!("it is encrypted with the key {kid:?}, which is not among the keys");
        Self::new(Kind::UnknownKey, what)
            .help("add that key behind the newest one, until `rewrap` has replaced it everywhere")
    }

    /// Makes an error that says that what is stored is not what was written.
    pub fn tampered(what: impl Into<String>) -> Self {
        Self::new(Kind::Tampered, what).help(
            "find out who can write to the store, then restore a backup or log in anew; \
             nothing of the record was used",
        )
    }

    pub(super) fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            place: None,
            record: None,
            help: None,
            source: None,
        }
    }

    /// Adds where it happened, a path or a table, unless that is known.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place.get_or_insert_with(|| place.into());
        self
    }

    /// Adds the key of the record, unless that is known.
    pub fn of_record(mut self, key: impl Into<String>) -> Self {
        self.record.get_or_insert_with(|| key.into());
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what caused it, which must not hold secrets.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// Returns true if the store could not be reached or written, which may be gone the next time.
    pub fn is_unavailable(&self) -> bool {
        self.kind == Kind::Unavailable
    }

    /// Returns true if what was asked for or configured is wrong: a key that is too long, a text that is no key.
    pub fn is_invalid(&self) -> bool {
        self.kind == Kind::Invalid
    }

    /// Returns true if a file is cut off or damaged.
    pub fn is_damaged(&self) -> bool {
        self.kind == Kind::Damaged
    }

    /// Returns true if a record was changed, moved, swapped, removed or put back without the keys.
    pub fn is_tampered(&self) -> bool {
        matches!(self.kind, Kind::Tampered | Kind::RolledBack)
    }

    /// Returns true if the store went back to an older version of a record, after a backup was restored for example.
    pub fn is_rolled_back(&self) -> bool {
        self.kind == Kind::RolledBack
    }

    /// Returns true if a record is encrypted with a key that is not there.
    pub fn is_unknown_key(&self) -> bool {
        self.kind == Kind::UnknownKey
    }

    /// Returns true if a key has the id of the one that encrypted a record, and is another one.
    pub fn is_wrong_key(&self) -> bool {
        self.kind == Kind::WrongKey
    }

    /// Returns true if others than its owner may read a file.
    pub fn is_exposed(&self) -> bool {
        self.kind == Kind::Exposed
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match (&self.record, &self.place) {
            (Some(record), Some(place)) => write!(f, " (record {record:?} in {place})")?,
            (Some(record), None) => write!(f, " (record {record:?})")?,
            (None, Some(place)) => write!(f, " ({place})")?,
            (None, None) => {}
        }
        if let Some(help) = &self.help {
            write!(f, ": {help}")?;
        }
        Ok(())
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
