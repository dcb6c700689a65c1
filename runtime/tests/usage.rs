//! What a client tells of itself, as plain data.

use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Breaker, Bytes, ClientBuilder, OperationMeta, Quota, Retry, Undocumented, json,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels")
    .group("parcels")
    .quota(Quota::per_second(1.0, 3));
static PUT: OperationMeta = OperationMeta::new("put", "PUT", "/depots").group("depots");

#[test]
fn calls_circuits_and_quotas_are_told() {
    let clock = SimulatedClock::new();
    let replay = Replay::new()
        .json(200, "[1]")
        .json(404, "")
        .json(503, "")
        .json(503, "");
    let client = ClientBuilder::new(&API)
        .transport(replay)
        .clock(clock.clone())
        .retry(Retry::off())
        .breaker(Breaker::new().minimum_calls(2))
        .build()
        .expect("the settings are valid");
    for operation in [&GET, &GET, &PUT, &PUT, &PUT] {
        let call = client.call(operation).send::<Bytes, Undocumented>();
        let _ = clock.run(call);
    }
    let usage = client.usage();
    let [get, put] = &usage.operations[..] else {
        panic!("{usage:?}");
    };
    assert_eq!(
        (get.calls, get.successes, get.refused, get.bytes),
        (2, 1, 1, 3)
    );
    assert_eq!(
        (put.calls, put.failed, put.unsent, put.attempts),
        (3, 2, 1, 2)
    );

    let health = client.health();
    let states = health
        .circuits
        .iter()
        .map(|it| (it.group.as_str(), it.state.as_str()));
    assert!(states.eq([("depots", "open"), ("parcels", "closed")]));
    assert_eq!(health.circuits[0].open_for_ms, Some(5_000.0));
    let [quota] = &health.quotas[..] else {
        panic!("{health:?}");
    };
    assert_eq!(
        (quota.operation.as_deref(), quota.rate),
        (Some("get"), Some(1.0))
    );
    assert_eq!(quota.next_in_ms, 0.0);
    for _ in 0..2 {
        let _ = clock.run(client.call(&GET).send::<Bytes, Undocumented>());
    }
    assert_eq!(client.health().quotas[0].next_in_ms, 1_000.0);
    assert!(json::to_string(&client.health()).contains(r#""state":"open""#));
}
