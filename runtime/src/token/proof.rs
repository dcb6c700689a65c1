//! What shows that whoever sends a token has the key that it is bound to.

use std::fmt;
use std::time::Duration;

use crate::credential::Secret;
use crate::transport::Headers;

/// Proofs for requests, each for one of them, in the header `DPoP` (RFC 9449).
pub(crate) trait TokenProof: fmt::Debug + Send + Sync {
    /// A proof for a request to an address, with the token that it carries; none where the library below cannot sign.
    fn prove(
        &self,
        method: &str,
        url: &str,
        token: Option<&Secret>,
        time: Duration,
    ) -> Option<Secret>;

    /// What names the key in a request for a code (RFC 9449, section 10).
    #[cfg(feature = "login")]
    fn thumbprint(&self) -> String;

    /// Takes what a server says in an answer; says whether that was news.
    fn learn(&self, url: &str, headers: &Headers) -> bool;
}

/// The header of proofs.
pub(crate) const PROOF: &str = "DPoP";
