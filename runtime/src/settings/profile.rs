//! Settings from a file of profiles.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reference::Places;
use super::{CallSettings, Environment, Settings, duration, login, number, store};
use crate::admission::Priority;
use crate::client::ApiMeta;
use crate::credential::{ApiKey, Basic, Bearer, Credential, CredentialKind, SecurityScheme};
use crate::limit::Quota;
use crate::oauth::Grant;
use crate::retry::Retry;

/// Where the file is when nobody says so.
const VARIABLE: &str = "ATTACHE_PROFILES";

pub(super) const KEYS: [&str; 12] = [
    "base_url",
    "timeout",
    "attempt_timeout",
    "attempts",
    "retry_budget",
    "concurrency",
    "quota",
    "credentials",
    "store",
    "operation_servers",
    "groups",
    "operations",
];
const KEYS_OF_CALLS: [&str; 6] = [
    "timeout",
    "attempt_timeout",
    "attempts",
    "priority",
    "quota",
    "weight",
];
const PRIORITIES: [(&str, Priority); 3] = [
    ("interactive", Priority::Interactive),
    ("normal", Priority::Normal),
    ("background", Priority::Background),
];

/// A profile to be read.
#[derive(Clone, Debug)]
pub(crate) struct ProfileChoice {
    pub(crate) name: Option<String>,
    pub(crate) file: Option<PathBuf>,
}

impl ProfileChoice {
    /// Reads the profile from its file.
    pub(crate) fn read(
        &self,
        api: &ApiMeta,
        environment: &Environment,
    ) -> Result<Settings, String> {
        let name = self
            .name
            .as_deref()
            .ok_or("a file of profiles is given, and `profile` names none of them")?;
        in_file(self.file.as_deref(), environment, |file, places| {
            read(api, name, file, places)
        })
    }
}

/// Reads something from a file of profiles: the one that is given, or that the variable names.
pub(super) fn in_file<T>(
    file: Option<&Path>,
    environment: &Environment,
    read: impl FnOnce(&DeTable<'_>, &Places<'_>) -> Result<T, String>,
) -> Result<T, String> {
    let path = match file {
        Some(path) => path.to_owned(),
        None => environment
            .variable(VARIABLE)?
            .map(PathBuf::from)
            .ok_or_else(|| {
                format!("the variable {VARIABLE} does not say in which file the profiles are")
            })?,
    };
    let text = environment.file(&path)?;
    let places = Places {
        environment,
        folder: path.parent().unwrap_or(Path::new("")),
    };
    let parsed = DeTable::parse(&text).map_err(|error| {
        // Shown whole, the error quotes the line, which may hold a secret.
        let line = |start| text[..start].matches('\n').count() + 1;
        let line = error.span().map_or(1, |span| line(span.start));
        format!("it is no TOML, from line {line} on: {}", error.message())
    });
    let read = parsed.and_then(|parsed| read(parsed.get_ref(), &places));
    read.map_err(|reason| format!("{}: {reason}", path.display()))
}

fn read(
    api: &ApiMeta,
    name: &str,
    file: &DeTable<'_>,
    places: &Places<'_>,
) -> Result<Settings, String> {
    let own = api.section();
    let of_api = entry(file, &own, "part for")?;
    let profile = entry(table(&own, of_api)?, name, "profile")?;
    let key = format!("{own}.{name}");
    settings(api, &key, table(&key, profile)?, places)
}

fn settings(
    api: &ApiMeta,
    profile_key: &str,
    profile: &DeTable<'_>,
    places: &Places<'_>,
) -> Result<Settings, String> {
    let mut settings = Settings::default();
    for (name, value) in profile {
        let (name, value) = (Cow::as_ref(name.get_ref()), value.get_ref());
        let key = format!("{profile_key}.{name}");
        match name {
            "base_url" => settings.base_url = Some(places.text(&key, value)?),
            "retry_budget" => settings.retry_budget = Some(count(&key, value)?),
            "concurrency" => settings.concurrency = Some(count(&key, value)?),
            "credentials" => {
                for (scheme, value) in table(&key, value)? {
                    let key = format!("{key}.{}", scheme.get_ref());
                    let (name, value) = (scheme.get_ref(), value.get_ref());
                    let credential = match login::is_login(value) {
                        true => {
                            let scheme = login_scheme(api, &key, name)?;
                            let place = login::Place::new(profile_key, name, profile);
                            login::read(&place, value, places)?.credential(scheme)?
                        }
                        false => credential(&key, scheme_of(api, name)?, value, places)?,
                    };
                    settings.credentials.push(credential);
                }
            }
            "operation_servers" => {
                for (described, value) in table(&key, value)? {
                    let key = format!("{key}.{:?}", described.get_ref());
                    let base_url = places.text(&key, value.get_ref())?;
                    let described = described.get_ref().clone().into_owned();
                    settings.operation_servers.push((described, base_url));
                }
            }
            "groups" => {
                for (name, value) in table(&key, value)? {
                    let (name, of_group) = calls(&key, name, value.get_ref())?;
                    settings.scopes.set_group(name, of_group);
                }
            }
            "operations" => {
                for (name, value) in table(&key, value)? {
                    let (name, of_operation) = calls(&key, name, value.get_ref())?;
                    settings.scopes.set_operation(name, of_operation);
                }
            }
            // Logins look it up.
            "store" => drop(store::read(profile_key, profile, places)?),
            // Who goes first is for some calls, or for none.
            "timeout" | "attempt_timeout" | "attempts" | "quota" => {
                of_calls(&mut settings.calls, name, &key, value)?;
            }
            _ => return Err(unknown(&format!("key {key}"), KEYS)),
        }
    }
    Ok(settings)
}

/// `[parcels.staging.operations.getParcel]`
fn calls(
    key: &str,
    name: &Spanned<Cow<'_, str>>,
    value: &DeValue<'_>,
) -> Result<(String, CallSettings), String> {
    let name = Cow::as_ref(name.get_ref());
    let key = format!("{key}.{name}");
    let mut settings = CallSettings::new();
    for (part, value) in table(&key, value)? {
        let part = Cow::as_ref(part.get_ref());
        let key = format!("{key}.{part}");
        if !KEYS_OF_CALLS.contains(&part) {
            return Err(unknown(&format!("key {key}"), KEYS_OF_CALLS));
        }
        of_calls(&mut settings, part, &key, value.get_ref())?;
    }
    Ok((name.to_owned(), settings))
}

fn of_calls(
    settings: &mut CallSettings,
    name: &str,
    key: &str,
    value: &DeValue<'_>,
) -> Result<(), String> {
    match name {
        "timeout" => settings.timeout = Some(timeout(key, value)?),
        "attempt_timeout" => settings.attempt_timeout = Some(timeout(key, value)?),
        "attempts" => settings.retry = Some(Retry::new().attempts(count(key, value)?)),
        "priority" => settings.priority = Some(priority(key, value)?),
        "weight" => settings.weight = Some(count(key, value)?),
        _ => settings.quota = Some(quota(key, value)?),
    }
    Ok(())
}

fn priority(key: &str, value: &DeValue<'_>) -> Result<Priority, String> {
    let mut known = PRIORITIES.into_iter();
    let found = known.find(|(name, _)| value.as_str() == Some(*name));
    let names = PRIORITIES.map(|(name, _)| name);
    found
        .map(|(_, priority)| priority)
        .ok_or_else(|| format!("{key} is none of {}", names.join(", ")))
}

/// The digits of a number.
fn digits<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    }
}

fn count<T: FromStr + PartialOrd + From<u8>>(key: &str, value: &DeValue<'_>) -> Result<T, String> {
    let read = digits(value).and_then(number::count);
    read.ok_or_else(|| format!("{key} is no whole number above zero"))
}

/// `{ rate = 0.5, burst = 10 }`
fn quota(key: &str, value: &DeValue<'_>) -> Result<Quota, String> {
    let (mut rate, mut burst) = (None, None);
    for (part, value) in table(key, value)? {
        let part = Cow::as_ref(part.get_ref());
        let text = digits(value.get_ref());
        let text = text.ok_or_else(|| format!("{key}.{part} is no number"))?;
        match part {
            "rate" => rate = Some(text),
            "burst" => burst = Some(text),
            _ => return Err(unknown(&format!("key {key}.{part}"), ["rate", "burst"])),
        }
    }
    let rate = rate.ok_or_else(|| format!("{key} has no `rate`, in requests per second"))?;
    number::quota(rate, burst).ok_or_else(|| {
        format!("{key} is no quota: `rate` is above zero, and `burst` a whole number above zero")
    })
}

fn timeout(key: &str, value: &DeValue<'_>) -> Result<std::time::Duration, String> {
    let read = match value {
        DeValue::String(text) => duration::read(text),
        DeValue::Integer(number) if number.radix() == 10 => duration::read(number.as_str()),
        DeValue::Float(number) => duration::read(number.as_str()),
        _ => None,
    };
    read.ok_or_else(|| format!("{key} is no time that a call may take, such as \"30s\""))
}

fn scheme_of<'a>(api: &'a ApiMeta, name: &str) -> Result<&'a SecurityScheme, String> {
    let known = api.security_schemes.iter();
    let names = || api.security_schemes.iter().map(SecurityScheme::name);
    let found = known.clone().find(|scheme| scheme.name() == name);
    found.ok_or_else(|| unknown(&format!("security scheme {name:?}"), names()))
}

/// The scheme that a login is for; none where the description has no schemes, as its credentials are for all calls then.
fn login_scheme<'a>(
    api: &'a ApiMeta,
    key: &str,
    name: &str,
) -> Result<Option<&'a SecurityScheme>, String> {
    if api.security_schemes.is_empty() {
        return Ok(None);
    }
    let scheme = scheme_of(api, name)?;
    match scheme.credential_kind() {
        CredentialKind::Bearer => Ok(Some(scheme)),
        _ => Err(format!("{key} is a login, and the scheme takes no token")),
    }
}

fn credential(
    key: &str,
    scheme: &SecurityScheme,
    value: &DeValue<'_>,
    places: &Places<'_>,
) -> Result<Credential, String> {
    let name = scheme.name();
    match scheme.credential_kind() {
        CredentialKind::ApiKey => Ok(ApiKey::new(places.text(key, value)?)
            .for_scheme(name)
            .into()),
        CredentialKind::Bearer => match value {
            DeValue::Table(parts) if parts.keys().any(|part| part.get_ref() == "client_id") => {
                Ok(grant(key, value, places)?.for_scheme(scheme))
            }
            _ => Ok(Bearer::new(places.text(key, value)?)
                .for_scheme(name)
                .into()),
        },
        CredentialKind::Basic => {
            let mut parts = [None, None];
            for (part, value) in table(key, value)? {
                let key = format!("{key}.{}", part.get_ref());
                let index = match Cow::as_ref(part.get_ref()) {
                    "username" => 0,
                    "password" => 1,
                    _ => return Err(unknown(&format!("key {key}"), ["username", "password"])),
                };
                parts[index] = Some(places.text(&key, value.get_ref())?);
            }
            let [user, password] = parts;
            let user = user.ok_or_else(|| format!("{key} has no `username`"))?;
            let basic = Basic::new(user, password.unwrap_or_default());
            Ok(basic.for_scheme(name).into())
        }
        CredentialKind::None => Err(format!("{key} is no credential that a call can carry")),
    }
}

/// `{ client_id = "shop", client_secret = { env = "SECRET" }, refresh_token = { file = "token.txt" } }`
fn grant(key: &str, value: &DeValue<'_>, places: &Places<'_>) -> Result<Grant, String> {
    const PARTS: [&str; 3] = ["client_id", "client_secret", "refresh_token"];
    let mut given: [Option<String>; 3] = [None, None, None];
    for (part, value) in table(key, value)? {
        let key = format!("{key}.{}", part.get_ref());
        let index = PARTS.iter().position(|known| part.get_ref() == known);
        let index = index.ok_or_else(|| unknown(&format!("key {key}"), PARTS))?;
        given[index] = Some(places.text(&key, value.get_ref())?);
    }
    let [id, secret, refresh] = given;
    let grant = id.and_then(|id| Grant::of_settings(id, secret, refresh));
    grant.ok_or_else(|| format!("{key} has neither `client_secret` nor `refresh_token`"))
}

fn entry<'t, 'i>(
    table: &'t DeTable<'i>,
    name: &str,
    what: &str,
) -> Result<&'t DeValue<'i>, String> {
    let found = table.iter().find(|(key, _)| key.get_ref() == name);
    let names = table.keys().map(|key| Cow::as_ref(Spanned::get_ref(key)));
    let found = found.map(|(_, value)| value.get_ref());
    found.ok_or_else(|| unknown(&format!("{what} {name:?}"), names))
}

pub(super) fn table<'t, 'i>(key: &str, value: &'t DeValue<'i>) -> Result<&'t DeTable<'i>, String> {
    match value {
        DeValue::Table(table) => Ok(table),
        _ => Err(format!("{key} has to be a table")),
    }
}

pub(super) fn unknown<'n>(what: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match known.is_empty() {
        true => format!("there is no {what}"),
        false => format!("there is no {what}; there are {}", known.join(", ")),
    }
}
