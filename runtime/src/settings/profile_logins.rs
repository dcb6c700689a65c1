//! All logins of a profile, for who knows no description.

use std::borrow::Cow;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::profile::{KEYS, in_file, table, unknown};
use super::reference::Places;
use super::{Environment, login};
use crate::client::BuildError;
use crate::profiles::LoginSettings;

impl LoginSettings {
    /// Reads all logins of a profile, sorted by their schemes; without a file, the variable `ATTACHE_PROFILES` names it.
    ///
    /// The profile is `parcels.staging`, with the name of its API, or `staging` where one API has a profile of that name.
    ///
    /// # Errors
    /// There is no such profile or no login in it, or what stands there cannot be used.
    pub fn of_profile(
        name: &str,
        file: Option<&Path>,
        environment: &Environment,
    ) -> Result<Vec<Self>, BuildError> {
        let read = in_file(file, environment, |file, places| {
            let (key, profile) = find(file, name)?;
            logins(&key, profile, places)
        });
        read.map_err(BuildError::new)
    }
}

/// The profile, and its name with that of its API.
fn find<'t, 'i>(file: &'t DeTable<'i>, name: &str) -> Result<(String, &'t DeTable<'i>), String> {
    let profiles = file
        .iter()
        .filter_map(|(api, profiles)| match profiles.get_ref() {
            DeValue::Table(profiles) => Some((Cow::as_ref(api.get_ref()), profiles)),
            _ => None,
        });
    let profiles = profiles.flat_map(|(api, profiles)| {
        profiles.iter().map(move |(own, profile)| {
            let own = Cow::as_ref(own.get_ref());
            (format!("{api}.{own}"), own, profile.get_ref())
        })
    });
    let all: Vec<_> = profiles.collect();
    let is_meant = |(key, own, _): &&(String, &str, _)| *own == name || key == name;
    let found: Vec<_> = all.iter().filter(is_meant).collect();
    match found.as_slice() {
        [(key, _, profile)] => Ok((key.clone(), table(key, profile)?)),
        [] => {
            let known = all.iter().map(|(key, ..)| key.as_str());
            Err(unknown(&format!("profile {name:?}"), known))
        }
        several => {
            let several: Vec<&str> = several.iter().map(|(key, ..)| key.as_str()).collect();
            let several = several.join(", ");
            Err(format!("there are several profiles {name:?}: {several}"))
        }
    }
}

fn logins(
    key: &str,
    profile: &DeTable<'_>,
    places: &Places<'_>,
) -> Result<Vec<LoginSettings>, String> {
    let mut logins = Vec::new();
    for (name, value) in profile {
        let name = Cow::as_ref(name.get_ref());
        if !KEYS.contains(&name) {
            return Err(unknown(&format!("key {key}.{name}"), KEYS));
        }
        if name != "credentials" {
            continue;
        }
        for (scheme, value) in table(&format!("{key}.{name}"), value.get_ref())? {
            if login::is_login(value.get_ref()) {
                let place = login::Place::new(key, scheme.get_ref(), profile);
                logins.push(login::read(&place, value.get_ref(), places)?);
            }
        }
    }
    match logins.is_empty() {
        true => Err(format!(
            "{key} has no login; one is `credentials.SCHEME = {{ login = \"NAME\", flow = \"device-code\", … }}`"
        )),
        false => Ok(logins),
    }
}
