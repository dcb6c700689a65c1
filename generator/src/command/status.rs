//! How a run ends.

use std::fmt::Display;
use std::process::ExitCode;

/// The exit status; scripts depend on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything asked for was done; there may be warnings.
    Done = 0,
    /// The description has errors, or the output folder is not what it should be.
    Errors = 1,
    /// Arguments that mean nothing, a settings file that cannot be read, a folder that cannot be written.
    WrongUsage = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// Why a command could not do its work, beyond what diagnostics of the description say.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) status: Status,
    /// Kebab-case, as the codes of diagnostics are.
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn usage(code: &'static str, message: impl Display) -> Self {
        Failure {
            status: Status::WrongUsage,
            code,
            message: message.to_string(),
        }
    }
}
