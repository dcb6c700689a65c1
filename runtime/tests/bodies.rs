//! Bodies by media type: what is sent, and what is refused before anything is.

#[cfg(feature = "transport-hyper")]
mod connection;

use std::future::poll_fn;
use std::io::Cursor;

use futures_core::Stream;

use attache_runtime::body::Part;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Body, Bytes, Call, Client, ClientBuilder, Json, MediaType, OperationMeta, Parameter,
    Style, Undocumented,
};

static API: ApiMeta = ApiMeta::new("bodies", "https://api.example.com");
static CHARGE: OperationMeta = OperationMeta::new("charge", "POST", "/charges").media_types(&[
    MediaType::json("application/json"),
    MediaType::form("application/x-www-form-urlencoded")
        .fields(&[Parameter::field("card").style(Style::DeepObject)]),
    MediaType::multipart("multipart/form-data")
        .fields(&[Parameter::part("card").content_type("application/vnd.card+json")]),
    MediaType::json("application/*+json"),
]);
static UPLOAD: OperationMeta = OperationMeta::new("upload", "PUT", "/files").media_types(&[
    MediaType::plain("application/pdf"),
    MediaType::plain("image/*"),
]);

const VALUE: &str = r#"{"card":{"number":"4 2"},"tags":["a","b"],"none":null}"#;

fn client(replay: &Replay) -> Client {
    let builder = ClientBuilder::new(&API).transport(replay.clone());
    builder.build().expect("the client is complete")
}

fn charge(client: &Client) -> Call {
    let mut call = client.call(&CHARGE);
    let value = Json::from_slice(VALUE.as_bytes()).expect("it is JSON");
    call.value::<Json>("application/json", value);
    call
}

/// The media type and the body of what the call sends.
async fn sent(replay: &Replay, call: Call) -> (String, String) {
    let sent = call.send::<Bytes, Undocumented>().await;
    sent.expect("it is answered");
    let requests = replay.requests();
    let request = requests.last().expect("it was sent");
    let content_type = request.headers.get("content-type");
    let body = request.body.as_bytes().expect("it is in memory");
    (
        content_type.unwrap_or_default().to_owned(),
        String::from_utf8(body.to_vec()).expect("it is text"),
    )
}

static TRANSLATE: OperationMeta =
    OperationMeta::new("translate", "PATCH", "/messages").parameters(&[
        Parameter::part("text"),
        Parameter::part_header("text", "X-Locale"),
        Parameter::part("page"),
        Parameter::part_header("page", "X-Locale"),
    ]);

static CLEAR: OperationMeta = OperationMeta::new("drop", "DELETE", "/messages")
    .parameters(&[Parameter::part("before")])
    .requires_parts();

#[tokio::test]
async fn parts_have_headers_of_their_own() {
    let replay = Replay::new().json(200, "").json(200, "").json(200, "");
    let client = client(&replay);
    let mut call = client.call(&TRANSLATE);
    call.part::<String>("text", "Ciao");
    call.set::<String>(1, "it");
    call.file("page", "x");
    call.set_list::<String>(3, ["it", "en"]);
    let (name, body) = sent(&replay, call).await;
    let boundary = name
        .strip_prefix("multipart/form-data; boundary=")
        .expect("it has one");
    assert_eq!(
        body.replace(boundary, "B"),
        "--B\r\nContent-Disposition: form-data; name=\"text\"\r\nX-Locale: it\r\n\r\nCiao\r\n\
         --B\r\nContent-Disposition: form-data; name=\"page\"; filename=\"page\"\r\nContent-Type: application/octet-stream\r\nX-Locale: it,en\r\n\r\nx\r\n\
         --B--\r\n"
    );

    let (name, body) = sent(&replay, client.call(&CLEAR)).await;
    let boundary = name.strip_prefix("multipart/form-data; boundary=");
    assert_eq!(
        body.replace(boundary.expect("it has one"), "B"),
        "--B--\r\n"
    );

    let mut call = client.call(&TRANSLATE);
    call.multipart("multipart/mixed", vec![Part::text("Ciao"), Part::file("x")]);
    let (name, body) = sent(&replay, call).await;
    let boundary = name
        .strip_prefix("multipart/mixed; boundary=")
        .expect("it has one");
    assert_eq!(
        body.replace(boundary, "B"),
        "--B\r\n\r\nCiao\r\n--B\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn one_value_as_each_of_its_media_types() {
    let replay = Replay::new()
        .json(200, "")
        .json(200, "")
        .json(200, "")
        .json(200, "");
    let client = client(&replay);
    let (name, body) = sent(&replay, charge(&client)).await;
    assert_eq!((name.as_str(), body.as_str()), ("application/json", VALUE));

    let mut call = charge(&client);
    call.content_type("application/vnd.shop+json");
    let (name, body) = sent(&replay, call).await;
    assert_eq!(
        (name.as_str(), body.as_str()),
        ("application/vnd.shop+json", VALUE)
    );

    let mut call = charge(&client);
    call.content_type("Application/X-WWW-Form-Urlencoded");
    let (name, body) = sent(&replay, call).await;
    assert_eq!(name, "Application/X-WWW-Form-Urlencoded");
    assert_eq!(body, "card%5Bnumber%5D=4+2&tags=a&tags=b&none=");

    let mut call = charge(&client);
    call.content_type("multipart/form-data");
    let (name, body) = sent(&replay, call).await;
    let boundary = name.strip_prefix("multipart/form-data; boundary=");
    let body = body.replace(boundary.expect("it has one"), "B");
    assert_eq!(
        body,
        "--B\r\nContent-Disposition: form-data; name=\"card\"\r\nContent-Type: application/vnd.card+json\r\n\r\n{\"number\":\"4 2\"}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn bytes_under_another_name_and_names_that_are_not_there() {
    let replay = Replay::new().json(200, "");
    let client = client(&replay);
    let upload = |name: &str| {
        let mut call = client.call(&UPLOAD);
        call.bytes("application/pdf", Body::from("bytes"));
        call.content_type(name);
        call
    };
    let (name, body) = sent(&replay, upload("image/png")).await;
    assert_eq!((name.as_str(), body.as_str()), ("image/png", "bytes"));
    let refused = upload("text/plain").send::<Bytes, Undocumented>().await;
    let error = refused.expect_err("there is no such media type");
    assert!(!error.was_sent());
    let message = error.to_string();
    let reason =
        "the operation takes no body of type `text/plain`; it takes application/pdf, image/*";
    assert!(message.contains(reason), "{message}");
}

#[test]
fn a_call_shows_no_body() {
    let shown = format!("{:?}", charge(&client(&Replay::new())));
    assert!(
        shown.contains("a value") && !shown.contains("4 2"),
        "{shown}"
    );
}

/// All that a body gives, or what keeps it from being read.
async fn read(body: &Body) -> Result<String, String> {
    let mut stream = Box::pin(body.open());
    let mut text = String::new();
    while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        let piece = piece.map_err(|error| error.to_string())?;
        text.push_str(std::str::from_utf8(&piece).expect("it is text"));
    }
    Ok(text)
}

#[tokio::test]
async fn streams_that_are_there_once() {
    let body = Body::pieces(["a", "bc"], None);
    assert_eq!((body.length(), body.is_repeatable()), (None, false));
    assert_eq!(read(&body).await.as_deref(), Ok("abc"));
    let again = read(&body.clone()).await;
    assert!(again.is_err_and(|error| error.contains("only once")));

    let long = "x".repeat(200_000);
    let body = Body::reader(Cursor::new(long.clone()), 200_000);
    assert_eq!(body.length(), Some(200_000));
    assert_eq!(read(&body).await, Ok(long));
}

#[tokio::test]
async fn a_stated_length_is_kept() {
    let short = read(&Body::pieces(["a"], 2)).await;
    assert!(short.is_err_and(|error| error.contains("ended before")));
    let long = read(&Body::pieces(["a", "bc"], 2)).await;
    assert!(long.is_err_and(|error| error.contains("longer than")));
    assert_eq!(read(&Body::pieces([""; 2], 0)).await.as_deref(), Ok(""));
}

#[cfg(feature = "transport-hyper")]
static SEARCH: OperationMeta = OperationMeta::new("search", "GET", "/search");
#[cfg(feature = "transport-hyper")]
static DROP: OperationMeta = OperationMeta::new("drop", "DELETE", "/files");

#[cfg(feature = "transport-hyper")]
#[tokio::test]
async fn bodies_of_every_method_arrive() {
    let done = || -> Box<dyn FnOnce(&mut connection::Connection) + Send> {
        Box::new(|connection| {
            connection.send("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
        })
    };
    let (base_url, server) = connection::serve(vec![done(), done(), done()]);
    let builder = ClientBuilder::new(&API).base_url(base_url);
    let client = builder.build().expect("the client is complete");
    for operation in [&SEARCH, &DROP] {
        let mut call = client.call(operation);
        call.json::<Json>("application/json", Json::from("all"));
        let sent = call.send::<(), Undocumented>().await;
        sent.expect("it is answered");
    }
    let mut call = client.call(&UPLOAD);
    call.bytes("application/pdf", Body::pieces(["ab", "cd"], None));
    let sent = call.send::<(), Undocumented>().await;
    sent.expect("it is answered");

    let requests = server.join().expect("the server does not panic");
    assert!(requests[0].starts_with("GET /search ") && requests[0].ends_with("\r\n\r\n\"all\""));
    assert!(requests[1].starts_with("DELETE /files ") && requests[1].ends_with("\r\n\r\n\"all\""));
    let (head, body) = requests[2].split_once("\r\n\r\n").expect("there is a body");
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert_eq!(body, "2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n");
}
