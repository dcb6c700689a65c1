//! How a login stands, as data, as text and as JSON.

use std::fmt::Write as _;
use std::time::Duration;

use attache_generator::diagnostic::json_string;
use attache_runtime::oauth::LoginStatus;
use attache_runtime::profiles::LoginSettings;

use super::moment::{date, shown};

/// How a login stands.
pub(super) struct Standing<'l> {
    pub(super) login: &'l LoginSettings,
    pub(super) state: State,
    /// What is known of it; none where nobody has logged in.
    pub(super) status: Option<LoginStatus>,
    /// Why it cannot be read.
    problem: Option<String>,
    now: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Its access token is valid.
    Valid,
    /// It has none that is, and clients get one by themselves.
    Renewable,
    Expired,
    Missing,
    Unreadable,
}

impl State {
    fn of(login: &LoginSettings, status: Option<&LoginStatus>, now: Duration) -> Self {
        let Some(status) = status else {
            return match login.flow.needs_somebody() {
                true => State::Missing,
                false => State::Renewable,
            };
        };
        let is_renewable = status.is_renewable || !login.flow.needs_somebody();
        match status.expires {
            Some(expires) if expires <= now && is_renewable => State::Renewable,
            Some(expires) if expires <= now => State::Expired,
            None if status.renewals == 0 && status.interrupted.is_some() => State::Renewable,
            _ => State::Valid,
        }
    }

    pub(super) fn is_good(self) -> bool {
        matches!(self, State::Valid | State::Renewable)
    }

    fn name(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Renewable => "renewable",
            State::Expired => "expired",
            State::Missing => "missing",
            State::Unreadable => "unreadable",
        }
    }
}

impl<'l> Standing<'l> {
    pub(super) fn of(
        login: &'l LoginSettings,
        read: Result<Option<LoginStatus>, String>,
        now: Duration,
    ) -> Self {
        let (state, status, problem) = match read {
            Ok(status) => (State::of(login, status.as_ref(), now), status, None),
            Err(problem) => (State::Unreadable, None, Some(problem)),
        };
        Standing {
            login,
            state,
            status,
            problem,
            now,
        }
    }

    /// What to do about it, where there is something to do.
    fn advice(&self) -> Option<String> {
        let command = self.login.command();
        match self.state {
            State::Expired => Some(format!("log in again with `{command}`")),
            State::Missing => Some(format!("log in with `{command}`")),
            _ => None,
        }
    }

    /// What holds of its tokens, in a sentence.
    pub(super) fn sentence(&self) -> String {
        let Some(status) = &self.status else {
            return "no token yet".to_owned();
        };
        let mut text = match status.expires {
            Some(expires) => format!(
                "its access token is valid until {}",
                shown(expires, self.now)
            ),
            None => "the server does not say until when its access token is valid".to_owned(),
        };
        if !status.scopes.is_empty() {
            write!(text, ", for {}", status.scopes.join(" ")).expect("strings take all text");
        }
        text + match (self.login.flow.needs_somebody(), status.is_renewable) {
            (_, true) => "; clients renew it",
            (true, false) => {
                "; the server gave no refresh token, so somebody has to log in again then"
            }
            (false, false) => "; clients get others by themselves",
        }
    }

    /// Some lines for people.
    pub(super) fn text(&self) -> String {
        let LoginSettings {
            profile,
            scheme,
            record,
            ..
        } = self.login;
        let state = self.state.name();
        let mut lines = vec![format!("{profile}, {scheme}: {state}")];
        let path = self.login.store.path.display();
        lines.push(format!("login         {record} in {path}"));
        if let Some(status) = &self.status {
            let valid = |time| shown(time, self.now);
            lines.push(format!(
                "access token  until {}",
                status
                    .expires
                    .map_or("the server refuses it".to_owned(), valid)
            ));
            if !status.scopes.is_empty() {
                lines.push(format!("scopes        {}", status.scopes.join(" ")));
            }
            let renewal = match (status.is_renewable, self.login.flow.needs_somebody()) {
                (true, _) => "by its refresh token",
                (false, false) => "by the client itself",
                (false, true) => "not possible: the server gave no refresh token",
            };
            let times = match status.renewals {
                0 => String::new(),
                1 => "; once so far".to_owned(),
                renewals => format!("; {renewals} times so far"),
            };
            lines.push(format!("renewal       {renewal}{times}"));
            if let Some(renewed) = status.renewed {
                lines.push(format!("last asked    {}", shown(renewed, self.now)));
            }
            if let Some(began) = status.interrupted {
                lines.push(format!(
                    "interrupted   a renewal that began at {} has not ended",
                    shown(began, self.now)
                ));
            }
        }
        lines.extend(
            self.problem
                .iter()
                .map(|problem| format!("problem       {problem}")),
        );
        lines.extend(
            self.advice()
                .map(|advice| format!("to do         {advice}")),
        );
        lines.join("\n  ") + "\n"
    }

    /// One object for scripts.
    pub(super) fn json(&self) -> String {
        format!("{{{}}}\n", &self.json_members()[1..])
    }

    /// The same as members of an object, each with a comma before it.
    pub(super) fn json_members(&self) -> String {
        let text = |text: Option<String>| text.map_or("null".to_owned(), |text| json_string(&text));
        let time = |time: Option<Duration>| text(time.map(date));
        let status = self.status.as_ref();
        let scopes = status.map(|status| status.scopes.iter().map(|scope| json_string(scope)));
        let scopes: Vec<String> = scopes.into_iter().flatten().collect();
        let login = self.login;
        format!(
            ",\"profile\":{},\"scheme\":{},\"login\":{},\"flow\":{},\"store\":{},\"state\":{},\"expires\":{},\"scopes\":[{}],\"renewable\":{},\"renewals\":{},\"renewed\":{},\"interrupted\":{},\"problem\":{},\"help\":{}",
            json_string(&login.profile),
            json_string(&login.scheme),
            json_string(&login.record),
            json_string(login.flow.name()),
            json_string(&login.store.path.display().to_string()),
            json_string(self.state.name()),
            time(status.and_then(|status| status.expires)),
            scopes.join(","),
            status.is_some_and(|status| status.is_renewable) || !login.flow.needs_somebody(),
            status.map_or(0, |status| status.renewals),
            time(status.and_then(|status| status.renewed)),
            time(status.and_then(|status| status.interrupted)),
            text(self.problem.clone()),
            text(self.advice()),
        )
    }
}
