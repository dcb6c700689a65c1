//! The examples of RFC 9421.

use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA512, UnparsedPublicKey};

use super::{DIGEST, TIME, decoded, ed25519, shared_secret, signature, signed, test_request};
use crate::body::Body;
use crate::signing::http_signature::ContentDigest;
use crate::signing::http_signature::base::signature_base;
use crate::signing::http_signature::component::read_all;
use crate::signing::http_signature::parameters::Parameters;
use crate::transport::{Headers, TransportRequest, Url};

/// RFC 9421, appendix B.1.2, as RFC 8017 writes a public key.
const RSA_PSS: &str = "MIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI2wIDAQAB";
/// RFC 9421, appendix B.2.5.
#[test]
fn the_published_hmac_sha256() {
    let signature = signature(shared_secret(), ["date", "@authority", "content-type"]);
    let signature = signature.key_id("test-shared-secret").expect("it is ASCII");
    let signature = signature.label("sig-b25").expect("it is a label");
    let mut request = test_request();
    assert_eq!(
        signed(&signature, &mut request),
        (
            r#"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#.to_owned(),
            "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:".to_owned()
        )
    );
    assert!(!format!("{signature:?}").contains("uzvJ"));
}

/// RFC 9421, appendix B.2.6.
#[test]
fn the_published_ed25519() {
    let names = ["Date", "@method", "@path", "\"@authority\""];
    let signature = signature(ed25519(), names)
        .with_body(["content-type", "content-length"])
        .and_then(|signature| signature.key_id("test-key-ed25519"))
        .and_then(|signature| signature.label("sig-b26"))
        .expect("it is valid");
    let mut request = test_request();
    assert_eq!(
        signed(&signature, &mut request),
        (
            r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#.to_owned(),
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:".to_owned()
        )
    );
}

/// RFC 9421, appendix B.4: fields that come more than once.
#[test]
fn the_published_transformed_request() {
    let names = ["@method", "@path", "@authority", "accept"];
    let signature = signature(ed25519(), names)
        .key_id("test-key-ed25519")
        .and_then(|signature| signature.label("transform"))
        .expect("it is valid");
    let base = Url::parse_base("https://EXAMPLE.org:443").expect("it is one");
    let mut request = TransportRequest {
        method: "GET".into(),
        url: base.join("/demo", "name1=Value1&Name2=value2"),
        headers: [("Accept", "application/json"), ("accept", "  */* ")]
            .into_iter()
            .collect(),
        body: Body::new(),
    };
    assert_eq!(
        signed(&signature, &mut request).1,
        "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:"
    );
}

/// RFC 9421, appendices B.2.1 to B.2.3: the signatures there are those of the bases here.
#[test]
fn the_published_signature_bases() {
    let digest = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    let body = test_request().body.as_bytes().expect("it is in memory");
    assert_eq!(ContentDigest::Sha512.of(&body), digest);
    let mut request = test_request();
    request.headers.set("Content-Digest", digest);
    let parameters = Parameters {
        created: TIME.as_secs(),
        key_id: Some(r#""test-key-rsa-pss""#.to_owned()),
        ..Parameters::default()
    };
    let minimal = Parameters {
        nonce: Some("b3k2pp5k7z-50gnwp.yemd".to_owned()),
        ..parameters.clone()
    };
    let selective = Parameters {
        tag: Some(r#""header-example""#.to_owned()),
        ..parameters.clone()
    };
    let all = [
        "date",
        "@method",
        "@path",
        "@query",
        "@authority",
        "content-type",
        DIGEST,
        "content-length",
    ];
    for (parameters, names, expected, signature) in [
        (
            minimal,
            &[][..],
            r#""@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#.to_owned(),
            "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==",
        ),
        (
            selective,
            &["@authority", DIGEST, r#"@query-param;name="Pet""#],
            format!(
                r#""@authority": example.com
"content-digest": {digest}
"@query-param";name="Pet": dog
"@signature-params": ("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#
            ),
            "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==",
        ),
        (
            parameters,
            &all,
            format!(
                r#""date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@query": ?param=Value&Pet=dog
"@authority": example.com
"content-type": application/json
"content-digest": {digest}
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss""#
            ),
            "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==",
        ),
    ] {
        let components = read_all(names, &[]).expect("there are such components");
        let written = parameters.write(&components);
        let base = signature_base(&components, &written, &request).expect("all of them are there");
        assert_eq!(base, expected);
        let key = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA512, decoded(RSA_PSS));
        key.verify(base.as_bytes(), &decoded(signature)).expect(&base);
    }
}

/// The examples of RFC 9421, sections 2.2.2 to 2.2.8.
#[test]
fn the_published_components() {
    let base = Url::parse_base("https://www.Example.com").expect("it is one");
    let at = |path: &str, query: &str| TransportRequest {
        method: "POST".into(),
        url: base.join(path, query),
        headers: Headers::new(),
        body: Body::new(),
    };
    let odd = "var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something";
    for (name, request, expected) in [
        (
            "@target-uri",
            at("/path", "param=value"),
            "https://www.example.com/path?param=value",
        ),
        ("@target-uri", at("", ""), "https://www.example.com/"),
        ("@authority", at("/path", ""), "www.example.com"),
        ("@scheme", at("/path", ""), "https"),
        ("@path", at("", ""), "/"),
        (
            "@query",
            at("/path", "param=value&foo=bar&baz=bat%2Dman"),
            "?param=value&foo=bar&baz=bat%2Dman",
        ),
        ("@query", at("/path", ""), "?"),
        (
            r#"@query-param;name="var""#,
            at("/p", odd),
            "this%20is%20a%20big%0Amultiline%20value",
        ),
        (
            r#"@query-param;name="bar""#,
            at("/p", odd),
            "with%20plus%20whitespace",
        ),
        (
            r#"@query-param;name="fa%C3%A7ade%22%3A%20""#,
            at("/p", odd),
            "something",
        ),
        (
            r#"@query-param;name="qux""#,
            at("/p", "baz=batman&qux="),
            "",
        ),
    ] {
        let components = read_all([name], &[]).expect(name);
        let identifier = components[0].identifier();
        let signed = signature_base(&components, "()", &request).expect(name);
        assert_eq!(
            signed,
            format!("{identifier}: {expected}\n\"@signature-params\": ()"),
        );
        assert_eq!(read_all([&identifier], &[]).expect(name), components);
    }
}
