//! Identity tokens: signed by their issuer, or no login.

use std::sync::LazyLock;

use attache_runtime::oauth::{AuthorizationCode, AuthorizationServer, ClientIdentity};
use attache_runtime::token::TokenConnection;
use attache_runtime::transport::replay::Replay;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const CLAIMS: &str =
    r#"{"iss":"https://login.example.com","aud":"shop","nonce":"n1","exp":9999999999}"#;
const METADATA: &str = r#"{"issuer":"https://login.example.com","token_endpoint":"https://login.example.com/token","jwks_uri":"https://login.example.com/keys"}"#;

/// The keys of an issuer.
struct Issuer {
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    ed: Ed25519KeyPair,
}

/// Keys of RSA take their time.
static ISSUER: LazyLock<Issuer> = LazyLock::new(Issuer::new);
static OTHER: LazyLock<Issuer> = LazyLock::new(Issuer::new);

impl Issuer {
    fn new() -> Self {
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
        Self {
            rsa: RsaKeyPair::generate(KeySize::Rsa2048).expect("a key"),
            ec: ec.expect("a key"),
            ed: Ed25519KeyPair::generate().expect("a key"),
        }
    }

    /// Its public keys, with the ids `r`, `e` and `d`, beside what nobody here understands.
    fn keys(&self) -> String {
        let n = encoded(self.modulus());
        let (x, y) = self.ec.public_key().as_ref()[1..].split_at(32);
        let (x, y, d) = (
            encoded(x),
            encoded(y),
            encoded(self.ed.public_key().as_ref()),
        );
        format!(
            r#"{{"keys":[{{"kty":"new"}},
                {{"kty":"RSA","kid":"r","use":"sig","n":"{n}","e":"AQAB"}},
                {{"kty":"RSA","kid":"x","use":"enc","n":"{n}","e":"AQAB"}},
                {{"kty":"EC","kid":"e","crv":"P-256","alg":"ES256","x":"{x}","y":"{y}"}},
                {{"kty":"OKP","kid":"d","crv":"Ed25519","alg":"Ed25519","x":"{d}"}}]}}"#
        )
    }

    /// In DER it is between the heads of the two numbers.
    fn modulus(&self) -> Vec<u8> {
        self.rsa.public_key().as_ref()[9..265].to_vec()
    }

    fn sign(&self, algorithm: &str, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let rsa = |encoding: &'static dyn RsaEncoding| {
            let mut signature = vec![0; 256];
            let signed = self.rsa.sign(encoding, &random, message, &mut signature);
            signed.expect("it signs");
            signature
        };
        match algorithm {
            "RS256" => rsa(&RSA_PKCS1_SHA256),
            "PS256" => rsa(&RSA_PSS_SHA256),
            "ES256" => self
                .ec
                .sign(&random, message)
                .expect("it signs")
                .as_ref()
                .to_vec(),
            _ => self.ed.sign(message).as_ref().to_vec(),
        }
    }

    fn token(&self, algorithm: &str, id: &str) -> String {
        token(algorithm, id, |message| self.sign(algorithm, message))
    }
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn token(algorithm: &str, id: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let header = format!(r#"{{"alg":"{algorithm}"{id}}}"#);
    let message = format!("{}.{}", encoded(header), encoded(CLAIMS));
    let signature = encoded(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

fn login(identity: ClientIdentity) -> AuthorizationCode {
    let login = AuthorizationCode::new(identity, "http://127.0.0.1:7777/callback");
    let login = login.server(AuthorizationServer::issuer("https://login.example.com"));
    login.scopes(["openid"])
}

fn granted(token: &str) -> String {
    format!(r#"{{"access_token":"at1","id_token":"{token}"}}"#)
}

/// Ends a login, and says what is wrong, or nothing.
async fn finish(login: &AuthorizationCode, connection: &TokenConnection) -> String {
    let kept = r#"{"state":"s","verifier":"v","nonce":"n1"}"#;
    let login = login.resume(&kept.into()).expect("it is one");
    let finished = login.finish(connection, "code=c1&state=s").await;
    finished.map_or_else(|error| error.to_string(), |_| String::new())
}

async fn outcome(token: &str, keys: &str) -> String {
    let replay = Replay::new().json(200, METADATA).json(200, &granted(token));
    let connection = TokenConnection::new(replay.json(200, keys));
    let login = login(ClientIdentity::basic("shop", "a secret"));
    finish(&login, &connection).await
}

#[tokio::test]
async fn each_algorithm_and_what_is_not_signed_by_the_issuer() {
    let (issuer, other) = (&*ISSUER, &*OTHER);
    let keys = issuer.keys();
    for (algorithm, id) in [
        ("RS256", r#","kid":"r""#),
        ("PS256", r#","kid":"r""#),
        ("ES256", r#","kid":"e""#),
        ("EdDSA", r#","kid":"d""#),
        // RFC 9864.
        ("Ed25519", r#","kid":"d""#),
        // Without an id, any may be the one.
        ("ES256", ""),
    ] {
        let good = issuer.token(algorithm, id);
        assert_eq!(outcome(&good, &keys).await, "", "{algorithm}");
        let forged = other.token(algorithm, id);
        let refused = "the identity token is not signed by its issuer";
        assert_eq!(outcome(&forged, &keys).await, refused, "{algorithm}");
    }
    let none = |algorithm: &str| token(algorithm, "", |_| Vec::new());
    let with = |secret: &[u8]| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        token("HS256", "", |message| {
            hmac::sign(&key, message).as_ref().to_vec()
        })
    };
    for (token, expected) in [
        (none("none"), "is not signed"),
        (none("nOnE"), "is not signed"),
        (none("RS256"), "not signed by its issuer"),
        (none("XX256"), "an algorithm that is not known"),
        (
            with(issuer.rsa.public_key().as_ref()),
            "not signed with the secret of the client",
        ),
        (
            with(&issuer.modulus()),
            "not signed with the secret of the client",
        ),
        (with(b"a secret"), ""),
        (
            issuer.token("ES256", r#","kid":"r""#),
            "not signed by its issuer",
        ),
        (
            issuer.token("RS256", r#","kid":"x""#),
            "not signed by its issuer",
        ),
        (
            issuer.token("RS256", r#","kid":"r","crit":["b64"]"#),
            "no signed token",
        ),
    ] {
        let said = outcome(&token, &keys).await;
        assert!(
            said.contains(expected) && said.is_empty() == expected.is_empty(),
            "{said}: {expected}"
        );
    }
}

#[tokio::test]
async fn keys_are_kept_and_fetched_anew_for_one_that_is_not_there() {
    let (first, second) = (&*ISSUER, &*OTHER);
    let of_second = second.keys().replace(r#""kid":"e""#, r#""kid":"e2""#);
    let old = granted(&first.token("ES256", r#","kid":"e""#));
    let new = granted(&second.token("ES256", r#","kid":"e2""#));
    let replay = Replay::new()
        .json(200, METADATA)
        .json(200, &old)
        .json(200, &first.keys())
        .json(200, &old)
        .json(200, &new)
        .json(200, &of_second)
        .json(200, &new)
        // The old key is gone: asked for once more.
        .json(200, &old)
        .json(200, &of_second);
    let connection = TokenConnection::new(replay.clone());
    let login = login(ClientIdentity::public("shop"));
    for is_good in [true, true, true, true, false] {
        assert_eq!(finish(&login, &connection).await.is_empty(), is_good);
    }
    let requests = replay.requests();
    let paths: Vec<&str> = requests.iter().map(|it| it.url.path()).collect();
    let (metadata, token, keys) = ("/.well-known/openid-configuration", "/token", "/keys");
    assert_eq!(
        paths,
        [
            metadata, token, keys, token, token, keys, token, token, keys
        ]
    );
}

/// Where nobody says which keys the issuer has, TLS has to do.
#[tokio::test]
async fn without_keys_the_connection_vouches() {
    let issuer = &*ISSUER;
    let metadata = METADATA.replace("jwks_uri", "other");
    let replay = Replay::new().json(200, &metadata);
    let replay = replay.json(200, &granted(&issuer.token("ES256", "")));
    let login = login(ClientIdentity::public("shop"));
    assert_eq!(finish(&login, &TokenConnection::new(replay)).await, "");
}
