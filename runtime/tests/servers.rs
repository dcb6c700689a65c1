//! Which server a call goes to.

use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bearer, Client, ClientBuilder, OperationMeta, SecurityScheme, Server, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1")
    .operation_servers(&["/v2", "https://upload.example.com"])
    .security_schemes(&[SecurityScheme::bearer("token")]);

static LIST: OperationMeta = OperationMeta::new("list", "GET", "/x").security(&[&["token"]]);
static NEWER: OperationMeta = OperationMeta::new("newer", "GET", "/x")
    .server("/v2")
    .security(&[&["token"]]);
static UPLOAD: OperationMeta = OperationMeta::new("upload", "POST", "/x")
    .server("https://upload.example.com")
    .security(&[&["token"]]);
static BROKEN: OperationMeta = OperationMeta::new("broken", "GET", "/x").server("https://{host}");

fn builder() -> ClientBuilder {
    ClientBuilder::new(&API).auth(Bearer::new("t"))
}

/// Where the three operations go; each with the client's credential.
async fn sent(builder: ClientBuilder) -> [String; 3] {
    let replay = Replay::new().json(204, "").json(204, "").json(204, "");
    let client = builder.transport(replay.clone()).build().expect("valid");
    for operation in [&LIST, &NEWER, &UPLOAD] {
        let call = client.call(operation).send::<(), Undocumented>();
        call.await.expect("204");
    }
    let requests = replay.requests();
    [0, 1, 2].map(|index| {
        let request = &requests[index];
        assert_eq!(request.headers.get("authorization"), Some("Bearer t"));
        request.url.as_str().to_owned()
    })
}

#[tokio::test]
async fn what_the_description_says() {
    assert_eq!(
        sent(builder()).await,
        [
            "https://api.example.com/v1/x",
            "https://api.example.com/v2/x",
            "https://upload.example.com/x"
        ]
    );
    let sandbox = Server::new("https://{stage}.example.com").set("stage", "sandbox");
    assert_eq!(
        sent(builder().server(sandbox)).await,
        [
            "https://sandbox.example.com/x",
            "https://sandbox.example.com/v2/x",
            "https://upload.example.com/x"
        ]
    );
}

#[tokio::test]
async fn a_base_url_catches_all_calls() {
    let local = builder()
        .base_url("http://127.0.0.1:1/v1")
        .server(Server::new("https://nobody.example.com"));
    assert_eq!(
        sent(local.clone()).await,
        [
            "http://127.0.0.1:1/v1/x",
            "http://127.0.0.1:1/v2/x",
            "http://127.0.0.1:1/v1/x"
        ]
    );
    let with_upload = local
        .operation_server("https://upload.example.com", "http://127.0.0.1:2")
        .operation_server("/v2", "http://127.0.0.1:3/");
    assert_eq!(
        sent(with_upload).await,
        [
            "http://127.0.0.1:1/v1/x",
            "http://127.0.0.1:3/x",
            "http://127.0.0.1:2/x"
        ]
    );
}

#[tokio::test]
async fn one_call_elsewhere() {
    let replay = Replay::new().json(204, "").json(204, "");
    let client = builder().transport(replay.clone()).build().expect("valid");
    let mut call = client.call(&UPLOAD);
    call.base_url("https://upload.example.com/v9");
    call.send::<(), Undocumented>()
        .await
        .expect("the server that the description names");
    let mut call = client.call(&LIST);
    call.base_url("https://upload.example.com");
    let error = call.send::<(), Undocumented>().await;
    let error = error.expect_err("that is the server of another operation");
    assert!(error.is_missing_credential(), "{error}");
    let mut call = client.call(&UPLOAD);
    call.base_url("https://api.example.com/v9");
    call.send::<(), Undocumented>()
        .await
        .expect("the client's own server");
    let urls = replay.requests();
    let urls: Vec<_> = urls.iter().map(|request| request.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://upload.example.com/v9/x",
            "https://api.example.com/v9/x"
        ]
    );
    let error = client.call(&BROKEN).send::<(), Undocumented>().await;
    assert!(error.expect_err("no value for it").is_invalid_request());
}

#[test]
fn servers_that_cannot_be_used() {
    let message = |builder: ClientBuilder| {
        let built: Result<Client, _> = builder.transport(Replay::new()).build();
        built.expect_err("it cannot be built").to_string()
    };
    assert_eq!(
        message(builder().server(Server::new("https://{region}.example.com"))),
        "the server cannot be used, so `base_url` is needed: \"https://{region}.example.com\" is not a base URL: it \
         holds a character that no URL holds"
    );
    assert!(message(builder().server(Server::new("/v1"))).contains("`base_url` is needed"));
    assert_eq!(
        message(builder().operation_server("https://uplaod.example.com", "http://127.0.0.1")),
        "no operation of parcels has \"https://uplaod.example.com\" as a server of its own, only [\"/v2\", \
         \"https://upload.example.com\"]"
    );
    assert!(message(builder().operation_server("/v2", "nowhere")).contains("nowhere"));
}
