//! Requests that are signed: last of all, anew for each attempt, with what hooks have changed.

use std::time::Duration;

use attache_runtime::signing::{RequestSigner, Signature};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::TransportRequest;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiKey, ApiMeta, Bytes, ClientBuilder, Error, OperationMeta, SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com").security_schemes(&[
    SecurityScheme::other("hmac", "x-hmac"),
    SecurityScheme::api_key_query("key", "api_key"),
    SecurityScheme::api_key_header("sigv4", "Authorization"),
]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["hmac", "key"]]);
static ODD: OperationMeta = OperationMeta::new("odd", "GET", "/x").security(&[&["sigv4"]]);

/// Signs all that it is shown, in a header of its own.
#[derive(Debug)]
struct Plain;

impl RequestSigner for Plain {
    fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String> {
        let hook = request.headers.get("X-Hook").unwrap_or_default().to_owned();
        if hook == "refuse" {
            return Err("it is not for signing".to_owned());
        }
        let signature = format!("{} {hook} {}", request.url.as_str(), time > Duration::ZERO);
        request.headers.set("X-Signature", signature);
        Ok(())
    }
}

fn send(
    replay: &Replay,
    operation: &'static OperationMeta,
    scheme: &str,
    hook: &'static str,
) -> Result<Bytes, Error<Undocumented>> {
    let clock = SimulatedClock::new();
    let client = ClientBuilder::new(&API)
        .transport(replay.clone())
        .clock(clock.clone())
        .auth(ApiKey::new("k").for_scheme("key"))
        .auth(Signature::new(Plain).for_scheme(scheme))
        .on_request(move |_, request| request.headers.set("X-Hook", hook))
        .build()
        .expect("the settings are valid");
    clock.run(client.call(operation).send::<Bytes, Undocumented>())
}

#[test]
fn all_of_a_request_is_signed_each_time_that_it_is_sent() {
    let replay = Replay::new().json(503, "{}").json(200, "1");
    send(&replay, &GET, "hmac", "seen").expect("200");
    let requests = replay.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(
            request.headers.get("X-Signature"),
            Some("https://api.example.com/x?api_key=k seen true")
        );
    }
}

/// Descriptions call many things a key that are none.
#[test]
fn a_signature_stands_for_a_scheme_of_any_kind_that_it_names() {
    let replay = Replay::new().json(200, "1");
    send(&replay, &ODD, "sigv4", "seen").expect("200");
    assert!(replay.requests()[0].headers.get("X-Signature").is_some());
    let error = send(&replay, &ODD, "hmac", "seen").expect_err("it is for another scheme");
    assert!(error.is_missing_credential(), "{error}");
    // Without a name it is for none, so that no key is taken for it.
    let client = ClientBuilder::new(&API)
        .transport(replay)
        .auth(Signature::new(Plain))
        .build()
        .expect("the settings are valid");
    let clock = SimulatedClock::new();
    let unnamed = clock.run(client.call(&ODD).send::<Bytes, Undocumented>());
    assert!(
        unnamed
            .expect_err("it names no scheme")
            .is_missing_credential()
    );
}

#[test]
fn what_cannot_be_signed_is_not_sent() {
    let replay = Replay::new();
    let error = send(&replay, &GET, "hmac", "refuse").expect_err("it is not signed");
    assert!(error.is_invalid_request() && !error.was_sent(), "{error}");
    assert!(
        error.to_string().contains("it is not for signing"),
        "{error}"
    );
    assert!(replay.requests().is_empty());
}
