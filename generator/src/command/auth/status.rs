//! `attache auth status`: which logins there are.

use attache_runtime::oauth::StoredLogin;
use attache_runtime::profiles::LoginSettings;
use attache_runtime::token::TokenConnection;

use super::super::output;
use super::super::report::Report;
use super::super::status::{Failure, Status};
use super::chosen::{refusal, told};
use super::standing::Standing;

pub(super) async fn run(
    logins: &[LoginSettings],
    connection: &TokenConnection,
    report: &Report,
) -> Result<Status, Failure> {
    let mut status = Status::Done;
    for login in logins {
        let standing = standing(login, connection).await;
        if !standing.state.is_good() {
            status = Status::Errors;
        }
        output::print(&match report.is_json() {
            true => standing.json(),
            false => standing.text(),
        })?;
    }
    Ok(status)
}

/// How a login stands by what its store has.
async fn standing<'l>(login: &'l LoginSettings, connection: &TokenConnection) -> Standing<'l> {
    let read = match login.open() {
        Ok(Some(stored)) => return of_stored(login, &stored, connection).await,
        Ok(None) => Ok(None),
        Err(error) => Err(told(&error)),
    };
    Standing::of(login, read, connection.clock.unix_time())
}

/// How a login stands whose store is open.
pub(super) async fn of_stored<'l>(
    login: &'l LoginSettings,
    stored: &StoredLogin,
    connection: &TokenConnection,
) -> Standing<'l> {
    let read = stored.status().await.map_err(|error| refusal(&error));
    Standing::of(login, read, connection.clock.unix_time())
}
