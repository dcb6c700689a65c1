//! Nothing that is printed or logged holds a secret: each has a mark, and the marks are looked for.

mod parcels;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{TransportErrorKind, TransportResponse};
use attache_runtime::{ApiKey, Basic, Bearer, Headers};
use parcels::Client;
use parcels::types::NewParcel;

const MARK: &str = "CANARY";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

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

#[tokio::test]
async fn no_secret_is_printed_or_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

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

    let log = String::from_utf8(log.0.lock().expect("no writer panics").clone())
        .expect("the log is text");
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
