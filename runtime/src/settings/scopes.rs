//! Settings of operations, and of groups of operations.

use std::collections::BTreeMap;
use std::time::Duration;

use super::CallSettings;
use crate::admission::Priority;
use crate::call::OperationMeta;
use crate::client::ApiMeta;
use crate::credential::SecurityScheme;
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
        for name in self.groups.keys() {
            check("group of operations", name, groups())?;
        }
        let mut operations = self.operations.keys();
        operations.try_for_each(|name| check_operation(api, name))
    }

    /// What is said of an operation, then of its group, then of the client.
    pub(crate) fn settings(
        &self,
        operation: &OperationMeta,
        client: &CallSettings,
    ) -> CallSettings {
        let of_operation = self.operations.get(operation.id()).cloned();
        let of_group = self.groups.get(operation.group).cloned();
        let said = of_operation.unwrap_or_default();
        said.or(of_group.unwrap_or_default()).or(client.clone())
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
    /// What a call says itself, then what is said of its operation.
    pub(crate) fn of(call: &'s CallSettings, operation: &'s CallSettings) -> Self {
        const RETRY: &Retry = &Retry::new();
        let retry = call.retry.as_ref().or(operation.retry.as_ref());
        let (timeout, priority) = (
            call.timeout.or(operation.timeout),
            call.priority.or(operation.priority),
        );
        Self {
            timeout: timeout.unwrap_or(Duration::MAX),
            attempt_timeout: call.attempt_timeout.or(operation.attempt_timeout),
            retry: retry.unwrap_or(RETRY),
            hedge: call.hedge.or(operation.hedge),
            priority: priority.unwrap_or_default(),
            weight: call.weight.or(operation.weight).unwrap_or(1),
        }
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

/// Says that an API has no such operation; one that lists none may have any.
pub(crate) fn check_operation(api: &ApiMeta, name: &str) -> Result<(), String> {
    let all = api.operations.iter();
    match api.operations {
        [] => Ok(()),
        _ => check(
            "operation",
            name,
            all.flat_map(|(_, ids)| ids.iter().copied()),
        ),
    }
}

/// Says that an API has no such security scheme.
pub(crate) fn check_scheme(api: &ApiMeta, name: &str) -> Result<(), String> {
    let all = api.security_schemes.iter();
    check("security scheme", name, all.map(SecurityScheme::name))
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
    let similar = match similar.is_empty() {
        true => "none".to_owned(),
        false => similar.join(", "),
    };
    Err(format!("there is no {what} {name:?}; there are {similar}"))
}
