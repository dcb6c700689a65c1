//! Running the tests of one crate, and what they say.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cause;
use super::outcome::{Document, Verdict};
use super::prism::Prism;
use crate::project;

/// How long the tests of a crate may take, and how much longer for each operation.
const LIMIT: Duration = Duration::from_secs(60);
const LIMIT_EACH: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(50);
/// No more of what was said is kept.
const KEPT: usize = 1_500;

/// Runs the program, and notes the verdict on each operation.
pub(super) fn run(document: &mut Document, program: &Path, prism: Option<&Path>, spec: &Path) {
    let folder = super::workspace().join(&document.package);
    let server = prism.map(|prism| Prism::start(prism, spec, &folder.join("prism.log")));
    let server = match server.transpose() {
        Ok(server) => server,
        Err(reason) => {
            let is_prism = reason.starts_with("Prism ended");
            for operation in &mut document.operations {
                operation.verdict = match is_prism {
                    true => {
                        Verdict::Impossible(format!("Prism cannot read the description: {reason}"))
                    }
                    false => Verdict::Unknown(reason.clone()),
                };
            }
            // It has nothing to do where there is no operation.
            document.failure = Some(reason).filter(|_| !document.operations.is_empty());
            return;
        }
    };
    let limit = LIMIT + LIMIT_EACH * u32::try_from(document.operations.len()).unwrap_or(u32::MAX);
    let log = folder.join("wire.log");
    match output(program, server.as_ref(), &log, limit) {
        Ok(text) => note(document, &text),
        Err(reason) => document.failure = Some(reason),
    }
}

fn output(
    program: &Path,
    server: Option<&Prism>,
    log: &Path,
    limit: Duration,
) -> Result<String, String> {
    let file = project::on(log, File::create(log))?;
    let mut command = Command::new(program);
    command
        .arg("--test-threads=4")
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::null());
    match server {
        Some(server) => command.env("ATTACHE_WIRE_URL", server.url()),
        None => command.env_remove("ATTACHE_WIRE_URL"),
    };
    // Nothing of a user's proxy is for the loopback interface.
    command
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("RUST_BACKTRACE");
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let started = Instant::now();
    while child
        .try_wait()
        .map_err(|error| error.to_string())?
        .is_none()
    {
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            break;
        }
        thread::sleep(PAUSE);
    }
    let bytes = project::on(log, fs::read(log))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn note(document: &mut Document, text: &str) {
    let messages = messages(text);
    let verdicts: BTreeMap<&str, &str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .collect();
    for operation in &mut document.operations {
        let said = verdicts.get(operation.test.as_str());
        operation.verdict = match said {
            None => continue,
            Some(&"ok") => Verdict::Passed,
            Some(said) if said.starts_with("ignored") => {
                let reason = said.strip_prefix("ignored, ").unwrap_or(said);
                Verdict::Impossible(reason.to_owned())
            }
            Some(_) => {
                let message = messages
                    .get(operation.test.as_str())
                    .map_or("", |it| it.as_str());
                match cause::unable(message) {
                    Some(reason) => Verdict::Impossible(reason.to_owned()),
                    None => {
                        let kept = message.chars().take(KEPT).collect();
                        Verdict::Failed(cause::of(message, operation), kept)
                    }
                }
            }
        };
    }
}

/// What each failing test said.
fn messages(text: &str) -> BTreeMap<&str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        let heading = line
            .strip_prefix("---- ")
            .and_then(|it| it.strip_suffix(" stdout ----"));
        match (heading, current) {
            (Some(name), _) => current = Some(name),
            (None, _) if line == "failures:" => current = None,
            (None, Some(name)) if !line.starts_with("note: run with") => {
                let message = found.entry(name).or_default();
                message.push_str(line);
                message.push('\n');
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::messages;

    #[test]
    fn what_a_test_said_is_found() {
        let text = "test a::b ... FAILED\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' panicked at x:\ngetA (GET /a): no\n\nfailures:\n    a::b\n";
        assert!(messages(text)["a::b"].contains("getA (GET /a): no"));
        assert_eq!(messages(text).len(), 1);
    }
}
