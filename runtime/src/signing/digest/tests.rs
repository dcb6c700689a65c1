use super::Digest;
use super::challenge::{Algorithm, Challenge, Quality};

/// RFC 7616, section 3.9.1.
const OFFERED: [&str; 2] = [
    r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#,
    r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#,
];
const NONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

fn answer(header: &str) -> String {
    let challenge = Challenge::best([header].into_iter()).expect("it is understood");
    let digest = Digest::new("Mufasa", "Circle of Life");
    let answer = digest.answer(&challenge, "GET", "/dir/index.html", b"body", 1, NONCE);
    answer.expose().to_owned()
}

#[test]
fn as_in_the_standard() {
    for (header, response) in OFFERED.iter().zip([
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "8ca523f5e9506fed4657c9700eebdbec",
    ]) {
        let answer = answer(header);
        let expected = format!("response=\"{response}\"");
        assert!(answer.contains(&expected), "{answer}");
        assert!(answer.contains("username=\"Mufasa\", realm=\"http-auth@example.org\""));
        assert!(answer.contains("qop=auth, nc=00000001, cnonce="));
        assert!(answer.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
    }
}

#[test]
fn the_best_that_is_understood() {
    let best = |headers: &[&'static str]| Challenge::best(headers.iter().copied());
    let [sha, md5] = OFFERED;
    for headers in [[sha, md5], [md5, sha]] {
        let found = best(&headers).expect("it is understood");
        assert_eq!(found.algorithm, Algorithm::Sha256);
    }
    // Several in one header, with another scheme between them.
    let found = best(&[
        r#"Digest realm="a, \"b\"", nonce=n1, Basic realm="x", Digest realm=c, nonce="n2", algorithm=sha-512-256-sess, userhash=true, qop=auth"#,
    ]);
    let found = found.expect("it is understood");
    assert_eq!((found.realm.as_str(), found.nonce.as_str()), ("c", "n2"));
    assert!(found.is_of_session && found.hashes_user);
    assert_eq!(found.quality, Some(Quality::Auth));
    let found = best(&[r#"Negotiate, Digest realm="a, \"b\"", nonce=n1"#]);
    let found = found.expect("it is understood");
    assert_eq!((found.realm.as_str(), found.quality), ("a, \"b\"", None));
    for none in [
        "",
        "Basic realm=\"x\"",
        "Digest",
        "Digest realm=x",
        "Digest nonce=x, realm=y, algorithm=SHA-3",
        "Digest nonce=x, realm=y, qop=\"auth-conf\"",
        "Digest nonce=\"x, realm=y",
        ",,=,\"",
    ] {
        assert_eq!(Challenge::best([none].into_iter()), None, "{none}");
    }
}

/// RFC 2069, as corrected: without the counter.
#[test]
fn a_server_of_old() {
    let answer = answer(
        r#"Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
    );
    assert!(
        !answer.contains("qop") && !answer.contains("cnonce"),
        "{answer}"
    );
}

/// Where nothing else is offered; the hash of the body is part of what is hashed.
#[test]
fn the_body_as_well() {
    let offered = OFFERED[0].replace("auth, auth-int", "auth-int");
    let answer = answer(&offered);
    // Computed by another library for A2 = `GET:/dir/index.html:` and the hash of `body`.
    let expected = "response=\"2fa9fd5a55eaefc542900085331c15a0d8dcebeb505811bdd82a5b1f49ae156e\"";
    assert!(answer.contains(expected), "{answer}");
    assert!(answer.contains("qop=auth-int, nc=00000001"), "{answer}");
    for both in ["auth,auth-int", "auth-int, AUTH"] {
        let offered = OFFERED[0].replace("auth, auth-int", both);
        let challenge = Challenge::best([offered.as_str()].into_iter());
        let challenge = challenge.expect("it is understood");
        assert_eq!(challenge.quality, Some(Quality::Auth), "{both}");
    }
}
