//! Building a client with all that it depends on, into an empty folder: what its first user waits for.

use std::fs;

use super::Setting;
use super::figure::{Figure, Figures};
use super::measure::Measure;
use super::place::Place;
use crate::{measured, project};

/// All programs that cargo runs count, and cargo; fetching does not.
pub(super) fn measure(
    setting: &Setting,
    place: &Place,
    measure: Measure,
) -> Result<Result<Figures, String>, String> {
    let log = place.log(measure, "log");
    let mut fetch = project::cargo(["fetch"]);
    let fetched = fetch.current_dir(place.workspace());
    if let Err(failure) = measured::run(fetched, &log, setting.limits)? {
        return Ok(Err(failure));
    }
    let target = project::target("peers/nothing");
    let _ = fs::remove_dir_all(&target);
    let folder = place.workspace();
    let mut cargo = measured::cargo(measure.cargo(), &folder, &target, setting.jobs);
    cargo.args(["--package", &place.package(), "--lib"]);
    let measured = measured::run(&cargo, &log, setting.limits)?;
    let _ = fs::remove_dir_all(&target);
    Ok(measured.map(|cost| Figures::new([(Figure::Cpu, cost.cpu)])))
}
