//! What snapshots hold. `attache_runtime::json::to_string` makes JSON of them.

/// What a client has done so far; `client.usage()` gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// By the names of the operations.
    pub operations: Vec<OperationUsage>,
}

/// What came of the calls of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationUsage {
    /// The id of the operation.
    pub operation: String,
    /// How many calls there have been.
    pub calls: u64,
    /// Of these, how many got a success (2xx).
    pub successes: u64,
    /// How many were refused, or redirected (3xx, 4xx).
    pub refused: u64,
    /// How many failed on the server's side (5xx).
    pub failed: u64,
    /// How many were never sent: something was wrong, or a quota, a circuit or the crowd held them back.
    pub unsent: u64,
    /// How many were sent, and got no answer.
    pub unanswered: u64,
    /// How many requests were sent.
    pub attempts: u64,
    /// How many of them were a further attempt.
    pub retries: u64,
    /// How many calls ended with there being too many (429).
    pub throttled: u64,
    /// How many bytes of bodies have been read.
    pub bytes: u64,
    /// How many milliseconds calls waited for quotas and between attempts.
    pub waited_ms: f64,
    /// Half of the calls took no longer, in milliseconds, to a fifth.
    pub p50_ms: Option<f64>,
    /// 95 of 100 calls took no longer.
    pub p95_ms: Option<f64>,
    /// 99 of 100 calls took no longer.
    pub p99_ms: Option<f64>,
}

/// What holds the calls of a client back at the moment, and how far clocks are off; `client.health()` gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// How many tokens are left for retries.
    pub retry_tokens: u64,
    /// How many calls wait for room.
    pub waiting: u64,
    /// Each circuit that has been used.
    pub circuits: Vec<CircuitHealth>,
    /// Each quota that is in force: of the client, named by nothing, and of operations.
    pub quotas: Vec<QuotaHealth>,
    /// Each server whose clock is known to be off, which what is signed takes into account.
    pub clock_skews: Vec<ClockSkewHealth>,
    /// Each set of keys that the client was given.
    pub key_sets: Vec<KeySetHealth>,
}

/// One circuit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CircuitHealth {
    /// Scheme, host and port.
    pub origin: String,
    /// The group of operations.
    pub group: String,
    /// `closed`, `open` or `probing`.
    pub state: String,
    /// For how many milliseconds it is open.
    pub open_for_ms: Option<f64>,
}

/// How far the clock of a server is off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClockSkewHealth {
    /// Scheme, host and port.
    pub origin: String,
    /// By how many seconds it is ahead of the clock of the client; negative where it is behind.
    pub seconds: i64,
}

/// One quota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotaHealth {
    /// The operation, where it is the quota of one.
    pub operation: Option<String>,
    /// The group of operations, where it is the quota of one.
    pub group: Option<String>,
    /// The name of a [`QuotaBucket`](crate::limit::QuotaBucket), where it is one; without any of these, it is the
    /// quota of the client.
    pub bucket: Option<String>,
    /// Requests per second, where there is a limit.
    pub rate: Option<f64>,
    /// In how many milliseconds the next request may be sent.
    pub next_in_ms: f64,
}

/// One [`KeySet`](crate::key_set::KeySet).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeySetHealth {
    /// The security scheme that it is restricted to.
    pub scheme: Option<String>,
    /// For how many milliseconds the source of the keys has been failing.
    pub source_failing_for_ms: Option<f64>,
    /// The keys, once they have been loaded, in the order in which their source gave them.
    pub keys: Vec<KeyHealth>,
}

/// One key of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyHealth {
    /// The name of the key.
    pub key: String,
    /// `current`, `next` or `retiring`.
    pub role: String,
    /// How many requests it was chosen for.
    pub sent: u64,
    /// How many of them were refused for it.
    pub refused: u64,
    /// For how many milliseconds it is left alone, where it has been refused; nothing for one that is good.
    pub refused_for_ms: Option<f64>,
    /// In how many milliseconds its quotas let the next request of any operation through.
    pub next_in_ms: f64,
}

crate::object! { Usage { required "operations" => operations } }
crate::object! {
    OperationUsage {
        required "operation" => operation,
        required "calls" => calls,
        required "successes" => successes,
        required "refused" => refused,
        required "failed" => failed,
        required "unsent" => unsent,
        required "unanswered" => unanswered,
        required "attempts" => attempts,
        required "retries" => retries,
        required "throttled" => throttled,
        required "bytes" => bytes,
        required "waited_ms" => waited_ms,
        optional "p50_ms" => p50_ms,
        optional "p95_ms" => p95_ms,
        optional "p99_ms" => p99_ms
    }
}
crate::object! {
    Health {
        required "retry_tokens" => retry_tokens,
        required "waiting" => waiting,
        required "circuits" => circuits,
        required "quotas" => quotas,
        required "clock_skews" => clock_skews,
        required "key_sets" => key_sets
    }
}
crate::object! {
    KeySetHealth {
        optional "scheme" => scheme,
        optional "source_failing_for_ms" => source_failing_for_ms,
        required "keys" => keys
    }
}
crate::object! {
    KeyHealth {
        required "key" => key,
        required "role" => role,
        required "sent" => sent,
        required "refused" => refused,
        optional "refused_for_ms" => refused_for_ms,
        required "next_in_ms" => next_in_ms
    }
}
crate::object! { ClockSkewHealth { required "origin" => origin, required "seconds" => seconds } }
crate::object! {
    CircuitHealth {
        required "origin" => origin,
        required "group" => group,
        required "state" => state,
        optional "open_for_ms" => open_for_ms
    }
}
crate::object! {
    QuotaHealth {
        optional "operation" => operation,
        optional "group" => group,
        optional "bucket" => bucket,
        optional "rate" => rate,
        required "next_in_ms" => next_in_ms
    }
}
