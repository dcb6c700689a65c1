//! Generating: the command of each generator, with its defaults, into an empty folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::figure::{Figure, Figures};
use super::measure::Measure;
use super::peer::Peer;
use super::place::Place;
use super::{Setting, calls, scaffold};
use crate::{measured, project};

/// Writes the client anew; the inner error says how the generator failed.
pub(super) fn measure(setting: &Setting, place: &Place) -> Result<Result<Figures, String>, String> {
    let Some(program) = setting.programs.path(place.peer) else {
        return Ok(Err("cannot be installed".to_owned()));
    };
    let client = place.client();
    set_aside(&client)?;
    let workspace = place.workspace();
    project::on(&workspace, fs::create_dir_all(&workspace))?;
    let log = place.log(Measure::Generate, "log");
    let spec = place.document.path(&setting.corpus);
    let command = command(place, program, &spec);
    let cost = match measured::run(&command, &log, setting.limits)? {
        Ok(cost) => cost,
        Err(failure) => return Ok(Err(failure)),
    };
    // Some end well and write nothing.
    let lines = project::lines(&client);
    if lines == 0 {
        return Ok(Err(measured::first_words(&log, "writes nothing")));
    }
    scaffold::complete(place)?;
    let operations = calls::write(place)?;
    Ok(Ok(Figures::new([
        (Figure::Cpu, cost.cpu),
        (Figure::Peak, cost.peak),
        (Figure::Lines, lines as f64),
        (Figure::Operations, operations as f64),
    ])))
}

/// Where clients of former runs are until all runs have ended.
fn aside() -> PathBuf {
    project::target("peers/aside")
}

/// Makes room for a client without deleting one: where ext4 has just deleted files it takes a second longer to create
/// others, since it looks for numbers of files that were not used lately.
fn set_aside(client: &Path) -> Result<(), String> {
    if !client.exists() {
        return Ok(());
    }
    project::on(&aside(), fs::create_dir_all(aside()))?;
    let others = project::on(&aside(), fs::read_dir(aside()))?.count();
    project::on(client, fs::rename(client, aside().join(others.to_string())))
}

/// Deletes what was set aside.
pub(super) fn clear() {
    let _ = fs::remove_dir_all(aside());
}

fn command(place: &Place, program: &Path, spec: &Path) -> Command {
    let (client, package) = (place.client(), place.package());
    let mut command = match place.peer {
        Peer::OpenapiGenerator => Command::new("java"),
        _ => Command::new(program),
    };
    match place.peer {
        Peer::Attache => command
            .arg("generate")
            .arg(spec)
            .args(["--quiet", "--name", &package, "--runtime-path"])
            .arg(project::runtime())
            .arg("--out")
            .arg(&client),
        Peer::Progenitor => command
            .args(["progenitor", "--name", &package, "--version", "0.1.0"])
            .arg("--input")
            .arg(spec)
            .arg("--output")
            .arg(&client),
        Peer::OpenapiToRust => command
            .arg("generate")
            .arg(spec)
            .args(["--module-name", "api", "--output-dir"])
            .arg(client.join("src/generated")),
        Peer::Oas3Gen => command
            .args(["generate", "client-mod", "--workspace", "--input"])
            .arg(spec)
            .arg("--output")
            .arg(&client),
        Peer::Ploidy => command
            .args(["generate", "rust"])
            .arg(spec)
            .args(["--name", &package, "--output"])
            .arg(&client),
        Peer::OpenapiNexus => command
            .args(["generate", "--generators", "rust-reqwest", "--input"])
            .arg(spec)
            .arg("--output")
            .arg(&client),
        // The version of an API is no version of a crate.
        Peer::OpenapiGenerator => command
            // It refuses YAML of more than 3 MB otherwise.
            .arg(format!("-DmaxYamlCodePoints={}", i32::MAX))
            .arg("-jar")
            .arg(program)
            .args(["generate", "--generator-name", "rust"])
            .args(["--package-name", &package])
            .args(["--additional-properties", "packageVersion=0.1.0"])
            .arg("--input-spec")
            .arg(spec)
            .arg("--output")
            .arg(&client),
    };
    command.current_dir(place.workspace());
    command
}
