//! The client of the main example, against a server on this machine.

use attache_runtime::json;
use attache_tests::server::{Answer, Request, Server};
use parcels_client::api::parcels::{CreateParcelError, GetParcelLabelResponse};
use parcels_client::links::CreateParcelLinks;
use parcels_client::types::{
    Address, Event, Money, NewParcel, ParcelPatch, Position, RegisterWebhookBody, Status,
};
use parcels_client::{ApiKey, Bearer, Client, Environment, Maybe};

const PARCEL: &str = r#"{"id":"p_1","status":"in-transit","weight_grams":1200,"service_level":3,"to":{"name":"Ada","street":"Via Appia 1","city":"Rome","country":"IT"},"created_at":"2026-11-24T10:00:00+01:00","cancelled_at":null,"note":null,"color":"red"}"#;
const PROBLEM: &str = r#"{"title":"Taken","status":409,"detail":"There is one","hint":["a"]}"#;

fn answer(request: &Request) -> Answer {
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((&request.target, ""));
    match (request.method.as_str(), path) {
        ("GET", "/v1/parcels") if query.contains("cursor=c2") => {
            Answer::json(200, format!(r#"{{"items":[{PARCEL},{PARCEL}]}}"#))
        }
        ("GET", "/v1/parcels") => {
            Answer::json(200, format!(r#"{{"items":[{PARCEL}],"next_cursor":"c2"}}"#))
                .header("x-ratelimit-remaining", "7")
        }
        ("POST", "/v1/parcels") if request.text().contains("\"taken\"") => {
            Answer::status(409).body("application/problem+json", PROBLEM)
        }
        ("POST", "/v1/parcels") => Answer::json(201, PARCEL),
        ("GET", "/v1/parcels/p%2F1") => Answer::json(200, PARCEL).header("x-request-id", "r_7"),
        ("PATCH", "/v1/parcels/p_1") => Answer::json(200, PARCEL),
        ("DELETE", "/v1/parcels/p_1") => Answer::status(204),
        ("GET", "/v1/parcels/p_1/label") => {
            Answer::status(200).body("application/pdf", b"%PDF".to_vec())
        }
        ("GET", "/v1/parcels/p_2/label") => {
            Answer::json(202, r#"{"ready_at":"2026-11-24T10:00:00Z"}"#)
        }
        ("GET", "/v1/parcels/p_1/events")
            if request.header("accept") == Some("text/event-stream") =>
        {
            let event = r#"{"type":"delivered","at":"2026-11-24T10:00:00Z"}"#;
            let events = format!("id: 1\ndata: {event}\n\n: quiet\n\ndata: {event}\n\n");
            Answer::status(200).body("text/event-stream", events)
        }
        ("GET", "/v1/parcels/p_1/events") => Answer::json(
            200,
            r#"[{"type":"delivered","at":"2026-11-24T10:00:00Z","signature":"aGk="},{"type":"lost","where":"sea"}]"#,
        ),
        ("GET", "/v1/depots") => Answer::json(
            200,
            r#"[{"id":"0190a5b0-0000-7000-8000-000000000000","name":"North","lat":41.9,"lon":12.5}]"#,
        ),
        ("POST", "/v1/webhooks") => Answer::status(201).body("text/plain", "whsec_1"),
        _ => Answer::status(500).body("text/html", "<h1>lost</h1>"),
    }
}

fn start() -> (Server, Client) {
    let server = Server::start(answer);
    let client = Client::builder()
        .base_url(format!("{}/v1", server.url()))
        .auth(ApiKey::new("key"))
        .build()
        .expect("the configuration is valid");
    (server, client)
}

fn rome() -> Address {
    Address::new("Ada", "Via Appia 1", "Rome", "IT")
}

#[tokio::test]
async fn links_lead_on() {
    let (server, client) = start();
    let new = NewParcel::new(rome(), 1200);
    let announced = client.parcels().create(new).send_full().await.unwrap();
    let cancel = announced.cancel(&client).expect("the answer has an id");
    cancel.send().await.expect("204");
    let last = server.requests().pop().expect("it was called");
    assert_eq!(
        (last.method.as_str(), last.target.as_str()),
        ("DELETE", "/v1/parcels/p_1")
    );
}

#[tokio::test]
async fn answers_are_typed() {
    let (_server, client) = start();
    let parcels = client.parcels();
    let full = parcels.get("p/1").send_full().await.expect("200");
    assert_eq!((full.status(), full.request_id()), (200, Some("r_7")));
    let parcel = full.into_body();
    assert_eq!(parcel.status, Status::InTransit);
    assert_eq!(parcel.service_level.map(|level| level.as_i64()), Some(3));
    assert_eq!(parcel.created_at.to_string(), "2026-11-24T10:00:00+01:00");
    assert!(parcel.note.is_null() && parcel.return_parcel.is_none());

    let page = parcels.list().send().await.expect("200");
    assert_eq!(
        (
            page.items.len(),
            page.next_cursor.value().map(String::as_str)
        ),
        (1, Some("c2"))
    );

    let label = parcels.get_parcel_label("p_1").send().await.expect("200");
    assert!(matches!(label, GetParcelLabelResponse::Ok(bytes) if &bytes[..] == b"%PDF"));
    let label = parcels.get_parcel_label("p_2").send().await.expect("202");
    assert!(matches!(label, GetParcelLabelResponse::Accepted(_)));

    let events = parcels.list_parcel_events("p_1").send().await.expect("200");
    let Event::Delivered(delivered) = &events[0] else {
        panic!("{events:?}");
    };
    assert_eq!(
        delivered.signature.as_ref().map(|bytes| &bytes[..]),
        Some(&b"hi"[..])
    );
    let Event::Unknown(unknown) = &events[1] else {
        panic!("{events:?}");
    };
    assert_eq!(json::to_string(unknown), r#"{"type":"lost","where":"sea"}"#);
}

#[tokio::test]
async fn streams_downloads_and_headers_are_typed() {
    let (_server, client) = start();
    let parcels = client.parcels();
    let mut events = parcels.list_parcel_events("p_1").stream();
    for _ in 0..2 {
        let event = events
            .next()
            .await
            .expect("an event")
            .expect("as described");
        assert!(matches!(event, Event::Delivered(_)), "{event:?}");
    }
    assert!(events.next().await.is_none());
    assert_eq!(events.last_event_id(), Some("1"));

    let download = parcels.get_parcel_label("p_1").download().await;
    let mut download = download.expect("200");
    assert_eq!(download.media_type(), Some("application/pdf"));
    let piece = download.next().await.expect("a piece").expect("all of it");
    assert_eq!(&piece[..], b"%PDF");

    let page = parcels.list().send_full().await.expect("200");
    let headers = page.typed_headers().expect("as described");
    assert_eq!(headers.x_rate_limit_remaining, Some(7));
}

#[tokio::test]
async fn requests_are_as_described() {
    let (server, client) = start();
    let parcels = client.parcels();
    let mut patch = ParcelPatch::new();
    patch.note = Maybe::Null;
    let new = NewParcel::new(rome(), 1200).declared_value(Money::new(11.5, "EUR"));
    parcels
        .create(new)
        .idempotency_key("k1")
        .send()
        .await
        .expect("201");
    parcels.update("p_1", patch).send().await.expect("200");
    parcels.cancel("p_1").send().await.expect("204");
    let list = parcels
        .list()
        .limit(50)
        .status([Status::Announced, Status::InTransit]);
    list.send().await.expect("200");
    client
        .depots()
        .list(Position::new(41.9, 12.5))
        .send()
        .await
        .expect("200");
    let body = RegisterWebhookBody::new("https://example.com/a b")
        .events(vec!["x".to_owned(), "y".to_owned()]);
    let secret = client.webhooks().register(body).send().await.expect("201");
    assert_eq!(String::from(secret), "whsec_1");

    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(Request::line).collect();
    assert_eq!(
        lines,
        [
            "POST /v1/parcels",
            "PATCH /v1/parcels/p_1",
            "DELETE /v1/parcels/p_1",
            "GET /v1/parcels?limit=50&status=announced,in-transit",
            "GET /v1/depots?near%5Blat%5D=41.9&near%5Blon%5D=12.5",
            "POST /v1/webhooks",
        ]
    );
    assert_eq!(
        requests[0].text(),
        r#"{"to":{"name":"Ada","street":"Via Appia 1","city":"Rome","country":"IT"},"weight_grams":1200,"declared_value":{"amount":11.5,"currency":"EUR"}}"#
    );
    assert_eq!(requests[0].header("idempotency-key"), Some("k1"));
    assert_eq!(requests[0].header("x-api-key"), Some("key"));
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(requests[1].text(), r#"{"note":null}"#);
    assert_eq!(
        requests[4].header("x-api-key"),
        None,
        "the operation takes no credential"
    );
    assert_eq!(
        requests[5].text(),
        "url=https%3A%2F%2Fexample.com%2Fa+b&events=x&events=y"
    );
}

#[tokio::test]
async fn pages_are_fetched_as_they_are_needed() {
    let (server, client) = start();
    let request = client.parcels().list().limit(1);
    let mut items = request.clone().items();
    let mut count = 0;
    while let Some(parcel) = items.next().await {
        assert_eq!(parcel.expect("200").id, "p_1");
        count += 1;
        assert_eq!(server.requests().len(), if count == 1 { 1 } else { 2 });
    }
    assert_eq!(count, 3);

    let mut pages = request.clone().pages().max_pages(1);
    let page = pages.next().await.expect("there is one").expect("200");
    assert_eq!((page.items.len(), page.number()), (1, 1));
    let kept = page.continuation().expect("there is more").to_string();
    let rest = request.items().resume(kept.parse().expect("it was kept"));
    assert_eq!(rest.all().await.expect("200").len(), 2);
    let lines: Vec<_> = server.requests().iter().map(Request::line).collect();
    assert_eq!(
        lines[1..],
        [
            "GET /v1/parcels?limit=1&cursor=c2",
            "GET /v1/parcels?limit=1",
            "GET /v1/parcels?limit=1&cursor=c2",
        ]
    );
}

#[tokio::test]
async fn errors_are_typed_and_keep_what_was_sent() {
    let (_server, client) = start();
    let new = NewParcel::new(rome(), 1).reference("taken");
    let error = client.parcels().create(new).send().await.expect_err("409");
    assert_eq!(error.status(), Some(409));
    let Some(CreateParcelError::Conflict(problem)) = error.api() else {
        panic!("{error:?}");
    };
    assert_eq!(problem.title, "Taken");
    assert_eq!(error.body().map(|body| &body[..]), Some(PROBLEM.as_bytes()));

    let error = client.parcels().get("gone").send().await.expect_err("500");
    assert!(error.is_server_error() && error.api().is_none());
    assert_eq!(
        error.body().map(|body| &body[..]),
        Some(&b"<h1>lost</h1>"[..])
    );
    assert!(
        error
            .to_string()
            .contains("getParcel (GET /parcels/{parcelId})"),
        "{error}"
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before() {
    let (server, client) = start();
    let error = client
        .parcels()
        .get("")
        .send()
        .await
        .expect_err("the id is empty");
    assert!(error.is_invalid_request() && !error.was_sent());
    let anonymous = Client::builder()
        .base_url(server.url())
        .build()
        .expect("it is valid");
    let error = anonymous
        .parcels()
        .list()
        .send()
        .await
        .expect_err("a credential is needed");
    assert!(error.is_missing_credential() && !error.was_sent());
    assert!(error.to_string().contains("apiKey"), "{error}");
    assert_eq!(server.requests(), []);

    // The other alternative of the description does as well.
    let bearer = Client::builder()
        .base_url(format!("{}/v1", server.url()))
        .auth(Bearer::new("t"));
    let bearer = bearer.build().expect("it is valid");
    bearer.parcels().list().send().await.expect("200");
    assert_eq!(
        server.requests()[0].header("authorization"),
        Some("Bearer t")
    );
}

#[tokio::test]
async fn settings_from_the_environment() {
    let (server, _client) = start();
    let base_url = format!("{}/v1", server.url());
    let variables = [
        ("PARCELS_BASE_URL", base_url.as_str()),
        ("PARCELS_API_KEY", "key"),
    ];
    let builder = Client::builder().environment(Environment::of(variables));
    let client = builder.build().expect("the configuration is valid");
    let parcel = client.parcels().get("p/1").send().await.expect("200");
    assert_eq!(parcel.id, "p_1");

    let without = Client::builder().base_url(base_url).build();
    let without = without.expect("the configuration is valid");
    let error = without.parcels().get("p/1").send().await;
    let error = error.expect_err("no credential is given");
    assert!(error.is_missing_credential());
    assert!(
        error
            .to_string()
            .contains("`api_key(…)`, or the variable PARCELS_API_KEY"),
        "{error}"
    );
}
