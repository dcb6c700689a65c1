//! The findings of a run.

use super::code::{Code, Severity};
use super::location::Location;
use crate::spec::{Key, Node};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How much it weighs in this run.
    pub severity: Severity,
    /// What was found, as a sentence without a full stop.
    pub message: String,
    /// Where; absent when the finding is about no place, such as a file that is not there.
    pub at: Option<Location>,
    /// Other places that matter, and why.
    pub labels: Vec<(Location, String)>,
    /// What to do, or what was done.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Says what to do, or what was done.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place.
    pub fn label(&mut self, node: Node<'_>, text: impl Into<String>) -> &mut Self {
        self.label_at(Location::of(node), text)
    }

    pub(crate) fn label_at(&mut self, place: Location, text: impl Into<String>) -> &mut Self {
        self.labels.push((place, text.into()));
        self
    }
}

/// The findings of all stages.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    strict: bool,
}

impl Diagnostics {
    /// Makes an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding about a node, and gives it back for details.
    pub fn at(
        &mut self,
        code: &'static Code,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(code, message.into(), Some(Location::of(node)))
    }

    /// Adds a finding about a key of a mapping.
    pub fn at_key(
        &mut self,
        code: &'static Code,
        mapping: Node<'_>,
        key: Key<'_>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(code, message.into(), Some(Location::of_key(mapping, key)))
    }

    /// Adds a finding about no place.
    pub fn bare(&mut self, code: &'static Code, message: impl Into<String>) -> &mut Diagnostic {
        self.push(code, message.into(), None)
    }

    /// Adds a finding about a place that no node has.
    pub(crate) fn located(
        &mut self,
        code: &'static Code,
        place: Location,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(code, message.into(), Some(place))
    }

    /// The findings in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many findings weigh that much.
    pub fn count(&self, severity: Severity) -> usize {
        self.found
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Makes errors of all warnings, also of those to come: what `--strict` does.
    pub fn promote_warnings(&mut self) {
        self.strict = true;
        for diagnostic in &mut self.found {
            diagnostic.severity = promoted(diagnostic.severity);
        }
    }

    /// The findings by file, place and code; those that say the same about the same place are one.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut found = self.found;
        // Stable: what the key does not tell apart stays in the order it was found.
        found.sort_by(|left, right| order(left).cmp(&order(right)));
        found.dedup_by(|left, right| order(left) == order(right) && place(left) == place(right));
        found
    }

    fn push(
        &mut self,
        code: &'static Code,
        message: String,
        at: Option<Location>,
    ) -> &mut Diagnostic {
        let severity = if self.strict {
            promoted(code.severity)
        } else {
            code.severity
        };
        let (labels, help) = (Vec::new(), None);
        self.found.push(Diagnostic {
            code,
            severity,
            message,
            at,
            labels,
            help,
        });
        self.found.last_mut().expect("one was pushed just now")
    }
}

fn promoted(severity: Severity) -> Severity {
    if severity == Severity::Warning {
        Severity::Error
    } else {
        severity
    }
}

fn order(diagnostic: &Diagnostic) -> (Option<(u32, u32)>, &str, &str, Option<&str>) {
    let at = diagnostic.at.as_ref();
    let position = at.map(|at| (at.source.order, at.span.start));
    (
        position,
        diagnostic.code.name,
        &diagnostic.message,
        at.map(|at| &*at.pointer),
    )
}

fn place(diagnostic: &Diagnostic) -> Option<&Location> {
    diagnostic.at.as_ref()
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, Severity};
    use crate::diagnostic::codes;
    use crate::spec::{MemoryLoader, Options, read};

    #[test]
    fn findings_are_sorted_and_told_once() {
        let mut diagnostics = Diagnostics::new();
        let loader = MemoryLoader::new().with("a.yaml", "one: 1\ntwo: 2\n");
        let tree =
            read("a.yaml", &loader, &Options::default(), &mut diagnostics).expect("it is YAML");
        let [one, two] = ["one", "two"].map(|key| tree.entry().get(key).expect("it is there"));
        diagnostics
            .at(&codes::WRONG_TYPE, two, "second")
            .label(one, "not here");
        diagnostics.at(&codes::WRONG_TYPE, one, "first");
        diagnostics
            .at(&codes::WRONG_TYPE, two, "second")
            .help("this help is lost");
        diagnostics.bare(&codes::UNREADABLE_FILE, "none");
        assert_eq!(diagnostics.len(), 4);
        let messages = diagnostics
            .into_sorted()
            .into_iter()
            .map(|found| found.message);
        assert_eq!(messages.collect::<Vec<_>>(), ["none", "first", "second"]);
    }

    #[test]
    fn strictness_promotes_earlier_and_later_warnings() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.bare(&codes::DUPLICATE_KEY, "before");
        assert!(!diagnostics.has_errors());
        diagnostics.promote_warnings();
        diagnostics.bare(&codes::DUPLICATE_KEY, "after");
        diagnostics.bare(&codes::UNKNOWN_TAG, "a note stays one");
        assert_eq!(diagnostics.count(Severity::Error), 2);
        assert_eq!(diagnostics.count(Severity::Note), 1);
    }
}
