//! Layers of `tower`, below the call path and above it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use attache_runtime::tower::{ClientService, ServiceTransport, TransportService};
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{TransportErrorKind, TransportRequest};
use attache_runtime::{ApiMeta, ClientBuilder, OperationMeta, Retry};
use tower::{ServiceBuilder, ServiceExt};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");

#[tokio::test]
async fn a_service_below_sees_each_attempt_and_one_above_each_call() {
    let replay = Replay::new()
        .json(503, "{}")
        .fail(TransportErrorKind::NotSent)
        .json(200, "1");
    let seen = Arc::new(AtomicUsize::new(0));
    let attempts = seen.clone();
    let stack = ServiceBuilder::new()
        .concurrency_limit(1)
        .map_request(move |mut request: TransportRequest| {
            attempts.fetch_add(1, Ordering::Relaxed);
            request.headers.set("X-Layer", "below");
            request
        })
        .service(TransportService::new(replay.clone()));
    let client = ClientBuilder::new(&API)
        .transport(ServiceTransport::new(stack))
        .retry(Retry::new().base(Duration::ZERO))
        .build()
        .expect("the settings are valid");

    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let above = ServiceBuilder::new()
        .map_request(move |call| {
            counted.fetch_add(1, Ordering::Relaxed);
            call
        })
        .service(ClientService);
    let answer = above.oneshot(client.call(&GET)).await.expect("a success");
    assert_eq!((answer.status(), answer.attempts()), (200, 3));
    assert_eq!(seen.load(Ordering::Relaxed), 3);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    for request in replay.requests() {
        assert_eq!(request.headers.get("x-layer"), Some("below"));
    }
}
