//! `attache auth login`: somebody logs in, or the client itself.

use std::io;
use std::time::Duration;

use attache_generator::diagnostic::json_string;
use attache_runtime::oauth::{LoopbackRedirect, StoredLogin, TokenResponse};
use attache_runtime::profiles::{LoginFlow, LoginSettings};
use attache_runtime::token::{TokenConnection, TokenError};
use tokio::time::timeout;

use super::super::report::Report;
use super::super::status::{Failure, Status};
use super::arguments::Login;
use super::browser;
use super::chosen::{refusal, told};
use super::status::of_stored;

pub(super) async fn run(
    arguments: &Login,
    logins: &[LoginSettings],
    connection: &TokenConnection,
    report: &Report,
) -> Result<Status, Failure> {
    let desk = Desk {
        arguments,
        connection,
        report,
    };
    let mut status = Status::Done;
    for login in logins {
        if let Err(message) = desk.log_in(login).await {
            let record = &login.record;
            report.error("login-failed", &format!("no login for {record}: {message}"));
            status = Status::Errors;
        }
    }
    Ok(status)
}

/// Where somebody logs in.
struct Desk<'d> {
    arguments: &'d Login,
    connection: &'d TokenConnection,
    report: &'d Report,
}

impl Desk<'_> {
    async fn log_in(&self, login: &LoginSettings) -> Result<(), String> {
        // Before anybody takes the trouble.
        let stored = login.open_or_new().map_err(|error| told(&error))?;
        let read = stored.status().await;
        read.map_err(|error| refusal(&error))?;
        let tokens = match login.flow {
            LoginFlow::AuthorizationCode => Some(self.at_browser(login).await?),
            LoginFlow::DeviceCode => Some(self.at_device(login).await?),
            _ => None,
        };
        let kept = match tokens {
            Some(tokens) => stored.save(self.connection, &tokens).await,
            None => self.by_itself(&stored).await,
        };
        kept.map_err(|error| refusal(&error))?;
        let standing = of_stored(login, &stored, self.connection).await;
        let (record, path) = (&login.record, login.store.path.display());
        let message = format!(
            "logged in as {record}, kept in {path}: {}",
            standing.sentence()
        );
        self.report
            .note("logged-in", &message, &standing.json_members());
        Ok(())
    }

    async fn at_browser(&self, login: &LoginSettings) -> Result<TokenResponse, String> {
        let port = login.redirect_port;
        let bound = LoopbackRedirect::bind(port).await;
        let redirect = bound.map_err(|error| {
            format!("port {port} of this machine, which the browser is to come back to, cannot be used: {error}")
        })?;
        let grant = login.authorization_code(redirect.uri());
        let begun = grant.begin(self.connection).await;
        let authorization = begun.map_err(|error| refusal(&error))?;
        let page = authorization.url();
        let members = format!(",\"url\":{}", json_string(page));
        let message = format!("to log in as {}, open {page}", login.record);
        self.report.request("login-page", &message, &members);
        if self.arguments.open
            && let Err(error) = browser::open(page)
        {
            let message = format!("no browser could be opened: {error}");
            self.report.warning("no-browser", &message);
        }
        let received = self.patiently(redirect.receive(&authorization)).await?;
        let received = received.map_err(|error: io::Error| error.to_string())?;
        let finished = authorization.finish(self.connection, &received).await;
        finished.map_err(|error| refusal(&error))
    }

    async fn at_device(&self, login: &LoginSettings) -> Result<TokenResponse, String> {
        let begun = login.device_code().begin(self.connection).await;
        let pending = begun.map_err(|error| refusal(&error))?;
        let (page, code) = (&pending.verification_uri, &pending.user_code);
        let (mut message, mut members) = (
            format!(
                "to log in as {}, open {page} at any device, and enter {code}",
                login.record
            ),
            format!(
                ",\"url\":{},\"user_code\":{}",
                json_string(page),
                json_string(code)
            ),
        );
        if let Some(complete) = &pending.verification_uri_complete {
            message.push_str(&format!("; or open {complete}"));
            members.push_str(&format!(",\"complete_url\":{}", json_string(complete)));
        }
        self.report.request("login-code", &message, &members);
        let complete = pending.verification_uri_complete.as_ref();
        if self.arguments.open
            && let Err(error) = browser::open(complete.unwrap_or(page))
        {
            let message = format!("no browser could be opened: {error}");
            self.report.warning("no-browser", &message);
        }
        let waited = self.patiently(pending.wait(self.connection)).await?;
        waited.map_err(|error| refusal(&error))
    }

    /// Begins, or goes on with what the store has; what is over there makes room for what the profile has.
    async fn by_itself(&self, stored: &StoredLogin) -> Result<(), TokenError> {
        match stored.refresh(self.connection).await {
            Err(error) if error.code() == Some("invalid_grant") => {
                stored.remove().await?;
                stored.refresh(self.connection).await
            }
            refreshed => refreshed,
        }
    }

    async fn patiently<T>(&self, waiting: impl Future<Output = T>) -> Result<T, String> {
        let seconds = self.arguments.timeout;
        let waited = timeout(Duration::from_secs(seconds), waiting).await;
        waited.map_err(|_| format!("nobody has logged in within {seconds} s"))
    }
}
