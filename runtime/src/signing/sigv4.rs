//! Signature Version 4 of AWS.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

use super::canonical::{IN_PIECES, date_time, hex, host, path, sorted_query};
use super::{RequestSigner, Signature};
use crate::call::component;
use crate::credential::{Credential, Secret};
use crate::response::Answer;
use crate::transport::{TransportRequest, Url};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// Headers that are changed on the way, or are no part of what is asked.
const UNSIGNED: [&str; 5] = [
    "authorization",
    "connection",
    "expect",
    "user-agent",
    "x-amzn-trace-id",
];

/// What errors say where the time is wrong: codes, or the messages of codes that also stand for a wrong key.
///
/// Source: AWS General Reference, "Troubleshoot Signature Version 4 signing"; the codes of the SDKs.
const SKEWED: [&str; 5] = [
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
    "Signature expired",
    "Signature not yet current",
];

/// Signature Version 4 of AWS, in the header `Authorization`.
///
/// The body has to be in memory, since its hash is signed. A signature is valid for a quarter of an hour, by the
/// server's clock, which the client learns where its own is off.
///
/// Source: AWS, "Create a signed AWS API request".
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::signing::SigV4;
///
/// let signer = SigV4::new("AKIDEXAMPLE", "secret", "eu-west-1", "execute-api").session_token("from STS");
/// assert!(!format!("{signer:?}").contains("secret"));
/// let builder = ClientBuilder::new(&API).auth(signer.credential().for_scheme("sigv4"));
/// ```
#[derive(Clone)]
pub struct SigV4 {
    access_key: String,
    secret_key: Secret,
    session_token: Option<Secret>,
    region: String,
    service: String,
    encodes_path_twice: bool,
    adds_body_hash: bool,
}

impl SigV4 {
    /// Takes the keys, and the region and the service that they are used for: `eu-west-1`, `execute-api`.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<Secret>,
        region: impl Into<String>,
        service: impl Into<String>,
    ) -> Self {
        let service = service.into();
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            session_token: None,
            region: region.into(),
            // S3 takes paths as they are, and wants to know the hash of the body.
            encodes_path_twice: service != "s3",
            adds_body_hash: service == "s3",
            service,
        }
    }

    /// Adds the token of temporary credentials.
    pub fn session_token(mut self, token: impl Into<Secret>) -> Self {
        self.session_token = Some(token.into());
        self
    }

    /// Makes the credential.
    pub fn credential(self) -> Signature {
        Signature::new(self)
    }

    fn signature(&self, date: &str, scope: &str, time: &str, request: &str) -> String {
        let to_sign = format!("{ALGORITHM}\n{time}\n{scope}\n{}", hash(request.as_bytes()));
        let start = Secret::from(format!("AWS4{}", self.secret_key.expose()));
        let parts = [date, &self.region, &self.service, "aws4_request", &to_sign];
        let start = start.expose().as_bytes().to_vec();
        let signature = parts.iter().fold(start, |key, part| {
            let key = Key::new(HMAC_SHA256, &key);
            sign(&key, part.as_bytes()).as_ref().to_vec()
        });
        hex(&signature)
    }
}

impl RequestSigner for SigV4 {
    fn sign(&self, request: &mut TransportRequest, time: Duration) -> Result<(), String> {
        let body = request.body.as_bytes();
        let body = body.ok_or(IN_PIECES)?;
        let body_hash = hash(&body);
        let time = time_of(time)?;
        let date = &time[..8];
        request.headers.set("X-Amz-Date", &time);
        if self.adds_body_hash {
            request.headers.set("X-Amz-Content-Sha256", &body_hash);
        }
        if let Some(token) = &self.session_token {
            request.headers.set_secret("X-Amz-Security-Token", token)?;
        }
        let (headers, names) = signed_headers(request);
        let canonical = format!(
            "{}\n{}\n{}\n{headers}\n{names}\n{body_hash}",
            request.method,
            self.path(&request.url),
            sorted_query(&request.url)
        );
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let signature = self.signature(date, &scope, &time, &canonical);
        let authorization = format!(
            "{ALGORITHM} Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            self.access_key
        );
        request
            .headers
            .set_secret("Authorization", &authorization.into())
    }

    fn refuses_time(&self, answer: &Answer) -> bool {
        let body = String::from_utf8_lossy(answer.body());
        SKEWED.iter().any(|text| body.contains(text))
    }
}

impl SigV4 {
    /// The path, each segment encoded again, but for S3; one that is sent with dots never gets here.
    fn path(&self, url: &Url) -> String {
        let path = path(url);
        if !self.encodes_path_twice {
            return path.to_owned();
        }
        let segments = path.split('/').map(component);
        segments.collect::<Vec<_>>().join("/")
    }
}

/// `name:value` lines, and the names between semicolons.
fn signed_headers(request: &TransportRequest) -> (String, String) {
    let host = ("host".to_owned(), vec![host(&request.url)]);
    let mut headers: Vec<(String, Vec<String>)> = vec![host];
    for (name, value) in request.headers.iter() {
        let name = name.to_ascii_lowercase();
        if UNSIGNED.contains(&name.as_str()) || name == "host" {
            continue;
        }
        // Blanks count once.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => headers.push((name, vec![value])),
        }
    }
    headers.sort();
    let lines = headers
        .iter()
        .map(|(name, values)| format!("{name}:{}\n", values.join(",")));
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    (lines.collect(), names.join(";"))
}

/// `20150830T123600Z`
fn time_of(time: Duration) -> Result<String, String> {
    Ok(date_time(time)?.strftime("%Y%m%dT%H%M%SZ").to_string())
}

fn hash(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

impl fmt::Debug for SigV4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4")
            .field("access_key", &self.access_key)
            .field("region", &self.region)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

impl From<SigV4> for Credential {
    fn from(signer: SigV4) -> Self {
        signer.credential().into()
    }
}
