//! `attache auth`: logins for the profiles of clients.
//!
//! Input: a file of profiles, somebody who logs in.
//! Output: logins in the store of the profile, encrypted; what is there, on standard output.
//! Invariants: all of it is done by the runtime, as a client does it; a store that cannot be written is told before anybody
//! logs in.
//! Never: prints a token, a code that stands for one, or the secret of a client.

mod arguments;
#[cfg(feature = "auth")]
mod browser;
#[cfg(feature = "auth")]
mod chosen;
#[cfg(feature = "auth")]
mod login;
#[cfg(feature = "auth")]
mod moment;
#[cfg(feature = "auth")]
mod refresh;
#[cfg(feature = "auth")]
mod revoke;
#[cfg(feature = "auth")]
mod standing;
#[cfg(feature = "auth")]
mod status;

pub(super) use arguments::Auth;

use super::report::Report;
use super::status::{Failure, Status};

#[cfg(feature = "auth")]
pub(super) fn run(arguments: &Auth, report: &Report) -> Result<Status, Failure> {
    use arguments::Action;

    let logins = chosen::read(arguments.action.chosen())?;
    let failure = |error: String| Failure::usage("no-connection", error);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| failure(error.to_string()))?;
    let connection = attache_runtime::token::TokenConnection::open();
    let connection = connection.map_err(|error| failure(chosen::told(&error)))?;
    runtime.block_on(async {
        match &arguments.action {
            Action::Login(login) => login::run(login, &logins, &connection, report).await,
            Action::Status(_) => status::run(&logins, &connection, report).await,
            Action::Refresh(_) => refresh::run(&logins, &connection, report).await,
            Action::Revoke(_) => revoke::run(&logins, &connection, report).await,
        }
    })
}

#[cfg(not(feature = "auth"))]
pub(super) fn run(_: &Auth, _: &Report) -> Result<Status, Failure> {
    Err(Failure::usage(
        "no-logins",
        "this program was built without logins: `cargo install attache-generator --features auth` makes one that has them",
    ))
}
