//! Puts the sources of settings one over the other.

use super::{ApiMeta, BuildError, Defaults, Server};
use crate::admission::Admission;
use crate::credential::Credential;
#[cfg(feature = "profiles")]
use crate::settings::ProfileChoice;
use crate::settings::{CallSettings, Environment, Scopes, Settings, read_variables};
use crate::transport::Url;

/// Where settings come from, besides the description.
pub(super) struct Sources {
    pub(super) api: &'static ApiMeta,
    pub(super) defaults: Defaults,
    pub(super) builder: Settings,
    pub(super) server: Option<Server>,
    pub(super) environment: Option<Environment>,
    #[cfg(feature = "profiles")]
    pub(super) profile: Option<ProfileChoice>,
}

/// What they come to.
pub(super) struct Settled {
    pub(super) base_url: Url,
    pub(super) is_base_url_chosen: bool,
    pub(super) operation_servers: Vec<(String, Url)>,
    pub(super) credentials: Vec<Vec<Credential>>,
    pub(super) calls: CallSettings,
    pub(super) scopes: Scopes,
    pub(super) retry_budget: u32,
    pub(super) admission: Option<Admission>,
}

impl Sources {
    pub(super) fn settle(self) -> Result<Settled, BuildError> {
        let environment = match &self.environment {
            Some(environment) => read_variables(self.api, environment).map_err(BuildError::new)?,
            None => Settings::default(),
        };
        let profile = self.read_profile().map_err(BuildError::new)?;
        let api = self.api;
        // A server of the description that the builder was given is as particular as a base URL.
        let (server, server_is_given) = (self.server, self.builder.base_url.is_none());
        let server = server.filter(|_| server_is_given);
        let sources = [self.builder, environment, profile];
        let chosen = match &server {
            None => sources.iter().find_map(|source| source.base_url.as_deref()),
            Some(_) => None,
        };
        let scopes = sources.iter().map(|it| it.scopes.clone());
        let scopes = scopes.fold(Scopes::default(), Scopes::or);
        scopes.check(api).map_err(BuildError::new)?;
        Ok(Settled {
            base_url: base_url(api, chosen, server.as_ref())?,
            is_base_url_chosen: chosen.is_some(),
            operation_servers: operation_servers(api, &sources)?,
            calls: {
                let calls = sources.iter().map(|it| it.calls.clone());
                let calls = calls.fold(CallSettings::new(), CallSettings::or);
                calls.or(CallSettings::new()
                    .timeout(self.defaults.timeout())
                    .retry(self.defaults.retry()))
            },
            scopes,
            retry_budget: first(&sources, |it| it.retry_budget)
                .unwrap_or(self.defaults.retry_budget()),
            admission: first(&sources, |it| it.concurrency).map(Admission::at_once),
            credentials: {
                let all = sources.map(|source| source.credentials);
                all.into_iter().filter(|all| !all.is_empty()).collect()
            },
        })
    }

    #[cfg(feature = "profiles")]
    fn read_profile(&self) -> Result<Settings, String> {
        match &self.profile {
            None => Ok(Settings::default()),
            Some(profile) => match &self.environment {
                Some(environment) => profile.read(self.api, environment),
                None => profile.read(self.api, &Environment::process()),
            },
        }
    }

    #[cfg(not(feature = "profiles"))]
    fn read_profile(&self) -> Result<Settings, String> {
        Ok(Settings::default())
    }
}

/// What the most particular source says that says something.
fn first<T>(sources: &[Settings], setting: impl Fn(&Settings) -> Option<T>) -> Option<T> {
    sources.iter().find_map(setting)
}

fn base_url(
    api: &ApiMeta,
    chosen: Option<&str>,
    server: Option<&Server>,
) -> Result<Url, BuildError> {
    match (chosen, server) {
        (Some(text), _) => Url::parse_base(text).map_err(BuildError::new),
        (None, Some(server)) => Url::parse_base(&server.url()).map_err(|reason| {
            BuildError::new(format!(
                "the server cannot be used, so `base_url` is needed: {reason}"
            ))
        }),
        (None, None) => Url::parse_base(api.base_url).map_err(|reason| {
            let name = api.name;
            BuildError::new(format!("the description of {name} names no usable server, so `base_url` is needed: {reason}"))
        }),
    }
}

/// All replacements; the most particular source is the last, as what is said later counts.
fn operation_servers(
    api: &ApiMeta,
    sources: &[Settings],
) -> Result<Vec<(String, Url)>, BuildError> {
    let parse = |(described, base_url): &(String, String)| {
        if !api.operation_servers.contains(&described.as_str()) {
            return Err(BuildError::new(format!(
                "no operation of {} has {described:?} as a server of its own, only {:?}",
                api.name, api.operation_servers
            )));
        }
        let base_url = Url::parse_base(base_url).map_err(BuildError::new)?;
        Ok((described.clone(), base_url))
    };
    let all = sources.iter().rev();
    all.flat_map(|source| &source.operation_servers)
        .map(parse)
        .collect()
}
