//! Two requests side by side, of which the quicker one counts: in simulated time.

mod timed;

use std::time::Duration;

use attache_runtime::{
    Admission, Bytes, Call, Error, Hedge, OperationMeta, Quota, Response, Retry, Undocumented,
};
use timed::Timed;

static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");
static PUT: OperationMeta = OperationMeta::new("put", "PUT", "/parcels");

fn hedge() -> Hedge {
    Hedge::after(Duration::from_millis(100))
}

fn send(timed: &Timed, call: Call) -> Result<Response<Bytes>, Error<Undocumented>> {
    timed.clock.run(call.send_full())
}

#[test]
fn the_quicker_one_counts_and_the_other_is_given_up() {
    for (script, body, sent, answered) in [
        // It does not take long enough.
        (&[(99, 200)][..], "99", &[0][..], 1),
        (&[(5_000, 200), (30, 200)], "30", &[0, 100], 1),
        (&[(110, 200), (300, 200)], "110", &[0, 100], 1),
        // A failure is no answer as long as another one may come.
        (&[(110, 503), (300, 200)], "300", &[0, 100], 2),
        (&[(300, 200), (10, 503)], "300", &[0, 100], 2),
        (&[(300, 200), (10, 0)], "300", &[0, 100], 2),
    ] {
        let timed = Timed::new(script, |builder| builder.hedge(hedge()));
        let response = send(&timed, timed.client.call(&GET)).expect("a success");
        assert_eq!(response.body().as_ref(), body.as_bytes(), "{script:?}");
        assert_eq!(timed.sent(), sent, "{script:?}");
        assert_eq!(timed.answered(), answered, "{script:?}");
        let hedged = u32::try_from(sent.len() - 1).unwrap();
        assert_eq!(response.trace().hedged(), hedged);
    }
}

#[test]
fn a_second_request_is_an_attempt_and_pays_like_one() {
    let script = [(200, 503), (200, 503), (0, 200)];
    let settings = |attempts| {
        move |builder: attache_runtime::ClientBuilder| {
            let retry = Retry::new().attempts(attempts).base(Duration::ZERO);
            builder.hedge(hedge()).retry(retry).retry_budget(28)
        }
    };
    // Both fail, the failure of the first is told, and a retry follows.
    let timed = Timed::new(&script, settings(3));
    let response = send(&timed, timed.client.call(&GET)).expect("the third is a success");
    assert_eq!(response.attempts(), 3);
    assert_eq!(
        response.trace().to_string(),
        "sent 1 more beside what took long; attempt 1: 503 after 200ms, waited 0ns; attempt 2: a success"
    );
    assert_eq!(timed.client.health().retry_tokens, 14);

    let timed = Timed::new(&script, settings(2));
    let error = send(&timed, timed.client.call(&GET)).expect_err("both have failed");
    assert_eq!((error.attempts(), timed.sent().len()), (2, 2));

    let timed = Timed::new(&script, settings(1));
    send(&timed, timed.client.call(&GET)).expect_err("it is sent once");
    assert_eq!(timed.sent().len(), 1);
}

#[test]
fn nothing_makes_a_second_request_wait_or_go_without() {
    let script = [(500, 200), (10, 200)];
    for (name, settings) in [
        (
            "places",
            (|builder| builder.admission(Admission::at_once(1)))
                as fn(attache_runtime::ClientBuilder) -> attache_runtime::ClientBuilder,
        ),
        ("quota", |builder| builder.quota(Quota::per_second(0.1, 1))),
        ("budget", |builder| builder.retry_budget(13)),
    ] {
        let timed = Timed::new(&script, |builder| settings(builder).hedge(hedge()));
        let response = send(&timed, timed.client.call(&GET)).expect("a success");
        assert_eq!(timed.sent(), [0], "{name}");
        assert_eq!(response.trace().hedged(), 0, "{name}");
    }
    // What changes something is never sent beside itself; a call may ask for what the client does not do.
    let timed = Timed::new(&script, |builder| builder);
    let call = |operation| {
        let mut call = timed.client.call(operation);
        call.hedge(hedge());
        call
    };
    send(&timed, call(&PUT)).expect("a success");
    assert_eq!(timed.sent(), [0]);
    let timed = Timed::new(&script, |builder| builder);
    let mut call = timed.client.call(&GET);
    call.hedge(hedge());
    send(&timed, call).expect("a success");
    assert_eq!(timed.sent(), [0, 100]);
}

#[test]
fn the_deadline_holds_for_both() {
    let timed = Timed::new(&[(5_000, 200), (5_000, 200)], |builder| {
        builder.hedge(hedge()).timeout(Duration::from_secs(1))
    });
    let error = send(&timed, timed.client.call(&GET)).expect_err("there is a second");
    assert!(error.is_timeout());
    assert_eq!(timed.clock.elapsed(), Duration::from_secs(1));
}
