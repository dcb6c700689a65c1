//! Pages and items of every kind, against scripted answers.

mod failures;
mod kinds;
mod walks;

use std::future::poll_fn;
use std::pin::Pin;

use attache_runtime::pagination::Continuation;
use attache_runtime::transport::TransportResponse;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiKey, ApiMeta, Call, Headers, Json, OperationMeta, Pages, Pagination, Parameter,
    SecurityScheme, Undocumented,
};
use futures_core::Stream;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1").security_schemes(&[
    SecurityScheme::api_key_header("key", "X-Api-Key"),
    SecurityScheme::api_key_query("query_key", "api key"),
]);

static LIST: OperationMeta = OperationMeta::new("listParcels", "GET", "/{tenant}/parcels")
    .parameters(&[
        Parameter::path("tenant"),
        Parameter::query("limit"),
        Parameter::query("cursor"),
        Parameter::header("X-Cursor"),
    ])
    .fixed_query("beta=1")
    .security(&[&["key"]]);
static SEARCH: OperationMeta = OperationMeta::new("searchParcels", "POST", "/search");

#[derive(Debug)]
struct Parcel {
    id: i64,
}
attache_runtime::object! { Parcel { required "id" => id } }

#[derive(Debug)]
struct ParcelPage {
    items: Vec<Parcel>,
}
attache_runtime::object! { ParcelPage { required "items" => items } }

#[derive(Clone, Debug)]
struct Request {
    call: Call,
}
attache_runtime::paged! {
    Request => ParcelPage, Json;
    Pagination::token("/next").to_parameter(2).items("/items");
    Parcel: |page| Some(page.items)
}

static CURSOR: Pagination = Pagination::token("/next").to_parameter(2).items("/items");
static OFFSET: Pagination = Pagination::offset(0).to_parameter(2).items("/items");
static NEXT_URL: Pagination = Pagination::next_url("/next").items("/items");

fn call_of(replay: &Replay, operation: &'static OperationMeta) -> Call {
    let client = attache_runtime::ClientBuilder::new(&API)
        .auth(ApiKey::new("k1").for_scheme("key"))
        .transport(replay.clone())
        .retry(attache_runtime::Retry::off())
        .build()
        .expect("the configuration is valid");
    let mut call = client.call(operation);
    call.path::<String>("tenant", "t");
    call
}

fn pages(replay: &Replay, scheme: &'static Pagination) -> Pages<Json, Undocumented> {
    let mut call = call_of(replay, &LIST);
    call.query::<i64>("limit", 2);
    call.pages(scheme)
}

/// A page of these ids, with further members.
fn page(ids: &[i64], further: &str) -> String {
    let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    format!(r#"{{"items":[{}]{further}}}"#, items.join(","))
}

fn script(bodies: &[String]) -> Replay {
    bodies
        .iter()
        .fold(Replay::new(), |replay, body| replay.json(200, body))
}

/// The addresses that were asked for, after the version.
fn asked(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let urls = requests.iter().map(|request| {
        let url = request.url.as_str();
        url.strip_prefix("https://api.example.com/v1")
            .unwrap_or(url)
            .to_owned()
    });
    urls.collect()
}

async fn walk(replay: &Replay, scheme: &'static Pagination) -> Vec<String> {
    let mut pages = pages(replay, scheme);
    while let Some(page) = pages.next().await {
        page.expect("every answer is a page");
    }
    assert_eq!(pages.continuation(), None);
    asked(replay)
}
