//! The mock: what it lets through, and what it refuses.

use attache_runtime::testing::Mock;
use attache_runtime::{
    ApiKey, ApiMeta, Call, Client, ClientBuilder, Json, OperationMeta, Parameter, SecurityScheme,
    Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1")
    .security_schemes(&[SecurityScheme::api_key_query("key", "api_key")]);
static CREATE: OperationMeta =
    OperationMeta::new("createParcel", "POST", "/depots/{depot}/parcels")
        .parameters(&[Parameter::path("depot"), Parameter::query("weight")])
        .accept("application/json")
        .security(&[&["key"]]);
static REMOVE: OperationMeta =
    OperationMeta::new("removeParcel", "DELETE", "/depots/{depot}/parcels");
static OTHER: OperationMeta = OperationMeta::new("other", "GET", "/elsewhere");

const TABLE: &str = r#"{
    "schemes": [{"name": "key", "kind": "query", "key": "api_key"}],
    "operations": [{
        "test": "parcels.create", "id": "createParcel", "method": "POST", "path": "/depots/{depot}/parcels",
        "security": [["key"]],
        "arguments": [
            {"argument": "depot", "in": "path", "name": "depot", "required": true, "style": "simple", "value": "rome"},
            {"argument": "weight", "in": "query", "name": "weight", "required": true, "style": "form", "value": 1},
            {"argument": "body", "in": "body", "name": "application/json", "required": true, "value": {"to": "Ada"}}
        ],
        "consumes": ["application/json"],
        "statuses": ["201", "default"],
        "answers": [
            {"status": 500, "contents": [{"type": "text/plain", "text": "no"}]},
            {"status": 201, "headers": {"ETag": "\"1\""}, "contents": [
                {"type": "text/plain", "text": "p_1"}, {"type": "application/json", "json": {"id": "p_1"}}
            ]}
        ]
    }]
}"#;

fn client() -> ClientBuilder {
    let mock = Mock::new(TABLE).expect("the table is one");
    ClientBuilder::new(&API)
        .transport(mock)
        .auth(ApiKey::new("secret"))
}

fn create(client: &Client) -> Call {
    let mut call = client.call(&CREATE);
    call.path::<String>("depot", "rome/2");
    call.query::<i64>("weight", 3);
    call.json::<Json>("application/json", Json::from("anything"));
    call
}

fn send(call: Call) -> Result<attache_runtime::Response<Json>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let answer = call.send_full::<Json, Undocumented, ()>();
    let answer = runtime.expect("a runtime starts").block_on(answer);
    answer.map_err(|error| error.to_string())
}

fn refusal(call: Call) -> String {
    send(call).expect_err("the mock refuses it")
}

#[test]
fn what_the_description_allows_is_answered_as_it_shows() {
    let client = client().build().expect("the client is sound");
    let response = send(create(&client)).expect("nothing is wrong with it");
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers().get("etag"), Some("\"1\""));
    assert_eq!(
        response.body().get("id").and_then(Json::as_str),
        Some("p_1")
    );
}

#[test]
fn what_breaks_the_description_is_refused_by_name() {
    let client = client().build().expect("the client is sound");

    let mut call = client.call(&CREATE);
    call.path::<String>("depot", "rome");
    call.json::<Json>("application/json", Json::Null);
    let said = refusal(call);
    assert!(
        said.contains("createParcel: the query parameter `weight` is missing"),
        "{said}"
    );

    let mut call = client.call(&CREATE);
    call.path::<String>("depot", "rome");
    call.query::<i64>("weight", 3);
    assert!(refusal(call).contains("the body is missing"));

    let mut call = create(&client);
    call.text("text/plain", "text");
    let said = refusal(call);
    assert!(
        said.contains("`text/plain`, and not one of application/json"),
        "{said}"
    );

    let mut call = client.call(&REMOVE);
    call.path::<String>("depot", "rome");
    assert!(
        refusal(call).contains("no operation of /depots/{depot}/parcels has the method DELETE")
    );
    assert!(refusal(client.call(&OTHER)).contains("no operation has the path /v1/elsewhere"));
}

#[test]
fn a_credential_has_to_be_there() {
    let mock = Mock::new(TABLE).expect("the table is one");
    let builder = ClientBuilder::new(&API).transport(mock).allow_anonymous();
    let client = builder.build().expect("the client is sound");
    assert!(refusal(create(&client)).contains("no credential"));
}

#[test]
fn a_table_that_is_none_is_refused() {
    for text in ["", "[]", r#"{"operations": [{"test": "a.b"}]}"#] {
        assert!(Mock::new(text).is_err(), "{text}");
    }
}

/// The tests of a generated crate, here of one that is written by hand and not always right.
mod generated {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use attache_runtime::testing::Wire;

    use super::{Json, TABLE, Undocumented};

    static WIRE: Wire = Wire::new(TABLE);

    /// Calls the operation as the test of a generated crate does, with this depot.
    fn call(change: fn(&mut super::Call)) -> Result<(), String> {
        let test = WIRE.test("parcels.create");
        let mut builder = super::ClientBuilder::new(&super::API).base_url(test.base_url());
        for credential in test.credentials() {
            builder = builder.auth(credential);
        }
        let client = builder
            .transport(test.transport())
            .build()
            .expect("the client is sound");
        let mut call = client.call(&super::CREATE);
        call.path::<String>("depot", test.argument::<String>("depot"));
        call.query::<i64>("weight", test.argument::<i64>("weight"));
        call.json::<Json>("application/json", test.argument::<Json>("body"));
        change(&mut call);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            test.required(|| call.clone().send_full::<Json, Json, ()>());
            test.all(|| call.clone().send_full::<Json, Undocumented, ()>());
        }));
        outcome.map_err(|panic| panic.downcast_ref::<String>().cloned().unwrap_or_default())
    }

    #[test]
    fn what_is_sent_has_to_be_what_was_asked_for() {
        let without_server = std::env::var_os("ATTACHE_WIRE_URL").is_none();
        assert!(without_server, "these tests have no server");
        let said = |change| call(change).expect_err("it is not what was asked for");
        let depot = said(|call| call.path::<String>("depot", "oslo"));
        assert!(
            depot.contains("the path parameter `depot` is Some(\"oslo\"), not `rome`"),
            "{depot}"
        );
        let weight = said(|call| call.query::<i64>("weight", 2));
        assert!(weight.contains("the query has no `weight=1`"), "{weight}");
        let further = said(|call| call.extra_query("more", "1"));
        assert!(
            further.contains("`more=1`, which was not asked for"),
            "{further}"
        );
        let body = said(|call| call.json::<Json>("application/json", Json::from("Ada")));
        assert!(body.contains("is \"Ada\", not {\"to\":\"Ada\"}"), "{body}");
    }

    #[test]
    fn an_answer_has_to_be_read_as_what_it_is() {
        let said = call(|_| {}).expect_err("the error has no type");
        assert!(
            said.contains("createParcel (POST /depots/{depot}/parcels): the answer 500"),
            "{said}"
        );
    }
}
