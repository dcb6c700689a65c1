//! Settings from environment variables.

use super::{Environment, Settings, duration};
use crate::client::ApiMeta;
use crate::credential::{ApiKey, Basic, Bearer, Credential, CredentialKind, SecurityScheme};
use crate::transport::Url;

/// Reads `<NAME>_BASE_URL`, `<NAME>_TIMEOUT`, and the variables of all security schemes.
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
    let name = format!("{}_TIMEOUT", api.prefix);
    if let Some(text) = environment.variable(&name)? {
        let timeout = duration::read(&text);
        settings.timeout = Some(timeout.ok_or_else(|| {
            format!("the variable {name} is no time that a call may take, such as `30s`")
        })?);
    }
    for scheme in api.security_schemes {
        settings
            .credentials
            .extend(credential(scheme, environment)?);
    }
    Ok(settings)
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
        CredentialKind::Bearer => value()?.map(|token| Bearer::new(token).for_scheme(name).into()),
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
