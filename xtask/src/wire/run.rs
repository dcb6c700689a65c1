//! Running the tests of one crate, and what they say.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::outcome::{Document, Operation, Verdict};
use super::prism::{Judge, Prism};
use super::{answers, cause};
use crate::project;

/// How long the tests of a crate may take, and how much longer for each operation.
const LIMIT: Duration = Duration::from_secs(60);
const LIMIT_EACH: Duration = Duration::from_millis(500);
/// Ways to get other answers out of Prism: made up in place of examples, and at random.
const ANSWERS: [&[&str]; 2] = [&["--ignoreExamples"], &["--dynamic", "--seed", "1"]];
const PAUSE: Duration = Duration::from_millis(50);

/// Runs the program, and notes the verdict on each operation.
pub(super) fn run(document: &mut Document, program: &Path, prism: Option<&Path>, spec: &Path) {
    let folder = super::workspace().join(&document.package);
    let prism_log = folder.join("prism.log");
    let copy = folder.join(super::COPY);
    let readable = if copy.exists() { &copy } else { spec };
    let judge = prism.map(|program| Judge {
        program,
        spec: readable,
        log: &prism_log,
    });
    let server = judge.as_ref().map(|judge| judge.start(&[]));
    let mut server = match server.transpose() {
        Ok(server) => server,
        Err(reason) => return unable(document, &reason),
    };
    let log = folder.join("wire.log");
    let limit = LIMIT + LIMIT_EACH * u32::try_from(document.operations.len()).unwrap_or(u32::MAX);
    let tests = Tests {
        program,
        log: &log,
        limit,
    };
    match tests.output(server.as_ref(), &[]) {
        Ok(text) => note(document, &text),
        Err(reason) => document.failure = Some(reason),
    }
    let has_ended = server.as_mut().is_some_and(Prism::has_ended);
    drop(server);
    let Some(judge) = judge else { return };
    if has_ended {
        without_its_end(document, &tests, &judge);
    }
    for options in ANSWERS {
        with_other_answers(document, &tests, &judge, options);
    }
    answers::judge(document, spec);
}

/// Notes why Prism has nothing to say of a description.
fn unable(document: &mut Document, reason: &str) {
    for operation in &mut document.operations {
        let reason = format!("Prism cannot read the description: {reason}");
        operation.verdict = Verdict::Impossible(reason);
    }
    // It has nothing to do where there is no operation.
    document.failure = Some(reason.to_owned()).filter(|_| !document.operations.is_empty());
}

/// Runs tests again whose request was accepted, but whose answer could not be read, with other answers.
fn with_other_answers(
    document: &mut Document,
    tests: &Tests<'_>,
    judge: &Judge<'_>,
    options: &[&str],
) {
    let is_open = |it: &&mut Operation| match &it.verdict {
        Verdict::Accepted(_) => true,
        Verdict::Failed(_, message) => {
            message.contains("cannot be read") || message.contains("the connection broke")
        }
        _ => false,
    };
    let mut open: Vec<&mut Operation> = document.operations.iter_mut().filter(is_open).collect();
    if open.is_empty() {
        return;
    }
    let Ok(server) = judge.start(options) else {
        return;
    };
    let names: Vec<&str> = open.iter().map(|it| it.test.as_str()).collect();
    let Ok(text) = tests.output(Some(&server), &names) else {
        return;
    };
    for operation in &mut open {
        let before = std::mem::replace(&mut operation.verdict, Verdict::Passed);
        note_operation(operation, &text);
        if !matches!(operation.verdict, Verdict::Passed | Verdict::Accepted(_)) {
            operation.verdict = before;
        }
    }
}

/// Runs tests again that failed when Prism ended, one after the other: the first that finds it gone has ended it, and
/// those behind that one get a Prism of their own.
fn without_its_end(document: &mut Document, tests: &Tests<'_>, judge: &Judge<'_>) {
    loop {
        let is_open = |it: &Operation| match &it.verdict {
            Verdict::Unknown(_) => true,
            Verdict::Failed(_, message) => message.contains("error sending request"),
            _ => false,
        };
        let operations = document.operations.iter_mut();
        let mut open: Vec<&mut Operation> = operations.filter(|it| is_open(it)).collect();
        let names: Vec<&str> = open.iter().map(|it| it.test.as_str()).collect();
        if names.is_empty() {
            return;
        }
        let run = judge.start(&[]).and_then(|mut server| {
            let text = tests.one_by_one(&server, &names)?;
            Ok((text, server.has_ended()))
        });
        let Ok((text, has_ended)) = run else { return };
        for operation in &mut open {
            note_operation(operation, &text);
        }
        if !has_ended {
            return;
        }
        let order = text
            .lines()
            .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
        let order: Vec<&str> = order.map(|(test, _)| test).collect();
        let place = |operation: &Operation| order.iter().position(|test| *test == operation.test);
        let broken = open.into_iter().filter(|it| is_open(it));
        let Some(culprit) = broken.min_by_key(|it| place(it).unwrap_or(usize::MAX)) else {
            return;
        };
        culprit.verdict = Verdict::Impossible("Prism ends at this request".to_owned());
    }
}

/// The program of a crate's tests.
struct Tests<'t> {
    program: &'t Path,
    log: &'t Path,
    limit: Duration,
}

impl Tests<'_> {
    /// Runs some of the tests, each when the one before it has ended.
    fn one_by_one(&self, server: &Prism, only: &[&str]) -> Result<String, String> {
        self.run(Some(server), only, "--test-threads=1")
    }

    fn output(&self, server: Option<&Prism>, only: &[&str]) -> Result<String, String> {
        self.run(server, only, "--test-threads=4")
    }

    fn run(&self, server: Option<&Prism>, only: &[&str], threads: &str) -> Result<String, String> {
        let file = project::on(self.log, File::create(self.log))?;
        let mut command = Command::new(self.program);
        if !only.is_empty() {
            command.arg("--exact").args(only);
        }
        command
            .arg(threads)
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
            .env("ATTACHE_WIRE_SHOWN", "1000000")
            .env_remove("RUST_BACKTRACE");
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let started = Instant::now();
        while child
            .try_wait()
            .map_err(|error| error.to_string())?
            .is_none()
        {
            if started.elapsed() > self.limit {
                let _ = child.kill();
                let _ = child.wait();
                break;
            }
            thread::sleep(PAUSE);
        }
        let bytes = project::on(self.log, fs::read(self.log))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn note(document: &mut Document, text: &str) {
    for operation in &mut document.operations {
        note_operation(operation, text);
    }
}

fn note_operation(operation: &mut Operation, text: &str) {
    let lines = text.lines();
    let mut said = lines.filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
    let said = said.find(|(test, _)| *test == operation.test);
    operation.verdict = match said {
        None => return,
        Some((_, "ok")) => Verdict::Passed,
        Some((_, said)) if said.starts_with("ignored") => {
            let reason = said.strip_prefix("ignored, ").unwrap_or(said);
            Verdict::Impossible(reason.to_owned())
        }
        Some((test, _)) => cause::verdict(&message(text, test), operation),
    };
}

/// What a failing test said.
fn message(text: &str, test: &str) -> String {
    let heading = format!("---- {test} stdout ----");
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| !line.starts_with("---- ") && *line != "failures:");
    let lines = lines.filter(|line| !line.starts_with("note: run with"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn what_a_test_said_is_found() {
        let text = "test a::b ... FAILED\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' panicked at x:\ngetA (GET /a): no\n\nfailures:\n    a::b\n";
        assert!(message(text, "a::b").contains("getA (GET /a): no\n"));
        assert_eq!(message(text, "a::c"), "");
    }
}
