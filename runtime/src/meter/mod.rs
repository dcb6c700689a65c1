//! Measurements, for whoever collects them.
//!
//! Input: what came of each attempt and each call.
//! Output: the same, handed to a [`Meter`] as plain data.
//! Invariants: names and numbers only: nothing that a caller or a server said, and no address with values in it.
//! Never: a wait; a meter is called while the call goes on.
//!
//! [`MetricsMeter`] (feature `metrics`) and [`OpenTelemetryMeter`] (feature `opentelemetry`) record:
//!
//! | name | unit | of |
//! |---|---|---|
//! | `http.client.request.duration` | seconds | an attempt, with the attributes of [OpenTelemetry's conventions] |
//! | `attache.call.duration` | seconds | a call, waits and retries included |
//! | `attache.call.attempts` | attempts | a call |
//! | `attache.call.waited` | seconds | a call: its waits for quotas, and between attempts |
//!
//! [OpenTelemetry's conventions]: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/

#[cfg(feature = "metrics")]
mod metrics;
#[cfg(feature = "opentelemetry")]
mod opentelemetry;
mod record;

#[cfg(feature = "metrics")]
pub use self::metrics::MetricsMeter;
#[cfg(feature = "opentelemetry")]
pub use self::opentelemetry::OpenTelemetryMeter;
pub use record::{AttemptRecord, CallRecord, Meter};

/// What the adapters record.
#[cfg(any(feature = "metrics", feature = "opentelemetry"))]
mod names {
    pub(super) const ATTEMPT_DURATION: &str = "http.client.request.duration";
    pub(super) const CALL_DURATION: &str = "attache.call.duration";
    pub(super) const CALL_ATTEMPTS: &str = "attache.call.attempts";
    pub(super) const CALL_WAITED: &str = "attache.call.waited";

    pub(super) const OPERATION: &str = "attache.operation";
    pub(super) const METHOD: &str = "http.request.method";
    pub(super) const TEMPLATE: &str = "url.template";
    pub(super) const ADDRESS: &str = "server.address";
    pub(super) const PORT: &str = "server.port";
    pub(super) const STATUS: &str = "http.response.status_code";
    pub(super) const ERROR: &str = "error.type";
}
