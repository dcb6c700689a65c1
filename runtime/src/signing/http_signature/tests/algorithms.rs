//! Algorithms whose signatures are never the same twice, or have no example.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P384_SHA384_FIXED_SIGNING,
    EcdsaKeyPair, KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA512, RsaKeyPair,
    UnparsedPublicKey, VerificationAlgorithm,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{NO_NAMES, decoded, signature, signed, test_request};
use crate::jwt::{Algorithm, SigningKey};
use crate::signing::http_signature::HttpSignature;

/// RFC 9421, appendix B.1.3.
const ECC_P256: &str = "MHcCAQEEIFKbhfNZfpDsW43+0+JjUr9K+bTeuxopu653+hBaXGA7oAoGCCqGSM49AwEHoUQDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";

fn pem(label: &str, der: &str) -> String {
    format!("-----BEGIN {label}-----\n{der}\n-----END {label}-----\n")
}

#[test]
fn other_algorithms_verify() {
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let pkcs8 = STANDARD.encode(rsa.as_der().expect("it is written").as_ref());
    let rsa_pem = pem("PRIVATE KEY", &pkcs8);
    let p384 = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).expect("a key");
    let pkcs8 = STANDARD.encode(p384.to_pkcs8v1().expect("it is written"));
    let p384_pem = pem("PRIVATE KEY", &pkcs8);
    let p256_pem = pem("EC PRIVATE KEY", ECC_P256);
    // The point, which is the end of the published key.
    let p256 = decoded(ECC_P256);
    let p256 = &p256[p256.len() - 65..];
    let rsa = rsa.public_key().as_ref();
    let p384 = p384.public_key().as_ref();
    for (name, algorithm, pem, public, verifying) in [
        (
            "rsa-pss-sha512",
            Algorithm::Ps512,
            &rsa_pem,
            rsa,
            &RSA_PSS_2048_8192_SHA512 as &'static dyn VerificationAlgorithm,
        ),
        (
            "rsa-v1_5-sha256",
            Algorithm::Rs256,
            &rsa_pem,
            rsa,
            &RSA_PKCS1_2048_8192_SHA256,
        ),
        (
            "ecdsa-p256-sha256",
            Algorithm::Es256,
            &p256_pem,
            p256,
            &ECDSA_P256_SHA256_FIXED,
        ),
        (
            "ecdsa-p384-sha384",
            Algorithm::Es384,
            &p384_pem,
            p384,
            &ECDSA_P384_SHA384_FIXED,
        ),
    ] {
        let key = SigningKey::from_pem(algorithm, pem.as_str()).expect("it is a key");
        let signature = signature(key, ["@method"]).with_alg();
        let (input, made) = signed(&signature, &mut test_request());
        let written = format!(r#"("@method");created=1618884473;alg="{name}""#);
        assert_eq!(input, format!("sig1={written}"));
        let base = format!("\"@method\": POST\n\"@signature-params\": {written}");
        let made = made
            .strip_prefix("sig1=:")
            .and_then(|made| made.strip_suffix(':'));
        let made = decoded(made.expect("it is a byte sequence"));
        let key = UnparsedPublicKey::new(verifying, public);
        key.verify(base.as_bytes(), &made).expect(name);
    }
    let key = SigningKey::from_secret(Algorithm::Hs512, "x").expect("it is a secret");
    let refused = HttpSignature::new(key, NO_NAMES).expect_err("there is none");
    assert_eq!(
        refused.to_string(),
        "RFC 9421 has no algorithm that is HS512"
    );
}
