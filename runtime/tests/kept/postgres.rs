//! A PostgreSQL server of one test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where it is set, a service that is not installed makes a test fail.
const REQUIRED: &str = "ATTACHE_REQUIRE_SERVICES";

/// A server of one test, on a socket in a folder of its own.
pub struct Postgres {
    process: Child,
    programs: PathBuf,
    folder: PathBuf,
}

impl Postgres {
    /// None where it is not installed, and may be missing.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            let is_required = std::env::var_os(REQUIRED).is_some();
            assert!(!is_required, "PostgreSQL is not installed");
            eprintln!("skipped, since PostgreSQL is not installed");
            return None;
        };
        let folder = folder();
        let data = folder.join("data");
        let initdb = command(&programs, "initdb", &folder)
            .args(["--auth=trust", "--username=attache", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .expect("initdb starts");
        let said = String::from_utf8_lossy(&initdb.stderr);
        assert!(initdb.status.success(), "initdb: {said}");
        let process = spawn(&programs, &folder);
        let postgres = Postgres {
            process,
            programs,
            folder,
        };
        postgres.await_answer();
        Some(postgres)
    }

    /// How to connect to it.
    pub fn address(&self) -> String {
        let folder = self.folder.display();
        format!("host={folder} user=attache dbname=postgres")
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Runs statements as its administrator.
    pub fn run(&self, statements: &str) -> String {
        let output = command(&self.programs, "psql", &self.folder)
            .args([
                "-U", "attache", "-d", "postgres", "-At", "-c", statements, "-h",
            ])
            .arg(&self.folder)
            .output()
            .expect("psql starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "psql: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Stops it at once, as a crash does: without a chance to write anything down.
    pub fn crash(&mut self) {
        // By its own program, since the process that was started may be one that changes the user only.
        let stopped = command(&self.programs, "pg_ctl", &self.folder)
            .args(["stop", "-m", "immediate", "-s", "-D"])
            .arg(self.folder.join("data"))
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }

    pub fn start_again(&mut self) {
        self.process = spawn(&self.programs, &self.folder);
        self.await_answer();
    }

    fn await_answer(&self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            let ready = command(&self.programs, "pg_isready", &self.folder)
                .args(["-q", "-h"])
                .arg(&self.folder)
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL does not answer");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.crash();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Debian keeps the programs of each version in a folder that is not on the path; others have them there.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort();
    folders.reverse();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&on_path));
    let has_all = |folder: &PathBuf| {
        let names = ["initdb", "pg_ctl", "pg_isready", "postgres", "psql"];
        names.iter().all(|name| folder.join(name).exists())
    };
    folders.into_iter().find(has_all)
}

/// A folder that belongs to the user of the server; its path is short, since that of a socket has to be.
fn folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("attache-pg-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).expect("a folder");
    if is_root() {
        let owner = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(owner.is_ok_and(|status| status.success()), "chown postgres");
    }
    folder
}

/// The server refuses to run as root, so the user `postgres` of Debian's package runs it then.
fn command(programs: &Path, name: &str, folder: &Path) -> Command {
    let program = programs.join(name);
    let mut command = match is_root() {
        true => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
            command.arg(program);
            command
        }
        false => Command::new(program),
    };
    command.current_dir(folder).stdin(Stdio::null());
    command
}

fn spawn(programs: &Path, folder: &Path) -> Child {
    command(programs, "postgres", folder)
        .args(["-c", "listen_addresses=", "-D"])
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("postgres starts")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
