//! Settings from environment variables.

use super::{Environment, Settings, duration, number};
use crate::client::ApiMeta;
use crate::credential::{ApiKey, Basic, Bearer, Credential, CredentialKind, SecurityScheme};
use crate::oauth::Grant;
use crate::retry::Retry;
use crate::transport::Url;

/// Reads `<NAME>_BASE_URL`, `<NAME>_TIMEOUT`, `<NAME>_ATTEMPT_TIMEOUT`, `<NAME>_ATTEMPTS`, `<NAME>_RETRY_BUDGET`,
/// `<NAME>_CONCURRENCY`, `<NAME>_RATE`, `<NAME>_BURST`, and the variables of all security schemes.
pub(crate) fn read(api: &ApiMeta, environment: &Environment) -> Result<Settings, String> {
    let mut settings = Settings::default();
    if api.prefix.is_empty() {
        return Err(format!(
            "no environment variables are meant for {}",
            api.name
        ));
    }
    let name = format!("{}_BASE_URL", api.prefix);
    settings.base_url = environment.variable(&name)?;
    if let Some(text) = &settings.base_url {
        Url::parse_base(text).map_err(|reason| format!("the variable {name}: {reason}"))?;
    }
    let variables = Variables { api, environment };
    let time = "a time that a call may take, such as `30s`";
    settings.calls.timeout = variables.read("TIMEOUT", time, duration::read)?;
    settings.calls.attempt_timeout = variables.read("ATTEMPT_TIMEOUT", time, duration::read)?;
    let count = "a whole number above zero";
    let attempts: Option<u32> = variables.read("ATTEMPTS", count, number::count)?;
    settings.calls.retry = attempts.map(|attempts| Retry::new().attempts(attempts));
    settings.retry_budget = variables.read("RETRY_BUDGET", count, number::count)?;
    settings.concurrency = variables.read("CONCURRENCY", count, number::count)?;
    let burst: Option<u32> = variables.read("BURST", count, number::count)?;
    let burst = burst.map(|burst| burst.to_string());
    let quota = |rate: &str| number::quota(rate, burst.as_deref());
    settings.calls.quota = variables.read("RATE", "a number of requests per second", quota)?;
    if burst.is_some() && settings.calls.quota.is_none() {
        let prefix = api.prefix;
        return Err(format!(
            "the variable {prefix}_BURST is set, and {prefix}_RATE is not"
        ));
    }
    for scheme in api.security_schemes {
        settings
            .credentials
            .extend(credential(scheme, environment)?);
    }
    Ok(settings)
}

struct Variables<'v> {
    api: &'v ApiMeta,
    environment: &'v Environment,
}

impl Variables<'_> {
    /// The value of `<NAME>_…`, if the variable is set; the error says what it should be.
    fn read<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        let name = format!("{}_{name}", self.api.prefix);
        let Some(text) = self.environment.variable(&name)? else {
            return Ok(None);
        };
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(format!("the variable {name} is not {expected}")),
        }
    }
}

fn credential(
    scheme: &SecurityScheme,
    environment: &Environment,
) -> Result<Option<Credential>, String> {
    let (name, variable) = (scheme.name(), scheme.variable());
    if variable.is_empty() {
        return Ok(None);
    }
    let value = || environment.variable(variable);
    Ok(match scheme.credential_kind() {
        CredentialKind::ApiKey => value()?.map(|key| ApiKey::new(key).for_scheme(name).into()),
        CredentialKind::Bearer => match value()? {
            Some(token) => Some(Bearer::new(token).for_scheme(name).into()),
            None => grant(scheme, environment)?,
        },
        CredentialKind::Basic => {
            let parts = [
                format!("{variable}_USERNAME"),
                format!("{variable}_PASSWORD"),
            ];
            let [user, password] = [&parts[0], &parts[1]].map(|name| environment.variable(name));
            match (user?, password?) {
                (None, None) => None,
                (Some(user), password) => {
                    // Some services take the key as the name of a user without a password.
                    let basic = Basic::new(user, password.unwrap_or_default());
                    Some(basic.for_scheme(name).into())
                }
                (None, Some(_)) => {
                    return Err(format!(
                        "the variable {} is set, and {} is not",
                        parts[1], parts[0]
                    ));
                }
            }
        }
        CredentialKind::None => None,
    })
}

/// A way to get tokens: `…_CLIENT_ID` with `…_CLIENT_SECRET`, `…_REFRESH_TOKEN`, or both.
fn grant(scheme: &SecurityScheme, environment: &Environment) -> Result<Option<Credential>, String> {
    let variable = scheme.variable();
    let read = |name: &str| environment.variable(&format!("{variable}_{name}"));
    if !scheme.has_endpoint() {
        return Ok(None);
    }
    let (secret, refresh) = (read("CLIENT_SECRET")?, read("REFRESH_TOKEN")?);
    let Some(id) = read("CLIENT_ID")? else {
        return match secret.or(refresh) {
            None => Ok(None),
            Some(_) => Err(format!(
                "the variable {variable}_CLIENT_ID is not set, and its secret or its refresh token is"
            )),
        };
    };
    let grant = Grant::of_settings(id, secret, refresh).ok_or_else(|| {
        format!(
            "the variable {variable}_CLIENT_ID is set, and neither {variable}_CLIENT_SECRET nor {variable}_REFRESH_TOKEN is"
        )
    })?;
    Ok(Some(grant.for_scheme(scheme)))
}
