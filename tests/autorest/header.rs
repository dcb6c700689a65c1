//! Every operation of AutoRest's description of headers, against its own server.

use attache_runtime::json::{Blank, Decode, from_str};
use attache_runtime::response::FromHeaders;
use attache_runtime::{
    Base64, Date, DateTime, Error, FromResponse, IsoDuration, Pending, PendingResponse,
};
use autorest_header::{Client, types};

const FOX: &str = "The quick brown fox jumps over the lazy dog";
const RFC_1123: [(&str, &str); 2] = [
    ("valid", "Fri, 01 Jan 2010 12:34:56 GMT"),
    ("min", "Mon, 01 Jan 0001 00:00:00 GMT"),
];
const MULTIBYTE: &str = "\"5ZWK6b2E5LiC54ub54uc76ex76Ss76ex76iM76ip\"";

fn client() -> Client {
    let url = std::env::var("AUTOREST_URL").expect("the address of the server");
    let builder = Client::builder().base_url(url);
    builder.build().expect("the configuration is valid")
}

/// A value, as JSON has it.
fn of<T: Blank + Decode>(json: &str) -> T {
    from_str(json).expect("the value is valid")
}

fn explain<E>(error: &Error<E>) -> String {
    let body = error
        .body()
        .map(|body| String::from_utf8_lossy(body).into_owned());
    format!("{error}: {}", body.unwrap_or_default())
}

async fn succeeds<T: FromResponse, E: FromResponse>(call: Pending<T, E>) {
    if let Err(error) = call.await {
        panic!("{}", explain(&error));
    }
}

/// The documented headers of an answer.
async fn headers<T: FromResponse, E: FromResponse, H: FromHeaders>(
    call: PendingResponse<T, E, H>,
) -> H {
    match call.await {
        Ok(response) => response.typed_headers().expect("they are as described"),
        Err(error) => panic!("{}", explain(&error)),
    }
}

macro_rules! all_succeed {
    ($($call:expr;)*) => { $(succeeds($call.send()).await;)* };
}

#[tokio::test]
async fn parameters() {
    let client = client();
    let header = client.header_operations();
    all_succeed! {
        header.header_param_existing_key("overwrite");
        header.header_param_protected_key().header("Content-Type", "text/html");
        header.header_custom_request_id().header("x-ms-client-request-id", "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0");
        header.header_param_integer("positive", 1);
        header.header_param_integer("negative", -2);
        header.header_param_long("positive", 105);
        header.header_param_long("negative", -2);
        header.header_param_float("positive", 0.07);
        header.header_param_float("negative", -3.0);
        header.header_param_double("positive", 7e120);
        header.header_param_double("negative", -3.0);
        header.header_param_bool("true", true);
        header.header_param_bool("false", false);
        header.header_param_string("valid").value(FOX);
        header.header_param_string("null");
        header.header_param_string("empty").value("");
        header.header_param_date("valid", of::<Date>("\"2010-01-01\""));
        header.header_param_date("min", of::<Date>("\"0001-01-01\""));
        header.header_param_datetime("valid", of::<DateTime>("\"2010-01-01T12:34:56Z\""));
        header.header_param_datetime("min", of::<DateTime>("\"0001-01-01T00:00:00Z\""));
        header.header_param_datetime_rfc1123(RFC_1123[0].0).value(RFC_1123[0].1);
        header.header_param_datetime_rfc1123(RFC_1123[1].0).value(RFC_1123[1].1);
        header.header_param_duration("valid", of::<IsoDuration>("\"P123DT22H14M12.011S\""));
        header.header_param_byte("valid", of::<Base64>(MULTIBYTE));
        header.header_param_enum("valid").value("GREY");
        header.header_param_enum("null");
    }
}

#[tokio::test]
async fn answers() {
    let client = client();
    let header = client.header_operations();
    let existing = headers(header.header_response_existing_key().send_full()).await;
    assert_eq!(existing.user_agent.as_deref(), Some("overwrite"));
    let protected = header.header_response_protected_key().send_full().await;
    let protected = protected.expect("it is described");
    let content_type = protected.headers().get("content-type");
    assert!(content_type.is_some_and(|name| name.starts_with("text/html")));

    macro_rules! values {
        ($($method:ident: $($scenario:literal => $expected:expr),*;)*) => {$($(
            let found = headers(header.$method($scenario).send_full()).await;
            assert_eq!(found.value, $expected, "{} of {}", $scenario, stringify!($method));
        )*)*};
    }
    values! {
        header_response_integer: "positive" => Some(1), "negative" => Some(-2);
        header_response_long: "positive" => Some(105), "negative" => Some(-2);
        header_response_float: "positive" => Some(0.07), "negative" => Some(-3.0);
        header_response_double: "positive" => Some(7e120), "negative" => Some(-3.0);
        header_response_bool: "true" => Some(true), "false" => Some(false);
        header_response_string: "valid" => Some(FOX.to_owned()), "empty" => Some(String::new());
        header_response_date: "valid" => of("\"2010-01-01\""), "min" => of("\"0001-01-01\"");
        header_response_datetime: "valid" => of("\"2010-01-01T12:34:56Z\""), "min" => of("\"0001-01-01T00:00:00Z\"");
        header_response_datetime_rfc1123: "valid" => Some(RFC_1123[0].1.to_owned()), "min" => Some(RFC_1123[1].1.to_owned());
        header_response_duration: "valid" => of("\"P123DT22H14M12.011S\"");
        header_response_byte: "valid" => of(MULTIBYTE);
        header_response_enum: "valid" => Some(types::HeaderResponseEnumResponseValue::Grey);
    }
    // The server writes its null as text.
    let null = headers(header.header_response_string("null").send_full()).await;
    assert_eq!(null.value.as_deref(), Some("null"));
    let null = headers(header.header_response_enum("null").send_full()).await;
    assert_eq!(null.value, Some(String::new().into()));
}
