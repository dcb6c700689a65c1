//! HTTP Digest, against a server from a script.

use attache_runtime::signing::Digest;
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{Headers, TransportResponse};
use attache_runtime::{
    ApiMeta, Body, Bytes, Client, ClientBuilder, Error, OperationMeta, SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("cameras", "https://camera.example.com")
    .security_schemes(&[SecurityScheme::other("digest", "http digest")]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/image").security(&[&["digest"]]);

fn refusal(nonce: &str) -> TransportResponse {
    let challenge =
        format!(r#"Digest realm="camera", qop="auth", algorithm=SHA-256, nonce="{nonce}""#);
    let headers = Headers::from_iter([("WWW-Authenticate", challenge.as_str())]);
    TransportResponse::new(401, headers, Vec::new())
}

fn client(replay: &Replay) -> Client {
    let digest = Digest::new("ada", "s3cret").credential();
    let builder = ClientBuilder::new(&API).transport(replay.clone());
    let builder = builder.auth(digest.for_scheme("digest"));
    builder.build().expect("it is valid")
}

async fn call(client: &Client) -> Result<Bytes, Error<Undocumented>> {
    let mut call = client.call(&GET);
    call.query::<String>("size", "small");
    call.send::<Bytes, Undocumented>().await
}

fn sent(replay: &Replay) -> Vec<Option<String>> {
    let requests = replay.requests();
    let headers = requests.iter().map(|it| it.headers.get("Authorization"));
    headers.map(|it| it.map(str::to_owned)).collect()
}

/// What a server asks for is answered at once, and from then on before it asks.
#[tokio::test]
async fn what_is_asked_for_is_answered() {
    let replay = Replay::new()
        .answer(refusal("n1"))
        .json(200, "{}")
        .json(200, "{}")
        .answer(refusal("n2"))
        .json(200, "{}");
    let client = client(&replay);
    for _ in 0..3 {
        call(&client).await.expect("it gets in");
    }
    let sent = sent(&replay);
    assert_eq!(sent[0], None);
    let answers: Vec<&str> = sent[1..].iter().flatten().map(String::as_str).collect();
    for (answer, (nonce, count)) in answers
        .iter()
        .zip([("n1", 1), ("n1", 2), ("n1", 3), ("n2", 1)])
    {
        let expected = format!("nonce=\"{nonce}\", uri=\"/image?size=small\"");
        assert!(answer.contains(&expected), "{answer}");
        assert!(answer.contains(&format!("nc={count:08x}")), "{answer}");
        assert!(!answer.contains("s3cret"));
    }
    assert_eq!(answers.len(), 4);
    assert!(!format!("{:?}", replay.requests()).contains("response="));
}

/// A wrong password is not tried for ever.
#[tokio::test]
async fn a_wrong_password() {
    let replay = Replay::new().answer(refusal("n1")).answer(refusal("n2"));
    let error = call(&client(&replay)).await.expect_err("it is refused");
    assert_eq!((error.status(), error.attempts()), (Some(401), 2));
    assert_eq!(replay.requests().len(), 2);
}

/// Once it is known to be wrong, it costs one request a call, as long as the server gives new nonces.
#[tokio::test]
async fn a_wrong_password_again() {
    let replay = Replay::new()
        .answer(refusal("n1"))
        .answer(refusal("n2"))
        .answer(refusal("n3"))
        .answer(refusal("n4\", stale=\"true"))
        .answer(refusal("n5"))
        .json(200, "{}");
    let client = client(&replay);
    for attempts in [2, 1] {
        let error = call(&client).await.expect_err("it is refused");
        assert_eq!(error.attempts(), attempts);
    }
    // A nonce that the server calls stale says nothing of the password.
    let error = call(&client).await.expect_err("it is refused");
    assert_eq!(error.attempts(), 2);
    // The server has learnt the password by now.
    call(&client).await.expect("it gets in");
    assert_eq!(replay.requests().len(), 6);
}

/// A server that wants the body hashed gets that where it is in memory.
#[tokio::test]
async fn the_body_is_hashed_where_it_is_in_memory() {
    let asked = || {
        let challenge = r#"Digest realm="camera", qop="auth-int", nonce="n1""#;
        let headers = Headers::from_iter([("WWW-Authenticate", challenge)]);
        TransportResponse::new(401, headers, Vec::new())
    };
    let replay = Replay::new()
        .answer(asked())
        .json(200, "{}")
        .answer(asked());
    let client = client(&replay);
    call(&client).await.expect("it gets in");
    let answer = sent(&replay)[1].clone().expect("it is answered");
    assert!(answer.contains("qop=auth-int"), "{answer}");
    let request = client.request("PUT", "/image").security(["digest"]);
    let request = request.bytes("image/png", Body::pieces(["x"], None));
    let error = request.send::<Bytes>().await.expect_err("it is in pieces");
    assert!(
        error
            .to_string()
            .contains("sent in pieces cannot be signed"),
        "{error}"
    );
}

/// A server that asks for something else is not answered.
#[tokio::test]
async fn another_scheme() {
    let headers = Headers::from_iter([("WWW-Authenticate", "Basic realm=\"camera\"")]);
    let replay = Replay::new().answer(TransportResponse::new(401, headers, Vec::new()));
    let error = call(&client(&replay)).await.expect_err("it is refused");
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
}
