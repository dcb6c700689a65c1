//! Keys as JSON (RFC 7517, RFC 7518 section 6, RFC 8037).

use aws_lc_rs::rsa::{KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::key::{Algorithm, KeyError, Kind, hmac_key};
use crate::json::{Json, JsonObject};

type Bytes = Zeroizing<Vec<u8>>;

/// Reads a key, and says how it signs.
pub(super) fn read(text: &str) -> Result<(Algorithm, Kind), KeyError> {
    let key = Json::from_slice(text.as_bytes());
    let key = key.map_err(|_| KeyError("the key is no JSON"))?;
    let text = |name: &str| key.get(name).and_then(Json::as_str);
    let usual = match (text("kty"), text("crv")) {
        (Some("oct"), _) => Algorithm::Hs256,
        (Some("RSA"), _) => Algorithm::Rs256,
        (Some("EC"), Some("P-256")) => Algorithm::Es256,
        (Some("EC"), Some("P-384")) => Algorithm::Es384,
        (Some("EC"), Some("P-521")) => Algorithm::Es512,
        (Some("OKP"), Some("Ed25519")) => Algorithm::EdDsa,
        _ => {
            return Err(KeyError(
                "the key is of no kind that signs here (`kty`, `crv`)",
            ));
        }
    };
    let stated =
        text("alg").map(|name| Algorithm::named(name).ok_or(KeyError("`alg` is not known")));
    let algorithm = stated.transpose()?.unwrap_or(usual);
    if std::mem::discriminant(&family(algorithm)) != std::mem::discriminant(&family(usual)) {
        return Err(KeyError("`alg` does not go with the kind of the key"));
    }
    let kind = match family(algorithm) {
        Family::Hmac => hmac_key(algorithm, &part(&key, "k")?)?,
        Family::Rsa => Kind::Rsa(rsa(&key)?),
        Family::Ecdsa(length) => Kind::Ecdsa(ecdsa(&key, algorithm, length)?),
        Family::Ed25519 => {
            let (seed, public) = (part(&key, "d")?, part(&key, "x")?);
            let read = Ed25519KeyPair::from_seed_and_public_key(&seed, &public);
            Kind::Ed25519(
                read.map_err(|_| KeyError("the private key does not go with the public one"))?,
            )
        }
    };
    Ok((algorithm, kind))
}

enum Family {
    Hmac,
    Rsa,
    /// With the bytes of a coordinate.
    Ecdsa(usize),
    Ed25519,
}

fn family(algorithm: Algorithm) -> Family {
    match algorithm {
        _ if algorithm.is_symmetric() => Family::Hmac,
        Algorithm::Es256 => Family::Ecdsa(32),
        Algorithm::Es384 => Family::Ecdsa(48),
        Algorithm::Es512 => Family::Ecdsa(66),
        Algorithm::EdDsa => Family::Ed25519,
        _ => Family::Rsa,
    }
}

fn rsa(key: &Json) -> Result<RsaKeyPair, KeyError> {
    let components = KeyPairComponents {
        public_key: PublicKeyComponents {
            n: part(key, "n")?.to_vec(),
            e: part(key, "e")?.to_vec(),
        },
        d: part(key, "d")?,
        p: part(key, "p")?,
        q: part(key, "q")?,
        dP: part(key, "dp")?,
        dQ: part(key, "dq")?,
        qInv: part(key, "qi")?,
    };
    let read = RsaKeyPair::from_components(&components);
    read.map_err(|_| KeyError("the parts of the RSA key do not go together"))
}

fn ecdsa(key: &Json, algorithm: Algorithm, length: usize) -> Result<EcdsaKeyPair, KeyError> {
    let curve = algorithm
        .ecdsa()
        .ok_or(KeyError("the curve is not known"))?;
    let (x, y) = (
        padded(&part(key, "x")?, length)?,
        padded(&part(key, "y")?, length)?,
    );
    // A point that is not compressed (SEC 1, section 2.3.3).
    let public = [&[4][..], &x, &y].concat();
    let private = padded(&part(key, "d")?, length)?;
    let read = EcdsaKeyPair::from_private_key_and_public_key(curve, &private, &public);
    read.map_err(|_| KeyError("the private key does not go with the public one"))
}

/// A number in as many bytes as the curve has; some leave zeros out.
pub(super) fn padded(number: &[u8], length: usize) -> Result<Bytes, KeyError> {
    let missing = length.checked_sub(number.len());
    let missing = missing.ok_or(KeyError("a number is longer than the curve allows"))?;
    let mut padded = Zeroizing::new(vec![0; missing]);
    padded.extend_from_slice(number);
    Ok(padded)
}

pub(super) fn part(key: &Json, name: &'static str) -> Result<Bytes, KeyError> {
    let text = key.get(name).and_then(Json::as_str);
    let text = text.ok_or(KeyError("a part of the private key is missing"))?;
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
    let bytes = bytes.map_err(|_| KeyError("a part of the key is no base64url"))?;
    Ok(Zeroizing::new(bytes))
}

/// The public half of a key, with no more members than its thumbprint has (RFC 7638); none where
/// it has none, or is one of RSA, whose numbers the library below does not give.
pub(super) fn public(algorithm: Algorithm, kind: &Kind) -> Option<JsonObject> {
    let mut jwk = JsonObject::new();
    let mut set = |name: &str, bytes: &[u8]| jwk.insert(name, URL_SAFE_NO_PAD.encode(bytes));
    let kind = match kind {
        Kind::Hmac(_) | Kind::Rsa(_) => return None,
        Kind::Ecdsa(key) => {
            // An uncompressed point: a mark, and two coordinates of the same length.
            let point = key.public_key().as_ref().get(1..)?;
            let (x, y) = point.split_at(point.len() / 2);
            set("x", x);
            set("y", y);
            "EC"
        }
        Kind::Ed25519(key) => {
            set("x", key.public_key().as_ref());
            "OKP"
        }
    };
    if let Some(curve) = curve(algorithm) {
        jwk.insert("crv", curve.to_owned());
    }
    jwk.insert("kty", kind.to_owned());
    Some(jwk)
}

/// The curve of an algorithm that has one.
fn curve(algorithm: Algorithm) -> Option<&'static str> {
    Some(match algorithm {
        Algorithm::Es256 => "P-256",
        Algorithm::Es384 => "P-384",
        Algorithm::Es512 => "P-521",
        Algorithm::EdDsa => "Ed25519",
        _ => return None,
    })
}
