//! Pages and items of every kind, against scripted answers.

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

#[tokio::test]
async fn a_token_of_the_body() {
    let replay = script(&[
        page(&[1, 2], r#","next":"a b""#),
        page(&[], r#","next":"c""#),
        page(&[3], r#","next":"""#),
    ]);
    assert_eq!(
        walk(&replay, &CURSOR).await,
        [
            "/t/parcels?beta=1&limit=2",
            "/t/parcels?beta=1&limit=2&cursor=a%20b",
            "/t/parcels?beta=1&limit=2&cursor=c",
        ]
    );
    for request in replay.requests() {
        assert_eq!(request.headers.get("x-api-key"), Some("k1"));
    }
}

#[tokio::test]
async fn items_of_all_pages() {
    let script = || {
        script(&[
            page(&[1, 2], r#","next":"a""#),
            page(&[], r#","next":"b""#),
            page(&[3], ""),
        ])
    };
    let request = |replay: &Replay| Request {
        call: call_of(replay, &LIST),
    };
    let replay = script();
    let mut items = request(&replay).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.expect("every answer is a page").id);
        let fetched = if ids.len() < 3 { 1 } else { 3 };
        assert_eq!(
            replay.requests().len(),
            fetched,
            "pages come when they are needed"
        );
    }
    assert_eq!(ids, [1, 2, 3]);

    let all = request(&script())
        .items()
        .all()
        .await
        .expect("all are pages");
    assert_eq!(all.len(), 3);
    let first = request(&script()).items().max_pages(1).all().await;
    assert_eq!(first.expect("it is a page").len(), 2);
}

#[tokio::test]
async fn streams_without_a_trait_and_with_it() {
    let replay = script(&[page(&[1], r#","next":"a""#), page(&[2], "")]);
    let mut pages = pages(&replay, &CURSOR);
    let mut count = 0;
    while let Some(page) = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await {
        count += 1;
        let page = page.expect("every answer is a page");
        assert_eq!(page.number(), count);
        assert_eq!(page.response().status(), 200);
        assert_eq!(
            page.pointer("/items/0/id").and_then(Json::as_i64),
            Some(count as i64)
        );
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_token_in_header_and_body() {
    static HEADERS: Pagination = Pagination::header_token("X-Next").to_parameter(3);
    let answer = |token: &str| {
        let headers = Headers::from_iter([("content-type", "application/json"), ("x-next", token)]);
        TransportResponse::new(200, headers, "[]")
    };
    let replay = Replay::new().answer(answer("h1")).answer(answer(""));
    walk(&replay, &HEADERS).await;
    assert_eq!(replay.requests()[0].headers.get("x-cursor"), None);
    assert_eq!(replay.requests()[1].headers.get("x-cursor"), Some("h1"));

    static BODY: Pagination = Pagination::token("/next").to_body("/page/cursor");
    let replay = script(&[page(&[1], r#","next":7"#), page(&[2], r#","next":0"#)]);
    let mut call = call_of(&replay, &SEARCH);
    let body = Json::from_slice(br#"{"q":1.10,"page":{"size":2}}"#).expect("it is JSON");
    call.json::<Json>("application/vnd.q+json", body);
    let mut pages: Pages<Json, Undocumented> = call.pages(&BODY);
    while let Some(page) = pages.next().await {
        page.expect("every answer is a page");
    }
    let requests = replay.requests();
    let body = requests[1].body.as_bytes().expect("it is in memory");
    assert_eq!(&*body, br#"{"q":1.10,"page":{"size":2,"cursor":7}}"#);
    assert_eq!(
        requests[1].headers.get("content-type"),
        Some("application/vnd.q+json")
    );
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn the_last_item_and_whether_there_is_more() {
    static LAST: Pagination = Pagination::last_item("/id")
        .to_parameter(2)
        .items("/items")
        .while_true("/has_more");
    let replay = script(&[
        page(&[1, 2], r#","has_more":true"#),
        page(&[3], r#","has_more":false"#),
    ]);
    assert_eq!(
        walk(&replay, &LAST).await[1..],
        ["/t/parcels?beta=1&limit=2&cursor=2"]
    );
    let empty = script(&[page(&[], r#","has_more":true"#)]);
    assert_eq!(walk(&empty, &LAST).await.len(), 1);

    static UNTIL: Pagination = Pagination::token("/next")
        .to_parameter(2)
        .until_true("/last");
    let replay = script(&[
        page(&[1], r#","next":"a","last":false"#),
        page(&[2], r#","next":"b","last":true"#),
    ]);
    assert_eq!(walk(&replay, &UNTIL).await.len(), 2);
}

#[tokio::test]
async fn offsets_and_page_numbers() {
    let replay = script(&[page(&[1, 2], ""), page(&[3], ""), page(&[], "")]);
    assert_eq!(
        walk(&replay, &OFFSET).await[1..],
        [
            "/t/parcels?beta=1&limit=2&cursor=2",
            "/t/parcels?beta=1&limit=2&cursor=3",
        ]
    );
    static TOTAL: Pagination = Pagination::offset(1)
        .to_parameter(2)
        .items("/items")
        .total_items("/total");
    let replay = script(&[page(&[1, 2], r#","total":3"#), page(&[3], r#","total":3"#)]);
    assert_eq!(
        walk(&replay, &TOTAL).await[1..],
        ["/t/parcels?beta=1&limit=2&cursor=3"]
    );
    static PAGES: Pagination = Pagination::page(1)
        .to_parameter(2)
        .items("/items")
        .total_pages("/pages");
    let replay = script(&[page(&[1], r#","pages":2"#), page(&[2], r#","pages":2"#)]);
    assert_eq!(
        walk(&replay, &PAGES).await[1..],
        ["/t/parcels?beta=1&limit=2&cursor=2"]
    );
    // Who sets the parameter begins there.
    let replay = script(&[page(&[1], ""), page(&[], "")]);
    let mut call = call_of(&replay, &LIST);
    call.query::<i64>("cursor", 40);
    let mut pages: Pages<Json, Undocumented> = call.pages(&OFFSET);
    while pages.next().await.is_some() {}
    assert_eq!(
        asked(&replay),
        ["/t/parcels?beta=1&cursor=40", "/t/parcels?beta=1&cursor=41"]
    );
}

#[tokio::test]
async fn addresses_of_body_and_header() {
    let replay = script(&[
        page(&[1], r#","next":"/v1/more?x=1""#),
        page(&[2], r#","next":"?x=2""#),
        page(&[3], r#","next":"http://api.example.com/v1/more?x=3""#),
        page(&[4], r#","next":null"#),
    ]);
    assert_eq!(
        walk(&replay, &NEXT_URL).await[1..],
        ["/more?x=1", "/t/parcels?x=2", "/more?x=3"]
    );
    for request in replay.requests() {
        assert_eq!(request.headers.get("x-api-key"), Some("k1"));
    }

    static LINK: Pagination = Pagination::link().items("");
    let answer = |link: &str| {
        let headers = Headers::from_iter([("content-type", "application/json"), ("link", link)]);
        TransportResponse::new(200, headers, "[1]")
    };
    let replay = Replay::new()
        .answer(answer(
            r#"<https://api.example.com/v1/p?page=2>; rel="next", </x>; rel=last"#,
        ))
        .answer(answer(r#"</x>; rel="first""#));
    assert_eq!(walk(&replay, &LINK).await[1..], ["/p?page=2"]);
}

#[tokio::test]
async fn an_address_is_fetched_by_get_with_one_key() {
    static BY_KEY: OperationMeta =
        OperationMeta::new("find", "POST", "/find").security(&[&["query_key"]]);
    let replay = script(&[
        page(&[1], r#","next":"/v1/find?api%20key=old&p=2""#),
        page(&[2], ""),
    ]);
    let client = attache_runtime::ClientBuilder::new(&API)
        .auth(ApiKey::new("k 2").for_scheme("query_key"))
        .transport(replay.clone())
        .build()
        .expect("the configuration is valid");
    let mut call = client.call(&BY_KEY);
    call.json::<i64>("application/json", 1);
    let mut pages: Pages<Json, Undocumented> = call.pages(&NEXT_URL);
    while let Some(page) = pages.next().await {
        page.expect("every answer is a page");
    }
    let second = &replay.requests()[1];
    assert_eq!(
        (&*second.method, second.body.is_empty()),
        ("GET".into(), true)
    );
    assert_eq!(second.headers.get("content-type"), None);
    assert_eq!(second.url.query(), Some("p=2&api%20key=k%202"));
}

#[tokio::test]
async fn a_token_that_goes_alone() {
    static ALONE: Pagination = Pagination::token("/next").to_parameter(2).only_with(&[]);
    static WITH: Pagination = Pagination::token("/next").to_parameter(2).only_with(&[1]);
    for (scheme, expected) in [
        (&ALONE, "/t/parcels?beta=1&cursor=a"),
        (&WITH, "/t/parcels?beta=1&limit=2&cursor=a"),
    ] {
        let replay = script(&[page(&[1], r#","next":"a""#), page(&[2], "")]);
        assert_eq!(walk(&replay, scheme).await[1..], [expected]);
    }
}

#[tokio::test]
async fn further_pages_by_another_operation() {
    static NEXT: OperationMeta =
        OperationMeta::new("nextParcels", "GET", "/{tenant}/after/{token}")
            .parameters(&[Parameter::path("tenant"), Parameter::path("token")]);
    static BY: Pagination = Pagination::token("/next").to_parameter(1).by(&NEXT);
    let replay = script(&[page(&[1], r#","next":"a""#), page(&[2], "")]);
    assert_eq!(
        walk(&replay, &BY).await,
        ["/t/parcels?beta=1&limit=2", "/t/after/a"]
    );
    static SINGLE: Pagination = Pagination::single().items("/items");
    let replay = script(&[page(&[1], r#","next":"a""#)]);
    assert_eq!(walk(&replay, &SINGLE).await.len(), 1);
}

#[tokio::test]
async fn a_loop_ends_with_an_error() {
    let replay = script(&[
        page(&[1], r#","next":"a""#),
        page(&[2], r#","next":"b""#),
        page(&[3], r#","next":"a""#),
    ]);
    let mut pages = pages(&replay, &CURSOR);
    for _ in 0..3 {
        pages.next().await.expect("it is there").expect("a page");
    }
    let error = pages.next().await.expect("an error").expect_err("a loop");
    assert!(error.is_paging() && !error.was_sent() && !error.is_retryable());
    assert_eq!(error.page(), Some(4));
    assert_eq!(
        error.to_string(),
        "listParcels (GET /{tenant}/parcels), page 4, cannot be followed: the server gave the same token \
         for it as for a page before, which would never end"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(replay.requests().len(), 3);
}

#[tokio::test]
async fn an_echo_of_the_callers_token_is_a_loop() {
    let replay = script(&[page(&[1], r#","next":"mine""#)]);
    let mut call = call_of(&replay, &LIST);
    call.query::<String>("cursor", "mine");
    let mut pages: Pages<Json, Undocumented> = call.pages(&CURSOR);
    pages.next().await.expect("it is there").expect("a page");
    assert!(pages.next().await.expect("an error").is_err());
}

#[tokio::test]
async fn a_server_that_heeds_no_offset_ends_with_an_error() {
    let replay = script(&[page(&[1, 2], ""), page(&[1, 2], "")]);
    let mut pages = pages(&replay, &OFFSET);
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("the same");
    assert!(error.is_paging() && error.was_sent());
    assert!(
        error.to_string().contains("does not heed \"cursor\""),
        "{error}"
    );
    assert_eq!(error.status(), Some(200));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn credentials_stay_on_their_origin() {
    for url in [
        "https://evil.example/v1/parcels",
        "//evil.example/",
        "https://api.example.com:444/",
    ] {
        let replay = script(&[page(&[1], &format!(r#","next":"{url}""#))]);
        let mut pages = pages(&replay, &NEXT_URL);
        pages.next().await.expect("it is there").expect("a page");
        let error = pages.next().await.expect("an error").expect_err(url);
        assert!(error.is_paging() && !error.was_sent());
        assert!(error.to_string().contains("another origin"), "{error}");
        assert_eq!(replay.requests().len(), 1);
        // A text that was tampered with leads nowhere else either.
        let kept = pages.continuation().expect("the page is still to come");
        let text = kept.to_string();
        let resumed = call_of(&replay, &LIST).pages::<Json, Undocumented>(&NEXT_URL);
        let mut resumed = resumed.resume(text.parse().expect("it was written"));
        assert!(resumed.next().await.expect("an error").is_err());
        assert_eq!(replay.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_json_does_not_end_a_walk_silently() {
    let headers = Headers::from_iter([("content-type", "text/csv")]);
    let replay = Replay::new().answer(TransportResponse::new(200, headers, "1,2"));
    let mut pages = call_of(&replay, &LIST).pages::<attache_runtime::Text, Json>(&CURSOR);
    pages.next().await.expect("it is there").expect("a text");
    let error = pages.next().await.expect("an error").expect_err("no JSON");
    assert!(error.is_paging() && !error.was_sent());
    assert!(error.to_string().contains("is no JSON"), "{error}");
}

#[tokio::test]
async fn a_walk_is_resumed() {
    let replay = script(&[
        page(&[1], r#","next":"a""#),
        page(&[2], r#","next":"b""#),
        page(&[3], ""),
    ]);
    let mut first = pages(&replay, &CURSOR).max_pages(1);
    let page_1 = first.next().await.expect("it is there").expect("a page");
    assert!(first.next().await.is_none(), "that was the limit");
    let kept = first.continuation().expect("there is more").to_string();
    assert_eq!(
        page_1.continuation().map(Continuation::to_string),
        Some(kept.clone())
    );

    let mut second = pages(&replay, &CURSOR).resume(kept.parse().expect("it was written"));
    let page_2 = second.next().await.expect("it is there").expect("a page");
    assert_eq!(page_2.number(), 2);
    second.next().await.expect("it is there").expect("a page");
    assert!(second.next().await.is_none());
    assert_eq!(second.continuation(), None);
    assert_eq!(
        asked(&replay)[1..],
        [
            "/t/parcels?beta=1&limit=2&cursor=a",
            "/t/parcels?beta=1&limit=2&cursor=b",
        ]
    );

    let other = kept.replace("listParcels", "listDepots");
    let mut other = pages(&replay, &CURSOR).resume(other.parse().expect("it is one"));
    let error = other
        .next()
        .await
        .expect("an error")
        .expect_err("of another");
    assert!(
        error.to_string().contains("of the operation listDepots"),
        "{error}"
    );
}

#[tokio::test]
async fn items_are_resumed_at_the_page_they_are_of() {
    let bodies = [page(&[1, 2], r#","next":"a""#), page(&[3, 4], "")];
    let replay = script(&bodies);
    let mut items = Request {
        call: call_of(&replay, &LIST),
    }
    .items();
    for _ in 0..3 {
        items.next().await.expect("it is there").expect("an item");
    }
    let kept = items.continuation().expect("one item is left");
    assert_eq!(kept.page(), 2);
    let replay = script(&bodies[1..]);
    let request = Request {
        call: call_of(&replay, &LIST),
    };
    let again = request.items().resume(kept).all().await.expect("a page");
    assert_eq!(again.len(), 2);
    assert_eq!(asked(&replay), ["/t/parcels?beta=1&cursor=a"]);
}

#[tokio::test]
async fn an_error_in_the_middle_says_where() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .json(503, r#"{"reason":"busy"}"#)
        .json(200, &page(&[2], ""));
    let request = || Request {
        call: call_of(&replay, &LIST),
    };
    let mut pages = request().pages();
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("503");
    assert_eq!((error.status(), error.page()), (Some(503), Some(2)));
    assert!(error.is_retryable() && !error.is_paging());
    assert_eq!(
        error.to_string(),
        "listParcels (GET /{tenant}/parcels), page 2, was answered with status 503 (attempt 1)"
    );
    assert_eq!(
        error
            .api()
            .and_then(|body| body.get("reason"))
            .and_then(Json::as_str),
        Some("busy")
    );
    assert!(pages.next().await.is_none());
    let kept = pages.continuation().expect("page 2 was not had");
    let mut resumed = request().pages().resume(kept);
    let page = resumed.next().await.expect("it is there").expect("a page");
    assert_eq!((page.number(), page.items[0].id), (2, 2));
}

#[tokio::test]
async fn a_page_that_cannot_be_read_is_asked_for_again() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .json(200, r#"{"items":[{"id":"x"}],"next":"b"}"#);
    let mut pages = Request {
        call: call_of(&replay, &LIST),
    }
    .pages();
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("no id");
    assert!(error.is_decode());
    assert_eq!(error.page(), Some(2));
    let kept = pages.continuation().expect("page 2 was not had");
    assert!(kept.to_string().contains(r#""token":"a""#), "{kept}");
}

#[tokio::test]
async fn dropping_gives_the_request_up() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .hang();
    let mut pages = pages(&replay, &CURSOR);
    pages.next().await.expect("it is there").expect("a page");
    let soon = std::time::Duration::from_millis(1);
    let waited = tokio::time::timeout(soon, pages.next()).await;
    assert!(waited.is_err(), "the server never answers");
    // Waiting again goes on with the same request.
    assert!(tokio::time::timeout(soon, pages.next()).await.is_err());
    assert_eq!(replay.requests().len(), 2);
}

#[test]
fn what_is_printed_holds_no_token() {
    let replay = Replay::new();
    let kept: Continuation = r#"{"operation":"listParcels","page":2,"token":"s3cret"}"#
        .parse()
        .expect("it is one");
    let pages = pages(&replay, &CURSOR).resume(kept);
    assert!(!format!("{pages:?}").contains("s3cret"));
}
