use std::time::Duration;

use super::{RequestSigner, SigV4};
use crate::body::Body;
use crate::transport::{Headers, TransportRequest, Url};

/// 2015-08-30T12:36:00Z
const TIME: Duration = Duration::from_secs(1_440_938_160);

fn request(
    method: &'static str,
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> TransportRequest {
    let base = Url::parse_base("https://example.amazonaws.com").expect("it is one");
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    TransportRequest {
        method: method.into(),
        url: base.join(path, query),
        headers: headers.iter().copied().collect(),
        body: if body.is_empty() {
            Body::new()
        } else {
            Body::from(body)
        },
    }
}

/// The names of the signed headers, and the signature.
fn signed(service: &str, request: &mut TransportRequest) -> (String, String) {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let signer = SigV4::new("AKIDEXAMPLE", secret, "us-east-1", service);
    signer.sign(request, TIME).expect("it can be signed");
    let authorization = request.headers.get("authorization").expect("it is signed");
    let scope = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/{service}/aws4_request, SignedHeaders="
    );
    let rest = authorization.strip_prefix(&scope).expect(authorization);
    let (names, signature) = rest.split_once(", Signature=").expect(rest);
    (names.to_owned(), signature.to_owned())
}

/// Of the suite that AWS publishes for Signature Version 4.
#[test]
fn the_published_signatures() {
    for (method, address, headers, body, names, signature) in [
        (
            "GET",
            "/",
            &[][..],
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "POST",
            "/",
            &[],
            "",
            "host;x-amz-date",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
        (
            "GET",
            "/?Param2=value2&Param1=value1",
            &[],
            "",
            "host;x-amz-date",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "POST",
            "/",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            "Param1=value1",
            "content-type;host;x-amz-date",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
    ] {
        let mut request = request(method, address, headers, body);
        let expected = (names.to_owned(), signature.to_owned());
        assert_eq!(
            signed("service", &mut request),
            expected,
            "{method} {address}"
        );
    }
}

/// The example of the documentation of Signature Version 4 for IAM.
#[test]
fn the_example_of_the_documentation() {
    let base = Url::parse_base("https://iam.amazonaws.com").expect("it is one");
    let content_type = (
        "Content-Type",
        "application/x-www-form-urlencoded; charset=utf-8",
    );
    let mut request = request("GET", "/", &[content_type], "");
    request.url = base.join("/", "Action=ListUsers&Version=2010-05-08");
    let (names, signature) = signed("iam", &mut request);
    assert_eq!(names, "content-type;host;x-amz-date");
    assert_eq!(
        signature,
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

#[test]
fn what_is_sent_is_what_is_signed() {
    let mut first = request(
        "GET",
        "/a%20b?x=1&y=a+b",
        &[("X-A", "  a   b "), ("x-a", "c")],
        "",
    );
    let (names, one) = signed("service", &mut first);
    assert_eq!(names, "host;x-a;x-amz-date");
    // A header that proxies add is no part of it, any other change is.
    let signature = |change: &dyn Fn(&mut TransportRequest)| {
        let mut request = request(
            "GET",
            "/a%20b?x=1&y=a+b",
            &[("X-A", "a b"), ("x-a", "c")],
            "",
        );
        change(&mut request);
        signed("service", &mut request).1
    };
    assert_eq!(
        signature(&|request| request.headers.set("User-Agent", "x")),
        one
    );
    for change in [
        (&|request: &mut TransportRequest| request.headers.set("X-B", "x"))
            as &dyn Fn(&mut TransportRequest),
        &|request| request.method = "PUT".into(),
        &|request| request.body = Body::from("x"),
        &|request| request.url = request.url.with_query("x=2"),
    ] {
        assert_ne!(signature(change), one);
    }
}

#[test]
fn temporary_keys_and_bodies_in_pieces() {
    let signer = SigV4::new("AKIDEXAMPLE", "s3cret", "us-east-1", "s3").session_token("t0ken");
    assert!(!format!("{signer:?}").contains("s3cret"));
    let mut put = request("PUT", "/a%20b", &[], "x");
    signer.sign(&mut put, TIME).expect("it can be signed");
    assert_eq!(put.headers.get("x-amz-security-token"), Some("t0ken"));
    assert_eq!(
        put.headers.get("x-amz-content-sha256"),
        Some("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")
    );
    assert!(!format!("{:?}", put.headers).contains("t0ken"));
    put.body = Body::pieces(["x"], None);
    put.headers = Headers::new();
    let refused = signer
        .sign(&mut put, TIME)
        .expect_err("its hash is not known");
    assert_eq!(refused, "a body that is sent in pieces cannot be signed");
    assert!(put.headers.is_empty());
}
