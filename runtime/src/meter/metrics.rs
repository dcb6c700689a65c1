//! Measurements for the crate `metrics`.

use ::metrics::{Label, histogram};

use super::names::*;
use super::{AttemptRecord, CallRecord, Meter};
use crate::call::OperationMeta;

/// Records measurements with the recorder of the crate `metrics` that is installed (feature `metrics`).
///
/// ```
/// use attache_runtime::meter::MetricsMeter;
///
/// # fn with(builder: attache_runtime::ClientBuilder) -> attache_runtime::ClientBuilder {
/// builder.meter(MetricsMeter)
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct MetricsMeter;

impl Meter for MetricsMeter {
    fn attempt(&self, attempt: &AttemptRecord<'_>) {
        let mut labels = labels(attempt.operation, attempt.status, attempt.error);
        labels.push(Label::new(ADDRESS, attempt.address.to_owned()));
        labels.push(Label::new(PORT, attempt.port.to_string()));
        histogram!(ATTEMPT_DURATION, labels).record(attempt.took);
    }

    fn call(&self, call: &CallRecord<'_>) {
        let labels = labels(call.operation, call.status, call.error);
        histogram!(CALL_DURATION, labels.clone()).record(call.took);
        histogram!(CALL_ATTEMPTS, labels.clone()).record(call.attempts);
        histogram!(CALL_WAITED, labels).record(call.waited);
    }
}

fn labels(operation: &OperationMeta, status: Option<u16>, error: Option<&str>) -> Vec<Label> {
    let mut labels = vec![
        Label::new(OPERATION, operation.id().to_owned()),
        Label::new(METHOD, operation.method().to_owned()),
        Label::new(TEMPLATE, operation.path().to_owned()),
    ];
    labels.extend(status.map(|status| Label::new(STATUS, status.to_string())));
    labels.extend(error.map(|error| Label::new(ERROR, error.to_owned())));
    labels
}
