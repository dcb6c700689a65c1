//! Standard output, for results.

use std::io::{self, Write};

use super::status::{Failure, Status};

/// Prints a result.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // `attache index … | head` has what it wants.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure {
            status: Status::WrongUsage,
            code: "unwritable-output",
            message: format!("standard output cannot be written: {error}"),
        }),
        Ok(()) => Ok(()),
    }
}
