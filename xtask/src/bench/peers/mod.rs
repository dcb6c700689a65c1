//! `cargo xtask bench peers`: what clients cost to generate and to compile, here and with other generators.
//!
//! Input: descriptions of the corpus, and the generators in pinned versions, installed where they are missing.
//! Output: tables in `target/peers/table.md` and `table.json`, with medians, and how many times as much the best peer takes.
//! Invariant: generators take turns within each measure, and one program runs at a time; costs are time on processors
//! and memory of the programs alone, so a busy machine says little else. What was measured once is kept in
//! `target/peers/state`, so a run that was broken off goes on.
//! Never: leaves a failure of a generator out; it stands in the table with its first words.

mod calls;
mod compile;
mod document;
mod figure;
mod generate;
mod install;
mod measure;
mod nothing;
mod peer;
mod place;
mod report;
mod scaffold;
mod state;

use std::path::PathBuf;
use std::time::Instant;

use document::Document;
use measure::Measure;
use peer::Peer;
use place::Place;
use state::State;

use crate::measured::Limits;
use crate::{Outcome, corpus, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this description; may be repeated
    #[arg(long = "document", value_name = "NAME", value_enum)]
    documents: Vec<Document>,
    /// Only this generator; may be repeated
    #[arg(long = "peer", value_name = "NAME", value_enum)]
    peers: Vec<Peer>,
    /// Only this measure; may be repeated [default: all for oxide-nexus, generate and check for the others]
    #[arg(long = "measure", value_name = "NAME", value_enum)]
    measures: Vec<Measure>,
    /// How often each is measured
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Measures again what was measured before
    #[arg(long)]
    again: bool,
    /// Measures nothing, writes the table of what was measured
    #[arg(long)]
    table: bool,
    /// Where the generators are installed [default: target/peers-cache]
    #[arg(long, value_name = "DIR", env = "ATTACHE_PEERS")]
    cache: Option<PathBuf>,
    /// How many crates cargo compiles at once, and how many parts of one
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    #[command(flatten)]
    limits: Limits,
}

/// What all steps of a run have to know.
struct Setting {
    programs: install::Programs,
    corpus: PathBuf,
    jobs: usize,
    limits: Limits,
    fingerprints: state::Fingerprints,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let documents = chosen(&arguments.documents, &Document::ALL);
    let peers = chosen(&arguments.peers, &Peer::ALL);
    if !arguments.table {
        let measured = measure_all(arguments, &documents, &peers);
        generate::clear();
        measured?;
    }
    report::write()?;
    Ok(true)
}

fn measure_all(
    arguments: &Arguments,
    documents: &[Document],
    peers: &[Peer],
) -> Result<(), String> {
    let cache = arguments.cache.clone();
    let cache = cache.unwrap_or_else(|| project::target("peers-cache"));
    let programs = install::install(&cache, peers)?;
    let setting = Setting {
        fingerprints: state::Fingerprints::new(&programs)?,
        programs,
        corpus: corpus::folder()?,
        jobs: arguments.jobs,
        limits: arguments.limits,
    };
    for document in documents {
        for measure in document.measures(&arguments.measures) {
            for run in 0..arguments.runs {
                for peer in peers {
                    let place = Place {
                        document: *document,
                        peer: *peer,
                    };
                    let forget = arguments.again && run == 0;
                    one(&setting, &place, measure, run, forget)?;
                }
            }
        }
    }
    Ok(())
}

/// One measure of one client, unless it was taken before.
fn one(
    setting: &Setting,
    place: &Place,
    measure: Measure,
    run: usize,
    forget: bool,
) -> Result<(), String> {
    let fingerprint = setting.fingerprints.of(place.peer);
    let mut state = State::read(place, measure, fingerprint);
    if forget {
        state.clear();
    }
    if state.failure().is_some() || state.runs() > run {
        return Ok(());
    }
    let label = format!("{} {} {}", place.document, measure, place.peer);
    eprint!("{label} … ");
    let start = Instant::now();
    match measure.take(setting, place)? {
        Ok(figures) => {
            eprintln!("{figures} ({:.0} s)", start.elapsed().as_secs_f64());
            state.add(figures);
        }
        Err(failure) => {
            eprintln!("{failure} ({:.0} s)", start.elapsed().as_secs_f64());
            state.fail(failure);
        }
    }
    state.write(place, measure)
}

fn chosen<T: Copy>(wanted: &[T], all: &[T]) -> Vec<T> {
    let chosen = if wanted.is_empty() { all } else { wanted };
    chosen.to_vec()
}
