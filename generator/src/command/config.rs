//! The configuration of a run: the settings file, then the command line.

use std::fs;

use attache_generator::config::Config;
use attache_generator::settings;

use super::arguments::Selection;
use super::status::Failure;

/// Reads the settings file, if one is named, and puts the options over it.
pub(super) fn read(selection: &Selection) -> Result<Config, Failure> {
    let mut config = match &selection.config {
        None => Config::default(),
        Some(path) => {
            let failure = |reason: String| {
                Failure::usage("unreadable-config", format!("{}: {reason}", path.display()))
            };
            let text = fs::read_to_string(path).map_err(|error| failure(error.to_string()))?;
            settings::read(&text).map_err(failure)?
        }
    };
    if selection.name.is_some() {
        config.name.clone_from(&selection.name);
    }
    if !selection.tags.is_empty() {
        config.tags.clone_from(&selection.tags);
    }
    if !selection.operations.is_empty() {
        config.operations.clone_from(&selection.operations);
    }
    Ok(config)
}
