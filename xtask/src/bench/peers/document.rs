//! The descriptions of the corpus that clients are compared for.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::measure::Measure;

/// A description of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Document {
    OxideNexus,
    Asana,
    Stripe,
    Github,
}

impl Document {
    /// The small ones first.
    pub(super) const ALL: [Document; 4] = [
        Document::OxideNexus,
        Document::Asana,
        Document::Stripe,
        Document::Github,
    ];

    /// Where it lies in the folder of the corpus.
    pub(super) fn path(self, corpus: &Path) -> PathBuf {
        corpus.join(match self {
            Document::OxideNexus => "oxide-nexus.json",
            Document::Asana => "asana.yaml",
            Document::Stripe => "stripe-spec3-2023-09.yaml",
            Document::Github => "github-rest-api.json",
        })
    }

    /// How many operations it describes.
    pub(super) fn operations(self) -> usize {
        match self {
            Document::OxideNexus => 193,
            Document::Asana => 167,
            Document::Stripe => 468,
            Document::Github => 1_223,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Document::OxideNexus => "oxide-nexus",
            Document::Asana => "asana",
            Document::Stripe => "stripe",
            Document::Github => "github",
        }
    }

    /// The measures that were asked for, or else those that end within minutes.
    pub(super) fn measures(self, wanted: &[Measure]) -> Vec<Measure> {
        let measures: &[Measure] = match self {
            _ if !wanted.is_empty() => wanted,
            Document::OxideNexus => &Measure::ALL,
            _ => &[Measure::Generate, Measure::Check],
        };
        let mut measures = measures.to_vec();
        // Clients are there before they are compiled.
        measures.sort_unstable();
        measures.dedup();
        measures
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
