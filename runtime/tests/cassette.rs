//! Real traffic, recorded with its secrets removed, and played again without a server.

use attache_runtime::testing::{Act, Cassette, FaultPlan, FaultServer, Recorder};
use attache_runtime::transport::{Connections, HyperTransport, Transport};
use attache_runtime::{
    ApiKey, ApiMeta, Bearer, Client, ClientBuilder, Json, OperationMeta, SecurityScheme,
    Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1").security_schemes(&[
    SecurityScheme::bearer("token"),
    SecurityScheme::api_key_query("key", "api_key"),
]);
static GET: OperationMeta =
    OperationMeta::new("getParcel", "GET", "/parcels/{id}").security(&[&["token", "key"]]);
static LOG_IN: OperationMeta = OperationMeta::new("logIn", "POST", "/logins");

fn client(transport: impl Transport, base_url: &str, mark: &str) -> Client {
    ClientBuilder::new(&API)
        .base_url(base_url)
        .transport(transport)
        .auth(Bearer::new(format!("{mark}-token")))
        .auth(ApiKey::new(format!("{mark}-key")))
        .build()
        .expect("the settings are valid")
}

async fn get(client: &Client, id: &str) -> Result<Json, String> {
    let mut call = client.call(&GET);
    call.path::<String>("id", id);
    let answer = call.send::<Json, Undocumented>().await;
    answer.map_err(|error| error.to_string())
}

async fn log_in(client: &Client, mark: &str) -> Result<Json, String> {
    let mut call = client.call(&LOG_IN);
    let body = format!(r#"{{"user":"shop","password":"{mark}-password","iban":"{mark}-iban"}}"#);
    let body = Json::from_slice(body.as_bytes()).expect("it is JSON");
    call.json::<Json>("application/json", body);
    let answer = call.send::<Json, Undocumented>().await;
    answer.map_err(|error| error.to_string())
}

fn server() -> FaultServer {
    let cookie = ("set-cookie".to_owned(), "sid=CANARY-cookie".to_owned());
    let limit = ("x-ratelimit-remaining".to_owned(), "7".to_owned());
    let parcel = r#"{"id":"p_1","echo":"you sent CANARY-token","pin":123456}"#;
    let session = r#"{"access_token":"CANARY-access","expires_in":60,"credentials":{"a":["CANARY-a"],"n":1}}"#;
    let plan = FaultPlan::answering(404, r#"{"message":"gone"}"#).first([
        Act::AnswerWith(200, vec![cookie, limit], parcel.to_owned()),
        Act::Answer(200, session.to_owned()),
    ]);
    FaultServer::start(plan).expect("a port")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_is_played_again() {
    let server = server();
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let recorder = Recorder::new(transport).hide("IBAN");
    let live = client(recorder.clone(), &format!("{}/v1", server.url()), "CANARY");
    let parcel = get(&live, "p_1").await.expect("200");
    assert_eq!(parcel.pointer("/pin").and_then(Json::as_i64), Some(123_456));
    log_in(&live, "CANARY").await.expect("200");
    get(&live, "p_2").await.expect_err("404");
    drop(server);

    let file = std::env::temp_dir().join(format!("attache-{}.cassette", std::process::id()));
    recorder.cassette().save(&file).expect("it is written");
    let text = std::fs::read_to_string(&file).expect("it is there");
    assert!(!text.contains("CANARY"), "{text}");
    assert!(!text.contains("123456"), "{text}");
    assert_eq!(text.lines().count(), 3);

    // Another server, other secrets, the same answers.
    let cassette = Cassette::load(&file).expect("it is one").hide("iban");
    std::fs::remove_file(&file).expect("it is there");
    let again = client(cassette, "https://elsewhere.example.com/v1", "other");
    let session = log_in(&again, "other").await.expect("200");
    assert_eq!(
        session.to_string(),
        r#"{"access_token":"***","expires_in":60,"credentials":{"a":["***"],"n":0}}"#
    );
    let error = get(&again, "p_2").await.expect_err("404");
    assert!(error.contains("404"), "{error}");
    let parcel = get(&again, "p_1").await;
    assert_eq!(
        parcel.expect("200").to_string(),
        r#"{"id":"p_1","echo":"you sent ***","pin":0}"#
    );
    let error = get(&again, "p_1").await.expect_err("it has been played");
    assert!(
        error.contains("no answer to GET /v1/parcels/p_1?api_key=*** with this body is left"),
        "{error}"
    );
}

#[test]
fn what_is_no_cassette_is_refused() {
    let file = std::env::temp_dir().join(format!("attache-{}.none", std::process::id()));
    std::fs::write(&file, "{\"request\":7}\n").expect("it is written");
    let error = Cassette::load(&file).expect_err("it is none");
    std::fs::remove_file(&file).expect("it is there");
    assert!(
        error.to_string().starts_with("line 1 is no exchange"),
        "{error}"
    );
}

/// Credentials whose names say nothing are known by what they are.
#[tokio::test(flavor = "multi_thread")]
async fn a_credential_is_one_whatever_it_is_called() {
    static DOORS: ApiMeta = ApiMeta::new("doors", "https://api.example.com").security_schemes(&[
        SecurityScheme::api_key_header("header", "X-Door"),
        SecurityScheme::api_key_query("query", "key"),
    ]);
    static OPEN: OperationMeta =
        OperationMeta::new("open", "GET", "/open").security(&[&["header", "query"]]);
    let echo = r#"{"you":"CANARY-header and CANARY-query"}"#;
    let server = FaultServer::start(FaultPlan::answering(200, echo)).expect("a port");
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let recorder = Recorder::new(transport);
    let client = ClientBuilder::new(&DOORS)
        .base_url(server.url())
        .transport(recorder.clone())
        .auth(ApiKey::new("CANARY-header").for_scheme("header"))
        .auth(ApiKey::new("CANARY-query").for_scheme("query"))
        .build()
        .expect("the settings are valid");
    let call = client.call(&OPEN).send::<Json, Undocumented>();
    call.await.expect("200");
    let file = std::env::temp_dir().join(format!("attache-{}.doors", std::process::id()));
    recorder.cassette().save(&file).expect("it is written");
    let text = std::fs::read_to_string(&file).expect("it is there");
    std::fs::remove_file(&file).expect("it is there");
    assert!(!text.contains("CANARY"), "{text}");
}
