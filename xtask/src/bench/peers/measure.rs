//! What is measured of a client.

use std::fmt;

use clap::ValueEnum;

use super::figure::Figures;
use super::place::Place;
use super::{Setting, compile, generate, nothing};

/// A thing that is done with a client, and costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Measure {
    /// Writing the crate
    Generate,
    /// `cargo check` of the crate alone
    Check,
    /// `cargo build` of the crate alone
    Debug,
    /// `cargo build --release` of the crate alone
    Release,
    /// `cargo build` of the program that calls every operation, alone
    CallsDebug,
    /// `cargo build --release` of the program that calls every operation, alone
    CallsRelease,
    /// `cargo build` of the crate with all that it depends on
    Nothing,
    /// `cargo build --release` of the crate with all that it depends on
    NothingRelease,
}

impl Measure {
    /// In the order in which they are taken.
    pub(super) const ALL: [Measure; 8] = [
        Measure::Generate,
        Measure::Check,
        Measure::Debug,
        Measure::Release,
        Measure::CallsDebug,
        Measure::CallsRelease,
        Measure::Nothing,
        Measure::NothingRelease,
    ];

    /// Takes it once; the inner error says how the client failed.
    pub(super) fn take(
        self,
        setting: &Setting,
        place: &Place,
    ) -> Result<Result<Figures, String>, String> {
        if self != Measure::Generate && !place.root().exists() {
            return Ok(Err("was not generated".to_owned()));
        }
        match self {
            Measure::Generate => generate::measure(setting, place),
            Measure::Check | Measure::Debug | Measure::Release => {
                compile::library(setting, place, self)
            }
            Measure::CallsDebug | Measure::CallsRelease => compile::program(setting, place, self),
            Measure::Nothing | Measure::NothingRelease => nothing::measure(setting, place, self),
        }
    }

    /// What cargo is told.
    pub(super) fn cargo(self) -> &'static [&'static str] {
        match self {
            Measure::Generate | Measure::Check => &["check"],
            Measure::Debug | Measure::CallsDebug | Measure::Nothing => &["build"],
            Measure::Release | Measure::CallsRelease | Measure::NothingRelease => {
                &["build", "--release"]
            }
        }
    }

    /// The folder of what cargo makes.
    pub(super) fn profile(self) -> &'static str {
        match self {
            Measure::Release | Measure::CallsRelease | Measure::NothingRelease => "release",
            _ => "debug",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Measure::Generate => "generate",
            Measure::Check => "check",
            Measure::Debug => "debug",
            Measure::Release => "release",
            Measure::CallsDebug => "calls-debug",
            Measure::CallsRelease => "calls-release",
            Measure::Nothing => "nothing",
            Measure::NothingRelease => "nothing-release",
        }
    }

    /// What it is called in the table.
    pub(super) fn title(self) -> &'static str {
        match self {
            Measure::Generate => "generate",
            Measure::Check => "check of the crate",
            Measure::Debug => "debug build of the crate",
            Measure::Release => "release build of the crate",
            Measure::CallsDebug => "debug build of a program with all calls",
            Measure::CallsRelease => "release build of a program with all calls",
            Measure::Nothing => "debug build with all dependencies",
            Measure::NothingRelease => "release build with all dependencies",
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
