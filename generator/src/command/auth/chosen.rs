//! The logins that a command is for.

use std::error::Error;

use attache_runtime::Environment;
use attache_runtime::profiles::LoginSettings;
use attache_runtime::token::TokenError;

use super::super::status::Failure;
use super::arguments::Chosen;

/// Reads the logins of the profile that are meant; those that share a record are one.
pub(super) fn read(chosen: &Chosen) -> Result<Vec<LoginSettings>, Failure> {
    let (file, environment) = (chosen.profiles.as_deref(), Environment::process());
    let read = LoginSettings::of_profile(&chosen.profile, file, &environment);
    let mut logins = read.map_err(|error| Failure::usage("unusable-profile", told(&error)))?;
    if let Some(scheme) = &chosen.scheme {
        let known: Vec<String> = logins.iter().map(|login| login.scheme.clone()).collect();
        logins.retain(|login| login.scheme == *scheme);
        if logins.is_empty() {
            let (profile, known) = (&chosen.profile, known.join(", "));
            let message = format!("{profile} has no login for {scheme:?}; it has some for {known}");
            return Err(Failure::usage("unknown-scheme", message));
        }
    }
    let mut distinct: Vec<LoginSettings> = Vec::new();
    for login in logins {
        if !distinct.iter().any(|known| known.record == login.record) {
            distinct.push(login);
        }
    }
    Ok(distinct)
}

/// Why there is no token; what a server says needs no further cause.
pub(super) fn refusal(error: &TokenError) -> String {
    match error.code() {
        Some(_) => error.to_string(),
        None => told(error),
    }
}

/// An error and its causes, in one line.
pub(super) fn told(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        // Some errors say of their cause what it says itself.
        if !told.contains(&cause) {
            told.push_str(": ");
            told.push_str(&cause);
        }
        source = error.source();
    }
    told
}
