//! How long a program may run, and how much memory it may take.

use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const EVERY: Duration = Duration::from_millis(20);

/// What a program may take.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Limits {
    /// Seconds by the clock that a step may take
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600)]
    pub(crate) limit_seconds: u64,
    /// Megabytes that a process may take
    #[arg(long, value_name = "MB", default_value_t = 18_000)]
    pub(crate) limit_memory: u64,
    /// Megabytes that the machine keeps free
    #[arg(long, value_name = "MB", default_value_t = 700)]
    pub(crate) keep_free: u64,
}

impl Limits {
    pub(super) fn arguments(self) -> [String; 6] {
        [
            "--limit-seconds".to_owned(),
            self.limit_seconds.to_string(),
            "--limit-memory".to_owned(),
            self.limit_memory.to_string(),
            "--keep-free".to_owned(),
            self.keep_free.to_string(),
        ]
    }

    /// Why a program that has run for so long is ended.
    fn broken(self, elapsed: Duration, available: Option<u64>) -> Option<String> {
        if elapsed.as_secs() >= self.limit_seconds {
            return Some(format!("ended after {} s", self.limit_seconds));
        }
        available
            .filter(|available| *available < self.keep_free)
            .map(|available| format!("ended, since the machine had {available} MB left"))
    }
}

/// Runs the program to its end, or ends it with all its children; the inner error says which limit it broke.
#[cfg(unix)]
pub(super) fn run(
    command: &mut Command,
    limits: Limits,
) -> Result<Result<ExitStatus, String>, String> {
    forbid_more(limits.limit_memory)?;
    watch(command, limits)
}

/// Runs the program, and looks now and then at what it has taken.
#[cfg(unix)]
fn watch(command: &mut Command, limits: Limits) -> Result<Result<ExitStatus, String>, String> {
    use std::os::unix::process::CommandExt;

    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;

    let start = Instant::now();
    let child = command.process_group(0).spawn();
    let mut child = child.map_err(|error| {
        let program = command.get_program().to_string_lossy();
        format!("{program} cannot be run: {error}")
    })?;
    loop {
        let status = child.try_wait().map_err(|error| error.to_string())?;
        if let Some(status) = status {
            return Ok(Ok(status));
        }
        if let Some(reason) = limits.broken(start.elapsed(), available_memory()) {
            let group = i32::try_from(child.id()).map_err(|error| error.to_string())?;
            killpg(Pid::from_raw(group), Signal::SIGKILL).map_err(|error| error.to_string())?;
            child.wait().map_err(|error| error.to_string())?;
            return Ok(Err(reason));
        }
        thread::sleep(EVERY);
    }
}

#[cfg(not(unix))]
pub(super) fn run(_: &mut Command, _: Limits) -> Result<Result<ExitStatus, String>, String> {
    Err("programs are measured on systems like Unix only".to_owned())
}

/// Limits the address space of this process and of all that it starts.
#[cfg(unix)]
fn forbid_more(megabytes: u64) -> Result<(), String> {
    use nix::sys::resource::{Resource, setrlimit};

    let bytes = megabytes.saturating_mul(1_000_000);
    setrlimit(Resource::RLIMIT_AS, bytes, bytes)
        .map_err(|error| format!("the limit on memory cannot be set: {error}"))
}

/// Megabytes that the machine has left, where the system tells.
fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(kilobytes * 1_024 / 1_000_000)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        limit_seconds: 5,
        limit_memory: 1_000,
        keep_free: 100,
    };

    #[test]
    fn limits_are_time_and_what_the_machine_has_left() {
        let short = Duration::from_secs(1);
        assert_eq!(LIMITS.broken(short, Some(100)), None);
        assert_eq!(LIMITS.broken(short, None), None);
        let reason = LIMITS.broken(short, Some(99)).unwrap();
        assert_eq!(reason, "ended, since the machine had 99 MB left");
        let reason = LIMITS.broken(Duration::from_secs(5), None).unwrap();
        assert_eq!(reason, "ended after 5 s");
    }

    #[test]
    fn a_program_over_its_time_is_ended_with_its_children() {
        let limits = Limits {
            limit_seconds: 0,
            ..LIMITS
        };
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & wait"]);
        let start = Instant::now();
        let ended = watch(&mut command, limits).unwrap();
        assert_eq!(ended, Err("ended after 0 s".to_owned()));
        assert!(start.elapsed() < Duration::from_secs(60));
    }
}
