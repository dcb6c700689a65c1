use loom::future::block_on;
use loom::thread;

use super::{Boarding, Flights, Key};
use crate::retry::RetryClass;
use crate::sync::Arc;
use crate::transport::{Headers, TransportRequest, Url};

fn key() -> Key {
    let request = TransportRequest {
        method: "GET".into(),
        url: Url::parse_base("https://a").unwrap(),
        headers: Headers::new(),
        body: Default::default(),
    };
    Key::of(RetryClass::Safe, &request).unwrap()
}

/// One way through: whoever leads ends with its number, or gives up once; whoever joins gets a number in the end.
fn fly(flights: &Flights<u32>, number: u32, mut gives_up: bool) -> u32 {
    loop {
        match flights.board(key()) {
            Boarding::Lead(lead) if gives_up => {
                gives_up = false;
                drop(lead);
            }
            Boarding::Lead(lead) => {
                lead.land(number);
                return number;
            }
            Boarding::Join(join) => {
                if let Some(landed) = block_on(join) {
                    return landed;
                }
            }
        }
    }
}

/// Nobody waits for ever, and what is shared is what somebody led.
#[test]
fn everybody_lands() {
    for gives_up in [false, true] {
        loom::model(move || {
            let flights = Arc::new(Flights::default());
            let other = flights.clone();
            let other = thread::spawn(move || fly(&other, 2, false));
            let own = fly(&flights, 1, gives_up);
            let other = other.join().unwrap();
            assert!(
                [(1, 1), (2, 2), (1, 2)].contains(&(own, other)),
                "{own} {other}"
            );
        });
    }
}
