//! What a run comes to, in one line.

use std::collections::BTreeMap;
use std::fmt;

use attache_generator::diagnostic::{Diagnostic, Severity};
use attache_generator::inspect;
use attache_generator::ir::Client;

/// The counts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    /// Operations, types and raw values; None when no client was made.
    client: Option<(usize, usize, usize)>,
    errors: usize,
    warnings: usize,
    /// Places that are not, or not fully, in the client, by code.
    degraded: BTreeMap<&'static str, usize>,
}

impl Summary {
    pub(super) fn of(client: Option<&Client>, findings: &[Diagnostic]) -> Self {
        let count = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let mut degraded = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.code.degrades) {
            *degraded.entry(finding.code.name).or_default() += 1;
        }
        Summary {
            client: client.map(|client| {
                let untyped = inspect::untyped(client).len();
                (
                    client.described_operations().count(),
                    client.types.len(),
                    untyped,
                )
            }),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            degraded,
        }
    }

    /// The counts as members of a JSON object, each with a comma before it.
    pub(super) fn json_members(&self) -> String {
        let (operations, types, untyped) = self.client.unwrap_or_default();
        let Summary {
            client: _,
            errors,
            warnings,
            degraded,
        } = self;
        let degraded: usize = degraded.values().sum();
        format!(
            ",\"operations\":{operations},\"types\":{types},\"errors\":{errors},\"warnings\":{warnings},\"degraded\":{degraded},\"untyped\":{untyped}"
        )
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((operations, types, _)) = self.client {
            write!(
                f,
                "{}, {}, ",
                counted(operations, "operation"),
                counted(types, "type")
            )?;
        }
        if self.errors > 0 {
            write!(f, "{}, ", counted(self.errors, "error"))?;
        }
        let degraded: usize = self.degraded.values().sum();
        write!(
            f,
            "{}, {degraded} degraded",
            counted(self.warnings, "warning")
        )?;
        if degraded > 0 {
            let each: Vec<_> = self
                .degraded
                .iter()
                .map(|(code, count)| format!("{count} {code}"))
                .collect();
            write!(f, " ({})", each.join(", "))?;
        }
        if let Some((_, _, untyped @ 1..)) = self.client {
            write!(f, ", {untyped} untyped")?;
        }
        Ok(())
    }
}

/// `1 operation`, `2 operations`
pub(super) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn everything_is_counted() {
        let summary = Summary {
            client: Some((1, 2, 4)),
            errors: 0,
            warnings: 3,
            degraded: [("body-degraded", 2), ("server-degraded", 1)].into(),
        };
        let text = "1 operation, 2 types, 3 warnings, 3 degraded (2 body-degraded, 1 server-degraded), 4 untyped";
        assert_eq!(summary.to_string(), text);
    }

    #[test]
    fn without_a_client_there_is_nothing_to_count_in_it() {
        assert_eq!(Summary::of(None, &[]).to_string(), "0 warnings, 0 degraded");
    }
}
