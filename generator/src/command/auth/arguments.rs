//! The arguments of `attache auth`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::arguments::MessageFormat;
use super::super::report::Report;

#[derive(Args, Debug)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Auth {
    #[command(subcommand)]
    pub(super) action: Action,
}

const EXIT_STATUS: &str =
    "Exit status: 0 done, 1 a login is missing, over, or could not be made, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Logs in, and keeps the login in the store of the profile, encrypted
    Login(Login),
    /// Prints which logins there are, until when they are valid, and what to do where one is not
    Status(Chosen),
    /// Renews logins now, though they may be valid
    Refresh(Chosen),
    /// Has servers take logins back, and removes them from the store
    Revoke(Chosen),
}

#[derive(Args, Debug)]
pub(super) struct Login {
    #[command(flatten)]
    pub(super) chosen: Chosen,
    /// Open the page in the browser of this machine, besides printing its address
    #[arg(long)]
    pub(super) open: bool,
    /// Seconds to wait for somebody to log in
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(super) timeout: u64,
}

/// Which logins are meant.
#[derive(Args, Debug)]
pub(super) struct Chosen {
    /// The profile: its name, with that of its API before it where several APIs have one of that name
    /// (parcels.staging)
    #[arg(long, value_name = "NAME")]
    pub(super) profile: String,
    /// The file of profiles [default: the one that ATTACHE_PROFILES names]
    #[arg(long, value_name = "FILE")]
    pub(super) profiles: Option<PathBuf>,
    /// Only the login for this security scheme
    #[arg(long, value_name = "SCHEME")]
    pub(super) scheme: Option<String>,
    /// How messages and the status look: text, or one JSON object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub(super) message_format: MessageFormat,
    /// Print errors only, and what somebody who logs in has to know
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl Auth {
    pub(crate) fn report(&self) -> Report {
        let chosen = self.action.chosen();
        Report::plain(chosen.message_format, chosen.quiet)
    }
}

impl Action {
    pub(super) fn chosen(&self) -> &Chosen {
        match self {
            Action::Login(login) => &login.chosen,
            Action::Status(chosen) | Action::Refresh(chosen) | Action::Revoke(chosen) => chosen,
        }
    }
}
