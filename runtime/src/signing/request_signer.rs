//! What signs requests.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::credential::Credential;
use crate::response::Answer;
use crate::transport::{Headers, TransportRequest, Url};

/// Signs requests; implement it for a scheme that nothing here knows.
///
/// ```
/// use attache_runtime::signing::{RequestSigner, Signature};
/// use attache_runtime::transport::TransportRequest;
/// use std::time::Duration;
///
/// #[derive(Debug)]
/// struct Stamp;
///
/// impl RequestSigner for Stamp {
///     fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String> {
///         request.headers.set("X-Stamp", time.as_secs().to_string());
///         Ok(())
///     }
/// }
///
/// let credential = Signature::new(Stamp).for_scheme("stamp");
/// # let _ = credential;
/// ```
pub trait RequestSigner: fmt::Debug + Send + Sync + 'static {
    /// Adds a signature to a request that is complete otherwise; `time` is since 1970 (UTC), by the
    /// clock of the server as far as that is known.
    ///
    /// # Errors
    /// The request cannot be signed; the text says why, and holds no secret.
    fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String>;

    /// Takes the headers of an answer that refused a request of the server at `url` (401), and says whether the next
    /// signature would be another one, by what it says: a challenge or a nonce. A call is sent again once for that.
    fn challenged(&self, url: &Url, headers: &Headers) -> bool {
        let _ = (url, headers);
        false
    }

    /// Says whether signatures hold the time; then the client learns how far the clock of the server is off.
    fn uses_time(&self) -> bool {
        true
    }

    /// Says whether an answer refuses a request for the time that it was signed with, where that shows. A call is sent again
    /// once with what is known of the server's clock; for 401 and 403 also where it does not show.
    fn refuses_time(&self, answer: &Answer) -> bool {
        let _ = answer;
        false
    }
}

/// A credential that signs each request.
#[derive(Clone, Debug)]
pub struct Signature {
    signer: Arc<dyn RequestSigner>,
    pub(crate) scheme: Option<String>,
}

impl Signature {
    /// Takes what signs. As a credential of a client it is for a scheme that it [names](Self::for_scheme).
    pub fn new(signer: impl RequestSigner) -> Self {
        Self {
            signer: Arc::new(signer),
            scheme: None,
        }
    }

    /// Restricts it to one of the API's security schemes, of whatever kind that is.
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }

    pub(crate) fn challenged(&self, url: &Url, headers: &Headers) -> bool {
        self.signer.challenged(url, headers)
    }

    pub(crate) fn uses_time(&self) -> bool {
        self.signer.uses_time()
    }

    pub(crate) fn refuses_time(&self, answer: &Answer) -> bool {
        self.signer.refuses_time(answer)
    }

    pub(crate) fn sign(
        &self,
        request: &mut TransportRequest,
        time: Duration,
    ) -> Result<(), String> {
        self.signer.sign(request, time)
    }
}

impl From<Signature> for Credential {
    fn from(signature: Signature) -> Self {
        Credential::Signature(signature)
    }
}
