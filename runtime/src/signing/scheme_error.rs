//! Schemes that cannot be used.

use std::error::Error;
use std::fmt;

/// Says why a scheme of signing cannot be used: what of it is wrong, and where; no secret is in it.
///
/// ```
/// # #[cfg(feature = "hmac")] {
/// use attache_runtime::signing::{HmacAlgorithm, HmacScheme};
///
/// let error = HmacScheme::new(HmacAlgorithm::Sha256, "{method}{paths}").unwrap_err();
/// assert!(error.to_string().starts_with("`paths` at character 9 of the message is no placeholder; there are "));
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeError(pub(super) String);

impl fmt::Display for SchemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for SchemeError {}

impl From<String> for SchemeError {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for SchemeError {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
