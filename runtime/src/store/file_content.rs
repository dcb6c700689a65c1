//! What is in the file of a store.
//!
//! `attache-store-1` and a line break, the SHA-256 of all that follows, then the records in the order of their keys: key,
//! version, value and lease, each of the last two behind a byte that says whether there is one.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};

use super::Record;
use super::fields::{Fields, put_bytes, put_number};

const FORM: &[u8] = b"attache-store-1\n";
const SUM: usize = 32;

/// The records of a store, and who has a lease of them.
#[derive(Default)]
pub(super) struct FileContent {
    entries: BTreeMap<String, Entry>,
}

#[derive(Default)]
struct Entry {
    record: Record,
    lease: Option<Lease>,
}

struct Lease {
    owner: String,
    /// By the clock of the system, which all processes of a machine have in common, in milliseconds since 1970.
    ends: u64,
}

impl FileContent {
    pub(super) fn record(&self, key: &str) -> Record {
        let entry = self.entries.get(key);
        entry.map_or_else(Record::default, |entry| entry.record.clone())
    }

    pub(super) fn keys(&self) -> Vec<String> {
        let entries = self.entries.iter();
        let present = entries.filter(|(_, entry)| entry.record.value.is_some());
        present.map(|(key, _)| key.clone()).collect()
    }

    /// Says whether the version was the expected one.
    pub(super) fn write(&mut self, key: &str, expected: u64, value: Option<Vec<u8>>) -> bool {
        let entry = self.entries.entry(key.to_owned()).or_default();
        match expected.checked_add(1) {
            Some(version) if entry.record.version == expected => {
                entry.record = Record { version, value };
                true
            }
            _ => false,
        }
    }

    /// Says whether the owner has it.
    pub(super) fn lease(&mut self, key: &str, owner: &str, ttl: Duration) -> bool {
        let now = now();
        let entry = self.entries.entry(key.to_owned()).or_default();
        let lease = entry.lease.as_ref();
        let is_free = lease.is_none_or(|lease| lease.owner == owner || lease.ends <= now);
        if is_free {
            entry.lease = Some(Lease {
                owner: owner.to_owned(),
                ends: now.saturating_add(millis(ttl)),
            });
        }
        is_free
    }

    /// Says whether the owner had it.
    pub(super) fn release(&mut self, key: &str, owner: &str) -> bool {
        let entry = self.entries.get_mut(key);
        let lease = entry.and_then(|entry| entry.lease.take_if(|lease| lease.owner == owner));
        lease.is_some()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (key, entry) in &self.entries {
            put_bytes(&mut body, key.as_bytes());
            put_number(&mut body, entry.record.version);
            body.push(u8::from(entry.record.value.is_some()));
            if let Some(value) = &entry.record.value {
                put_bytes(&mut body, value);
            }
            body.push(u8::from(entry.lease.is_some()));
            if let Some(lease) = &entry.lease {
                put_bytes(&mut body, lease.owner.as_bytes());
                put_number(&mut body, lease.ends);
            }
        }
        [FORM, digest(&SHA256, &body).as_ref(), &body].concat()
    }

    /// None where a bit is another one than was written, or any is missing.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_prefix(FORM)?;
        let (sum, body) = body.split_at_checked(SUM)?;
        if digest(&SHA256, body).as_ref() != sum {
            return None;
        }
        let mut content = Self::default();
        let mut fields = Fields::new(body);
        while !fields.is_empty() {
            let key = fields.text()?.to_owned();
            content.entries.insert(key, Entry::read(&mut fields)?);
        }
        Some(content)
    }
}

impl Entry {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let version = fields.number()?;
        let value = match fields.byte()? {
            0 => None,
            _ => Some(fields.bytes()?.to_vec()),
        };
        let lease = match fields.byte()? {
            0 => None,
            _ => Some(Lease {
                owner: fields.text()?.to_owned(),
                ends: fields.number()?,
            }),
        };
        let record = Record { version, value };
        Some(Self { record, lease })
    }
}

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    millis(time.unwrap_or_default())
}

/// Milliseconds, rounded up, so that no lease is over at once that was to last.
pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
