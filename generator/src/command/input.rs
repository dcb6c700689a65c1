//! Reading the description that the arguments name.

use std::io::Read;

use attache_generator::diagnostic::Diagnostics;
use attache_generator::spec::{self, DiskLoader, MemoryLoader, Options, Tree};

use super::status::Failure;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// What messages call it.
const STANDARD_INPUT_NAME: &str = "<stdin>";

/// Reads the description; None when nothing of it can be read, which a diagnostic explains.
pub(super) fn read(spec: &str, diagnostics: &mut Diagnostics) -> Result<Option<Tree>, Failure> {
    let options = Options::default();
    if spec != STANDARD_INPUT {
        return Ok(spec::read(
            spec,
            &DiskLoader::new(&options),
            &options,
            diagnostics,
        ));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::usage(
                "unreadable-file",
                format!("standard input cannot be read: {error}"),
            )
        })?;
    let loader = MemoryLoader::new().with(STANDARD_INPUT_NAME, bytes);
    Ok(spec::read(
        STANDARD_INPUT_NAME,
        &loader,
        &options,
        diagnostics,
    ))
}
