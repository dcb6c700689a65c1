//! Keys that sign.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
    ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
    RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

use super::jwk;
use crate::credential::Secret;
use crate::json::JsonObject;

/// How a token is signed, by the names of RFC 7518 and RFC 8037.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
    /// RSA (PKCS #1) with SHA-256.
    Rs256,
    /// RSA (PKCS #1) with SHA-384.
    Rs384,
    /// RSA (PKCS #1) with SHA-512.
    Rs512,
    /// RSA (PSS) with SHA-256.
    Ps256,
    /// RSA (PSS) with SHA-384.
    Ps384,
    /// RSA (PSS) with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
    /// Ed25519.
    EdDsa,
}

const NAMES: [(Algorithm, &str); 14] = [
    (Algorithm::Hs256, "HS256"),
    (Algorithm::Hs384, "HS384"),
    (Algorithm::Hs512, "HS512"),
    (Algorithm::Rs256, "RS256"),
    (Algorithm::Rs384, "RS384"),
    (Algorithm::Rs512, "RS512"),
    (Algorithm::Ps256, "PS256"),
    (Algorithm::Ps384, "PS384"),
    (Algorithm::Ps512, "PS512"),
    (Algorithm::Es256, "ES256"),
    (Algorithm::Es384, "ES384"),
    (Algorithm::Es512, "ES512"),
    (Algorithm::EdDsa, "EdDSA"),
    // The name since RFC 9864; what is signed has the one that all servers know.
    (Algorithm::EdDsa, "Ed25519"),
];

impl Algorithm {
    /// Returns its name: `RS256`.
    pub fn name(self) -> &'static str {
        let known = NAMES.iter().find(|(algorithm, _)| *algorithm == self);
        known.map_or("", |(_, name)| name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        let known = NAMES.iter().find(|(_, known)| *known == name);
        known.map(|(algorithm, _)| *algorithm)
    }

    /// Whether who checks a signature could have made it.
    pub(crate) fn is_symmetric(self) -> bool {
        self.hmac().is_some()
    }

    fn rsa(self) -> Option<&'static dyn RsaEncoding> {
        Some(match self {
            Algorithm::Rs256 => &RSA_PKCS1_SHA256,
            Algorithm::Rs384 => &RSA_PKCS1_SHA384,
            Algorithm::Rs512 => &RSA_PKCS1_SHA512,
            Algorithm::Ps256 => &RSA_PSS_SHA256,
            Algorithm::Ps384 => &RSA_PSS_SHA384,
            Algorithm::Ps512 => &RSA_PSS_SHA512,
            _ => return None,
        })
    }

    pub(super) fn ecdsa(self) -> Option<&'static EcdsaSigningAlgorithm> {
        Some(match self {
            Algorithm::Es256 => &ECDSA_P256_SHA256_FIXED_SIGNING,
            Algorithm::Es384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
            Algorithm::Es512 => &ECDSA_P521_SHA512_FIXED_SIGNING,
            _ => return None,
        })
    }

    fn hmac(self) -> Option<hmac::Algorithm> {
        Some(match self {
            Algorithm::Hs256 => hmac::HMAC_SHA256,
            Algorithm::Hs384 => hmac::HMAC_SHA384,
            Algorithm::Hs512 => hmac::HMAC_SHA512,
            _ => return None,
        })
    }
}

/// Says why a key cannot be used; nothing of the key is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(pub(super) &'static str);

impl KeyError {
    pub(crate) fn new(reason: &'static str) -> Self {
        Self(reason)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for KeyError {}

/// A private key, or a secret, that signs tokens.
///
/// ```
/// use attache_runtime::jwt::{Algorithm, SigningKey};
///
/// let key = SigningKey::from_secret(Algorithm::Hs256, "shared with the server").unwrap();
/// assert_eq!(format!("{key:?}"), "SigningKey(HS256)");
/// assert!(SigningKey::from_pem(Algorithm::Rs256, "no key").is_err());
/// ```
#[derive(Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    kind: Arc<Kind>,
}

pub(super) enum Kind {
    Hmac(Box<hmac::Key>),
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    /// Reads a private key in PEM: PKCS #8, PKCS #1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`).
    ///
    /// # Errors
    /// It is no private key, or none for this algorithm.
    pub fn from_pem(algorithm: Algorithm, pem: impl Into<Secret>) -> Result<Self, KeyError> {
        let pem = pem.into();
        let der = PrivateKeyDer::from_pem_slice(pem.expose().as_bytes());
        let der = der.map_err(|_| KeyError("the text has no private key in PEM"))?;
        let wrong = |_| KeyError("the private key is none for this algorithm");
        let kind = match (&der, algorithm.ecdsa()) {
            (PrivateKeyDer::Pkcs1(key), None) if algorithm.rsa().is_some() => {
                Kind::Rsa(RsaKeyPair::from_der(key.secret_pkcs1_der()).map_err(wrong)?)
            }
            (PrivateKeyDer::Sec1(key), Some(curve)) => {
                let read = EcdsaKeyPair::from_private_key_der(curve, key.secret_sec1_der());
                Kind::Ecdsa(read.map_err(wrong)?)
            }
            (PrivateKeyDer::Pkcs8(key), Some(curve)) => {
                let read = EcdsaKeyPair::from_pkcs8(curve, key.secret_pkcs8_der());
                Kind::Ecdsa(read.map_err(wrong)?)
            }
            (PrivateKeyDer::Pkcs8(key), None) if algorithm.rsa().is_some() => {
                Kind::Rsa(RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).map_err(wrong)?)
            }
            (PrivateKeyDer::Pkcs8(key), None) if algorithm == Algorithm::EdDsa => {
                let read = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.secret_pkcs8_der());
                Kind::Ed25519(read.map_err(wrong)?)
            }
            _ => return Err(KeyError("the private key is none for this algorithm")),
        };
        Ok(Self::new(algorithm, kind))
    }

    /// Reads a private key in JSON (a JWK, RFC 7517): of RSA, of an elliptic curve, of Ed25519, or a secret (`oct`).
    ///
    /// The algorithm is the one that it states (`alg`), else the usual one of its kind.
    ///
    /// # Errors
    /// It is no such key.
    pub fn from_jwk(jwk: impl Into<Secret>) -> Result<Self, KeyError> {
        let (algorithm, kind) = jwk::read(jwk.into().expose())?;
        Ok(Self::new(algorithm, kind))
    }

    /// Takes a secret that the server has as well.
    ///
    /// # Errors
    /// The algorithm is none that takes a secret, or the secret is empty.
    pub fn from_secret(algorithm: Algorithm, secret: impl Into<Secret>) -> Result<Self, KeyError> {
        let kind = hmac_key(algorithm, secret.into().expose().as_bytes())?;
        Ok(Self::new(algorithm, kind))
    }

    /// Returns how it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Signs a message; none where the library below cannot.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match &*self.kind {
            Kind::Hmac(key) => Some(hmac::sign(key, message).as_ref().to_vec()),
            Kind::Ed25519(key) => Some(key.sign(message).as_ref().to_vec()),
            Kind::Ecdsa(key) => {
                let signature = key.sign(&random, message).ok()?;
                Some(signature.as_ref().to_vec())
            }
            Kind::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                let encoding = self.algorithm.rsa()?;
                key.sign(encoding, &random, message, &mut signature).ok()?;
                Some(signature)
            }
        }
    }

    /// Whether a secret signs a message so; none of the other kinds is known by its private half.
    #[cfg(feature = "login")]
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &*self.kind {
            Kind::Hmac(key) => hmac::verify(key, message, signature).is_ok(),
            _ => false,
        }
    }

    /// The public half as a JWK; none where the key is a secret, or one of RSA.
    pub(crate) fn public_jwk(&self) -> Option<JsonObject> {
        jwk::public(self.algorithm, &self.kind)
    }

    fn new(algorithm: Algorithm, kind: Kind) -> Self {
        Self {
            algorithm,
            kind: Arc::new(kind),
        }
    }
}

pub(super) fn hmac_key(algorithm: Algorithm, secret: &[u8]) -> Result<Kind, KeyError> {
    let hashed = algorithm.hmac();
    let hashed = hashed.ok_or(KeyError("the algorithm takes a private key, and no secret"))?;
    if secret.is_empty() {
        return Err(KeyError("the secret is empty"));
    }
    Ok(Kind::Hmac(Box::new(hmac::Key::new(hashed, secret))))
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.algorithm.name())
    }
}
