//! Nothing that is printed or logged holds a secret: each has a mark, and the marks are looked for.

mod log;
mod parcels;

use attache_runtime::json::to_string;
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{TransportErrorKind, TransportResponse};
use attache_runtime::{ApiKey, ApiMeta, Basic, Bearer, BodyLog, ClientBuilder, Headers, Json};
use log::Log;
use parcels::Client;
use parcels::types::NewParcel;

const MARK: &str = "CANARY";

fn marked(name: &str) -> String {
    format!("{MARK}-{name}")
}

fn client(replay: &Replay) -> Client {
    let builder = Client::builder()
        .auth(ApiKey::new(marked("key")))
        .auth(ApiKey::new(marked("named key")).for_scheme("queryKey"))
        .auth(Bearer::new(marked("token")))
        .auth(Basic::new(marked("user"), marked("password")))
        .header("X-Tenant", marked("default header"))
        .transport(replay.clone());
    assert_clean("builder", &format!("{builder:?}"));
    builder.build().expect("valid")
}

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains(MARK), "{what} shows a secret: {text}");
}

fn answer(status: u16) -> TransportResponse {
    let headers = Headers::from_iter([
        ("Set-Cookie", marked("cookie")),
        ("Location", marked("location")),
    ]);
    TransportResponse::new(
        status,
        headers,
        format!(r#"{{"id":"{0}","title":"{0}","{0}":7}}"#, marked("body")),
    )
}

/// Keeps all that is logged, for as long as the guard lives.
fn log() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn no_secret_is_printed_or_logged() {
    let (log, _guard) = log();
    let replay = Replay::new()
        .answer(answer(404))
        .answer(answer(200))
        .answer(answer(204))
        .fail(TransportErrorKind::NotSent);
    let client = client(&replay);
    assert_clean("client", &format!("{client:?}"));

    let call = client
        .parcels()
        .get(marked("id"))
        .trace(marked("trace"))
        .expand([marked("expand")])
        .header("X-Other", marked("other"));
    assert_clean("call", &format!("{call:?}"));
    let refused = call.clone().send().await.expect_err("404");
    let unreadable = call.send().await.expect_err("no date");
    let deleted = client
        .parcels()
        .delete(marked("id"))
        .send_full()
        .await
        .expect("204");
    assert_clean("response", &format!("{deleted:?}"));
    let failed = client
        .parcels()
        .create(NewParcel::new(marked("city"), None))
        .send()
        .await
        .expect_err("scripted");
    for error in [refused.into_untyped(), unreadable.into_untyped(), failed] {
        assert_clean("Display of an error", &error.to_string());
        assert_clean("Debug of an error", &format!("{error:?}"));
    }
    for request in replay.requests() {
        assert_clean(
            "request",
            &format!("{:?} {:?}", request.headers, request.body),
        );
    }

    let (usage, health) = (client.usage(), client.health());
    assert_clean("usage", &format!("{usage:?} {}", to_string(&usage)));
    assert_clean("health", &format!("{health:?} {}", to_string(&health)));
    let log = log.text();
    assert_clean("log", &log);
    for field in [
        "attache.call",
        "http.request.method=\"GET\"",
        "url.template=\"/parcels/{id}\"",
        "server.address=\"api.example.com\"",
    ] {
        assert!(log.contains(field), "{field} is missing: {log}");
    }
    assert!(
        log.contains("http.response.status_code=404") && log.contains("error.type=\"not_sent\""),
        "{log}"
    );
}

static API: ApiMeta =
    ApiMeta::new("parcels", "https://api.example.com").secret_members(&["answer"]);

/// Bodies are in the log for whoever wants them, without what is secret.
#[tokio::test]
async fn no_secret_of_a_body_is_logged() {
    let (log, _guard) = log();
    let answered = format!(r#"{{"seen": true, "access_token": "{}"}}"#, marked("token"));
    let form = format!("a=1&refresh_token={}", marked("token"));
    let form_type = Headers::from_iter([("Content-Type", "application/x-www-form-urlencoded")]);
    let replay = Replay::new()
        .json(200, &answered)
        .answer(TransportResponse::new(400, form_type, form))
        .json(200, &marked("no JSON"))
        .json(200, &answered);
    let client = ClientBuilder::new(&API)
        .transport(replay)
        .log_bodies(BodyLog::new().hide("iban"))
        .build()
        .expect("the settings are valid");
    let secrets =
        ["answer", "iban", "password"].map(|name| format!(r#""{name}":"{}""#, marked(name)));
    let body = format!(r#"{{"visible":"shown",{}}}"#, secrets.join(","));
    let body = Json::from_slice(body.as_bytes()).expect("it is JSON");
    let request = |body: Json| client.request("POST", "/parcels").json(body);
    request(body.clone()).send::<Json>().await.expect("200");
    request(body).send::<Json>().await.expect_err("400");
    let text = client.request("POST", "/parcels").text(marked("text"));
    text.send_raw().await.expect("200");
    let form = Json::from_slice(format!(r#"{{"client_secret":"{}"}}"#, marked("form")).as_bytes());
    let form = client
        .request("POST", "/parcels")
        .form(form.expect("it is JSON"));
    form.download().await.expect("200");
    let log = log.text();
    assert_clean("log", &log);
    for shown in [
        r#"{"visible":"shown","answer":"***","iban":"***","password":"***"}"#,
        r#"{"seen":true,"access_token":"***"}"#,
        "a=1&refresh_token=***",
        "client_secret=***",
        "text/plain, 11 bytes",
        "application/json, 14 bytes",
    ] {
        let quoted = shown.replace('"', "\\\"");
        assert!(
            log.contains(shown) || log.contains(&quoted),
            "{shown}: {log}"
        );
    }
}
