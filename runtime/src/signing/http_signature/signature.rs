//! What signs requests, and how it is set up.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::base::signature_base;
use super::component::{Component, read_all};
use super::digest::ContentDigest;
use super::parameters::{Parameters, check_label, quoted};
use crate::credential::Credential;
use crate::jwt::{Algorithm, SigningKey};
use crate::signing::canonical::{IN_PIECES, nonce};
use crate::signing::{RequestSigner, SchemeError, Signature};
use crate::transport::TransportRequest;

const DIGEST: &str = "content-digest";

/// Signs requests with HTTP Message Signatures (RFC 9421), in the headers `Signature-Input` and `Signature`.
///
/// # Components
/// What is signed is named as the RFC names it (section 2): `@method`, `@target-uri`, `@authority`, `@scheme`, `@path`,
/// `@query`, `@query-param;name="…"`, and fields such as `content-type`. A request that lacks one of them is not sent;
/// a field has to be among its headers, or be `content-length` of a body whose length is known. The parameters `sf`,
/// `bs`, `key`, `req` and `tr` of components are not supported.
///
/// `content-digest` adds the header `Content-Digest` (RFC 9530) if the request has none; the body has to be in memory.
///
/// # Algorithms
/// They are those of RFC 9421, section 3.3, and that of the key: `hmac-sha256` (HS256), `ed25519` (EdDSA),
/// `ecdsa-p256-sha256` (ES256), `ecdsa-p384-sha384` (ES384), `rsa-pss-sha512` (PS512) and `rsa-v1_5-sha256` (RS256).
/// A private key of RSA signs by either of its two; one whose PEM restricts it to PSS (`id-RSASSA-PSS`) is not read.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
/// use attache_runtime::jwt::{Algorithm, SigningKey};
/// use attache_runtime::signing::HttpSignature;
/// use std::time::Duration;
///
/// let key = SigningKey::from_secret(Algorithm::Hs256, "shared with the server")?;
/// let signature = HttpSignature::new(key, ["@method", "@target-uri"])?
///     .with_body(["content-type", "content-digest"])?
///     .key_id("key-1")?
///     .expires_after(Duration::from_secs(300))
///     .with_nonce();
/// let builder = ClientBuilder::new(&API).auth(signature.credential().for_scheme("signature"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct HttpSignature {
    key: SigningKey,
    algorithm: &'static str,
    components: Vec<Component>,
    with_body: Vec<Component>,
    label: String,
    key_id: Option<String>,
    tag: Option<String>,
    expires_after: Option<Duration>,
    has_alg: bool,
    has_nonce: bool,
    digest: ContentDigest,
}

impl HttpSignature {
    /// Takes the key, and the components of all requests that are signed, in their order.
    ///
    /// # Errors
    /// RFC 9421 has no algorithm that is that of the key; a component is not supported, or there twice.
    pub fn new<N: AsRef<str>>(
        key: SigningKey,
        components: impl IntoIterator<Item = N>,
    ) -> Result<Self, SchemeError> {
        Ok(Self {
            algorithm: algorithm(key.algorithm())?,
            key,
            components: read_all(components, &[])?,
            with_body: Vec::new(),
            label: "sig1".to_owned(),
            key_id: None,
            tag: None,
            expires_after: None,
            has_alg: false,
            has_nonce: false,
            digest: ContentDigest::default(),
        })
    }

    /// Signs more components of requests that have a body, after the others: `content-type`, `content-digest`.
    ///
    /// # Errors
    /// A component is not supported, or there twice.
    pub fn with_body<N: AsRef<str>>(
        mut self,
        components: impl IntoIterator<Item = N>,
    ) -> Result<Self, SchemeError> {
        self.with_body = read_all(components, &self.components)?;
        Ok(self)
    }

    /// Says which key it is (`keyid`), as the server knows it.
    ///
    /// # Errors
    /// It is not of printable ASCII.
    pub fn key_id(mut self, id: &str) -> Result<Self, SchemeError> {
        self.key_id = Some(quoted("key ID", id)?);
        Ok(self)
    }

    /// Says what the signature is for (`tag`), as an API defines it.
    ///
    /// # Errors
    /// It is not of printable ASCII.
    pub fn tag(mut self, tag: &str) -> Result<Self, SchemeError> {
        self.tag = Some(quoted("tag", tag)?);
        Ok(self)
    }

    /// Sets the label of the signature in its two headers; `sig1` if not called.
    ///
    /// # Errors
    /// It is no key of a Structured Field: lower-case letters, digits, `_`, `-`, `.` and `*`, a letter or `*` first.
    pub fn label(mut self, label: &str) -> Result<Self, SchemeError> {
        check_label(label)?;
        label.clone_into(&mut self.label);
        Ok(self)
    }

    /// Says until when the signature is valid (`expires`), from when it is made, in whole seconds; fractions count as
    /// one.
    pub fn expires_after(mut self, lifetime: Duration) -> Self {
        self.expires_after = Some(lifetime);
        self
    }

    /// Says by which algorithm it is signed (`alg`), for servers that do not know it by the key.
    pub fn with_alg(mut self) -> Self {
        self.has_alg = true;
        self
    }

    /// Adds 128 random bits in base64url (`nonce`), anew for each attempt, for servers that take no signature twice.
    pub fn with_nonce(mut self) -> Self {
        self.has_nonce = true;
        self
    }

    /// Chooses the hash of `Content-Digest`; SHA-256 if not called.
    pub fn digest(mut self, digest: ContentDigest) -> Self {
        self.digest = digest;
        self
    }

    /// Makes the credential.
    pub fn credential(self) -> Signature {
        Signature::new(self)
    }

    /// What is signed of a request.
    fn components(&self, request: &TransportRequest) -> Vec<Component> {
        let with_body: &[Component] = match request.body.is_empty() {
            true => &[],
            false => &self.with_body,
        };
        [&self.components, with_body].concat()
    }

    fn parameters(&self, time: Duration) -> Result<Parameters, String> {
        let created = time.as_secs();
        let nonce = self.has_nonce.then(nonce).transpose()?;
        Ok(Parameters {
            created,
            expires: self.expires_after.map(|lifetime| {
                let begun = u64::from(lifetime.subsec_nanos() > 0);
                created.saturating_add(lifetime.as_secs().saturating_add(begun))
            }),
            key_id: self.key_id.clone(),
            alg: self.has_alg.then_some(self.algorithm),
            nonce: nonce.map(|nonce| URL_SAFE_NO_PAD.encode(nonce)),
            tag: self.tag.clone(),
        })
    }

    fn add_digest(&self, request: &mut TransportRequest) -> Result<(), String> {
        if request.headers.get(DIGEST).is_none() {
            let body = request.body.as_bytes().ok_or(IN_PIECES)?;
            request.headers.set("Content-Digest", self.digest.of(&body));
        }
        Ok(())
    }

    pub(super) fn sign_with(
        &self,
        request: &mut TransportRequest,
        parameters: &Parameters,
    ) -> Result<(), String> {
        let components = self.components(request);
        let is_digest = |component: &Component| *component == Component::Field(DIGEST.to_owned());
        if components.iter().any(is_digest) {
            self.add_digest(request)?;
        }
        let written = parameters.write(&components);
        let base = signature_base(&components, &written, request)?;
        let signature = self.key.sign(base.as_bytes());
        let signature = signature.ok_or("the request could not be signed")?;
        let signature = STANDARD.encode(signature);
        let label = &self.label;
        // Others may have signed it as well, under labels of their own (RFC 9421, section 4.3).
        let headers = &mut request.headers;
        headers.append("Signature-Input", format!("{label}={written}"));
        headers.append("Signature", format!("{label}=:{signature}:"));
        Ok(())
    }
}

impl RequestSigner for HttpSignature {
    fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String> {
        let parameters = self.parameters(time)?;
        self.sign_with(request, &parameters)
    }
}

fn algorithm(algorithm: Algorithm) -> Result<&'static str, SchemeError> {
    Ok(match algorithm {
        Algorithm::Hs256 => "hmac-sha256",
        Algorithm::EdDsa => "ed25519",
        Algorithm::Es256 => "ecdsa-p256-sha256",
        Algorithm::Es384 => "ecdsa-p384-sha384",
        Algorithm::Ps512 => "rsa-pss-sha512",
        Algorithm::Rs256 => "rsa-v1_5-sha256",
        other => {
            let name = other.name();
            return Err(format!("RFC 9421 has no algorithm that is {name}").into());
        }
    })
}

impl From<HttpSignature> for Credential {
    fn from(signature: HttpSignature) -> Self {
        signature.credential().into()
    }
}
