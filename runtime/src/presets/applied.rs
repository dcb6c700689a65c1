//! A preset with the settings of one user.

use std::collections::BTreeMap;

use super::preset::{Identity, LoginServer, Preset, Way};
use crate::client::BuildError;
use crate::credential::{ApiKey, Basic, Bearer, Credential, Secret};
use crate::jwt::{Algorithm, Jwt, SigningKey};
use crate::oauth::{
    AuthorizationServer, ClientCredentials, ClientIdentity, JwtBearer, RefreshToken, scopes,
};
use crate::token::AccessToken;

/// A preset with the settings of one user, for [`ClientBuilder::preset`](crate::ClientBuilder::preset).
#[derive(Clone, Debug)]
pub struct AppliedPreset {
    pub(crate) credential: Credential,
    pub(crate) headers: Vec<(&'static str, Secret)>,
}

impl AppliedPreset {
    /// Returns the token that calls are sent with, for what takes it as its own; none where the credential is no token that
    /// is fetched.
    pub fn access_token(&self) -> Option<AccessToken> {
        match &self.credential {
            Credential::Token(token) => Some(token.clone()),
            _ => None,
        }
    }
}

/// Settings by name.
type Settings = BTreeMap<String, Secret>;

impl Preset {
    /// Takes the settings of a user, by name.
    ///
    /// # Errors
    /// A setting is missing, is none of the preset's, or is no key.
    pub fn with<N: Into<String>, V: Into<Secret>>(
        &self,
        settings: impl IntoIterator<Item = (N, V)>,
    ) -> Result<AppliedPreset, BuildError> {
        let settings = settings.into_iter();
        let settings: Settings = settings
            .map(|(name, it)| (name.into(), it.into()))
            .collect();
        let known = self.known();
        if let Some(unknown) = settings.keys().find(|name| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            return Err(self.error(&format!("has no setting {unknown:?}; there are {known}")));
        }
        let is_given = |name: &&str| settings.contains_key(*name);
        let way = self
            .ways
            .iter()
            .find(|way| way.required().iter().all(is_given));
        let way = way.ok_or_else(|| self.error(&format!("needs {}", self.needs())))?;
        Ok(AppliedPreset {
            credential: self.credential(way, &settings)?,
            headers: self.headers(&settings)?,
        })
    }

    /// The names of all settings.
    fn known(&self) -> Vec<&'static str> {
        let ways = self.ways.iter();
        let ways = ways.flat_map(|way| [way.required(), way.optional().to_vec()].concat());
        let headers = self.headers.iter().map(|header| header.setting);
        let mut known: Vec<&str> = ways.chain(headers).filter(|it| !it.is_empty()).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    fn needs(&self) -> String {
        let ways = self.ways.iter().map(|way| way.required().join(" and "));
        ways.collect::<Vec<_>>().join(", or ")
    }

    fn headers(&self, settings: &Settings) -> Result<Vec<(&'static str, Secret)>, BuildError> {
        let mut headers = Vec::new();
        for header in self.headers {
            match settings.get(header.setting) {
                Some(value) => headers.push((header.name, value.clone())),
                None if !header.value.is_empty() => {
                    headers.push((header.name, header.value.into()))
                }
                None if header.is_required => {
                    let setting = header.setting;
                    return Err(self.error(&format!("needs {setting} as well")));
                }
                None => {}
            }
        }
        Ok(headers)
    }

    fn credential(&self, way: &Way, settings: &Settings) -> Result<Credential, BuildError> {
        let optional = |name: &str| settings.get(name).cloned();
        let setting = |name: &str| optional(name).unwrap_or_else(|| "".into());
        let text = |name: &str| setting(name).expose().to_owned();
        Ok(match way {
            Way::ApiKey(key) => ApiKey::new(setting(key)).into(),
            Way::Bearer(token) => Bearer::new(setting(token)).into(),
            Way::Basic { user, password } => Basic::new(setting(user), setting(password)).into(),
            Way::RefreshToken => {
                let server = self.login_server()?;
                let identity = server.identity(text("client_id"), optional("client_secret"));
                let grant = RefreshToken::new(identity, setting("refresh_token"));
                let grant = grant.server(server.server()).scopes(scopes(&text("scope")));
                server.placed(grant.token()).into()
            }
            Way::ClientCredentials => {
                let server = self.login_server()?;
                let identity = server.identity(text("client_id"), optional("client_secret"));
                let grant = ClientCredentials::new(identity).server(server.server());
                let grant = grant.scopes(scopes(&text("scope")));
                server.placed(grant.token()).into()
            }
            Way::ServiceAccount => {
                let server = self.login_server()?;
                let assertion = Jwt::new(self.key(setting("private_key"))?)
                    .issuer(text("client_email"))
                    .audience(server.token_url)
                    .claim("scope", text("scope"))
                    .lifetime(std::time::Duration::from_secs(3_600));
                let assertion = match optional("subject") {
                    Some(subject) => assertion.subject(subject.expose()),
                    None => assertion,
                };
                let grant = JwtBearer::new(assertion).server(server.server());
                server.placed(grant.token()).into()
            }
            Way::Installation => {
                let key = self.key(setting("private_key"))?;
                let api_url = optional("api_url").map(|url| url.expose().to_owned());
                let installation = text("installation_id");
                super::github::installation(key, text("app_id"), &installation, api_url).into()
            }
        })
    }

    fn login_server(&self) -> Result<&LoginServer, BuildError> {
        let server = self.server.as_ref();
        server.ok_or_else(|| self.error("names no server that gives tokens"))
    }

    fn key(&self, pem: Secret) -> Result<SigningKey, BuildError> {
        let key = SigningKey::from_pem(Algorithm::Rs256, pem);
        key.map_err(|error| self.error(&format!("cannot use private_key: {error}")))
    }

    fn error(&self, reason: &str) -> BuildError {
        BuildError::new(format!("the preset {} {reason}", self.name))
    }
}

impl LoginServer {
    /// The endpoints.
    pub(crate) fn server(&self) -> AuthorizationServer {
        AuthorizationServer::default()
            .authorization_url(self.authorization_url)
            .token_url(self.token_url)
            .device_authorization_url(self.device_authorization_url)
            .revocation_url(self.revocation_url)
    }

    /// Who the client is to it.
    pub(crate) fn identity(&self, id: String, secret: Option<Secret>) -> ClientIdentity {
        match (self.identity, secret) {
            (_, None) => ClientIdentity::public(id),
            (Identity::Basic, Some(secret)) => ClientIdentity::basic(id, secret),
            (Identity::Post, Some(secret)) => ClientIdentity::post(id, secret),
        }
    }

    /// A token of it, where its APIs want it.
    pub(crate) fn placed(&self, token: AccessToken) -> AccessToken {
        match self.token_header {
            "" => token,
            header => token.in_header(header),
        }
    }
}
