//! Measurements, as the recorders of others take them.

mod timed;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attache_runtime::meter::{AttemptRecord, CallRecord, Meter, MetricsMeter, OpenTelemetryMeter};
use attache_runtime::{Bytes, OperationMeta, Retry, Undocumented};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use opentelemetry::metrics::MeterProvider;
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};
use timed::Timed;

static GET: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}");
const SCRIPT: [(u64, u16); 3] = [(100, 503), (20, 200), (30, 404)];

/// Two calls: one that succeeds at its second attempt, and one that is refused.
fn send(meter: impl Meter + 'static) -> Timed {
    let retry = Retry::new().base(Duration::ZERO);
    let timed = Timed::new(&SCRIPT, |builder| builder.meter(meter).retry(retry));
    for secret in ["p_1", "p_2"] {
        let mut call = timed.client.call(&GET);
        call.path::<String>("id", secret);
        let _ = timed.clock.run(call.send_full::<Bytes, Undocumented, ()>());
    }
    assert_eq!((timed.sent(), timed.answered()), (vec![0, 100, 120], 3));
    timed
}

#[derive(Clone, Debug, Default)]
struct Own(Arc<Mutex<Vec<String>>>);

impl Meter for Own {
    fn attempt(&self, attempt: &AttemptRecord<'_>) {
        let AttemptRecord {
            number,
            status,
            error,
            took,
            address,
            port,
            ..
        } = attempt;
        self.0.lock().unwrap().push(format!(
            "attempt {number} to {address}:{port}: {status:?} {error:?} {took:?}"
        ));
    }

    fn call(&self, call: &CallRecord<'_>) {
        let line = format!(
            "call {}: {:?} {:?} {:?} in {} attempts",
            call.operation.id(),
            call.status,
            call.error,
            call.took,
            call.attempts
        );
        self.0.lock().unwrap().push(line);
    }
}

#[test]
fn attempts_and_calls_are_measured() {
    let own = Own::default();
    send(own.clone());
    assert_eq!(
        *own.0.lock().unwrap(),
        [
            "attempt 1 to api.example.com:443: Some(503) Some(\"503\") 100ms",
            "attempt 2 to api.example.com:443: Some(200) None 20ms",
            "call getParcel: Some(200) None 120ms in 2 attempts",
            "attempt 1 to api.example.com:443: Some(404) Some(\"404\") 30ms",
            "call getParcel: Some(404) Some(\"404\") 30ms in 1 attempts",
        ]
    );
}

#[test]
fn the_crate_metrics_gets_them() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || send(MetricsMeter));
    let mut seen = BTreeMap::new();
    for (key, _, _, value) in snapshotter.snapshot().into_vec() {
        let DebugValue::Histogram(values) = value else {
            panic!("everything is a histogram");
        };
        let labels: BTreeMap<_, _> = key
            .key()
            .labels()
            .map(|label| (label.key().to_owned(), label.value().to_owned()))
            .collect();
        assert_eq!(labels["url.template"], "/parcels/{id}");
        let status = labels["http.response.status_code"].clone();
        let values: Vec<f64> = values.into_iter().map(Into::into).collect();
        seen.insert((key.key().name().to_owned(), status), values);
    }
    let values = |name: &str, status: &str| seen[&(name.to_owned(), status.to_owned())].clone();
    assert_eq!(values("http.client.request.duration", "503"), [0.1]);
    assert_eq!(values("http.client.request.duration", "200"), [0.02]);
    assert_eq!(values("attache.call.attempts", "200"), [2.0]);
    assert_eq!(values("attache.call.duration", "404"), [0.03]);
    assert_eq!(values("attache.call.waited", "404"), [0.0]);
}

#[test]
fn opentelemetry_gets_them() {
    let exporter = InMemoryMetricExporter::default();
    let provider = SdkMeterProvider::builder()
        .with_periodic_exporter(exporter.clone())
        .build();
    send(OpenTelemetryMeter::new(&provider.meter("parcels")));
    provider.force_flush().expect("the exporter takes them");
    let exported = exporter.get_finished_metrics().expect("there are some");
    let metrics: Vec<_> = exported
        .iter()
        .flat_map(|it| it.scope_metrics())
        .flat_map(|it| it.metrics())
        .collect();
    let mut names: Vec<_> = metrics.iter().map(|it| (it.name(), it.unit())).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("attache.call.attempts", "{attempt}"),
            ("attache.call.duration", "s"),
            ("attache.call.waited", "s"),
            ("http.client.request.duration", "s"),
        ]
    );
    let requests = metrics.iter().find(|it| it.name().starts_with("http"));
    let Some(AggregatedMetrics::F64(MetricData::Histogram(requests))) =
        requests.map(|it| it.data())
    else {
        panic!("it is a histogram");
    };
    let sums: f64 = requests.data_points().map(|it| it.sum()).sum();
    assert!((sums - 0.15).abs() < 1e-9, "{sums}");
    let statuses: Vec<String> = requests
        .data_points()
        .flat_map(|it| it.attributes())
        .filter(|it| it.key.as_str() == "error.type")
        .map(|it| it.value.to_string())
        .collect();
    assert_eq!(statuses.len(), 2, "{statuses:?}");
}
