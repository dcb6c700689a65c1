//! Generation from a build script.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a build script's ways are its environment and its output"
)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{Config, Layout};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, render_human};
use crate::files::{self, WriteError};
use crate::spec::{self, DiskLoader, Loader, Options};

/// How many warnings a build shows one by one.
const SHOWN_WARNINGS: usize = 5;

/// Generates a client as a module of the crate that is being built.
///
/// In `build.rs`:
/// ```no_run
/// attache_generator::Builder::new("parcels.yaml").tag("parcels").generate().unwrap();
/// ```
/// In the crate, which depends on `attache-runtime`:
/// ```ignore
/// mod parcels {
///     include!(concat!(env!("OUT_DIR"), "/parcels/mod.rs"));
/// }
/// ```
/// Cargo runs the build script again when a file of the description changes. Nothing is read from the network, and
/// nothing is written outside the output folder.
#[derive(Clone, Debug)]
pub struct Builder {
    spec: PathBuf,
    config: Config,
    out_dir: Option<PathBuf>,
    strict: bool,
}

/// What a build generated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The folder that holds `mod.rs`.
    pub out_dir: PathBuf,
    /// The number of operations of the client.
    pub operations: usize,
    /// The number of types of the client.
    pub types: usize,
    /// The number of warnings about the description.
    pub warnings: usize,
    /// The number of places that are not, or not fully, in the client.
    pub degraded: usize,
}

impl Builder {
    /// Starts with a description, a path that is absolute or relative to the package.
    pub fn new(spec: impl AsRef<Path>) -> Self {
        let config = Config {
            layout: Layout::Module,
            ..Config::default()
        };
        Builder {
            spec: spec.as_ref().to_owned(),
            config,
            out_dir: None,
            strict: false,
        }
    }

    /// Names the client, and with it the folder below `OUT_DIR`; without it that is the description's file name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.config.name = Some(name.into());
        self
    }

    /// Generates only operations with this tag; may be called several times.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.config.tags.push(tag.into());
        self
    }

    /// Generates only the operation with this id; may be called several times, and adds to [`Builder::tag`].
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.config.operations.push(id.into());
        self
    }

    /// Keeps members of objects that the description does not name, as JSON.
    pub fn keep_unknown_fields(mut self) -> Self {
        self.config.keep_unknown_fields = true;
        self
    }

    /// Writes `mod.rs` and what is below it to this folder instead of one in `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Fails on warnings too.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Generates the module and tells Cargo which files it depends on.
    pub fn generate(self) -> Result<Report, BuildError> {
        let out_dir = self.output_folder()?;
        let mut diagnostics = Diagnostics::new();
        let loader = RecordingLoader::default();
        let entry = self.spec.to_string_lossy();
        let tree = spec::read(&entry, &loader, &Options::default(), &mut diagnostics);
        for path in loader.asked.borrow().iter() {
            tell_cargo("rerun-if-changed", path);
        }
        let generated = tree
            .as_ref()
            .and_then(|tree| crate::generate(tree, &self.config, &mut diagnostics));
        if self.strict {
            diagnostics.promote_warnings();
        }
        let findings = diagnostics.into_sorted();
        let errors: Vec<_> = of(&findings, Severity::Error)
            .map(|error| render_human(error, false))
            .collect();
        let Some(generated) = generated.filter(|_| errors.is_empty()) else {
            return Err(BuildError::Description(errors.join("\n")));
        };
        warn(&findings);
        files::write(&generated.files, &out_dir).map_err(BuildError::Output)?;
        Ok(Report {
            out_dir,
            operations: generated.client.operations.len(),
            types: generated.client.types.len(),
            warnings: of(&findings, Severity::Warning).count(),
            degraded: findings
                .iter()
                .filter(|finding| finding.code.degrades)
                .count(),
        })
    }

    fn output_folder(&self) -> Result<PathBuf, BuildError> {
        if let Some(folder) = &self.out_dir {
            return Ok(folder.clone());
        }
        let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or(BuildError::NoOutputFolder)?);
        let stem = || {
            self.spec
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        };
        let name = self
            .config
            .name
            .clone()
            .or_else(stem)
            .unwrap_or_else(|| "client".to_owned());
        // A name is no path: it must not lead out of the folder that Cargo gave.
        Ok(folder.join(name.replace(['/', '\\', ':'], "-").trim_start_matches('.')))
    }
}

/// Why a build generated nothing. `Debug` reads like `Display`, since build scripts `unwrap`.
#[non_exhaustive]
pub enum BuildError {
    /// The description has errors: their messages, each with its place.
    Description(String),
    /// The output folder could not be written.
    Output(WriteError),
    /// `OUT_DIR` is not set, as it is in a build script, and no other folder was given.
    NoOutputFolder,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Description(errors) => {
                write!(f, "the API description has errors\n\n{errors}")
            }
            BuildError::Output(error) => write!(f, "{error}"),
            BuildError::NoOutputFolder => write!(
                f,
                "OUT_DIR is not set; outside of a build script call `out_dir`"
            ),
        }
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::Output(error) => Some(error),
            BuildError::Description(_) | BuildError::NoOutputFolder => None,
        }
    }
}

/// Reads from disk and remembers every file asked for, also those that are missing: they may appear.
#[derive(Default)]
struct RecordingLoader {
    disk: DiskLoader,
    asked: RefCell<BTreeSet<String>>,
}

impl Loader for RecordingLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.asked.borrow_mut().insert(path.to_owned());
        self.disk.load(path)
    }
}

fn of(findings: &[Diagnostic], severity: Severity) -> impl Iterator<Item = &Diagnostic> {
    findings
        .iter()
        .filter(move |finding| finding.severity == severity)
}

fn warn(findings: &[Diagnostic]) {
    let warnings: Vec<_> = of(findings, Severity::Warning).collect();
    for warning in warnings.iter().take(SHOWN_WARNINGS) {
        let place = warning
            .at
            .as_ref()
            .map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column))
            .unwrap_or_default();
        tell_cargo(
            "warning",
            &format!("{place}{} [{}]", warning.message, warning.code.name),
        );
    }
    if let Some(more) = warnings
        .len()
        .checked_sub(SHOWN_WARNINGS)
        .filter(|more| *more > 0)
    {
        tell_cargo(
            "warning",
            &format!("and {more} more warnings; `attache check` shows them"),
        );
    }
}

/// Cargo reads instructions line by line, so a value must be one line.
fn tell_cargo(instruction: &str, value: &str) {
    println!("cargo::{instruction}={}", value.replace(['\n', '\r'], " "));
}

#[cfg(test)]
mod tests {
    use super::{BuildError, Builder};

    #[test]
    fn the_folder_is_named_after_the_file() {
        let folder = Builder::new("specs/parcels.yaml")
            .out_dir("out")
            .output_folder();
        assert_eq!(folder.unwrap(), std::path::Path::new("out"));
    }

    #[test]
    fn errors_read_well_when_unwrapped() {
        let error = BuildError::Description("error[x]: y".to_owned());
        assert_eq!(
            format!("{error:?}"),
            "the API description has errors\n\nerror[x]: y"
        );
    }
}
