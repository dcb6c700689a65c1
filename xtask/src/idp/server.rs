//! The identity server, from npm.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::npm::{self, Running};
use crate::project;

const PACKAGE: &str = "oidc-provider@9.13.3";
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that runs until it is dropped.
pub(super) struct Server {
    _process: Running,
    url: String,
    key: PathBuf,
}

impl Server {
    /// Installs the server where that has not been done, and starts it on a free port.
    pub(super) fn start(folder: &Path) -> Result<Self, String> {
        npm::install(folder, PACKAGE, "oidc-provider/package.json")?;
        let program = folder.join("server.mjs");
        // Beside its modules, where it finds them.
        project::on(&program, fs::write(&program, include_str!("server.mjs")))?;
        let port = npm::free_port()?;
        let log = folder.join("server.log");
        let out = project::on(&log, File::create(&log))?;
        let errors = project::on(&log, out.try_clone())?;
        let child = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder)
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("node cannot be run: {error}"))?;
        let server = Self {
            _process: Running(child),
            url: format!("http://127.0.0.1:{port}"),
            key: folder.join("key.json"),
        };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if started.elapsed() > PATIENCE {
                let log = log.display();
                return Err(format!("the identity server does not listen; see {log}"));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The key of a client that signs.
    pub(super) fn key(&self) -> Result<String, String> {
        project::on(&self.key, fs::read_to_string(&self.key))
    }
}
