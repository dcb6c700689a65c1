//! `cargo xtask autorest`: generated clients against the servers that AutoRest's own clients are tested with.
//!
//! Input: AutoRest's descriptions in the corpus, a program for each in `tests/autorest/`, Node.js and npm.
//! Output: the tests of each program, and which scenarios the server saw pass.
//! Invariants: the server is the one that is published, and judges by itself; it is stopped in the end.
//! Never: a scenario taken for passed that the server did not count.

mod server;
mod suite;

use crate::{Outcome, project};
use server::Server;
use suite::{SUITES, Suite};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these suites: url, header, formdata, paging
    suites: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    for name in &arguments.suites {
        if SUITES.iter().all(|suite| suite.name != name) {
            return Err(format!("there is no suite {name:?}"));
        }
    }
    let wanted = |suite: &&Suite| {
        arguments.suites.is_empty() || arguments.suites.iter().any(|name| name == suite.name)
    };
    let suites: Vec<&Suite> = SUITES.iter().filter(wanted).collect();
    let folder = project::target("autorest");
    let crates = folder.join("crates");
    for suite in &suites {
        suite.generate(&crates)?;
    }
    let packages = suites.iter().map(|suite| suite.package());
    project::write_workspace(&crates, packages, "debug = false\n")?;
    let server = Server::start(&folder)?;
    let mut is_well = true;
    for suite in suites {
        let passes = suite.test(&crates, server.url())?;
        let (passed, missed) = suite.scenarios(&server.scenarios()?);
        println!(
            "{}: {passed} scenarios passed, {} missed",
            suite.name,
            missed.len()
        );
        for scenario in &missed {
            println!("    {scenario}");
        }
        is_well &= passes && missed.is_empty();
    }
    Ok(is_well)
}
