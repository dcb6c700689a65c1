//! One key as a client uses it, and one that is held for a request.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use super::kind::Make;
use super::{Key, KeySet, Refused};
use crate::call::OperationMeta;
use crate::credential::Credential;
use crate::limit::{Feedback, KeyQuotas, Quota, QuotaBucket};

/// A key with its quotas, which stays the same one when a source gives it again.
#[derive(Debug)]
pub(crate) struct Member {
    key: Key,
    pub(super) credential: Credential,
    pub(super) quotas: KeyQuotas,
}

impl Member {
    pub(super) fn new(key: Key, make: &Make, now: Instant) -> Result<Self, String> {
        Ok(Self {
            credential: make.credential(&key)?,
            quotas: KeyQuotas::new(key.quota, now),
            key,
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.key.name
    }

    /// Whether it is the same key, whatever its role.
    pub(super) fn is(&self, key: &Key) -> bool {
        self.key.is(key)
    }
}

/// The key of one request.
#[derive(Clone)]
pub(crate) struct HeldKey {
    pub(super) set: KeySet,
    pub(super) member: Arc<Member>,
    /// When it was chosen.
    pub(super) chosen: Instant,
}

impl HeldKey {
    pub(crate) fn is_of(&self, set: &KeySet) -> bool {
        self.set.is(set)
    }

    pub(crate) fn name(&self) -> &str {
        self.member.name()
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.member.credential
    }

    /// Whether it may be sent still.
    pub(crate) fn is_sendable(&self, operation: &OperationMeta) -> bool {
        let roster = &self.set.state().roster;
        roster.is_sendable(&self.member, operation, self.chosen)
    }

    /// Whether its quotas are in the place of those of the client's operations.
    pub(crate) fn has_own_quotas(&self) -> bool {
        self.set.has_own_quotas()
    }

    /// The buckets that a request takes its place in.
    pub(crate) fn buckets(
        &self,
        operation: &OperationMeta,
        own: Option<Quota>,
    ) -> Vec<QuotaBucket> {
        let own = own.filter(|_| self.has_own_quotas());
        self.member.quotas.buckets(operation, own)
    }

    /// What a server says of quotas when it was sent.
    pub(crate) fn observe(&self, operation: &OperationMeta, feedback: &Feedback, now: Instant) {
        self.member.quotas.observe(operation, feedback, now);
    }

    /// It got in with a request that was sent at a time, which others may have been refused.
    pub(crate) fn get_in(
        &self,
        operation: &OperationMeta,
        refused: &[Refused],
        sent: Instant,
        now: Instant,
    ) {
        self.set.get_in(&self.member, operation, refused, sent, now);
    }

    /// It was refused, which is noted where it is certain.
    pub(crate) fn refuse(
        &self,
        operation: &OperationMeta,
        status: u16,
        sent: Instant,
        now: Instant,
    ) {
        if status == 401 {
            self.set.refuse(&self.member, operation, status, sent, now);
        }
    }

    /// The same, as the call keeps it.
    pub(crate) fn refused(&self, status: u16, sent: Instant) -> Refused {
        Refused {
            member: self.member.clone(),
            status,
            sent,
        }
    }

    pub(crate) fn set(&self) -> &KeySet {
        &self.set
    }
}

impl fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HeldKey").field(&self.name()).finish()
    }
}
