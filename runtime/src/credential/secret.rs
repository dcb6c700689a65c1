//! Text that must not be seen.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::transport::is_header_value;

/// A secret text: never printed, and wiped from memory when its last copy is dropped.
///
/// ```
/// let secret = attache_runtime::Secret::from("hunter2");
/// assert_eq!(format!("{secret:?}"), "Secret(***)");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Arc<Kept>);

struct Kept {
    text: Zeroizing<String>,
    /// Found out once, since it is sent with every call.
    is_header_value: bool,
}

impl Secret {
    /// Returns the text; to be called where it is sent, and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0.text
    }

    /// Says whether a header may hold it.
    pub(crate) fn is_header_value(&self) -> bool {
        self.0.is_header_value
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Arc::new(Kept {
            is_header_value: is_header_value(&text),
            text: Zeroizing::new(text),
        }))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}
