//! Texts that nobody can guess.

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::credential::Secret;
use crate::token::TokenError;

/// A text of 256 random bits, of the operating system: what states, verifiers and nonces are.
pub(super) fn random_text() -> Result<Secret, TokenError> {
    let mut bytes = [0; 32];
    match rand::fill(&mut bytes) {
        Ok(()) => Ok(URL_SAFE_NO_PAD.encode(bytes).into()),
        Err(_) => Err(TokenError::new("the system gives no random numbers")),
    }
}
