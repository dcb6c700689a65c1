//! Servers whose clock is another one: learnt from their answers, and signed with.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use attache_runtime::clock::SystemClock;
use attache_runtime::jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use attache_runtime::jwt::{Algorithm, Jwt, SigningKey};
use attache_runtime::oauth::{ClientCredentials, ClientIdentity, Dpop, JwtBearer};
use attache_runtime::signing::SigV4;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    ApiMeta, Bearer, Bytes, Client, ClientBuilder, Clock, Credential, Headers, Json, OperationMeta,
    SecurityScheme, Undocumented,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::other("signed", "http x")]);
static CREATE: OperationMeta = OperationMeta::new("create", "POST", "/x").security(&[&["signed"]]);

/// 2026-11-28T12:00:00Z, by the clock of the client, which stands still.
const NOW: Duration = Duration::from_secs(1_795_867_200);
const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

#[derive(Clone, Copy)]
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Instant {
        SystemClock.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        SystemClock.sleep(duration)
    }

    fn unix_time(&self) -> Duration {
        NOW
    }
}

/// Refuses what is signed with a time that is more than a tolerance away from its own.
#[derive(Clone, Copy)]
struct Server {
    /// How far its clock is ahead, in seconds, and what it says that it is.
    ahead: i64,
    says: Option<i64>,
    tolerance: i64,
    /// How it refuses: a status, a header, a body.
    refusal: (u16, (&'static str, &'static str), &'static str),
    is_cached: bool,
    /// The type of its tokens.
    kind: &'static str,
}

const AWS: (u16, (&str, &str), &str) = (
    403,
    ("x-amzn-errortype", "InvalidSignatureException"),
    r#"{"message":"Signature expired: 20261128T120000Z is now earlier than 20261128T121500Z"}"#,
);

const SERVER: Server = Server {
    ahead: 0,
    says: None,
    tolerance: 5 * MINUTE,
    refusal: AWS,
    is_cached: false,
    kind: "bearer",
};

#[derive(Clone)]
struct Serving {
    server: Arc<Mutex<Server>>,
    /// How far the times that requests were signed with are from the clock of the client.
    seen: Arc<Mutex<Vec<i64>>>,
}

impl Serving {
    fn new(server: Server) -> Self {
        Self {
            server: Arc::new(Mutex::new(server)),
            seen: Arc::default(),
        }
    }

    fn seen(&self) -> Vec<i64> {
        std::mem::take(&mut *self.seen.lock().expect("no panic"))
    }
}

impl Transport for Serving {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let server = *self.server.lock().expect("no panic");
        let offset = signed_at(&request).map(|time| time - NOW.as_secs() as i64);
        self.seen.lock().expect("no panic").extend(offset);
        let is_refused = offset.is_some_and(|it| (it - server.ahead).abs() > server.tolerance);
        let (status, header, body) = match is_refused {
            true => server.refusal,
            false => (200, ("x-a", "b"), ""),
        };
        let body = match is_refused {
            true => body.to_owned(),
            false => format!(r#"{{"access_token":"at","token_type":"{}"}}"#, server.kind),
        };
        let mut headers = Headers::from_iter([header, ("content-type", "application/json")]);
        let date = NOW.as_secs() as i64 + server.says.unwrap_or(server.ahead);
        headers.set("Date", http_date(date));
        if server.is_cached {
            headers.set("Age", "1");
        }
        let answer = TransportResponse::new(status, headers, Bytes::from(body.into_bytes()));
        Box::pin(async move { Ok(answer) })
    }
}

fn http_date(time: i64) -> String {
    let time = Timestamp::from_second(time).expect("it is one");
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The time in what signs a request: a header of AWS, an assertion, a proof, a token.
fn signed_at(request: &TransportRequest) -> Option<i64> {
    if let Some(date) = request.headers.get("x-amz-date") {
        let date = DateTime::strptime("%Y%m%dT%H%M%SZ", date).expect("it is one");
        let time = TimeZone::UTC.to_timestamp(date).expect("it is one");
        return Some(time.as_second());
    }
    let body = request.body.as_bytes().unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let mut fields = body.split('&');
    let assertion = fields.find_map(|field| {
        let (name, value) = field.split_once('=')?;
        name.ends_with("assertion").then(|| value.to_owned())
    });
    let token = request.headers.get("authorization");
    let token = token
        .and_then(|it| it.strip_prefix("Bearer "))
        .map(str::to_owned);
    let proof = request.headers.get("dpop").map(str::to_owned);
    let claims = proof.or(assertion).or(token)?;
    let claims = URL_SAFE_NO_PAD.decode(claims.split('.').nth(1)?).ok()?;
    let claims = Json::from_slice(&claims).ok()?;
    claims.get("iat")?.as_i64()
}

fn client(serving: &Serving, credential: impl Into<Credential>) -> Client {
    let builder = ClientBuilder::new(&API)
        .transport(serving.clone())
        .clock(Standing);
    builder
        .auth(credential)
        .build()
        .expect("the settings are valid")
}

fn sigv4() -> Credential {
    let signer = SigV4::new("AKID", "secret", "eu-west-1", "execute-api");
    signer.credential().for_scheme("signed").into()
}

/// The status, or that of the error, and how many requests were sent.
async fn call(client: &Client) -> (u16, u32) {
    let call = client
        .call(&CREATE)
        .send_full::<Bytes, Undocumented, ()>()
        .await;
    match call {
        Ok(response) => (response.status(), response.answer().attempts()),
        Err(error) => (error.status().unwrap_or_default(), error.attempts()),
    }
}

fn health(client: &Client) -> Vec<(String, i64)> {
    let skews = client.health().clock_skews.into_iter();
    skews.map(|skew| (skew.origin, skew.seconds)).collect()
}

#[tokio::test]
async fn a_request_that_is_refused_for_its_time_is_signed_again_once() {
    for ahead in [20 * MINUTE, -20 * MINUTE, 2 * DAY] {
        let serving = Serving::new(Server { ahead, ..SERVER });
        let client = client(&serving, sigv4());
        assert_eq!(call(&client).await, (200, 2), "{ahead}");
        assert_eq!(call(&client).await, (200, 1));
        assert_eq!(serving.seen(), [0, ahead, ahead]);
        let origin = "https://api.example.com".to_owned();
        assert_eq!(health(&client), [(origin, ahead)]);
        // The clock of the machine, or of the server, is set right.
        serving.server.lock().expect("no panic").ahead = 0;
        assert_eq!(call(&client).await, (200, 2));
        assert_eq!(call(&client).await, (200, 1));
        assert_eq!(serving.seen(), [ahead, 0, 0]);
        assert!(health(&client).is_empty());
    }
}

#[tokio::test]
async fn a_clock_is_learnt_before_it_matters() {
    for (ahead, is_cached, then) in [
        (MINUTE, false, MINUTE),
        (-MINUTE, false, -MINUTE),
        // Servers allow for so much.
        (4, false, 0),
        (-5, false, 0),
        // A cache tells when it got the answer.
        (MINUTE, true, 0),
        // No clock is so wrong, and the server takes the time.
        (2 * DAY, false, 0),
    ] {
        let serving = Serving::new(Server {
            ahead,
            is_cached,
            tolerance: 3 * DAY,
            ..SERVER
        });
        let client = client(&serving, sigv4());
        assert_eq!(
            (call(&client).await, call(&client).await),
            ((200, 1), (200, 1))
        );
        assert_eq!(serving.seen(), [0, then], "{ahead}");
    }
}

#[tokio::test]
async fn a_date_that_is_not_that_of_the_server_is_given_up() {
    let serving = Serving::new(Server {
        says: Some(10 * MINUTE),
        ..SERVER
    });
    let client = client(&serving, sigv4());
    for expected in [(200, 1), (200, 2), (200, 1), (200, 1)] {
        assert_eq!(call(&client).await, expected);
    }
    assert_eq!(serving.seen(), [0, 10 * MINUTE, 0, 0, 0]);
    assert!(health(&client).is_empty());
}

#[tokio::test]
async fn not_every_refusal_is_for_the_time() {
    let plain = ("x-a", "b");
    for (status, body, attempts) in [
        // Most servers say nothing of the time.
        (401, "{}", 2),
        (403, "{}", 2),
        (400, "{}", 1),
        (400, "<Error><Code>RequestExpired</Code></Error>", 2),
        (404, "RequestExpired", 1),
    ] {
        let refusal = (status, plain, body);
        // Whatever the time is, it is refused.
        let serving = Serving::new(Server {
            ahead: 20 * MINUTE,
            tolerance: -1,
            refusal,
            ..SERVER
        });
        let client = client(&serving, sigv4());
        assert_eq!(call(&client).await, (status, attempts), "{status} {body}");
        // Once the clock is known, only the time that is known to be wrong would be another one.
        let again = call(&client).await;
        assert!(
            again.1 == 1 || body.contains("RequestExpired"),
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn who_signs_nothing_learns_nothing() {
    let serving = Serving::new(Server {
        ahead: 20 * MINUTE,
        ..SERVER
    });
    let client = client(&serving, Bearer::new("t").for_scheme("signed"));
    assert_eq!(call(&client).await, (200, 1));
    assert!(health(&client).is_empty());
}

fn es256() -> SigningKey {
    let jwk = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;
    SigningKey::from_jwk(jwk).expect("it is a key")
}

fn assertion() -> Jwt {
    let key = SigningKey::from_secret(Algorithm::Hs256, "shared with the server");
    Jwt::new(key.expect("it is a key"))
}

fn dpop() -> Dpop {
    Dpop::new(es256()).expect("it is a key of a curve")
}

#[tokio::test]
async fn assertions_and_proofs_are_signed_again_once() {
    let url = "https://login.example.com/token";
    let plain = ("x-a", "b");
    let refused = (401, plain, r#"{"error":"invalid_client"}"#);
    let of_iat =
        r#"{"error":"invalid_grant","error_description":"the claim iat lies in the future"}"#;
    let of_proof = (
        401,
        ("WWW-Authenticate", r#"DPoP error="invalid_dpop_proof""#),
        r#"{"error":"invalid_dpop_proof"}"#,
    );
    let identity = ClientIdentity::signed_by("shop", assertion());
    let signed = ClientCredentials::new(identity).token_url(url).token();
    let bearer = JwtBearer::new(assertion()).token_url(url).token();
    let bound = ClientCredentials::new(ClientIdentity::basic("shop", "s3cret"));
    let bound = bound.token_url(url).dpop(dpop()).token();
    for (refusal, token, kind, seen) in [
        (refused, signed, "bearer", 1),
        ((400, plain, of_iat), bearer, "bearer", 1),
        // The API has a clock of its own.
        (of_proof, bound, "DPoP", 2),
        // A token of one's own making is replaced.
        ((401, plain, "{}"), assertion().token(), "", 1),
    ] {
        let ahead = -10 * MINUTE;
        let serving = Serving::new(Server {
            ahead,
            refusal,
            kind,
            ..SERVER
        });
        let client = client(&serving, token.for_scheme("signed"));
        assert_eq!(call(&client).await.0, 200, "{}", refusal.2);
        assert_eq!(serving.seen(), [0, ahead].repeat(seen), "{}", refusal.2);
    }
}
