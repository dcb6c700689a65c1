//! The program under test, with a home and a profile of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A home with a file of profiles, removed when it is dropped.
pub(crate) struct Home(PathBuf);

/// What a run came to: exit status, standard output, standard error.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) messages: String,
}

/// A login that waits for somebody.
pub(crate) struct Waiting {
    child: Child,
    /// The first line on standard error.
    pub(crate) request: String,
    messages: BufReader<std::process::ChildStderr>,
}

impl Home {
    pub(crate) fn new(profiles: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("attache-auth-{}-{number}", std::process::id());
        let home = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&home.0).expect("a folder");
        home.write("profiles.toml", profiles);
        home
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("it is written");
    }

    /// `attache auth …`, with nothing of the environment of the tests but what programs need.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.arg("auth").args(arguments);
        for name in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "NO_COLOR"] {
            command.env_remove(name);
        }
        command
            .env("HOME", &self.0)
            .env("ATTACHE_PROFILES", self.0.join("profiles.toml"))
            .env("SHOP_SECRET", "cs-s3cret")
            .env("FIRST_TOKEN", "rt-s3cret-0");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("it runs");
        Run::of(output)
    }

    /// Begins a login, which asks somebody for something.
    pub(crate) fn begin(&self, arguments: &[&str]) -> Waiting {
        self.begin_with(arguments, &[])
    }

    pub(crate) fn begin_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Waiting {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let messages = child.stderr.take().expect("it is piped");
        let (mut messages, mut request) = (BufReader::new(messages), String::new());
        messages.read_line(&mut request).expect("it says something");
        Waiting {
            child,
            request,
            messages,
        }
    }

    /// A text without what differs from run to run.
    pub(crate) fn plain(&self, text: &str, server: &str) -> String {
        let home = self.0.to_str().expect("it is UTF-8");
        let text = text.replace(home, "HOME").replace(server, "http://SERVER");
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find("T").filter(|_| rest.contains("Z")) {
            let is_date = |date: &str| date.starts_with("20") && date.ends_with('Z');
            let date = rest
                .get(at.wrapping_sub(10)..at + 10)
                .filter(|date| is_date(date));
            match date {
                Some(_) => {
                    plain.push_str(&rest[..at - 10]);
                    plain.push_str("DATE");
                    rest = &rest[at + 10..];
                }
                None => {
                    plain.push_str(&rest[..=at]);
                    rest = &rest[at + 1..];
                }
            }
        }
        plain + rest
    }

    /// The same without what is a second, and may be some more.
    pub(crate) fn without_ages(&self, text: &str, server: &str) -> String {
        let plain = self.plain(text, server);
        let lines = plain.lines().map(|line| match line.split_once(" (") {
            Some((before, after)) if after.ends_with("ago)") => format!("{before} (AGO)"),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Run {
    /// No output has a secret in it.
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        let run = Self {
            status: output.status.code(),
            out: text(output.stdout),
            messages: text(output.stderr),
        };
        let shown = format!("{}{}", run.out, run.messages);
        assert!(!shown.contains("s3cret"), "{shown}");
        run
    }
}

impl Waiting {
    /// The address that somebody is to open: the first one of the request.
    pub(crate) fn address(&self) -> &str {
        let from = self.request.find("http").expect("there is one");
        let address = &self.request[from..];
        address
            .split([' ', '"', '\n', ';'])
            .next()
            .expect("there is one")
    }

    /// Waits until it has ended.
    pub(crate) fn end(mut self) -> Run {
        let mut messages = self.request.clone();
        let read = self.messages.read_to_string(&mut messages);
        read.expect("they are UTF-8");
        let mut output = self.child.wait_with_output().expect("it ends");
        output.stderr = messages.into_bytes();
        Run::of(output)
    }
}
