//! A login of a profile: `credentials.oauth = { login = "shop/ada", flow = "device-code", … }`.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::profile::{table, unknown};
use super::reference::Places;
use super::store;
use crate::credential::Secret;
use crate::oauth::{AuthorizationServer, ClientIdentity};
use crate::profiles::{LoginFlow, LoginServerSettings, LoginSettings};

/// What makes a table a login; its value is the name of the record.
const LOGIN: &str = "login";
const KEYS: [&str; 15] = [
    LOGIN,
    "flow",
    "preset",
    "issuer",
    "authorization_url",
    "pushed_authorization_url",
    "device_authorization_url",
    "token_url",
    "revocation_url",
    "client_id",
    "client_secret",
    "token_endpoint_auth_method",
    "scopes",
    "parameters",
    "redirect_port",
];
const AUTH_METHODS: [&str; 2] = ["client_secret_basic", "client_secret_post"];
/// Besides, for one flow.
const REFRESH_TOKEN: &str = "refresh_token";

type SetUrl = fn(AuthorizationServer, String) -> AuthorizationServer;

/// Where a login stands.
pub(super) struct Place<'p> {
    /// `parcels.staging`
    profile_key: &'p str,
    scheme: &'p str,
    profile: &'p DeTable<'p>,
}

impl<'p> Place<'p> {
    pub(super) fn new(profile_key: &'p str, scheme: &'p str, profile: &'p DeTable<'p>) -> Self {
        Self {
            profile_key,
            scheme,
            profile,
        }
    }
}

/// Whether a credential is a login.
pub(super) fn is_login(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Table(parts) if parts.keys().any(|part| part.get_ref() == LOGIN))
}

pub(super) fn read(
    place: &Place<'_>,
    value: &DeValue<'_>,
    places: &Places<'_>,
) -> Result<LoginSettings, String> {
    let key = format!("{}.credentials.{}", place.profile_key, place.scheme);
    let parts = Parts::of(&key, table(&key, value)?, places)?;
    let flow = parts.flow()?;
    let server = parts.server()?;
    let secret = parts.text("client_secret")?.map(Secret::from);
    if flow == LoginFlow::ClientCredentials && secret.is_none() {
        return Err(parts.missing("client_secret"));
    }
    let refresh_token = parts.text(REFRESH_TOKEN)?.map(Secret::from);
    if (flow == LoginFlow::RefreshToken) != refresh_token.is_some() {
        let flow = LoginFlow::RefreshToken.name();
        return Err(format!(
            "{key} has to have `{REFRESH_TOKEN}` with the flow {flow}, and with no other"
        ));
    }
    let record = parts.needed(LOGIN)?;
    if record.is_empty() || record.len() > 512 || record.contains('\0') {
        return Err(format!(
            "{key}.{LOGIN} is no name of a record: it has 1 to 512 bytes, and no NUL"
        ));
    }
    let parameters = parts.parameters()?;
    Ok(LoginSettings {
        profile: place.profile_key.to_owned(),
        scheme: place.scheme.to_owned(),
        record,
        flow,
        scopes: parts.scopes()?,
        redirect_port: parts.redirect_port()?,
        store: store::read(place.profile_key, place.profile, places)?,
        identity: parts.identity(&server, secret)?,
        parameters: [server.parameters.clone(), parameters].concat(),
        server,
        refresh_token,
    })
}

/// The parts of a login, each with its place.
struct Parts<'p> {
    key: &'p str,
    table: &'p DeTable<'p>,
    places: &'p Places<'p>,
}

impl<'p> Parts<'p> {
    fn of(key: &'p str, table: &'p DeTable<'p>, places: &'p Places<'p>) -> Result<Self, String> {
        for part in table.keys() {
            let part = Cow::as_ref(part.get_ref());
            if !KEYS.contains(&part) && part != REFRESH_TOKEN {
                let known = KEYS.into_iter().chain([REFRESH_TOKEN]);
                return Err(unknown(&format!("key {key}.{part}"), known));
            }
        }
        Ok(Self { key, table, places })
    }

    fn get(&self, name: &str) -> Option<(String, &DeValue<'p>)> {
        let found = self.table.iter().find(|(part, _)| part.get_ref() == name);
        found.map(|(_, value)| (format!("{}.{name}", self.key), value.get_ref()))
    }

    fn text(&self, name: &str) -> Result<Option<String>, String> {
        let found = self.get(name);
        let text = found.map(|(key, value)| self.places.text(&key, value));
        text.transpose()
    }

    fn needed(&self, name: &str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> String {
        format!("{} has no `{name}`", self.key)
    }

    fn flow(&self) -> Result<LoginFlow, String> {
        one_of(
            &format!("{}.flow", self.key),
            &self.needed("flow")?,
            LoginFlow::ALL,
            |flow| flow.name(),
        )
    }

    /// The server of the preset, and what is given besides, which comes first.
    fn server(&self) -> Result<LoginServerSettings, String> {
        let mut settings = match self.text("preset")? {
            Some(name) => preset(&format!("{}.preset", self.key), &name)?,
            None => LoginServerSettings::default(),
        };
        let setters: [(&str, SetUrl); 6] = [
            ("issuer", AuthorizationServer::with_issuer),
            ("authorization_url", AuthorizationServer::authorization_url),
            (
                "pushed_authorization_url",
                AuthorizationServer::pushed_authorization_url,
            ),
            (
                "device_authorization_url",
                AuthorizationServer::device_authorization_url,
            ),
            ("token_url", AuthorizationServer::token_url),
            ("revocation_url", AuthorizationServer::revocation_url),
        ];
        for (name, set) in setters {
            if let Some(url) = self.text(name)? {
                settings.server = set(settings.server, url);
            }
        }
        Ok(settings)
    }

    fn identity(
        &self,
        server: &LoginServerSettings,
        secret: Option<Secret>,
    ) -> Result<ClientIdentity, String> {
        let id = self.needed("client_id")?;
        let in_form = match self.text("token_endpoint_auth_method")? {
            Some(method) => {
                let key = format!("{}.token_endpoint_auth_method", self.key);
                one_of(&key, &method, AUTH_METHODS, |it| it)? == "client_secret_post"
            }
            None => server.wants_secret_in_form,
        };
        Ok(match secret {
            None => ClientIdentity::public(id),
            Some(secret) if in_form => ClientIdentity::post(id, secret),
            Some(secret) => ClientIdentity::basic(id, secret),
        })
    }

    fn scopes(&self) -> Result<Vec<String>, String> {
        let Some((key, value)) = self.get("scopes") else {
            return Ok(Vec::new());
        };
        let wrong = || format!("{key} has to be a list of texts");
        let DeValue::Array(scopes) = value else {
            return Err(wrong());
        };
        let scopes = scopes.iter().map(|scope| scope.get_ref().as_str());
        let scopes = scopes.map(|scope| scope.map(str::to_owned));
        scopes.collect::<Option<_>>().ok_or_else(wrong)
    }

    fn parameters(&self) -> Result<Vec<(String, String)>, String> {
        let Some((key, value)) = self.get("parameters") else {
            return Ok(Vec::new());
        };
        let read = |name: &Cow<'_, str>, value: &DeValue<'_>| {
            let text = self.places.text(&format!("{key}.{name}"), value)?;
            Ok((name.clone().into_owned(), text))
        };
        let all = table(&key, value)?.iter();
        all.map(|(name, value)| read(name.get_ref(), value.get_ref()))
            .collect()
    }

    fn redirect_port(&self) -> Result<u16, String> {
        let Some((key, value)) = self.get("redirect_port") else {
            return Ok(0);
        };
        let port = match value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        port.ok_or_else(|| format!("{key} is no port"))
    }
}

fn one_of<T: Copy, const N: usize>(
    key: &str,
    text: &str,
    all: [T; N],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.into_iter().find(|it| name(*it) == text);
    found.ok_or_else(|| format!("{key} is none of {}", all.map(name).join(", ")))
}

#[cfg(feature = "presets")]
fn preset(key: &str, name: &str) -> Result<LoginServerSettings, String> {
    use crate::presets::{Identity, LoginServer, PRESETS, Preset, Way};

    // A refresh token, where there is one, comes of a login.
    let server = |preset: &Preset| -> Option<LoginServer> {
        let has_logins = preset
            .ways
            .iter()
            .any(|way| matches!(way, Way::RefreshToken));
        let server = preset.server?;
        (has_logins || !server.authorization_url.is_empty()).then_some(server)
    };
    let found = PRESETS.iter().find(|preset| preset.name == name);
    let Some(found) = found.and_then(|preset| server(preset)) else {
        let known = PRESETS.iter().filter(|preset| server(preset).is_some());
        let known: Vec<&str> = known.map(|preset| preset.name).collect();
        return Err(format!(
            "{key} is no preset with logins; there are {}",
            known.join(", ")
        ));
    };
    let parameters = found.parameters.iter();
    let parameters = parameters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Ok(LoginServerSettings {
        server: found.server(),
        parameters: parameters.collect(),
        wants_secret_in_form: found.identity == Identity::Post,
        token_header: (!found.token_header.is_empty()).then_some(found.token_header),
    })
}

#[cfg(not(feature = "presets"))]
fn preset(key: &str, _: &str) -> Result<LoginServerSettings, String> {
    Err(format!(
        "{key} needs the feature `presets` of attache-runtime, which this program was built without"
    ))
}
