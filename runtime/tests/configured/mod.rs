//! A client that is configured from outside, and what becomes of its calls.

use attache_runtime::transport::TransportErrorKind;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bearer, BuildError, ClientBuilder, OperationMeta, SecurityScheme, Undocumented,
};

pub(crate) static API: ApiMeta = ApiMeta::new("parcels_client", "https://api.example.com/v1")
    .environment("PARCELS")
    .operation_servers(&["https://upload.example.com"])
    .security_schemes(&[
        SecurityScheme::api_key_header("apiKey", "X-Api-Key")
            .given_by("api_key", "PARCELS_API_KEY"),
        SecurityScheme::bearer("bearer").given_by("bearer", "PARCELS_BEARER"),
        SecurityScheme::basic("user").given_by("user", "PARCELS_USER"),
        SecurityScheme::other("tls", "mutualTLS"),
    ]);

pub(crate) static LIST: OperationMeta =
    OperationMeta::new("list", "GET", "/x").security(&[&["apiKey"], &["bearer"], &["user"]]);

/// Where an operation goes, with which headers of credentials.
pub(crate) async fn sent(builder: ClientBuilder, operation: &'static OperationMeta) -> String {
    let replay = Replay::new().json(204, "");
    let client = builder.transport(replay.clone()).build().expect("valid");
    let call = client.call(operation).send::<(), Undocumented>();
    call.await.expect("204");
    let request = &replay.requests()[0];
    let mut shown = request.url.as_str().to_owned();
    for name in ["x-api-key", "authorization"] {
        let value = request.headers.get(name);
        shown.extend(value.map(|value| format!(" {value}")));
    }
    shown
}

pub(crate) fn refusal(builder: ClientBuilder) -> String {
    let built: Result<_, BuildError> = builder.transport(Replay::new()).build();
    let message = built.expect_err("it cannot be built").to_string();
    assert!(!message.contains("s3cret"), "{message}");
    message
}

/// How often a call that always fails is sent, what is left for retries, and the quota of the client.
pub(crate) async fn limits(builder: ClientBuilder) -> (u32, f64, Option<f64>) {
    let replay = (0..9).fold(Replay::new(), |replay, _| {
        replay.fail(TransportErrorKind::NotSent)
    });
    let client = builder
        .auth(Bearer::new("t"))
        .transport(replay)
        .build()
        .expect("valid");
    let call = client.call(&LIST).send::<(), Undocumented>();
    let error = call.await.expect_err("nothing answers");
    let health = client.health();
    let rate = health.quotas.first().and_then(|quota| quota.rate);
    (error.attempts(), health.retry_tokens as f64, rate)
}
