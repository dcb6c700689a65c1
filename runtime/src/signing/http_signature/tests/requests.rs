//! Nonces, expiry, bodies, and what is refused.

use std::time::Duration;

use super::{DIGEST, NO_NAMES, TIME, shared_secret, signature, signed, test_request};
use crate::body::Body;
use crate::signing::RequestSigner;
use crate::signing::http_signature::{ContentDigest, HttpSignature};

#[test]
fn nonces_expiry_and_bodies() {
    let signature = signature(shared_secret(), ["@method"])
        .with_body([DIGEST])
        .and_then(|signature| signature.key_id(r#"a"\"#))
        .expect("it is valid")
        .expires_after(Duration::from_millis(1_500))
        .with_nonce();
    let mut post = test_request();
    let (input, _) = signed(&signature, &mut post);
    let start = r#"sig1=("@method" "content-digest");created=1618884473;expires=1618884475;keyid="a\"\\";nonce=""#;
    assert_eq!(input.strip_prefix(start).map(str::len), Some(23), "{input}");
    assert_ne!(signed(&signature, &mut test_request()).0, input);
    // Drafts of RFC 9421 had this hash in their test request.
    assert_eq!(
        post.headers.get(DIGEST),
        Some("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
    );
    // RFC 9530, appendix B.1.
    assert_eq!(
        ContentDigest::Sha256.of(b"{\"hello\": \"world\"}\n"),
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    );
    let mut get = test_request();
    get.body = Body::new();
    let (input, _) = signed(&signature, &mut get);
    assert!(input.starts_with(r#"sig1=("@method");"#), "{input}");
    assert_eq!(get.headers.get(DIGEST), None);
    // A second signature stands beside the first.
    let second = signature.label("sig2").expect("it is a label");
    second.sign(&mut get, TIME).expect("it can be signed");
    assert_eq!(get.headers.get_all("Signature").count(), 2);
}

#[test]
fn what_cannot_be_signed() {
    for (name, expected) in [
        ("@status", "`@status` is not supported; there are @method, "),
        (
            "date;bs",
            "`date;bs` has the parameter `bs`, which is not supported",
        ),
        (
            "date;sf",
            "`date;sf` has the parameter `sf`, which is not supported",
        ),
        ("@query-param", "`@query-param` has to be of the form"),
        (
            "@query-param;name=a",
            "`@query-param;name=a` has to be of the form",
        ),
        ("a b", "\"a b\" is not a header name"),
        ("", "\"\" is not a header name"),
        (
            "Host",
            "`host` is not sent by all versions of HTTP; sign `@authority`",
        ),
        ("Signature", "`signature` is what the signature is sent in"),
        ("@Method", "`@Method` is not supported"),
        ("DATE", "\"date\" is there a second time"),
    ] {
        let refused = HttpSignature::new(shared_secret(), ["date", name]);
        let refused = refused.expect_err(name).to_string();
        assert!(refused.starts_with(expected), "{refused}");
    }
    let plain = || signature(shared_secret(), NO_NAMES);
    assert!(plain().key_id("ü").is_err() && plain().tag("a\n").is_err());
    assert!(plain().label("Sig").is_err() && plain().label("").is_err());
    assert!(
        signature(shared_secret(), ["date"])
            .with_body(["date"])
            .is_err()
    );
    for (name, expected) in [
        (
            "x-none",
            "\"x-none\" is to be signed, but the request has none",
        ),
        ("x-odd", "\"x-odd\" is to be signed, but is not ASCII"),
        (
            r#"@query-param;name="a""#,
            "\"@query-param\";name=\"a\" is to be signed, but the request has none",
        ),
        (
            r#"@query-param;name="b""#,
            "\"@query-param\";name=\"b\" is to be signed, but the request has none",
        ),
        (DIGEST, "a body that is sent in pieces cannot be signed"),
        (
            "content-length",
            "\"content-length\" is to be signed, but the request has none",
        ),
    ] {
        let mut request = test_request();
        request.headers.set("X-Odd", "ü");
        request.url = request.url.with_query("b=1&b=2");
        request.body = Body::pieces(["x"], None);
        let refused = signature(shared_secret(), [name]).sign(&mut request, TIME);
        assert_eq!(refused.expect_err(name), expected);
        assert_eq!(request.headers.get("Signature"), None);
    }
}
