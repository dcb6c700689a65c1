//! Keys that check signatures.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};

use super::Algorithm;
use super::jwk::{padded, part};
use crate::json::Json;

/// The public key of a server, as its key set has it (RFC 7517).
#[derive(Clone, Debug)]
pub(crate) struct PublicKey {
    id: Option<String>,
    /// The only algorithm that it is for, where it says so.
    algorithm: Option<Algorithm>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Modulus and exponent.
    Rsa(Vec<u8>, Vec<u8>),
    /// The algorithm of the curve, and a point that is not compressed.
    Ecdsa(Algorithm, Vec<u8>),
    Ed25519(Vec<u8>),
}

impl PublicKey {
    /// Reads a key; none where it is of no kind that is known here, or is for something else, which a set may have.
    pub(crate) fn from_jwk(jwk: &Json) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Json::as_str);
        let bytes = |name| part(jwk, name).ok();
        let point = |algorithm, length| {
            let (x, y) = (padded(&bytes("x")?, length), padded(&bytes("y")?, length));
            let point = [&[4][..], &x.ok()?, &y.ok()?].concat();
            Some(Kind::Ecdsa(algorithm, point))
        };
        let kind = match (text("kty")?, text("crv")) {
            ("RSA", _) => Kind::Rsa(bytes("n")?.to_vec(), bytes("e")?.to_vec()),
            ("EC", Some("P-256")) => point(Algorithm::Es256, 32)?,
            ("EC", Some("P-384")) => point(Algorithm::Es384, 48)?,
            ("EC", Some("P-521")) => point(Algorithm::Es512, 66)?,
            ("OKP", Some("Ed25519")) => Kind::Ed25519(bytes("x")?.to_vec()),
            _ => return None,
        };
        let algorithm = match text("alg") {
            Some(name) => Some(Algorithm::named(name)?),
            None => None,
        };
        text("use").is_none_or(|it| it == "sig").then(|| Self {
            id: text("kid").map(str::to_owned),
            algorithm,
            kind,
        })
    }

    /// Its id in the key set.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether a signature of a message is one of this key, by an algorithm that goes with it. No secret does: a public
    /// key is none.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        if self.algorithm.is_some_and(|only| only != algorithm) {
            return false;
        }
        let unparsed = |verification: &'static dyn VerificationAlgorithm, key: &[u8]| {
            let key = UnparsedPublicKey::new(verification, key);
            key.verify(message, signature).is_ok()
        };
        match &self.kind {
            Kind::Rsa(n, e) => rsa(algorithm).is_some_and(|parameters| {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(parameters, message, signature).is_ok()
            }),
            Kind::Ecdsa(own, point) if *own == algorithm => match own {
                Algorithm::Es256 => unparsed(&ECDSA_P256_SHA256_FIXED, point),
                Algorithm::Es384 => unparsed(&ECDSA_P384_SHA384_FIXED, point),
                _ => unparsed(&ECDSA_P521_SHA512_FIXED, point),
            },
            Kind::Ed25519(key) if algorithm == Algorithm::EdDsa => unparsed(&ED25519, key),
            _ => false,
        }
    }
}

fn rsa(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}
