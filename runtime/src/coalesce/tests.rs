use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use super::flights::Join;
use super::{Boarding, Flights, Key, Lead};
use crate::retry::RetryClass;
use crate::transport::{Headers, TransportRequest, Url};

fn request(path: &str, headers: &[(&str, &str)]) -> TransportRequest {
    let base_url = Url::parse_base("https://api.example.com").unwrap();
    TransportRequest {
        method: "GET".into(),
        url: base_url.join(path, ""),
        headers: headers.iter().copied().collect::<Headers>(),
        body: Default::default(),
    }
}

fn key(path: &str) -> Key {
    Key::of(RetryClass::Safe, &request(path, &[])).unwrap()
}

fn lead<'f>(flights: &'f Flights<u32>, path: &str) -> Lead<'f, u32> {
    match flights.board(key(path)) {
        Boarding::Lead(lead) => lead,
        Boarding::Join(_) => panic!("somebody else sends it"),
    }
}

fn join(flights: &Flights<u32>, path: &str) -> Join<u32> {
    match flights.board(key(path)) {
        Boarding::Lead(_) => panic!("nobody sends it"),
        Boarding::Join(join) => join,
    }
}

fn poll(join: Pin<&mut Join<u32>>) -> Poll<Option<u32>> {
    join.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn what_is_the_same() {
    let safe = |request: &TransportRequest| Key::of(RetryClass::Safe, request);
    let plain = request("/a", &[("Accept", "x"), ("X-Tenant", "1")]);
    assert_eq!(
        safe(&plain),
        safe(&request("/a", &[("accept", "x"), ("x-tenant", "1")]))
    );
    for other in [
        request("/b", &[("Accept", "x"), ("X-Tenant", "1")]),
        request("/a", &[("Accept", "x"), ("X-Tenant", "2")]),
        request("/a", &[("Accept", "x")]),
    ] {
        assert_ne!(safe(&plain), safe(&other));
    }
    assert_eq!(Key::of(RetryClass::Idempotent, &plain), None);
    let with_body = TransportRequest {
        body: "text".to_owned().into(),
        ..plain
    };
    assert_eq!(safe(&with_body), None);
}

#[test]
fn all_get_what_comes_of_the_first() {
    let flights = Flights::default();
    let first = lead(&flights, "/a");
    let _other = lead(&flights, "/b");
    let mut waiting = [join(&flights, "/a"), join(&flights, "/a")].map(Box::pin);
    for join in &mut waiting {
        assert_eq!(poll(join.as_mut()), Poll::Pending);
    }
    first.land(7);
    for join in &mut waiting {
        assert_eq!(poll(join.as_mut()), Poll::Ready(Some(7)));
    }
    // The next one sends a request of its own.
    lead(&flights, "/a").land(8);
}

#[test]
fn who_gives_up_makes_way() {
    let flights = Flights::default();
    let first = lead(&flights, "/a");
    let mut waiting = pin!(join(&flights, "/a"));
    assert_eq!(poll(waiting.as_mut()), Poll::Pending);
    let gone = join(&flights, "/a");
    drop(gone);
    drop(first);
    assert_eq!(poll(waiting), Poll::Ready(None));
    lead(&flights, "/a").land(1);
}
