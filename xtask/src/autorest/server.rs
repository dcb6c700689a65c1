//! AutoRest's test server, from npm.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::npm::{self, Running};
use crate::project;

const PACKAGE: &str = "@microsoft.azure/autorest.testserver@3.3.51";
const PROGRAM: &str = "@microsoft.azure/autorest.testserver/dist/cli/cli.js";
/// The server reads all descriptions before it listens.
const PATIENCE: Duration = Duration::from_secs(60);
/// Where the server tells how often each scenario passed.
const REPORTS: [&str; 3] = ["/report", "/report/optional", "/report/azure"];

/// A server that runs until it is dropped.
pub(super) struct Server {
    _process: Running,
    port: u16,
    url: String,
}

impl Server {
    /// Installs the server where that has not been done, and starts it on a free port.
    pub(super) fn start(folder: &Path) -> Result<Self, String> {
        let program = npm::install(folder, PACKAGE, PROGRAM)?;
        let port = npm::free_port()?;
        let log = folder.join("server.log");
        let log = project::on(&log, File::create(&log))?;
        let child = Command::new("node")
            .arg(program)
            .args(["run", "--port"])
            .arg(port.to_string())
            .arg("--coverageDirectory")
            .arg(folder.join("coverage"))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node cannot be run: {error}"))?;
        let url = format!("http://localhost:{port}");
        let server = Server {
            _process: Running(child),
            port,
            url,
        };
        let started = Instant::now();
        while server.get(REPORTS[0]).is_err() {
            if started.elapsed() > PATIENCE {
                return Err("the server of AutoRest does not listen; see server.log".to_owned());
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(server)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// How often each scenario has passed.
    pub(super) fn scenarios(&self) -> Result<BTreeMap<String, u64>, String> {
        let mut scenarios = BTreeMap::new();
        for report in REPORTS {
            let text = self.get(report)?;
            let found: BTreeMap<String, u64> =
                serde_json::from_str(&text).map_err(|error| format!("{report}: {error}"))?;
            scenarios.extend(found);
        }
        Ok(scenarios)
    }

    /// The body of an answer; the connection is closed after it.
    fn get(&self, path: &str) -> Result<String, String> {
        let exchange = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("localhost", self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        let answer = exchange().map_err(|error| format!("{path}: {error}"))?;
        match answer.split_once("\r\n\r\n") {
            Some((head, body)) if head.contains(" 200 ") => Ok(body.to_owned()),
            _ => Err(format!("{path}: the server has no report")),
        }
    }
}
