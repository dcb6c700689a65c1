//! `attache auth refresh`: renews logins now.

use attache_runtime::profiles::LoginSettings;
use attache_runtime::token::TokenConnection;

use super::super::report::Report;
use super::super::status::{Failure, Status};
use super::chosen::{refusal, told};
use super::status::of_stored;

pub(super) async fn run(
    logins: &[LoginSettings],
    connection: &TokenConnection,
    report: &Report,
) -> Result<Status, Failure> {
    let mut status = Status::Done;
    for login in logins {
        if let Err(message) = renew(login, connection, report).await {
            report.error("refresh-failed", &message);
            status = Status::Errors;
        }
    }
    Ok(status)
}

async fn renew(
    login: &LoginSettings,
    connection: &TokenConnection,
    report: &Report,
) -> Result<(), String> {
    let opened = login.open_as_client().map_err(|error| told(&error))?;
    let stored = opened.ok_or_else(|| login.nobody())?;
    let refreshed = stored.refresh(connection).await;
    refreshed.map_err(|error| refusal(&error))?;
    let standing = of_stored(login, &stored, connection).await;
    let message = format!("renewed {}: {}", login.record, standing.sentence());
    report.note("refreshed", &message, &standing.json_members());
    Ok(())
}
