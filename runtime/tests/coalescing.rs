//! Calls that share a request: in simulated time.

mod timed;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use attache_runtime::{
    Bearer, Bytes, Call, ClientBuilder, Error, OperationMeta, Response, Retry, Undocumented,
};
use timed::Timed;

static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");
static DELETE: OperationMeta = OperationMeta::new("delete", "DELETE", "/parcels");

type Outcome = Result<Response<Bytes>, Error<Undocumented>>;

fn shared(script: &[(u64, u16)]) -> Timed {
    Timed::new(script, |builder: ClientBuilder| {
        builder.coalesce().retry(Retry::off())
    })
}

fn send_all(timed: &Timed, calls: Vec<Call>) -> Vec<Outcome> {
    let calls = calls.into_iter().map(Call::send_full);
    timed.clock.run_all(calls)
}

#[test]
fn the_same_calls_share_one_request() {
    let timed = shared(&[(100, 200), (10, 200)]);
    let call = || timed.client.call(&GET);
    let mut other = call();
    other.query::<i64>("page", 2);
    let outcomes = send_all(&timed, vec![call(), call(), other, call()]);
    let bodies: Vec<_> = outcomes
        .iter()
        .map(|it| it.as_ref().unwrap().body().to_vec())
        .collect();
    assert_eq!(bodies, ["100", "100", "10", "100"].map(str::as_bytes));
    let is_shared = |it: &Outcome| it.as_ref().unwrap().trace().is_shared();
    let is_shared: Vec<bool> = outcomes.iter().map(is_shared).collect();
    assert_eq!(is_shared, [false, true, false, true]);
    assert_eq!(timed.sent(), [0, 0]);
    assert_eq!(timed.answered(), 2);
    let usage = timed.client.usage();
    assert_eq!(usage.operations[0].calls, 4);
}

#[test]
fn what_may_change_something_or_has_its_own_credential_goes_alone() {
    let timed = shared(&[(1, 200); 4]);
    let with_token = || {
        let mut call = timed.client.call(&GET);
        call.auth(Bearer::new("t"));
        call
    };
    let delete = || timed.client.call(&DELETE);
    let outcomes = send_all(&timed, vec![with_token(), with_token(), delete(), delete()]);
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(timed.sent().len(), 4);
    // Nor does anything without being asked to.
    let timed = Timed::new(&[(1, 200); 2], |builder| builder);
    let call = || timed.client.call(&GET);
    send_all(&timed, vec![call(), call()]);
    assert_eq!(timed.sent().len(), 2);
}

#[test]
fn a_failure_is_one_for_all() {
    let timed = shared(&[(100, 0)]);
    let call = || timed.client.call(&GET);
    for outcome in send_all(&timed, vec![call(), call(), call()]) {
        let error = outcome.expect_err("the connection is lost");
        assert_eq!(error.attempts(), 1);
        assert_eq!(
            error.to_string(),
            "get (GET /parcels) failed: lost (attempt 1)"
        );
    }
    assert_eq!(timed.sent().len(), 1);
}

#[test]
fn when_who_sends_it_gives_up_another_one_takes_over() {
    let timed = shared(&[(1_000, 200), (50, 200)]);
    let call = |timeout: u64| {
        let mut call = timed.client.call(&GET);
        call.timeout(Duration::from_millis(timeout));
        call.send_full::<Bytes, Undocumented, ()>()
    };
    let mut given_up = Box::pin(call(10_000));
    let pause = timed.clock.clone();
    type Waiting<'w> = Pin<Box<dyn Future<Output = Option<Outcome>> + 'w>>;
    let cancelled: Waiting<'_> = Box::pin(async move {
        // It is polled once, and dropped.
        futures_poll_once(given_up.as_mut()).await;
        attache_runtime::Clock::sleep(&pause, Duration::from_millis(20)).await;
        drop(given_up);
        None
    });
    let late: Waiting<'_> = Box::pin(async { Some(call(10).await) });
    let patient: Waiting<'_> = Box::pin(async { Some(call(10_000).await) });
    let outcomes = timed.clock.run_all([cancelled, late, patient]);
    let mut outcomes = outcomes.into_iter().flatten();
    let late = outcomes.next().unwrap().expect_err("it waits for 10 ms");
    assert!(late.is_timeout() && !late.was_sent());
    let patient = outcomes.next().unwrap().expect("it sends one of its own");
    assert_eq!(patient.body().as_ref(), b"50");
    assert_eq!(timed.sent(), [0, 20]);
}

async fn futures_poll_once<F: Future>(mut future: Pin<&mut F>) {
    std::future::poll_fn(|context| {
        let _ = future.as_mut().poll(context);
        std::task::Poll::Ready(())
    })
    .await;
}
