//! Prism, which mocks an API by its description and refuses requests that break it.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::npm::{self, Running};
use crate::project;

const PACKAGE: &str = "@stoplight/prism-cli@5";
/// A large description takes Prism minutes to read.
const START: Duration = Duration::from_secs(180);
const PAUSE: Duration = Duration::from_millis(200);

/// The program, fetched from npm when it is not there yet.
pub(super) fn install() -> Result<PathBuf, String> {
    let file = "@stoplight/prism-cli/dist/index.js";
    npm::install(&project::target("prism"), PACKAGE, file)
}

/// A server that ends with its value.
pub(super) struct Prism {
    process: Running,
    port: u16,
}

/// Prism for one description.
pub(super) struct Judge<'j> {
    pub(super) program: &'j Path,
    pub(super) spec: &'j Path,
    /// Where it writes.
    pub(super) log: &'j Path,
}

impl Judge<'_> {
    /// Starts a server with further options; `Err` says why it does not listen.
    pub(super) fn start(&self, options: &[&str]) -> Result<Prism, String> {
        let log = self.log;
        let port = npm::free_port()?;
        let file = project::on(log, File::create(log))?;
        let errors = project::on(log, file.try_clone())?;
        let mut command = Command::new("node");
        command.arg("--max-old-space-size=6144").arg(self.program);
        command.args(["mock", "--errors", "--host", "127.0.0.1", "--port"]);
        command.arg(port.to_string()).args(options).arg(self.spec);
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let child = command.spawn();
        let child =
            child.map_err(|error| format!("node, which runs Prism, cannot be run: {error}"))?;
        let mut prism = Prism {
            process: Running(child),
            port,
        };
        prism.wait(log)?;
        Ok(prism)
    }
}

impl Prism {
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Whether it ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        matches!(self.process.0.try_wait(), Ok(Some(_)))
    }

    fn wait(&mut self, log: &Path) -> Result<(), String> {
        let started = Instant::now();
        while started.elapsed() < START {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.process.0.try_wait() {
                let text = fs::read_to_string(log).unwrap_or_default();
                let mut lines = text.lines().rev();
                let last = lines.find(|line| line.to_lowercase().contains("error"));
                let said = last.or(text.lines().next_back()).unwrap_or_default();
                return Err(format!("Prism ended with {status}: {said}"));
            }
            thread::sleep(PAUSE);
        }
        Err(format!(
            "Prism does not listen after {} seconds",
            START.as_secs()
        ))
    }
}
