//! Settings of operations, and of groups of operations.

use std::collections::BTreeMap;
use std::time::Duration;

use super::CallSettings;
use crate::admission::Priority;
use crate::call::OperationMeta;
use crate::client::ApiMeta;
use crate::hedge::Hedge;
use crate::limit::Quota;
use crate::retry::Retry;

/// Settings by what they are for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scopes {
    /// By the names of groups, which are those of the client's methods.
    groups: BTreeMap<String, CallSettings>,
    /// By the ids of operations.
    operations: BTreeMap<String, CallSettings>,
}

/// What holds for a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled<'s> {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: &'s Retry,
    pub(crate) hedge: Option<Hedge>,
    pub(crate) priority: Priority,
    /// As how many requests it counts.
    pub(crate) weight: u32,
}

impl Scopes {
    pub(crate) fn set_group(&mut self, name: String, settings: CallSettings) {
        set(&mut self.groups, name, settings);
    }

    pub(crate) fn set_operation(&mut self, name: String, settings: CallSettings) {
        set(&mut self.operations, name, settings);
    }

    /// What this says, and for the rest what another one does.
    pub(crate) fn or(mut self, other: Self) -> Self {
        let pairs = [
            (&mut self.groups, other.groups),
            (&mut self.operations, other.operations),
        ];
        for (own, others) in pairs {
            for (name, settings) in others {
                let known = own.remove(&name).unwrap_or_default();
                own.insert(name, known.or(settings));
            }
        }
        self
    }

    /// Says which of the names the API does not have; one that lists no operations may have any.
    pub(crate) fn check(&self, api: &ApiMeta) -> Result<(), String> {
        if api.operations.is_empty() {
            return Ok(());
        }
        let groups = || api.operations.iter().map(|(group, _)| *group);
        let operations = || {
            api.operations
                .iter()
                .flat_map(|(_, ids)| ids.iter().copied())
        };
        for name in self.groups.keys() {
            check("group of operations", name, groups())?;
        }
        for name in self.operations.keys() {
            check("operation", name, operations())?;
        }
        Ok(())
    }

    /// What holds for a call: what it says itself, then what is said of its operation, of the group of that, and of the
    /// client.
    pub(crate) fn settle<'s>(
        &'s self,
        call: Option<&'s CallSettings>,
        operation: &OperationMeta,
        client: &'s CallSettings,
    ) -> Settled<'s> {
        let of_operation = self.operations.get(operation.id());
        let of_group = self.groups.get(operation.group);
        let mut settled = Settled::new();
        // What is said later is more particular.
        for said in [Some(client), of_group, of_operation, call]
            .into_iter()
            .flatten()
        {
            settled.hear(said);
        }
        settled
    }

    /// The quotas of groups.
    pub(crate) fn group_quotas(&self) -> BTreeMap<String, Quota> {
        quotas(&self.groups)
    }

    /// The quotas of operations.
    pub(crate) fn operation_quotas(&self) -> BTreeMap<String, Quota> {
        quotas(&self.operations)
    }
}

impl<'s> Settled<'s> {
    fn new() -> Self {
        const RETRY: &Retry = &Retry::new();
        Self {
            timeout: Duration::MAX,
            attempt_timeout: None,
            retry: RETRY,
            hedge: None,
            priority: Priority::Normal,
            weight: 1,
        }
    }

    fn hear(&mut self, said: &'s CallSettings) {
        self.timeout = said.timeout.unwrap_or(self.timeout);
        self.attempt_timeout = said.attempt_timeout.or(self.attempt_timeout);
        self.retry = said.retry.as_ref().unwrap_or(self.retry);
        self.hedge = said.hedge.or(self.hedge);
        self.priority = said.priority.unwrap_or(self.priority);
        self.weight = said.weight.unwrap_or(self.weight);
    }
}

fn quotas(scopes: &BTreeMap<String, CallSettings>) -> BTreeMap<String, Quota> {
    let quotas = scopes.iter();
    let quotas = quotas.filter_map(|(name, settings)| Some((name.clone(), settings.quota?)));
    quotas.collect()
}

fn set(known: &mut BTreeMap<String, CallSettings>, name: String, settings: CallSettings) {
    let before = known.remove(&name).unwrap_or_default();
    known.insert(name, settings.or(before));
}

fn check<'n>(
    what: &str,
    name: &str,
    mut known: impl Iterator<Item = &'n str> + Clone,
) -> Result<(), String> {
    /// More are too many to read.
    const SHOWN: usize = 5;
    if known.clone().any(|known| known == name) {
        return Ok(());
    }
    let common = |known: &str| {
        let pairs = known.chars().zip(name.chars());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    let mut similar: Vec<&str> = known.by_ref().collect();
    similar.sort_by_key(|known| std::cmp::Reverse(common(known)));
    similar.truncate(SHOWN);
    Err(format!(
        "there is no {what} {name:?}; there are {}",
        similar.join(", ")
    ))
}
