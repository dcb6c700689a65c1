//! The programs of the generators: fetched in pinned versions, built once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::peer::{Peer, Source};
use crate::bench::generator;
use crate::project;

/// Where the program of each generator lies.
pub(super) struct Programs(Vec<(Peer, PathBuf)>);

impl Programs {
    pub(super) fn path(&self, peer: Peer) -> Option<&Path> {
        let mut programs = self.0.iter();
        let found = programs.find(|(one, _)| *one == peer);
        found.map(|(_, path)| path.as_path())
    }
}

/// Fetches and builds what is missing; a generator that cannot be installed is missing from the comparison, as a failure.
pub(super) fn install(cache: &Path, peers: &[Peer]) -> Result<Programs, String> {
    project::on(cache, fs::create_dir_all(cache))?;
    let cache = project::on(cache, cache.canonicalize())?;
    let mut programs = Vec::new();
    for peer in peers {
        let program = match peer.source() {
            Source::Own => generator::build()?,
            Source::Crate { name, version } => from_crates(&cache, name, version)?,
            Source::Wheel {
                name,
                version,
                sha256,
                jar,
            } => from_wheel(&cache, name, version, sha256)?.join(jar),
        };
        if program.exists() {
            programs.push((*peer, program));
        } else {
            eprintln!(
                "{peer} cannot be installed: {} is missing",
                program.display()
            );
        }
    }
    Ok(Programs(programs))
}

fn from_crates(cache: &Path, name: &str, version: &str) -> Result<PathBuf, String> {
    let folder = cache.join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.exists() {
        eprintln!("installing {name} {version}");
        let mut install = project::cargo(["install", "--quiet", "--locked", "--version", version]);
        install.arg("--root").arg(&folder).arg(name);
        install.env("CARGO_TARGET_DIR", cache.join("build"));
        run(&mut install)?;
    }
    Ok(program)
}

/// Python's installer checks the hash; it unpacks the archive and nothing else.
fn from_wheel(cache: &Path, name: &str, version: &str, sha256: &str) -> Result<PathBuf, String> {
    let folder = cache.join(format!("{name}-{version}"));
    if !folder.exists() {
        eprintln!("installing {name} {version}");
        let wanted = cache.join(format!("{name}-{version}.txt"));
        let text = format!("{name}=={version} --hash=sha256:{sha256}\n");
        project::on(&wanted, fs::write(&wanted, text))?;
        let mut install = Command::new("python3");
        install.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
        install.args(["--only-binary", ":all:", "--require-hashes"]);
        install.arg("--target").arg(&folder);
        run(install.arg("--requirement").arg(&wanted))?;
    }
    Ok(folder)
}

/// What cannot be installed is noticed by its missing program.
fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status();
    let status = status.map_err(|error| format!("{program} cannot be run: {error}"))?;
    if !status.success() {
        eprintln!("{program} ended with {status}");
    }
    Ok(())
}
