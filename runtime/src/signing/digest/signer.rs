//! Answers what a server asks for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::challenge::{Challenge, Quality};
use crate::credential::{Credential, Secret};
use crate::signing::canonical::{IN_PIECES, nonce, target};
use crate::signing::{RequestSigner, Signature};
use crate::transport::{Headers, TransportRequest, Url};

/// A user and a password that are not sent, but hashed with what the server asks for (RFC 7616).
///
/// SHA-256, SHA-512-256 and MD5 are understood, each also for sessions; the best that the server offers is taken. Of the
/// qualities `auth` is preferred to `auth-int`, for which the body has to be in memory. The first request of a client is sent without, refused, and sent again; those after it carry
/// the hash at once. A body has to be repeatable for that.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("cameras", "https://camera.example.com");
/// use attache_runtime::signing::Digest;
///
/// let digest = Digest::new("ada", "secret");
/// assert!(!format!("{digest:?}").contains("secret"));
/// let builder = ClientBuilder::new(&API).auth(digest.credential().for_scheme("digest"));
/// ```
#[derive(Clone)]
pub struct Digest {
    user: String,
    password: Secret,
    /// The last challenge of each server, by its origin, and how often it has been answered.
    asked: Arc<Mutex<BTreeMap<String, (Challenge, u32)>>>,
}

impl Digest {
    /// Takes user and password.
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            user: user.into(),
            password: password.into(),
            asked: Arc::default(),
        }
    }

    /// Makes the credential, which names its scheme by [`Signature::for_scheme`].
    pub fn credential(self) -> Signature {
        Signature::new(self)
    }

    fn asked(&self) -> MutexGuard<'_, BTreeMap<String, (Challenge, u32)>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of the header `Authorization`.
    pub(super) fn answer(
        &self,
        challenge: &Challenge,
        method: &str,
        target: &str,
        body: &[u8],
        count: u32,
        nonce: &str,
    ) -> Secret {
        let hash = |text: &str| challenge.algorithm.hash(text);
        let quality = challenge.quality;
        let (realm, asked) = (&challenge.realm, &challenge.nonce);
        let secret = Zeroizing::new(format!("{}:{realm}:{}", self.user, self.password.expose()));
        let secret = Zeroizing::new(hash(&secret));
        let secret = match challenge.is_of_session {
            true => Zeroizing::new(hash(&format!("{}:{asked}:{nonce}", *secret))),
            false => secret,
        };
        let request = match quality {
            Some(Quality::AuthInt) => {
                format!("{method}:{target}:{}", challenge.algorithm.hash(body))
            }
            _ => format!("{method}:{target}"),
        };
        let request = hash(&request);
        let response = Zeroizing::new(match quality.map(Quality::name) {
            Some(name) => format!("{}:{asked}:{count:08x}:{nonce}:{name}:{request}", *secret),
            None => format!("{}:{asked}:{request}", *secret),
        });
        let response = hash(&response);
        let user = match challenge.hashes_user {
            true => hash(&format!("{}:{realm}", self.user)),
            false => self.user.clone(),
        };
        let session = if challenge.is_of_session { "-sess" } else { "" };
        let mut text = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{response}\", algorithm={}{session}",
            quoted(&user),
            quoted(realm),
            quoted(asked),
            quoted(target),
            challenge.algorithm.name(),
        );
        if let Some(name) = quality.map(Quality::name) {
            text += &format!(", qop={name}, nc={count:08x}, cnonce=\"{nonce}\"");
        }
        if let Some(opaque) = &challenge.opaque {
            text += &format!(", opaque={}", quoted(opaque));
        }
        if challenge.hashes_user {
            text += ", userhash=true";
        }
        text.into()
    }
}

impl RequestSigner for Digest {
    fn sign(&self, request: &mut TransportRequest, _: Duration) -> Result<(), String> {
        let is_whole = |challenge: &Challenge| challenge.quality == Some(Quality::AuthInt);
        let (challenge, count) = {
            let mut asked = self.asked();
            let Some((challenge, count)) = asked.get_mut(request.url.origin()) else {
                return Ok(());
            };
            *count += 1;
            (challenge.clone(), *count)
        };
        let body = match is_whole(&challenge) {
            true => request.body.as_bytes().ok_or(IN_PIECES)?,
            false => Default::default(),
        };
        let nonce = URL_SAFE_NO_PAD.encode(nonce()?);
        let target = target(&request.url);
        let answer = self.answer(&challenge, &request.method, &target, &body, count, &nonce);
        request.headers.set_secret("Authorization", &answer)
    }

    fn uses_time(&self) -> bool {
        false
    }

    fn challenged(&self, url: &Url, headers: &Headers) -> bool {
        let Some(challenge) = Challenge::best(headers.get_all("WWW-Authenticate")) else {
            return false;
        };
        let mut asked = self.asked();
        let before = asked.get(url.origin());
        // With the same nonce the same password would be refused again. So it would with another one, where the nonce was
        // new, and the server does not say that it was stale (RFC 7616, section 3.3); one that has been good before may
        // have become stale at a server that does not say so.
        let is_refused = before.is_some_and(|(known, count)| {
            known.nonce == challenge.nonce || *count == 1 && !challenge.is_stale
        });
        let is_known = before.is_some_and(|(known, _)| known.nonce == challenge.nonce);
        if !is_known {
            asked.insert(url.origin().to_owned(), (challenge, 0));
        }
        !is_refused
    }
}

/// A text in quotes (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl From<Digest> for Credential {
    fn from(digest: Digest) -> Self {
        digest.credential().into()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}
