//! A scheme with a key.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::hmac;

use super::fill::Facts;
use super::placeholder::Placeholder;
use super::scheme::{HmacScheme, Place, Sent};
use crate::call::component;
use crate::credential::Credential;
use crate::signing::canonical::{hex, nonce};
use crate::signing::{RequestSigner, Signature};
use crate::transport::{TransportRequest, Url};

/// Signs requests as an [`HmacScheme`] says; made by [`HmacScheme::signer`].
///
/// The body has to be in memory if the message has it or its hash.
///
/// ```
/// use attache_runtime::signing::{HmacAlgorithm, HmacScheme};
///
/// let scheme = HmacScheme::new(HmacAlgorithm::Sha512, r"{method}\n{target}\n{timestamp_http}\n{nonce}")?
///     .header("Date", "{timestamp_http}")?
///     .header("Authorization", "hmac {key_id}:{nonce}:{signature}")?;
/// let signer = scheme.signer("key-1", "hunter2")?;
/// assert!(!format!("{signer:?}").contains("hunter2"));
/// let credential = signer.credential().for_scheme("hmac");
/// # let _ = credential;
/// # Ok::<(), attache_runtime::signing::SchemeError>(())
/// ```
#[derive(Clone)]
pub struct HmacSigner {
    scheme: HmacScheme,
    key_id: String,
    key: hmac::Key,
}

impl HmacSigner {
    pub(super) fn new(scheme: HmacScheme, key_id: String, key: hmac::Key) -> Self {
        Self {
            scheme,
            key_id,
            key,
        }
    }

    /// Makes the credential.
    pub fn credential(self) -> Signature {
        Signature::new(self)
    }

    /// Sets what has the signature, or what has not.
    fn set(
        &self,
        request: &mut TransportRequest,
        facts: &Facts<'_>,
        is_signature: bool,
    ) -> Result<(), String> {
        let sent = self.scheme.sent.iter();
        for sent in sent.filter(|sent| sent.is_signature() == is_signature) {
            let value = facts.text(&sent.value, request)?;
            put(request, sent, value)?;
        }
        Ok(())
    }

    fn has_nonce(&self) -> bool {
        let sent = self.scheme.sent.iter().map(|sent| &sent.value);
        let mut templates = sent.chain([&self.scheme.message]);
        templates.any(|template| template.has(&Placeholder::Nonce))
    }
}

impl RequestSigner for HmacSigner {
    fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String> {
        let mut facts = Facts {
            time,
            nonce: match self.has_nonce() {
                true => hex(&nonce()?),
                false => String::new(),
            },
            key_id: &self.key_id,
            signature: String::new(),
        };
        self.set(request, &facts, false)?;
        let message = facts.fill(&self.scheme.message, request)?;
        let signature = hmac::sign(&self.key, &message);
        facts.signature = self.scheme.signature.write(signature.as_ref());
        self.set(request, &facts, true)
    }
}

fn put(request: &mut TransportRequest, sent: &Sent, value: String) -> Result<(), String> {
    let headers = &mut request.headers;
    match sent.place {
        Place::Header => headers.set_signed(&sent.name, value.into(), sent.is_secret())?,
        Place::Query => request.url = with_pair(&request.url, &sent.name, &value),
    }
    Ok(())
}

/// The address with a pair at the end of its query, in place of others of this name.
fn with_pair(url: &Url, name: &str, value: &str) -> Url {
    let name = component(name);
    let query = url.query().unwrap_or_default();
    let others = query.split('&').filter(|pair| {
        let found = pair.split_once('=').map_or(*pair, |(found, _)| found);
        !found.is_empty() && found != name
    });
    let pair = format!("{name}={}", component(value));
    let pairs: Vec<&str> = others.chain([pair.as_str()]).collect();
    url.with_query(&pairs.join("&"))
}

impl fmt::Debug for HmacSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacSigner")
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

impl From<HmacSigner> for Credential {
    fn from(signer: HmacSigner) -> Self {
        signer.credential().into()
    }
}
