//! One renewal, by the process that has the lease.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::StoredLogin;
use super::record::Login;
use crate::credential::Secret;
use crate::oauth::TokenResponse;
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
        let first = first.or_else(|| self.is_own.then(|| Login::empty(owner.to_owned())));
        let login = login.or(first).ok_or_else(|| self.nobody())?;
        let refresh_token = login.refresh_token.clone();
        if refresh_token.is_none() && !self.is_own {
            let (key, again) = (&self.key, self.again());
            let message = format!(
                "the login {key} cannot be renewed, since the server gave no refresh token: {again}"
            );
            return Err(TokenError::last(message));
        }
        // Whoever comes after a crash sees that the server may know the token already.
        let started = login.marked(Some(now));
        if !self.write(version, Some(&started)).await? {
            return Ok(None);
        }
        let asking = self.ask(connection, refresh_token.as_ref());
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

    /// Asks for other tokens: by the refresh token, or as the client itself.
    async fn ask(
        &self,
        connection: &TokenConnection,
        refresh_token: Option<&Secret>,
    ) -> Result<TokenResponse, TokenError> {
        let (wanted, identity) = (&self.wanted, &self.identity);
        match refresh_token {
            Some(token) => wanted.refresh(connection, identity, token).await,
            None => wanted.ask_for_client(connection, identity).await,
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
        if error.code() != Some("invalid_grant") {
            return Err(error);
        }
        let (key, again) = (&self.key, self.again());
        let message = match login.started {
            Some(started) => format!(
                "{error}. A renewal of the login {key} that began at {} did not end, and the server may have taken the refresh token \
                 for stolen when it came again: {again}",
                date(started)
            ),
            None => format!("{error}. The login {key} is over: {again}"),
        };
        let told = TokenError::last(message).with_code("invalid_grant");
        Err(told.with_source(error))
    }

    fn nobody(&self) -> TokenError {
        let key = &self.key;
        TokenError::last(match self.command.as_deref() {
            Some(command) => format!("nobody has logged in as {key}: log in with `{command}`"),
            None => format!(
                "nobody has logged in as {key}: log in with `attache auth login`, or save a login there"
            ),
        })
    }

    fn again(&self) -> String {
        match self.command.as_deref() {
            Some(command) => format!("log in again with `{command}`"),
            None => "log in again".to_owned(),
        }
    }
}

/// A time since 1970, as people read it.
fn date(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let date = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
    date.to_string()
}
