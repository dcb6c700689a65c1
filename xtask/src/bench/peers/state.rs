//! What was measured before, so that a run goes on where it was broken off.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;

use serde_json::{Value, json};

use super::figure::Figures;
use super::install::Programs;
use super::measure::Measure;
use super::peer::{Peer, Source};
use super::place::Place;
use crate::project;

/// The runs of one measure of one client.
pub(super) struct State {
    fingerprint: String,
    runs: Vec<Figures>,
    failure: Option<String>,
}

impl State {
    /// What was measured with the same programs.
    pub(super) fn read(place: &Place, measure: Measure, fingerprint: &str) -> State {
        let state = State::last(place, measure);
        let state = state.filter(|state| state.fingerprint == fingerprint);
        state.unwrap_or_else(|| State {
            fingerprint: fingerprint.to_owned(),
            runs: Vec::new(),
            failure: None,
        })
    }

    /// What was measured last, whatever with.
    pub(super) fn last(place: &Place, measure: Measure) -> Option<State> {
        let text = fs::read_to_string(place.state(measure)).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let runs = value["runs"].as_array()?.iter();
        Some(State {
            fingerprint: value["fingerprint"].as_str()?.to_owned(),
            runs: runs.map(Figures::from_json).collect(),
            failure: value["failure"].as_str().map(str::to_owned),
        })
    }

    pub(super) fn runs(&self) -> usize {
        self.runs.len()
    }

    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(super) fn medians(&self) -> Figures {
        Figures::medians(&self.runs)
    }

    pub(super) fn clear(&mut self) {
        self.runs.clear();
        self.failure = None;
    }

    pub(super) fn add(&mut self, figures: Figures) {
        self.runs.push(figures);
    }

    pub(super) fn fail(&mut self, failure: String) {
        self.failure = Some(failure);
    }

    pub(super) fn write(&self, place: &Place, measure: Measure) -> Result<(), String> {
        let path = place.state(measure);
        let folder = path.parent().expect("a state lies in a folder");
        project::on(folder, fs::create_dir_all(folder))?;
        let value = json!({
            "fingerprint": self.fingerprint,
            "runs": self.runs.iter().map(Figures::to_json).collect::<Vec<_>>(),
            "failure": self.failure,
        });
        project::on(&path, fs::write(&path, format!("{value:#}\n")))
    }
}

/// What says of figures that they are of the same programs: compiler, and generator or its version.
pub(super) struct Fingerprints {
    compiler: String,
    own: String,
    texts: Vec<(Peer, String)>,
}

impl Fingerprints {
    pub(super) fn new(programs: &Programs) -> Result<Self, String> {
        let output = Command::new("rustc").arg("--version").output();
        let output = output.map_err(|error| format!("rustc cannot be run: {error}"))?;
        let mut fingerprints = Fingerprints {
            compiler: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            own: own(programs)?,
            texts: Vec::new(),
        };
        fingerprints.texts = Peer::ALL
            .map(|peer| (peer, fingerprints.text(peer)))
            .to_vec();
        Ok(fingerprints)
    }

    pub(super) fn of(&self, peer: Peer) -> &str {
        let found = self.texts.iter().find(|(one, _)| *one == peer);
        found.map_or("", |(_, text)| text)
    }

    fn text(&self, peer: Peer) -> String {
        let version = match peer.source() {
            Source::Own => self.own.clone(),
            Source::Crate { version, .. } | Source::Wheel { version, .. } => version.to_owned(),
        };
        format!("{} {version}, {}", peer.name(), self.compiler)
    }
}

/// Of the program that generates and of the runtime's sources.
fn own(programs: &Programs) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    let mut files = project::files(&project::runtime().join("src"), "rs");
    files.push(project::runtime().join("Cargo.toml"));
    files.extend(programs.path(Peer::Attache).map(ToOwned::to_owned));
    for file in files {
        project::on(&file, fs::read(&file))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
