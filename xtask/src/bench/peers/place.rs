//! Where the client of one description by one generator lies, and what is made of it.

use std::path::PathBuf;

use super::document::Document;
use super::measure::Measure;
use super::peer::Peer;
use crate::project;

/// The client of a description by a generator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) document: Document,
    pub(super) peer: Peer,
}

impl Place {
    /// The name of the package.
    pub(super) fn package(&self) -> String {
        format!("{}-client", self.document)
    }

    /// The name of the library, as the compiler is told it.
    pub(super) fn library(&self) -> String {
        self.package().replace('-', "_")
    }

    /// The name of the package with the program that calls every operation.
    pub(super) fn program(&self) -> String {
        format!("{}-calls", self.document)
    }

    /// The workspace of the client and of the program.
    pub(super) fn workspace(&self) -> PathBuf {
        let work = project::target("peers/work");
        work.join(self.document.name()).join(self.peer.name())
    }

    /// The crate.
    pub(super) fn client(&self) -> PathBuf {
        self.workspace().join(self.package())
    }

    /// The root of its library.
    pub(super) fn root(&self) -> PathBuf {
        self.client().join("src/lib.rs")
    }

    /// The crate of the program.
    pub(super) fn calls(&self) -> PathBuf {
        self.workspace().join(self.program())
    }

    /// What cargo makes; clients of one generator share their dependencies.
    pub(super) fn target(&self) -> PathBuf {
        project::target("peers/build").join(self.peer.name())
    }

    /// What a measure left behind, with this extension.
    pub(super) fn log(&self, measure: Measure, extension: &str) -> PathBuf {
        let file = format!("{}-{measure}-{}.{extension}", self.document, self.peer);
        project::target("peers/log").join(file)
    }

    /// What was measured.
    pub(super) fn state(&self, measure: Measure) -> PathBuf {
        let state = project::target("peers/state");
        let folder = state.join(self.document.name()).join(self.peer.name());
        folder.join(format!("{measure}.json"))
    }
}
