//! A login at another device than the one that wants it.

use std::fmt;
use std::time::{Duration, Instant};

use super::ClientIdentity;
use super::authorization_server::Endpoint;
use super::endpoint::EndpointRequest;
use super::token_response::{TokenResponse, seconds};
use super::wanted::{Wanted, takes_parameters, wants};
use crate::credential::Secret;
use crate::json::Json;
use crate::retry::RetryClass;
use crate::token::{TokenConnection, TokenError};

/// How often is asked where the server does not say (RFC 8628, section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);
/// By how much less often after a `slow_down`, and after a failure (section 3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// For how long a code is good where the server does not say, though it has to.
const LIFETIME: Duration = Duration::from_secs(600);

/// A login at another device than the one that wants it: a device without a browser shows a code (RFC 8628).
///
/// ```no_run
/// use attache_runtime::oauth::{ClientIdentity, DeviceCode};
/// use attache_runtime::token::TokenConnection;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let connection = TokenConnection::open()?;
/// let login = DeviceCode::new(ClientIdentity::public("shop")).issuer("https://login.example.com");
/// let pending = login.begin(&connection).await?;
/// println!("Open {} and enter {}", pending.verification_uri, pending.user_code);
/// let tokens = pending.wait(&connection).await?;
/// # let _ = tokens;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct DeviceCode {
    wanted: Wanted,
    identity: ClientIdentity,
}

/// A login that waits for somebody at another device.
#[derive(Clone)]
#[non_exhaustive]
pub struct DeviceAuthorization {
    /// What is to be entered.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same with the code in it, for a link or a QR code, where the server has one.
    pub verification_uri_complete: Option<String>,
    /// For how long it can be entered.
    pub lifetime: Duration,
    grant: DeviceCode,
    device_code: Secret,
    interval: Duration,
    began: Instant,
}

impl DeviceCode {
    /// Takes who the client is.
    pub fn new(identity: ClientIdentity) -> Self {
        Self {
            wanted: Wanted::default(),
            identity,
        }
    }

    /// Asks for a code.
    ///
    /// # Errors
    /// The server gives none.
    pub async fn begin(
        &self,
        connection: &TokenConnection,
    ) -> Result<DeviceAuthorization, TokenError> {
        let server = &self.wanted.server;
        let endpoint = server.endpoint(connection, Endpoint::DeviceAuthorization);
        let url = endpoint.await?;
        let mut fields: Vec<(&str, Secret)> = self.wanted.scope().into_iter().collect();
        fields.extend(self.identity.further_id());
        fields.extend(self.wanted.parameters());
        let request = EndpointRequest {
            connection,
            url,
            identity: Some(&self.identity),
            fields: &fields,
            class: RetryClass::Idempotent,
            proof: None,
            assertion: None,
        };
        let began = connection.clock.now();
        self.begun(&request.send().await?, began)
    }

    fn begun(&self, answer: &Json, began: Instant) -> Result<DeviceAuthorization, TokenError> {
        let text = |name: &str| answer.get(name).and_then(Json::as_str);
        // Google, before there was a standard.
        let page = text("verification_uri").or_else(|| text("verification_url"));
        let found = text("device_code").zip(text("user_code")).zip(page);
        let Some(((device_code, user_code), page)) = found else {
            return Err(TokenError::new("the server gives no code for a device"));
        };
        let duration = |name: &str| answer.get(name).and_then(seconds);
        Ok(DeviceAuthorization {
            user_code: user_code.to_owned(),
            verification_uri: page.to_owned(),
            verification_uri_complete: text("verification_uri_complete").map(str::to_owned),
            lifetime: duration("expires_in").unwrap_or(LIFETIME),
            grant: self.clone(),
            device_code: device_code.into(),
            interval: duration("interval").unwrap_or(INTERVAL),
            began,
        })
    }
}

impl DeviceAuthorization {
    /// Waits until somebody has logged in, asking as often as the server allows.
    ///
    /// # Errors
    /// Somebody refused, nobody came in time, or the server refuses.
    pub async fn wait(&self, connection: &TokenConnection) -> Result<TokenResponse, TokenError> {
        let fields: [(&str, Secret); 2] = [
            (
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code".into(),
            ),
            ("device_code", self.device_code.clone()),
        ];
        let grant = &self.grant;
        let mut interval = self.interval;
        loop {
            let passed = connection.clock.now().saturating_duration_since(self.began);
            if passed + interval > self.lifetime {
                return Err(
                    TokenError::last("nobody has logged in while the code was good")
                        .with_code("expired_token"),
                );
            }
            connection.clock.sleep(interval).await;
            let identity = Some(&grant.identity);
            // The next request is sent in any case.
            let class = RetryClass::Unsafe;
            let asking = grant.wanted.ask(connection, identity, &fields, class);
            let error = match asking.await {
                Ok(granted) => return Ok(granted),
                Err(error) => error,
            };
            match error.code() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += SLOWER,
                _ if error.is_final() => return Err(error),
                // The server may be there the next time.
                _ => interval += SLOWER,
            }
        }
    }
}

impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorization")
            .field("verification_uri", &self.verification_uri)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

wants! { DeviceCode }
takes_parameters! { DeviceCode }
