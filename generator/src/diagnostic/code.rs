//! The kinds of diagnostics.

use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The description cannot be used, or `--strict` says so.
    Error,
    /// Something is wrong, or not fully in the client.
    Warning,
    /// Something to know.
    Note,
}

/// One kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The name that people and programs know it by: `unresolved-reference`.
    pub name: &'static str,
    /// How much it weighs without `--strict`.
    pub severity: Severity,
    /// Whether something of the description is then not, or not fully, in the client.
    pub degrades: bool,
    /// Why it matters, and what to do.
    pub explanation: &'static str,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}
