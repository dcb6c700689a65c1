//! `attache auth revoke`: ends logins.

use attache_runtime::profiles::LoginSettings;
use attache_runtime::token::TokenConnection;

use super::super::report::Report;
use super::super::status::{Failure, Status};
use super::chosen::{refusal, told};
use super::moment::shown;

pub(super) async fn run(
    logins: &[LoginSettings],
    connection: &TokenConnection,
    report: &Report,
) -> Result<Status, Failure> {
    let mut status = Status::Done;
    for login in logins {
        match revoke(login, connection).await {
            Ok(message) => report.note("revoked", &message, ""),
            Err(message) => {
                report.error("revoke-failed", &message);
                status = Status::Errors;
            }
        }
    }
    Ok(status)
}

/// What was done, or what was not.
async fn revoke(login: &LoginSettings, connection: &TokenConnection) -> Result<String, String> {
    let (record, path) = (&login.record, login.store.path.display());
    let nothing = Ok(format!(
        "there is no login {record} in {path}, so there is nothing to revoke"
    ));
    let Some(stored) = login.open().map_err(|error| told(&error))? else {
        return nothing;
    };
    let Some(before) = stored.status().await.map_err(|error| refusal(&error))? else {
        return nothing;
    };
    let Err(error) = stored.revoke(connection).await else {
        return Ok(format!(
            "the server took {record} back, and it is removed from {path}"
        ));
    };
    let error = refusal(&error);
    let Ok(None) = stored.status().await else {
        return Err(format!(
            "the login {record} is neither revoked nor removed: {error}"
        ));
    };
    let until = match before.expires {
        Some(expires) => {
            let expires = shown(expires, connection.clock.unix_time());
            format!("its access token stays good until {expires}")
        }
        None => "its access token stays good".to_owned(),
    };
    let refresh = match before.is_renewable {
        true => ", and its refresh token until it is taken back there",
        false => "",
    };
    Err(format!(
        "the login {record} is removed from {path}, and the server did not take it back: {error}; {until}{refresh}"
    ))
}
