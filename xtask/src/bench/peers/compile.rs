//! Compiling a client alone, and the program that calls it alone: what they depend on is there, or does not count.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use super::figure::{Figure, Figures};
use super::measure::Measure;
use super::place::Place;
use super::{Setting, calls};
use crate::{measured, project};

/// The crate itself.
pub(super) fn library(
    setting: &Setting,
    place: &Place,
    measure: Measure,
) -> Result<Result<Figures, String>, String> {
    touch(&place.root())?;
    let package = ["--package", &place.package(), "--lib"];
    let cost = match compile(setting, place, measure, package)? {
        Ok(cost) => cost,
        Err(failure) => return Ok(Err(failure)),
    };
    let mut figures = Figures::new([(Figure::Cpu, cost.cpu), (Figure::Peak, cost.peak)]);
    let library = format!("lib{}.rlib", place.library());
    let library = place.target().join(measure.profile()).join(library);
    if measure != Measure::Check {
        figures.0.insert(Figure::Library, megabytes(&library)?);
    }
    Ok(Ok(figures))
}

/// The program that calls every operation.
pub(super) fn program(
    setting: &Setting,
    place: &Place,
    measure: Measure,
) -> Result<Result<Figures, String>, String> {
    // Written anew, it is compiled anew.
    calls::write(place)?;
    if let Some(reason) = calls::missing(place) {
        return Ok(Err(reason));
    }
    let package = ["--package", &place.program(), "--bins"];
    let cost = match compile(setting, place, measure, package)? {
        Ok(cost) => cost,
        Err(failure) => return Ok(Err(failure)),
    };
    let folder = place.target().join(measure.profile());
    let program = folder.join(place.program());
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(&program)
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Err("`strip`, of binutils, cannot be run".to_owned());
    }
    Ok(Ok(Figures::new([
        (Figure::Cpu, cost.cpu),
        (Figure::Peak, cost.peak),
        (Figure::Program, megabytes(&stripped)?),
    ])))
}

/// What one crate cost among those that cargo compiled, or how it failed.
fn compile(
    setting: &Setting,
    place: &Place,
    measure: Measure,
    package: [&str; 3],
) -> Result<measured::Measured, String> {
    let (folder, target) = (place.workspace(), place.target());
    let mut cargo = measured::cargo(measure.cargo(), &folder, &target, setting.jobs);
    cargo.args(package);
    let name = package[1].replace('-', "_");
    measured::compile(cargo, &name, &place.log(measure, "log"), setting.limits)
}

/// Makes cargo see a change.
fn touch(file: &Path) -> Result<(), String> {
    let open = File::options().append(true).open(file);
    let touched = open.and_then(|open| open.set_modified(SystemTime::now()));
    project::on(file, touched)
}

fn megabytes(file: &Path) -> Result<f64, String> {
    let length = project::on(file, fs::metadata(file))?.len();
    Ok(length as f64 / 1e6)
}
