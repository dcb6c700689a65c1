//! The encryption of one text: AES-256-GCM, as the library does it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;

/// A nonce, what is encrypted, and a tag of 16 bytes; the nonce is a random one that the library chooses.
pub(super) fn encrypt(
    key: &RandomizedNonceKey,
    context: &[u8],
    text: &[u8],
) -> Result<Vec<u8>, Unspecified> {
    let mut in_out = Vec::with_capacity(text.len() + 16);
    in_out.extend_from_slice(text);
    let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut in_out)?;
    Ok([nonce.as_ref().as_slice(), &in_out].concat())
}

/// Undoes [`encrypt`]; an error where a bit of the context or of the text is another one.
pub(super) fn decrypt(
    key: &RandomizedNonceKey,
    context: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Unspecified> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(Unspecified)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce)?;
    let mut in_out = text.to_vec();
    let length = key
        .open_in_place(nonce, Aad::from(context), &mut in_out)?
        .len();
    in_out.truncate(length);
    Ok(in_out)
}

/// A key from 32 bytes.
pub(super) fn key(bytes: &[u8; 32]) -> Result<RandomizedNonceKey, Unspecified> {
    RandomizedNonceKey::new(&AES_256_GCM, bytes)
}
