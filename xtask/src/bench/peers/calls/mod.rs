//! A program that calls every operation of a client once: generic and async code is only compiled where it is used.
//!
//! Input: the generated sources. Output: a crate beside the client, and how many operations there are.
//! Invariant: values of arguments are asked of one function that no compiler can see through, all optional ones too, so
//! that everything that a call may need is compiled.
//! Never: knows anything of a single description.

mod argument;
mod builders;
mod features;
mod functions;
mod methods;
mod program;
mod sources;

use std::fs;

use super::peer::Peer;
use super::place::Place;
use crate::project;

/// What can be called in a client.
#[derive(Debug, Default, PartialEq)]
struct Api {
    /// What the program imports: `parcels_client::types`.
    imports: Vec<String>,
    /// The type that is called upon, in an expression that makes one.
    client: String,
    construct: String,
    /// Expressions of futures, with `client` in them.
    calls: Vec<String>,
    /// Operations that cannot be called by rote, with the reason.
    others: Vec<String>,
}

/// Reads the generated client and writes the program; gives the number of operations.
pub(super) fn write(place: &Place) -> Result<usize, String> {
    let _ = fs::remove_dir_all(place.calls());
    let sources = sources::read(&place.client())?;
    let library = place.library();
    let api = match place.peer {
        Peer::Attache => builders::read(&sources, &library),
        Peer::OpenapiGenerator => functions::read(&sources, &library),
        _ => methods::read(&sources, &library, place.peer),
    };
    program::write(place, &api)?;
    Ok(api.calls.len() + api.others.len())
}

/// Why the program that was written does not call every operation.
pub(super) fn missing(place: &Place) -> Option<String> {
    let path = place.calls().join("not-called.txt");
    let others = fs::read_to_string(path).unwrap_or_default();
    let first = others.lines().next()?;
    let count = others.lines().count();
    Some(format!(
        "{count} operations cannot be called by rote: {first}"
    ))
}

/// What could not be called, beside the program.
fn write_others(place: &Place, others: &[String]) -> Result<(), String> {
    let path = place.calls().join("not-called.txt");
    project::on(&path, fs::write(&path, others.join("\n")))
}
