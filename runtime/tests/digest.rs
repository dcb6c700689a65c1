//! HTTP Digest, against a server from a script.

use attache_runtime::signing::Digest;
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{Headers, TransportResponse};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Error, OperationMeta, SecurityScheme, Undocumented,
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

/// A server that asks for something else is not answered.
#[tokio::test]
async fn another_scheme() {
    let headers = Headers::from_iter([("WWW-Authenticate", "Basic realm=\"camera\"")]);
    let replay = Replay::new().answer(TransportResponse::new(401, headers, Vec::new()));
    let error = call(&client(&replay)).await.expect_err("it is refused");
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
}
