//! The hash of a body, in a header.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The hash of the header `Content-Digest` (RFC 9530, section 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentDigest {
    /// SHA-256, `sha-256`.
    #[default]
    Sha256,
    /// SHA-512, `sha-512`.
    Sha512,
}

impl ContentDigest {
    /// `sha-256=:…:`
    pub(super) fn of(self, body: &[u8]) -> String {
        let (name, algorithm) = match self {
            ContentDigest::Sha256 => ("sha-256", &SHA256),
            ContentDigest::Sha512 => ("sha-512", &SHA512),
        };
        format!("{name}=:{}:", STANDARD.encode(digest(algorithm, body)))
    }
}
