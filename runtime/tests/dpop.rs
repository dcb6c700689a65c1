//! Tokens that are bound to a key, against a server from a script.

use attache_runtime::jwt::{Algorithm, SigningKey};
use attache_runtime::oauth::{ClientCredentials, ClientIdentity, Dpop};
use attache_runtime::transport::replay::Replay;
use attache_runtime::transport::{Headers, TransportResponse};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Json, OperationMeta, SecurityScheme, Undocumented,
};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::other("oauth", "oauth2")]);
static GET: OperationMeta =
    OperationMeta::new("get", "GET", "/parcels/{id}").security(&[&["oauth"]]);

/// A key of RFC 7515, appendix A.3.
const KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> TransportResponse {
    let headers = headers
        .iter()
        .copied()
        .chain([("Content-Type", "application/json")]);
    TransportResponse::new(
        status,
        Headers::from_iter(headers),
        body.as_bytes().to_vec(),
    )
}

fn client(replay: &Replay) -> Client {
    let key = SigningKey::from_jwk(KEY).expect("it is a key");
    let key = Dpop::new(key).expect("it is no secret");
    assert_eq!(format!("{key:?}"), "Dpop(SigningKey(ES256))");
    let grant = ClientCredentials::new(ClientIdentity::basic("shop", "s3cret"));
    let grant = grant.token_url("https://login.example.com/token").dpop(key);
    let builder = ClientBuilder::new(&API).transport(replay.clone());
    let builder = builder.auth(grant.token().for_scheme("oauth"));
    builder.build().expect("it is valid")
}

/// The header and the claims of a proof, whose signature holds.
fn proof(headers: &Headers) -> (Json, Json) {
    let proof = headers.get("DPoP").expect("it has a proof");
    let (message, signature) = proof.rsplit_once('.').expect("it is signed");
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("it is base64");
    let json = |text: &str| Json::from_slice(&decoded(text)).expect("it is JSON");
    let (header, claims) = message.split_once('.').expect("it has claims");
    let (header, claims) = (json(header), json(claims));
    let part = |name: &str| {
        let key = header.get("jwk").expect("it has the public half");
        decoded(key.get(name).and_then(Json::as_str).expect(name))
    };
    let point = [vec![4], part("x"), part("y")].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(message.as_bytes(), &decoded(signature))
        .expect("the key made it");
    assert!(header.get("jwk").expect("it is there").get("d").is_none());
    (header, claims)
}

fn text<'j>(claims: &'j Json, name: &str) -> Option<&'j str> {
    claims.get(name).and_then(Json::as_str)
}

#[tokio::test]
async fn each_request_has_a_proof_of_its_own() {
    let granted =
        r#"{"access_token":"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU","token_type":"DPoP"}"#;
    let replay = Replay::new()
        .answer(answer(
            400,
            &[("DPoP-Nonce", "n1")],
            r#"{"error":"use_dpop_nonce"}"#,
        ))
        .answer(answer(200, &[("DPoP-Nonce", "n2")], granted))
        .answer(answer(
            401,
            &[
                ("DPoP-Nonce", "r1"),
                ("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""),
            ],
            "{}",
        ))
        .answer(answer(200, &[("DPoP-Nonce", "r2")], "{}"))
        .answer(answer(200, &[], "{}"));
    let client = client(&replay);
    for id in ["p1", "p2"] {
        let mut call = client.call(&GET);
        call.path::<String>("id", id);
        call.query::<String>("expand", "all");
        call.send::<Bytes, Undocumented>()
            .await
            .expect("it gets in");
    }
    let requests = replay.requests();
    let seen: Vec<(Json, Json)> = requests.iter().map(|it| proof(&it.headers)).collect();
    let nonces: Vec<Option<&str>> = seen.iter().map(|(_, it)| text(it, "nonce")).collect();
    assert_eq!(nonces, [None, Some("n1"), None, Some("r1"), Some("r2")]);
    for (header, claims) in &seen {
        assert_eq!(text(header, "typ"), Some("dpop+jwt"));
        assert_eq!(text(header, "alg"), Some("ES256"));
        assert!(claims.get("iat").and_then(Json::as_i64).is_some());
    }
    let ids: Vec<Option<&str>> = seen.iter().map(|(_, it)| text(it, "jti")).collect();
    for (index, id) in ids.iter().enumerate() {
        assert!(id.is_some() && !ids[..index].contains(id), "{ids:?}");
    }
    assert_eq!(text(&seen[1].1, "htm"), Some("POST"));
    assert_eq!(
        text(&seen[1].1, "htu"),
        Some("https://login.example.com/token")
    );
    assert_eq!(text(&seen[1].1, "ath"), None);
    assert_eq!(text(&seen[4].1, "htm"), Some("GET"));
    assert_eq!(
        text(&seen[4].1, "htu"),
        Some("https://api.example.com/parcels/p2")
    );
    // The hash that RFC 9449 gives for this token (section 7.1).
    let hash = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";
    assert_eq!(text(&seen[4].1, "ath"), Some(hash));
    let authorization = requests[4].headers.get("Authorization");
    assert!(authorization.is_some_and(|it| it.starts_with("DPoP Kz~8")));
}

/// A server that knows nothing of it gives tokens of the usual kind, which are sent as such.
#[tokio::test]
async fn a_server_without_it() {
    let granted = r#"{"access_token":"at1","token_type":"Bearer"}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let mut call = client(&replay).call(&GET);
    call.path::<String>("id", "p1");
    call.send::<Bytes, Undocumented>()
        .await
        .expect("it gets in");
    let requests = replay.requests();
    assert_eq!(requests[1].headers.get("Authorization"), Some("Bearer at1"));
    assert_eq!(requests[1].headers.get("DPoP"), None);
}

#[test]
fn a_secret_has_no_public_half() {
    let key = SigningKey::from_secret(Algorithm::Hs256, "s3cret").expect("it is long enough");
    let error = Dpop::new(key).expect_err("it is a secret").to_string();
    assert!(error.contains("elliptic curve"), "{error}");
}
