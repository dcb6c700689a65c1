//! Every way in which operations continue.

use super::*;

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
        page(&[3], r#","next":"http://api.example.com/v1/more/?x=3""#),
        page(&[3], r#","next":"../less""#),
        page(&[4], r#","next":null"#),
    ]);
    assert_eq!(
        walk(&replay, &NEXT_URL).await[1..],
        ["/more?x=1", "/more?x=2", "/more/?x=3", "/less"]
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
    assert_eq!((&*second.method, second.body.is_empty()), ("GET", true));
    assert_eq!(second.headers.get("content-type"), None);
    assert_eq!(second.url.query(), Some("p=2&api%20key=k%202"));
}

#[tokio::test]
async fn a_parameter_is_kept_in_the_address() {
    static KEPT: Pagination = Pagination::next_url("/next").keeping(&[1]);
    for (next, expected) in [
        ("/v1/p?x=1", "/p?x=1&limit=2"),
        ("/v1/p?Limit=9&x=a%20b&limit=8", "/p?x=a%20b&limit=2"),
        ("/v1/p", "/p?limit=2"),
    ] {
        let replay = script(&[page(&[1], &format!(r#","next":"{next}""#)), page(&[2], "")]);
        assert_eq!(walk(&replay, &KEPT).await[1..], [expected]);
    }
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
        OperationMeta::new("nextParcels", "GET", "/{tenant}/after/{token}").parameters(&[
            Parameter::path("tenant"),
            Parameter::path("token").as_is(),
            Parameter::query("limit"),
        ]);
    static BY: Pagination = Pagination::token("/next").to_parameter(1).by(&NEXT);
    let replay = script(&[page(&[1], r#","next":"a/b?c=%20""#), page(&[2], "")]);
    assert_eq!(
        walk(&replay, &BY).await,
        ["/t/parcels?beta=1&limit=2", "/t/after/a/b?c=%20&limit=2",]
    );
    static SINGLE: Pagination = Pagination::single().items("/items");
    let replay = script(&[page(&[1], r#","next":"a""#)]);
    assert_eq!(walk(&replay, &SINGLE).await.len(), 1);
}
