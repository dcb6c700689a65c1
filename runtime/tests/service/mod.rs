//! Services that tests start for themselves.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Where it is set, a service that is not installed makes a test fail.
const REQUIRED: &str = "ATTACHE_REQUIRE_SERVICES";

/// A Redis server of one test, on a free port, which keeps nothing.
pub(crate) struct Redis {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl Redis {
    /// None where it is not installed, and may be missing.
    pub(crate) fn start() -> Option<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let folder = std::env::temp_dir().join(format!("attache-redis-{port}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        match spawn(port, &folder) {
            Ok(process) => {
                let redis = Redis {
                    process,
                    port,
                    folder,
                };
                redis.await_answer();
                Some(redis)
            }
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                let is_required = std::env::var_os(REQUIRED).is_some();
                assert!(!is_required, "redis-server cannot be started: {error}");
                eprintln!("skipped, since redis-server cannot be started: {error}");
                None
            }
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Kills it, without a chance to write anything down.
    pub(crate) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    pub(crate) fn start_again(&mut self) {
        self.process = spawn(self.port, &self.folder).expect("it has been started before");
        self.await_answer();
    }

    /// How many keys begin with a text.
    pub(crate) fn count(&self, prefix: &str) -> usize {
        let answer = self.ask(&format!("KEYS {prefix}*\r\n"));
        answer.matches(prefix).count()
    }

    fn await_answer(&self) {
        for _ in 0..200 {
            if self.ask("PING\r\n").starts_with("+PONG") {
                return;
            }
            sleep(Duration::from_millis(25));
        }
        panic!("redis-server does not answer");
    }

    fn ask(&self, command: &str) -> String {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return String::new();
        };
        let mut answer = vec![0; 4_096];
        let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
        let _ = stream.write_all(command.as_bytes());
        let length = stream.read(&mut answer).unwrap_or(0);
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn spawn(port: u16, folder: &std::path::Path) -> std::io::Result<Child> {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}
