//! One renewal, by the process that has the lease.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::StoredLogin;
use super::record::Login;
use crate::token::{Token, TokenConnection, TokenError};

/// How often what a server gave is tried to be written at once; afterwards it is with the next renewal.
const WRITES: u32 = 6;
/// The wait after the first time; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

impl StoredLogin {
    /// Renews the tokens; nothing where another process has been faster, and all begins anew.
    pub(super) async fn renew(
        &self,
        connection: &TokenConnection,
        owner: &str,
    ) -> Result<Option<Token>, TokenError> {
        let now = connection.clock.unix_time();
        if let Some(unsaved) = self.own.take_unsaved() {
            self.keep(connection, unsaved).await?;
        }
        let (version, login) = self.read().await?;
        if let Some(token) = self.adopt(login.as_ref(), now) {
            return Ok(Some(token));
        }
        let first = self.first.clone();
        let first = first.map(|token| Login::of_refresh_token(owner.to_owned(), token));
        let login = login.or(first).ok_or_else(|| self.nobody())?;
        let Some(refresh_token) = login.refresh_token.clone() else {
            let message = format!(
                "the login {} cannot be renewed, since the server gave no refresh token: log in again",
                self.key
            );
            return Err(TokenError::last(message));
        };
        // Whoever comes after a crash sees that the server may know the token already.
        let started = login.marked(Some(now));
        if !self.write(version, Some(&started)).await? {
            return Ok(None);
        }
        let asking = self
            .wanted
            .refresh(connection, &self.identity, &refresh_token);
        let asked = self.leasing(connection, owner, asking).await;
        match asked {
            Ok(tokens) => {
                let renewed = login.after(&tokens, now);
                self.keep(connection, renewed.clone()).await?;
                let given = self.own.give(&renewed, connection.clock.unix_time());
                let given = given.map(|token| self.wanted.bind(token, renewed.is_bound));
                given.map(Some).ok_or_else(|| {
                    TokenError::new("the server gave a token that had expired when it came")
                })
            }
            Err(error) => self.refused(&login, version + 1, error).await,
        }
    }

    /// Prolongs the lease for as long as something takes.
    async fn leasing<T>(
        &self,
        connection: &TokenConnection,
        owner: &str,
        work: impl Future<Output = T>,
    ) -> T {
        let mut work = pin!(work);
        loop {
            let mut pause = connection.clock.sleep(self.lease / 3);
            let done = poll_fn(|context| match work.as_mut().poll(context) {
                Poll::Ready(done) => Poll::Ready(Some(done)),
                Poll::Pending => pause.as_mut().poll(context).map(|()| None),
            });
            if let Some(done) = done.await {
                return done;
            }
            // Without it another process may send the token too, which versions cannot prevent; they do settle who writes.
            let _ = self.store.lease(&self.key, owner, self.lease).await;
        }
    }

    /// Writes what a server gave, whatever others have written meanwhile, unless that is newer.
    async fn keep(&self, connection: &TokenConnection, login: Login) -> Result<(), TokenError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..WRITES {
            if self.put(&login).await.is_ok() {
                return Ok(());
            }
            connection.clock.sleep(pause).await;
            pause *= 2;
        }
        let written = self.put(&login).await;
        if written.is_err() {
            self.own.set_unsaved(login);
        }
        written
    }

    async fn put(&self, login: &Login) -> Result<(), TokenError> {
        loop {
            let (version, current) = self.read().await?;
            let is_newer = current.is_some_and(|current| current.supersedes(login));
            if is_newer || self.write(version, Some(login)).await? {
                return Ok(());
            }
        }
    }

    /// What comes of a refusal: another process may have the tokens that this one was refused.
    async fn refused(
        &self,
        login: &Login,
        version: u64,
        error: TokenError,
    ) -> Result<Option<Token>, TokenError> {
        let (now_version, current) = self.read().await?;
        if error.code() == Some("invalid_grant") && now_version != version {
            return match current {
                Some(_) => Ok(None),
                None => Err(self.nobody()),
            };
        }
        // A server that says no has not replaced the token.
        if error.code().is_some() && now_version == version {
            self.write(version, Some(&login.marked(None))).await?;
        }
        match (error.code(), login.started) {
            (Some("invalid_grant"), Some(started)) => Err(TokenError::last(format!(
                "{error}. A renewal of the login {} that began at {} did not end, and the server may have taken the refresh token \
                 for stolen when it came again: log in again",
                self.key,
                date(started)
            ))
            .with_code("invalid_grant")
            .with_source(error)),
            _ => Err(error),
        }
    }

    fn nobody(&self) -> TokenError {
        TokenError::last(format!(
            "nobody has logged in as {}: log in with `attache auth login`, or save a login there",
            self.key
        ))
    }
}

/// A time since 1970, as people read it.
fn date(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let date = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
    date.to_string()
}
