//! Measurements for OpenTelemetry.

use std::fmt;

use ::opentelemetry::KeyValue;
use ::opentelemetry::metrics::{Histogram, Meter as Instruments};

use super::names::*;
use super::{AttemptRecord, CallRecord, Meter};
use crate::call::OperationMeta;

/// The boundaries that OpenTelemetry's conventions give for the duration of requests, in seconds.
const BOUNDARIES: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

/// Records measurements with an OpenTelemetry meter (feature `opentelemetry`).
///
/// ```
/// use attache_runtime::meter::OpenTelemetryMeter;
///
/// # fn with(builder: attache_runtime::ClientBuilder) -> attache_runtime::ClientBuilder {
/// let meter = opentelemetry::global::meter("parcels");
/// builder.meter(OpenTelemetryMeter::new(&meter))
/// # }
/// ```
#[derive(Clone)]
pub struct OpenTelemetryMeter {
    attempt_duration: Histogram<f64>,
    call_duration: Histogram<f64>,
    call_attempts: Histogram<u64>,
    call_waited: Histogram<f64>,
}

impl OpenTelemetryMeter {
    /// Makes the instruments.
    pub fn new(meter: &Instruments) -> Self {
        let seconds = |name, description| {
            let histogram = meter.f64_histogram(name).with_unit("s");
            histogram
                .with_description(description)
                .with_boundaries(BOUNDARIES.to_vec())
                .build()
        };
        Self {
            attempt_duration: seconds(ATTEMPT_DURATION, "Duration of HTTP client requests."),
            call_duration: seconds(CALL_DURATION, "Duration of calls, with waits and retries."),
            call_attempts: meter
                .u64_histogram(CALL_ATTEMPTS)
                .with_unit("{attempt}")
                .with_description("How often calls were sent.")
                .build(),
            call_waited: seconds(CALL_WAITED, "Waits for quotas, and between attempts."),
        }
    }
}

impl Meter for OpenTelemetryMeter {
    fn attempt(&self, attempt: &AttemptRecord<'_>) {
        let mut attributes = attributes(attempt.operation, attempt.status, attempt.error);
        attributes.push(KeyValue::new(ADDRESS, attempt.address.to_owned()));
        attributes.push(KeyValue::new(PORT, i64::from(attempt.port)));
        self.attempt_duration
            .record(attempt.took.as_secs_f64(), &attributes);
    }

    fn call(&self, call: &CallRecord<'_>) {
        let attributes = attributes(call.operation, call.status, call.error);
        self.call_duration
            .record(call.took.as_secs_f64(), &attributes);
        self.call_attempts.record(call.attempts.into(), &attributes);
        self.call_waited
            .record(call.waited.as_secs_f64(), &attributes);
    }
}

fn attributes(
    operation: &OperationMeta,
    status: Option<u16>,
    error: Option<&str>,
) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new(OPERATION, operation.id().to_owned()),
        KeyValue::new(METHOD, operation.method().to_owned()),
        KeyValue::new(TEMPLATE, operation.path().to_owned()),
    ];
    attributes.extend(status.map(|status| KeyValue::new(STATUS, i64::from(status))));
    attributes.extend(error.map(|error| KeyValue::new(ERROR, error.to_owned())));
    attributes
}

impl fmt::Debug for OpenTelemetryMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTelemetryMeter").finish_non_exhaustive()
    }
}
