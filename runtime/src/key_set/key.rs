//! A key, as a source gives it.

use crate::credential::Secret;
use crate::limit::Quota;

/// What a key is for while others take its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyRole {
    /// It is sent. Several that are current share the requests.
    Current,
    /// It is sent where those before it are refused, and is current then.
    Next,
    /// It has been replaced, and is sent where all others are refused, for as long as it is valid.
    Retiring,
}

impl KeyRole {
    /// Returns the name that files and snapshots have for it: `current`, `next` or `retiring`.
    pub const fn as_str(self) -> &'static str {
        match self {
            KeyRole::Current => "current",
            KeyRole::Next => "next",
            KeyRole::Retiring => "retiring",
        }
    }

    /// Reads such a name.
    #[cfg(feature = "store")]
    pub(super) fn of(text: &str) -> Option<Self> {
        let all = [KeyRole::Current, KeyRole::Next, KeyRole::Retiring];
        all.into_iter().find(|role| role.as_str() == text)
    }
}

/// A key of a [`KeySet`](super::KeySet): a name, which logs and snapshots show, and a text, which nothing shows.
///
/// ```
/// use attache_runtime::Quota;
/// use attache_runtime::key_set::Key;
///
/// let key = Key::current("2026-11", "sk_live_1").quota(Quota::per_second(2.0, 10));
/// assert_eq!(key.name(), "2026-11");
/// assert!(!format!("{key:?}").contains("sk_live_1"));
/// ```
#[derive(Clone, Debug)]
pub struct Key {
    pub(super) name: String,
    pub(super) role: KeyRole,
    pub(super) secret: Secret,
    pub(super) quota: Option<Quota>,
}

impl Key {
    /// Takes the name of a key, its role and its text.
    ///
    /// The text is the key or the token; for user and password, `user:password`.
    pub fn new(name: impl Into<String>, role: KeyRole, secret: impl Into<Secret>) -> Self {
        Self {
            name: name.into(),
            role,
            secret: secret.into(),
            quota: None,
        }
    }

    /// Takes one that is sent.
    pub fn current(name: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(name, KeyRole::Current, secret)
    }

    /// Takes one that will be current, and is sent where those before it are refused.
    pub fn next(name: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(name, KeyRole::Next, secret)
    }

    /// Takes one that has been replaced, and is sent where all others are refused.
    pub fn retiring(name: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(name, KeyRole::Retiring, secret)
    }

    /// Limits how many requests are sent with this key, besides all other quotas.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the role.
    pub fn role(&self) -> KeyRole {
        self.role
    }

    /// Returns the text, for what makes a signer of it.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Whether it is the same key, whatever its role.
    pub(super) fn is(&self, other: &Key) -> bool {
        let is_named_so = self.name == other.name && self.quota == other.quota;
        is_named_so && self.secret.expose() == other.secret.expose()
    }

    /// Returns user and password of a text that is `user:password`; the user has no colon (RFC 7617, section 2).
    ///
    /// # Errors
    /// There is no colon; the text says so, without the key.
    pub fn user_and_password(&self) -> Result<(&str, &str), String> {
        let parts = self.secret.expose().split_once(':');
        parts.ok_or_else(|| format!("the key {:?} has to be `user:password`", self.name))
    }
}
