//! What becomes of the texts of keys.

use std::fmt;
use std::sync::Arc;

use super::Key;
use crate::credential::{ApiKey, Basic, Bearer, Credential};
use crate::signing::Signature;

/// Which credentials the keys of a set are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    ApiKey,
    Bearer,
    Basic,
    Signature,
}

/// Makes a signer of a key.
pub(super) type MakeSignature = dyn Fn(&Key) -> Result<Signature, String> + Send + Sync;

/// How keys become credentials.
#[derive(Clone)]
pub(super) enum Make {
    ApiKey,
    Bearer,
    Basic,
    Signature(Arc<MakeSignature>),
}

impl Make {
    pub(super) fn kind(&self) -> KeyKind {
        match self {
            Make::ApiKey => KeyKind::ApiKey,
            Make::Bearer => KeyKind::Bearer,
            Make::Basic => KeyKind::Basic,
            Make::Signature(_) => KeyKind::Signature,
        }
    }

    /// Makes the credential of a key; the error names the key, and does not hold it.
    pub(super) fn credential(&self, key: &Key) -> Result<Credential, String> {
        Ok(match self {
            Make::ApiKey => ApiKey::new(key.secret.clone()).into(),
            Make::Bearer => Bearer::new(key.secret.clone()).into(),
            Make::Basic => {
                let (user, password) = key.user_and_password()?;
                Basic::new(user, password).into()
            }
            Make::Signature(make) => make(key)
                .map_err(|reason| format!("the key {:?} signs nothing: {reason}", key.name))?
                .into(),
        })
    }
}

impl fmt::Debug for Make {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)
    }
}
