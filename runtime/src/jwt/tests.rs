use std::time::Duration;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA512, RsaKeyPair, UnparsedPublicKey,
    VerificationAlgorithm,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::{Algorithm, Jwt, SigningKey};
use crate::json::Json;
use crate::random::SeededRandom;

fn signature(key: &SigningKey, message: &str) -> String {
    let signature = key.sign(message.as_bytes()).expect("it signs");
    URL_SAFE_NO_PAD.encode(signature)
}

/// RFC 7515, appendix A.1.
#[test]
fn the_published_hmac() {
    let jwk = r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;
    let key = SigningKey::from_jwk(jwk).expect("it is a key");
    let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    assert_eq!(
        signature(&key, message),
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
}

/// RFC 8037, appendices A.1 and A.4.
#[test]
fn the_published_ed25519() {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let key = SigningKey::from_jwk(jwk).expect("it is a key");
    assert_eq!(key.algorithm(), Algorithm::EdDsa);
    assert_eq!(
        signature(
            &key,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        ),
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}

fn pem(label: &str, der: &[u8]) -> String {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(der)
    )
}

fn assert_verified(token: &str, public: &[u8], algorithm: &'static dyn VerificationAlgorithm) {
    let (message, signature) = token.rsplit_once('.').expect("it has three parts");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("it is base64url");
    let key = UnparsedPublicKey::new(algorithm, public);
    key.verify(message.as_bytes(), &signature)
        .expect("it is signed");
}

fn sign(key: SigningKey) -> String {
    let signed = Jwt::new(key).sign(Duration::from_secs(1), &SeededRandom::new(1));
    signed.expect("it signs").expose().to_owned()
}

#[test]
fn keys_in_pem_sign() {
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let pkcs8 = rsa.as_der().expect("it is written");
    let text = pem("PRIVATE KEY", pkcs8.as_ref());
    let public = rsa.public_key().as_ref();
    for (algorithm, verifying) in [
        (
            Algorithm::Rs256,
            &RSA_PKCS1_2048_8192_SHA256 as &'static dyn VerificationAlgorithm,
        ),
        (Algorithm::Ps512, &RSA_PSS_2048_8192_SHA512),
    ] {
        let key = SigningKey::from_pem(algorithm, text.as_str()).expect("it is a key");
        assert_verified(&sign(key), public, verifying);
    }
    let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let ecdsa = EcdsaKeyPair::generate(curve).expect("a key");
    let pkcs8 = ecdsa.to_pkcs8v1().expect("it is written");
    let sec1 = ecdsa.private_key().as_der().expect("it is written");
    for text in [
        pem("PRIVATE KEY", pkcs8.as_ref()),
        pem("EC PRIVATE KEY", sec1.as_ref()),
    ] {
        let key = SigningKey::from_pem(Algorithm::Es256, text.as_str()).expect("it is a key");
        assert_verified(
            &sign(key),
            ecdsa.public_key().as_ref(),
            &ECDSA_P256_SHA256_FIXED,
        );
        for other in [
            Algorithm::Rs256,
            Algorithm::Es384,
            Algorithm::EdDsa,
            Algorithm::Hs256,
        ] {
            let refused = SigningKey::from_pem(other, text.as_str());
            assert!(refused.is_err(), "{other:?}");
        }
    }
}

/// A key in JSON, with a coordinate whose first zeros are left out as well.
#[test]
fn an_elliptic_key_in_json_signs() {
    let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let ecdsa = EcdsaKeyPair::generate(curve).expect("a key");
    let public = ecdsa.public_key().as_ref();
    let private = ecdsa.private_key();
    let private = aws_lc_rs::encoding::AsBigEndian::as_be_bytes(&private).expect("it is written");
    let part = |bytes: &[u8]| {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        URL_SAFE_NO_PAD.encode(&bytes[zeros..])
    };
    let (x, y, d) = (
        part(&public[1..33]),
        part(&public[33..]),
        part(private.as_ref()),
    );
    let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{d}"}}"#);
    let key = SigningKey::from_jwk(jwk).expect("it is a key");
    assert_verified(&sign(key), public, &ECDSA_P256_SHA256_FIXED);
    let other = part(&[7; 32]);
    let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{other}"}}"#);
    SigningKey::from_jwk(jwk).expect_err("it is the half of another one");
}

#[test]
fn what_is_no_key_is_refused_and_never_shown() {
    for jwk in [
        "s3cret",
        r#"{"kty":"oct"}"#,
        r#"{"kty":"oct","k":"s3cret!"}"#,
        r#"{"kty":"oct","k":"czNjcmV0","alg":"RS256"}"#,
        r#"{"kty":"oct","k":"czNjcmV0","alg":"none"}"#,
        r#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"AQ","p":"AQ","q":"AQ","dp":"AQ","dq":"AQ","qi":"AQ"}"#,
        r#"{"kty":"EC","crv":"secp256k1"}"#,
    ] {
        let error = SigningKey::from_jwk(jwk).expect_err("it is no key");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
    assert!(SigningKey::from_secret(Algorithm::Hs256, "").is_err());
    assert!(SigningKey::from_secret(Algorithm::Rs256, "s3cret").is_err());
    let key = SigningKey::from_secret(Algorithm::Hs512, "s3cret").expect("it is a secret");
    assert!(!format!("{:?}", Jwt::new(key)).contains("s3cret"));
}

#[test]
fn a_token_has_the_claims_that_it_is_given() {
    let key = SigningKey::from_secret(Algorithm::Hs256, "s3cret").expect("it is a secret");
    let token = Jwt::new(key)
        .key_id("k1")
        .issuer("shop")
        .audience("parcels")
        .claim("scope", "read".to_owned())
        .issued_before(Duration::from_secs(60))
        .lifetime(Duration::from_secs(540));
    let signed = token.sign(Duration::from_millis(1_000_999), &SeededRandom::new(1));
    let signed = signed.expect("it signs");
    let parts: Vec<&str> = signed.expose().split('.').collect();
    let json = |part: &str| {
        let text = URL_SAFE_NO_PAD.decode(part).expect("it is base64url");
        Json::from_slice(&text).expect("it is JSON").to_string()
    };
    assert_eq!(json(parts[0]), r#"{"alg":"HS256","typ":"JWT","kid":"k1"}"#);
    assert_eq!(
        json(parts[1]),
        r#"{"iss":"shop","aud":"parcels","scope":"read","iat":940,"exp":1540}"#
    );
}
