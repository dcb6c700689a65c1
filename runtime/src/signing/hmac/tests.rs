use std::collections::BTreeSet;
use std::time::Duration;

use super::{HmacAlgorithm, HmacScheme, KeyEncoding, SignatureEncoding};
use crate::body::Body;
use crate::signing::{RequestSigner, SchemeError};
use crate::transport::{Headers, TransportRequest, Url};

/// 2015-08-30T12:36:00.123Z
const TIME: Duration = Duration::from_millis(1_440_938_160_123);
const BODY: &str = r#"{"size":"1.0"}"#;

fn request(method: &'static str, address: &str, body: &'static str) -> TransportRequest {
    let base = Url::parse_base("https://API.example.com:443").expect("it is one");
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    TransportRequest {
        method: method.into(),
        url: base.join(path, query),
        headers: Headers::new(),
        body: match body {
            "" => Body::new(),
            body => Body::from(body),
        },
    }
}

fn signed(
    scheme: &str,
    key_id: &str,
    secret: &str,
    time: Duration,
    request: &mut TransportRequest,
) {
    let scheme: HmacScheme = scheme.parse().expect("it is a scheme");
    let signer = scheme.signer(key_id, secret).expect("it is a key");
    signer.sign(request, time).expect("it can be signed");
}

/// What all hashes and signatures below that have no source were computed with: Python's `hmac`.
#[test]
fn a_timestamp_before_the_request_as_coinbase_wants_it() {
    let scheme = HmacScheme::new(HmacAlgorithm::Sha256, "{timestamp}{method}{target}{body}")
        .and_then(|scheme| scheme.header("CB-ACCESS-KEY", "{key_id}"))
        .and_then(|scheme| scheme.header("CB-ACCESS-SIGN", "{signature}"))
        .and_then(|scheme| scheme.header("CB-ACCESS-TIMESTAMP", "{timestamp}"))
        .expect("it is a scheme")
        .key(KeyEncoding::Base64)
        .signature(SignatureEncoding::Base64);
    let signer = scheme.signer("k1", "c2VjcmV0IGtleSBvZiA2NCBieXRlcw==");
    let signer = signer.expect("it is a key");
    let mut post = request("POST", "/orders?a=b%20c", BODY);
    signer.sign(&mut post, TIME).expect("it can be signed");
    for (name, value) in [
        ("cb-access-key", "k1"),
        ("cb-access-timestamp", "1440938160"),
        (
            "cb-access-sign",
            "zHzgjI9a+DtRMc770hzjcj9+MpDkK/lvWOxDkRv6BdI=",
        ),
    ] {
        assert_eq!(post.headers.get(name), Some(value));
    }
    let secret: Vec<&str> = post.headers.iter().map(|(_, value)| value).collect();
    assert!(
        !secret
            .iter()
            .any(|value| format!("{post:?}").contains(value))
    );
}

/// The example of Binance's "Request security" (spot API).
#[test]
fn a_signature_in_the_query_as_binance_publishes_it() {
    let scheme = "
        algorithm: sha256
        message: {query}
        query timestamp: {timestamp_ms}
        query signature: {signature}
        header X-MBX-APIKEY: {key_id}";
    let secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    let order =
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000";
    // What an attempt before this one has left is replaced.
    let mut post = request("POST", &format!("/api/v3/order?timestamp=1&{order}"), "");
    let time = Duration::from_millis(1_499_827_319_559);
    signed(scheme, "vmPUZE6m", secret, time, &mut post);
    let expected = format!(
        "{order}&timestamp=1499827319559&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
    );
    assert_eq!(post.url.query(), Some(expected.as_str()));
    assert_eq!(post.headers.get("X-MBX-APIKEY"), Some("vmPUZE6m"));
}

/// The example of "Access control in the Azure Cosmos DB SQL API", where triplets are in lower case.
#[test]
fn a_master_key_as_azure_cosmos_publishes_it() {
    let scheme = r"
        algorithm: sha256
        key: base64
        signature: base64
        message: {method|lower}\ndbs\n{path|relative}\n{timestamp_http|lower}\n\n
        header x-ms-date: {timestamp_http}
        header Authorization: type%3Dmaster%26ver%3D1.0%26sig%3D{signature|percent}";
    let secret =
        "dsZQi3KtZmCv1ljt3VNWNm7sQUF1y5rJfC6kv5JiwvW0EndXdDku/dkKBp8/ufDToSxLzR4y+O/0H/t4bQtVNw==";
    let mut get = request("GET", "/dbs/ToDoList", "");
    signed(
        scheme,
        "",
        secret,
        Duration::from_secs(1_493_254_272),
        &mut get,
    );
    assert_eq!(
        get.headers.get("x-ms-date"),
        Some("Thu, 27 Apr 2017 00:51:12 GMT")
    );
    assert_eq!(
        get.headers.get("authorization"),
        Some(
            "type%3Dmaster%26ver%3D1.0%26sig%3Dc09PEVJrgp2uQRkr934kFbTqhByc7TVr3OHyqlu%2Bc%2Bc%3D"
        )
    );
}

#[test]
fn signed_headers_as_azure_app_configuration_wants_them() {
    let scheme = r"
        algorithm: sha256
        key: base64
        signature: base64
        header x-ms-date: {timestamp_http}
        header x-ms-content-sha256: {body_sha256_base64}
        message: {method}\n{target}\n{header:x-ms-date};{header:host};{header:X-MS-Content-SHA256}
        header Authorization: HMAC-SHA256 Credential={key_id}&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
    let mut post = request("POST", "/orders?a=b%20c", BODY);
    signed(
        scheme,
        "id",
        "c2VjcmV0IGtleSBvZiA2NCBieXRlcw",
        TIME,
        &mut post,
    );
    assert_eq!(
        post.headers.get("x-ms-content-sha256"),
        Some("oxRa8+vdHUsDjM2Pg0DH4iRgkSNKiPI6yJrgpSwZgGk=")
    );
    assert_eq!(
        post.headers.get("authorization"),
        Some(
            "HMAC-SHA256 Credential=id&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=e1KK2VRq3u2V56JCKiaj8fGiPlKPDd/rWAzV2F+wb+U="
        )
    );
}

#[test]
fn a_date_and_a_request_line_as_gateways_want_them() {
    let scheme = r#"
        algorithm: sha1
        signature: base64
        message: date: {header:date}\n{method} {path} HTTP/1.1
        header Date: {timestamp_http}
        header Authorization: hmac username="{key_id}", algorithm="hmac-sha1", headers="date request-line", signature="{signature}""#;
    let mut post = request("POST", "/orders?a=b", "");
    signed(scheme, "alice", "key", TIME, &mut post);
    assert_eq!(
        post.headers.get("authorization"),
        Some(
            r#"hmac username="alice", algorithm="hmac-sha1", headers="date request-line", signature="3pRPZiqu0ReDU1ygRKT6BzDhvOI=""#
        )
    );
}

#[test]
fn other_hashes_and_encodings() {
    let mut get = request("GET", "/orders", "");
    let scheme = "
        algorithm: sha384
        key: hex
        signature: HEX
        message: {path}{timestamp_ms}
        header X-Sign: {signature}";
    signed(scheme, "", "00ff10Ab", TIME, &mut get);
    assert_eq!(
        get.headers.get("x-sign"),
        Some(
            "2FB58AFAEAE8C169B32DBF983F82D562E9B6A128407D51F6EB171407E1E82C473D06593F6C061980536C707BCA9C7E22"
        )
    );
    let mut get = request("GET", "/orders?b=3&b=2+x&a=1", "");
    get.url = get.url.with_query("b=3&b=2%20x&a=%31");
    get.headers.append("X-A", " x ");
    get.headers.append("x-a", "y");
    let scheme = "
        algorithm: sha512
        signature: base64url
        message: {timestamp_iso_ms}|{sorted_query}|{header:X-A}|{timestamp_iso}
        header X-Sign: {signature}";
    signed(scheme, "", "key", TIME, &mut get);
    assert_eq!(
        get.headers.get("x-sign"),
        Some(
            "8dV5tDUcuwFUPIm5YR6OWVPlBfS1u1GT17jzJXFGXXqEyFGEYfn9-gNbvsPtEV2slpg_H5_5nrAhdR65JDI6MA"
        )
    );
}

#[test]
fn no_nonce_comes_twice() {
    let scheme = "
        algorithm: sha256
        message: {nonce}
        header X-Nonce: {nonce}
        header X-Also: {{{nonce}}}
        header X-Sign: {signature}";
    let nonces = (0..100).map(|_| {
        let mut get = request("GET", "/", "");
        signed(scheme, "", "key", TIME, &mut get);
        let nonce = get.headers.get("x-nonce").expect("it is set").to_owned();
        assert_eq!(nonce.len(), 32);
        let braces = format!("{{{nonce}}}");
        assert_eq!(get.headers.get("x-also"), Some(braces.as_str()));
        nonce
    });
    assert_eq!(nonces.collect::<BTreeSet<_>>().len(), 100);
}

#[test]
fn what_cannot_be_signed() {
    let scheme: HmacScheme = "algorithm: sha256\nmessage: {body}\nheader A: {key_id} {signature}"
        .parse()
        .expect("it is a scheme");
    let sign = |key_id: &str, request: &mut TransportRequest| {
        let signer = scheme.signer(key_id, "s3cret").expect("it is a key");
        assert!(!format!("{signer:?}").contains("s3cret"));
        let refused = signer.sign(request, TIME).expect_err("it is refused");
        assert!(request.headers.is_empty());
        refused
    };
    let mut put = request("PUT", "/", "");
    let refused = sign("a\r\nB: c", &mut put);
    assert!(
        refused.starts_with("the value of header A holds a line break"),
        "{refused}"
    );
    put.body = Body::pieces(["x"], None);
    assert_eq!(
        sign("a", &mut put),
        "a body that is sent in pieces cannot be signed"
    );
    put.body = Body::from(&b"\xFF"[..]);
    let signer = scheme.signer("a", "s3cret").expect("it is a key");
    signer.sign(&mut put, TIME).expect("bytes can be signed");
}

fn refused(scheme: &str) -> String {
    let error: SchemeError = scheme.parse::<HmacScheme>().expect_err(scheme);
    error.to_string()
}

#[test]
fn schemes_that_are_none() {
    let start = "algorithm: sha256\nmessage: ";
    for (rest, expected) in [
        (
            "é{boddy}",
            "line 2: `boddy` at character 2 of the message is no placeholder; there are method, path, ",
        ),
        (
            "{path|up}",
            "line 2: `path|up` at character 1 of the message has no filter after a `|`; there are lower, ",
        ),
        (
            "{body|up}",
            "line 2: `body|up` at character 1 of the message has no filter",
        ),
        (
            "{body|upper}",
            "line 2: `body|upper` at character 1 of the message is followed by a filter",
        ),
        (
            "{header:a b}",
            "line 2: `header:a b` at character 1 of the message \"a b\" is not a header name",
        ),
        (
            "a{path",
            "line 2: `{` at character 2 of the message has no closing brace",
        ),
        (
            "a}",
            "line 2: `}` at character 2 of the message stands alone",
        ),
        (
            r"a\x",
            r"line 2: `\` at character 2 of the message is followed by none of",
        ),
        (
            "{signature}",
            "line 2: `signature` cannot be in the message",
        ),
        (
            "",
            "no header and no parameter of the scheme has `{signature}`",
        ),
        ("\nheader A: {body}", "line 3: `body` cannot be in A"),
        (
            "\nheader A: a\\n{signature}",
            "line 3: the value of header A holds a line break",
        ),
        ("\nheader A B: a", "line 3: \"A B\" is not a header name"),
        (
            "\nquery a: {",
            "line 3: `{` at character 1 of the parameter a has no",
        ),
        ("\nkey: Text", "line 3: `Text` is none of text, hex, base64"),
        (
            "\nkey: hex\nkey: hex",
            "line 4: `key` is there a second time",
        ),
        ("\nsecret: x", "line 3: `secret` is no setting; there are "),
        ("\nsecret", "line 3: there is no colon"),
    ] {
        let error = refused(&format!("{start}{rest}"));
        assert!(error.starts_with(expected), "{error}");
    }
    assert_eq!(
        refused("message: x"),
        "the scheme has no line `algorithm: …`"
    );
    assert_eq!(
        refused("algorithm: sha1"),
        "the scheme has no line `message: …`"
    );
    assert_eq!(
        refused("algorithm: md5\nmessage:"),
        "line 1: `md5` is none of sha1, sha256, sha384, sha512"
    );
}

#[test]
fn keys_that_are_none() {
    let scheme = HmacScheme::new(HmacAlgorithm::Sha256, "x").expect("it is a scheme");
    assert!(scheme.signer("", "key").is_err(), "it sends no signature");
    let scheme = scheme.query("s", "{signature}").expect("it is a scheme");
    for (encoding, secret) in [
        (KeyEncoding::Text, ""),
        (KeyEncoding::Hex, "abc"),
        (KeyEncoding::Hex, "+1"),
        (KeyEncoding::Hex, "xy"),
        (KeyEncoding::Base64, "a!"),
    ] {
        let error = scheme.clone().key(encoding).signer("", secret);
        let error = error.expect_err(secret).to_string();
        assert!(secret.is_empty() || !error.contains(secret), "{error}");
    }
}
