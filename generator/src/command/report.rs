//! Diagnostics and the summary, on standard error.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use attache_generator::diagnostic::{
    Diagnostic, Diagnostics, Severity, json_string, render_human, render_json,
};
use attache_generator::ir::Client;

use super::arguments::{Common, MessageFormat};
use super::status::{Failure, Status};
use super::summary::Summary;

/// How many diagnostics of one code are shown in full.
const SHOWN_PER_CODE: usize = 5;

/// How this run talks to people and scripts.
pub(super) struct Report {
    format: MessageFormat,
    strict: bool,
    pub(super) quiet: bool,
    shown_per_code: usize,
    color: bool,
}

impl Report {
    pub(super) fn new(common: &Common) -> Self {
        Report {
            strict: common.strict,
            shown_per_code: if common.all_diagnostics {
                usize::MAX
            } else {
                SHOWN_PER_CODE
            },
            ..Report::plain(common.message_format, common.quiet)
        }
    }

    /// That of a command that reads no description.
    pub(super) fn plain(format: MessageFormat, quiet: bool) -> Self {
        // https://no-color.org: any value but the empty one.
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Report {
            format,
            strict: false,
            quiet,
            shown_per_code: SHOWN_PER_CODE,
            color: io::stderr().is_terminal() && !no_color,
        }
    }

    /// Settles what counts as an error, and the order in which all is reported.
    pub(super) fn settle(&self, mut diagnostics: Diagnostics) -> Vec<Diagnostic> {
        if self.strict {
            diagnostics.promote_warnings();
        }
        diagnostics.into_sorted()
    }

    /// Prints the findings; the status they amount to comes back.
    pub(super) fn findings(&self, findings: &[Diagnostic]) -> Status {
        let shown = findings
            .iter()
            .filter(|finding| !self.quiet || finding.severity == Severity::Error);
        let text = match self.format {
            MessageFormat::Human => self.human(shown),
            MessageFormat::Json => shown.map(|finding| render_json(finding) + "\n").collect(),
        };
        print(&text);
        if findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
        {
            Status::Errors
        } else {
            Status::Done
        }
    }

    fn human<'a>(&self, findings: impl Iterator<Item = &'a Diagnostic>) -> String {
        let mut text = String::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in findings {
            let count = seen.entry(finding.code.name).or_default();
            *count += 1;
            if *count <= self.shown_per_code {
                text.push_str(render_human(finding, self.color).trim_end());
                text.push_str("\n\n");
            }
        }
        for (code, count) in seen {
            if let Some(more) = count
                .checked_sub(self.shown_per_code)
                .filter(|more| *more > 0)
            {
                writeln!(
                    text,
                    "… and {more} more of `{code}`; --all-diagnostics shows them"
                )
                .expect("strings take all text");
            }
        }
        text
    }

    /// Prints why a command stopped.
    pub(super) fn failure(&self, failure: &Failure) {
        self.message(failure.code, "error", &failure.message);
    }

    /// Prints a warning that is not about the description.
    pub(super) fn warning(&self, code: &str, message: &str) {
        if !self.quiet {
            self.message(code, "warning", message);
        }
    }

    fn message(&self, code: &str, severity: &str, message: &str) {
        match self.format {
            MessageFormat::Human => print(&format!("{severity}: {message}\n")),
            MessageFormat::Json => print(&json_line(code, severity, message, "")),
        }
    }

    /// Prints the last line of a run; `rest` says what was done beyond reading.
    pub(super) fn summary(&self, client: Option<&Client>, findings: &[Diagnostic], rest: &str) {
        if self.quiet {
            return;
        }
        let summary = Summary::of(client, findings);
        let message = format!("{summary}{rest}");
        match self.format {
            MessageFormat::Human => print(&format!("{message}\n")),
            MessageFormat::Json => {
                print(&json_line(
                    "summary",
                    "note",
                    &message,
                    &summary.json_members(),
                ));
            }
        }
    }
}

/// What logins have to say.
#[cfg(feature = "auth")]
impl Report {
    pub(super) fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Prints why a part of what was asked for could not be done.
    pub(super) fn error(&self, code: &str, message: &str) {
        self.message(code, "error", message);
    }

    /// Prints what was done, for scripts with further members, each with a comma before it.
    pub(super) fn note(&self, code: &str, message: &str, members: &str) {
        if !self.quiet {
            self.request(code, message, members);
        }
    }

    /// Prints what somebody is to do now, whether anything else is to be printed or not.
    pub(super) fn request(&self, code: &str, message: &str, members: &str) {
        match self.format {
            MessageFormat::Human => print(&format!("{message}\n")),
            MessageFormat::Json => print(&json_line(code, "note", message, members)),
        }
    }
}

/// A line in the form of a diagnostic that has no place.
fn json_line(code: &str, severity: &str, message: &str, more: &str) -> String {
    let (code, severity, message) = (
        json_string(code),
        json_string(severity),
        json_string(message),
    );
    format!(
        "{{\"code\":{code},\"severity\":{severity},\"message\":{message},\"file\":null,\"line\":null,\"column\":null,\"pointer\":null,\"help\":null{more}}}\n"
    )
}

/// Prints what nobody needs to depend on, so a reader that is gone is no failure.
fn print(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
