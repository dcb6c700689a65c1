//! Programs of Node.js, fetched from npm when they are not there yet.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use crate::project;

/// Fetches a package into a folder, unless a file of it is there, and returns that file.
pub(crate) fn install(folder: &Path, package: &str, file: &str) -> Result<PathBuf, String> {
    let program = folder.join("node_modules").join(file);
    if program.exists() {
        return Ok(program);
    }
    project::on(folder, fs::create_dir_all(folder))?;
    println!("installing {package}");
    let status = Command::new("npm")
        .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(package)
        .status()
        .map_err(|error| format!("npm, which fetches {package}, cannot be run: {error}"))?;
    match status.success() && program.exists() {
        true => Ok(program),
        false => Err(format!("npm could not fetch {package}")),
    }
}

/// A program that is stopped when its value is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that nobody has; it may be taken before a server has it, which fails the start and no more.
pub(crate) fn free_port() -> Result<u16, String> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|error| format!("no port is free: {error}"))
}
