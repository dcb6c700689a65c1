//! Settings of operations and of groups of operations: which come first, and names that there are not.

mod world;

use std::time::Duration;

use attache_runtime::limit::QuotaBucket;
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bytes, CallSettings, ClientBuilder, Clock, OperationMeta, Priority, Quota, Retry,
    Undocumented,
};
use world::World;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .environment("PARCELS")
    .operations(&[
        ("parcels", &["listParcels", "getParcel"]),
        ("reports", &["getReport"]),
    ]);
static GET: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/1").group("parcels");
static LIST: OperationMeta = OperationMeta::new("listParcels", "GET", "/parcels").group("parcels");
static REPORT: OperationMeta = OperationMeta::new("getReport", "GET", "/report").group("reports");

fn attempts(attempts: u32) -> CallSettings {
    CallSettings::new().retry(Retry::new().attempts(attempts))
}

fn failing() -> Replay {
    (0..40).fold(Replay::new(), |replay, _| replay.json(503, "{}"))
}

/// How often calls of the three operations are sent.
fn sent(builder: ClientBuilder) -> [usize; 3] {
    [&GET, &LIST, &REPORT].map(|operation| {
        let replay = failing();
        let clock = SimulatedClock::new();
        let builder = builder.clone().transport(replay.clone());
        let client = builder.clock(clock.clone()).build();
        let call = client.expect("the settings are valid").call(operation);
        let outcome = clock.run(call.send::<Bytes, Undocumented>());
        outcome.expect_err("the server fails");
        replay.requests().len()
    })
}

#[test]
fn the_more_particular_comes_first() {
    let builder = || ClientBuilder::new(&API).retry(Retry::new().attempts(2));
    assert_eq!(sent(builder()), [2, 2, 2]);
    let grouped = || builder().for_group("parcels", attempts(4));
    assert_eq!(sent(grouped()), [4, 4, 2]);
    let both = grouped().for_operation("getParcel", attempts(1));
    assert_eq!(sent(both), [1, 4, 2]);
    // What is said twice of the same is what was said last; the rest stays.
    let twice = grouped().for_group(
        "parcels",
        CallSettings::new().priority(Priority::Background),
    );
    assert_eq!(sent(twice), [4, 4, 2]);
    assert_eq!(sent(grouped().for_group("parcels", attempts(3))), [3, 3, 2]);
    // A call has the last word.
    let world = World::new(failing(), |builder| {
        builder.for_operation("getParcel", attempts(1))
    });
    let mut call = world.client.call(&GET);
    call.retry(Retry::new().attempts(3));
    world.run(call).expect_err("the server fails");
    assert_eq!(world.sent(), 3);
}

#[test]
fn the_time_of_an_operation() {
    let settings = CallSettings::new().timeout(Duration::from_secs(2));
    let world = World::new(Replay::new(), |builder| {
        let slow = Quota::per_second(0.1, 1);
        let builder = builder.quota(slow).retry(Retry::off());
        builder.for_group("reports", settings)
    });
    let late = |operation: &'static OperationMeta| {
        world.send(operation).expect_err("nothing is scripted");
        let begun = world.clock.now();
        let error = world.send(operation).expect_err("it is too late, or fails");
        (world.clock.now() - begun, error.to_string())
    };
    let (took, error) = late(&REPORT);
    assert_eq!(took, Duration::ZERO);
    assert!(error.contains("the call has 2s left"), "{error}");
    let (took, _) = late(&GET);
    assert!(took >= Duration::from_secs(10), "it may take 30 seconds");
}

#[test]
fn names_that_there_are_not() {
    let refusal = |builder: ClientBuilder| {
        let built = builder.transport(Replay::new()).build();
        built.expect_err("there is no such name").to_string()
    };
    let settings = CallSettings::new;
    assert_eq!(
        refusal(ClientBuilder::new(&API).for_group("parcel", settings())),
        "there is no group of operations \"parcel\"; there are parcels, reports"
    );
    assert_eq!(
        refusal(ClientBuilder::new(&API).for_operation("getParcels", settings())),
        "there is no operation \"getParcels\"; there are getParcel, getReport, listParcels"
    );
    // A table that lists none may have any.
    static BARE: ApiMeta = ApiMeta::new("bare", "https://api.example.com");
    let builder = ClientBuilder::new(&BARE).for_group("any", settings());
    builder.transport(Replay::new()).build().expect("it may");
}

/// When a number of calls ended, in seconds.
fn ends(world: &World, operation: &'static OperationMeta, weights: &[u32]) -> Vec<u64> {
    let begun = world.clock.now();
    let call = async |weight: &u32| {
        let mut call = world.client.call(operation);
        call.weight(*weight);
        let outcome = call.send_full::<Bytes, Undocumented, ()>().await;
        outcome.expect("it is answered");
        (world.clock.now() - begun).as_secs()
    };
    world.clock.run_all(weights.iter().map(call))
}

fn answering() -> Replay {
    (0..20).fold(Replay::new(), |replay, _| replay.json(200, "1"))
}

#[test]
fn calls_of_more_weight_take_more_of_a_quota() {
    let world = World::new(answering(), |builder| {
        builder.quota(Quota::per_second(1.0, 4))
    });
    assert_eq!(ends(&world, &GET, &[3, 1, 2, 1]), [0, 0, 2, 3]);
    let heavy = CallSettings::new().weight(2);
    let world = World::new(answering(), |builder| {
        let builder = builder.quota(Quota::per_second(1.0, 4));
        builder.for_operation("getReport", heavy)
    });
    let begun = world.clock.now();
    let took = |_| {
        world.send(&REPORT).expect("it is answered");
        (world.clock.now() - begun).as_secs()
    };
    assert_eq!([0, 1, 2, 3].map(took), [0, 0, 2, 4]);
}

#[test]
fn a_group_has_one_quota_for_all_of_its_operations() {
    let quota = CallSettings::new().quota(Quota::per_second(1.0, 2));
    let world = World::new(answering(), |builder| builder.for_group("parcels", quota));
    let begun = world.clock.now();
    let took = |operation: &'static OperationMeta| {
        world.send(operation).expect("it is answered");
        (world.clock.now() - begun).as_secs()
    };
    assert_eq!([&GET, &LIST, &GET, &REPORT].map(took), [0, 0, 1, 1]);
}

#[test]
fn clients_share_a_bucket() {
    let application = QuotaBucket::new("application", Quota::per_second(1.0, 2));
    let clock = SimulatedClock::new();
    let client = || {
        let builder = ClientBuilder::new(&API).transport(answering());
        let builder = builder.clock(clock.clone()).quota_bucket(&application);
        builder.build().expect("the settings are valid")
    };
    let clients = [client(), client()];
    let begun = clock.now();
    let call = async |at: usize| {
        let call = clients[at].call(&GET).send::<Bytes, Undocumented>();
        call.await.expect("it is answered");
        (clock.now() - begun).as_secs()
    };
    assert_eq!(clock.run_all([0, 1, 0, 1].map(call)), [0, 0, 1, 2]);
    let health = clients[0].health();
    assert_eq!(health.quotas[0].bucket.as_deref(), Some("application"));
}

#[cfg(feature = "profiles")]
mod profiles {
    use attache_runtime::Environment;

    use super::*;

    fn profile(text: &str) -> ClientBuilder {
        let text = text.to_owned();
        let environment = Environment::of([("ATTACHE_PROFILES", "/profiles.toml")]);
        let environment = environment.files(move |_| Ok(text.clone()));
        ClientBuilder::new(&API)
            .environment(environment)
            .profile("test")
    }

    #[test]
    fn a_profile_settles_groups_and_operations() {
        const FILE: &str = "
[parcels.test]
attempts = 2
groups.parcels = { attempts = 4, timeout = \"20s\" }

[parcels.test.operations.getParcel]
attempts = 1
priority = \"interactive\"
quota = { rate = 5, burst = 2 }
weight = 2
attempt_timeout = 3
";
        assert_eq!(sent(profile(FILE)), [1, 4, 2]);
        // What the builder says of the same comes before; what is more particular, before that.
        let builder = profile(FILE).retry(Retry::new().attempts(3));
        assert_eq!(sent(builder.for_group("parcels", attempts(5))), [1, 5, 3]);
    }

    #[test]
    fn what_is_no_setting_of_calls_is_refused() {
        for (line, expected) in [
            (
                "operations.get.attempts = 1",
                "there is no operation \"get\"",
            ),
            (
                "operations.getParcel.retries = 1",
                "there is no key parcels.test.operations.getParcel.retries; there are timeout, attempt_timeout, attempts",
            ),
            (
                "groups.parcels.priority = \"soon\"",
                "parcels.test.groups.parcels.priority is none of interactive, normal, background",
            ),
            (
                "groups.parcels.weight = 0",
                "parcels.test.groups.parcels.weight is no whole number above zero",
            ),
            (
                "groups.parcels = 1",
                "parcels.test.groups.parcels has to be a table",
            ),
            (
                "priority = \"normal\"",
                "there is no key parcels.test.priority",
            ),
        ] {
            let builder = profile(&format!("[parcels.test]\n{line}\n"));
            let built = builder.transport(Replay::new()).build();
            let error = built.expect_err("it is no setting").to_string();
            assert!(error.contains(expected), "{line}: {error}");
        }
    }
}
