//! What came of a description, and of each of its operations.

use serde_json::{Value, json};

/// No more characters of what was said are kept.
const KEPT: usize = 1_500;

/// What came of one description.
pub(super) struct Document {
    pub(super) path: String,
    pub(super) package: String,
    /// Why nothing was judged.
    pub(super) failure: Option<String>,
    pub(super) operations: Vec<Operation>,
}

/// What came of one operation.
pub(super) struct Operation {
    /// The name of its test: `parcels::create`.
    pub(super) test: String,
    pub(super) id: String,
    /// `POST /parcels`
    pub(super) line: String,
    /// Some argument is of no schema as it is written.
    pub(super) is_doubtful: bool,
    /// The body is a form, or has parts.
    pub(super) has_form: bool,
    /// A parameter is all of the query.
    pub(super) has_whole_query: bool,
    /// The body is neither that nor JSON.
    pub(super) has_opaque_body: bool,
    pub(super) verdict: Verdict,
}

pub(super) enum Verdict {
    /// It did not come to a result.
    Unknown(String),
    Passed,
    /// The request is as described; the answer is not, so nothing can be said of how it is read.
    Accepted(String),
    /// Who is to blame, and what was said.
    Failed(&'static str, String),
    /// Why it cannot be called.
    Impossible(String),
}

impl Document {
    pub(super) fn count(&self, name: &str) -> usize {
        let named = self
            .operations
            .iter()
            .filter(|it| it.verdict.name() == name);
        named.count()
    }

    /// What is said of it while others are still judged.
    pub(super) fn line(&self) -> String {
        match &self.failure {
            Some(reason) => format!("left out {}: {reason}", self.path),
            None => format!(
                "judged {}: {} of {} operations pass",
                self.path,
                self.count("passed") + self.count("accepted"),
                self.operations.len()
            ),
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let operation = |operation: &Operation| {
            let (cause, detail) = operation.verdict.detail();
            let detail: String = detail.chars().take(KEPT).collect();
            json!({
                "test": operation.test, "id": operation.id, "line": operation.line,
                "verdict": operation.verdict.name(), "cause": cause, "detail": detail,
            })
        };
        json!({
            "document": self.path, "package": self.package, "failure": self.failure,
            "operations": self.operations.iter().map(operation).collect::<Vec<_>>(),
        })
    }

    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let operation = |value: &Value| Operation {
            test: text(&value["test"]),
            id: text(&value["id"]),
            line: text(&value["line"]),
            is_doubtful: false,
            has_form: false,
            has_whole_query: false,
            has_opaque_body: false,
            verdict: match value["verdict"].as_str() {
                Some("passed") => Verdict::Passed,
                Some("accepted") => Verdict::Accepted(text(&value["detail"])),
                Some("impossible") => Verdict::Impossible(text(&value["detail"])),
                Some("failed") => {
                    let cause = value["cause"].as_str().unwrap_or_default();
                    Verdict::Failed(super::cause::known(cause), text(&value["detail"]))
                }
                _ => Verdict::Unknown(text(&value["detail"])),
            },
        };
        Some(Document {
            path: value["document"].as_str()?.to_owned(),
            package: text(&value["package"]),
            failure: value["failure"].as_str().map(str::to_owned),
            operations: value["operations"]
                .as_array()?
                .iter()
                .map(operation)
                .collect(),
        })
    }
}

impl Verdict {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Verdict::Unknown(_) => "unknown",
            Verdict::Passed => "passed",
            Verdict::Accepted(_) => "accepted",
            Verdict::Failed(..) => "failed",
            Verdict::Impossible(_) => "impossible",
        }
    }

    /// Who is to blame, and what was said.
    pub(super) fn detail(&self) -> (&'static str, &str) {
        match self {
            Verdict::Passed => ("", ""),
            Verdict::Failed(cause, detail) => (cause, detail),
            Verdict::Accepted(detail) | Verdict::Impossible(detail) | Verdict::Unknown(detail) => {
                ("", detail)
            }
        }
    }
}
