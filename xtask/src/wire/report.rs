//! The results: a table, the failing operations, and a file from which a run can be taken up again.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::cause;
use super::outcome::{Document, Operation};
use crate::project;

pub(super) struct Report {
    path: PathBuf,
    /// Results by path.
    documents: BTreeMap<String, Document>,
}

impl Report {
    /// Begins a report, with the results of the last one where that is taken up again.
    pub(super) fn open(is_prism: bool, resumes: bool) -> Self {
        let path = project::target(match is_prism {
            true => "wire-report-prism.json",
            false => "wire-report.json",
        });
        let text = if resumes {
            fs::read(&path).unwrap_or_default()
        } else {
            Vec::new()
        };
        let old: Value = serde_json::from_slice(&text).unwrap_or_default();
        let old = old.as_array().into_iter().flatten();
        let documents = old.filter_map(Document::from_json);
        Report {
            path,
            documents: documents
                .map(|document| (document.path.clone(), document))
                .collect(),
        }
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.documents.contains_key(path)
    }

    pub(super) fn add(&mut self, document: Document) {
        self.documents.insert(document.path.clone(), document);
    }

    pub(super) fn write(&self) -> Result<(), String> {
        let documents: Vec<Value> = self.documents.values().map(Document::to_json).collect();
        let text = serde_json::to_string_pretty(&documents).map_err(|error| error.to_string())?;
        project::on(&self.path, fs::write(&self.path, text))
    }

    /// Whether everything was judged, and nothing of ours fails.
    pub(super) fn is_clean(&self) -> bool {
        let failing = self
            .failing()
            .any(|(_, operation)| operation.verdict.detail().0 == cause::OURS);
        !failing
            && self
                .documents
                .values()
                .all(|document| document.failure.is_none())
    }

    fn failing(&self) -> impl Iterator<Item = (&Document, &Operation)> {
        let documents = self.documents.values();
        let operations =
            documents.flat_map(|document| document.operations.iter().map(move |it| (document, it)));
        operations.filter(|(_, operation)| operation.verdict.name() == "failed")
    }

    pub(super) fn print(&self, shown: usize) {
        println!(
            "{:<48} {:>10} {:>7} {:>8} {:>7} {:>11} {:>8}",
            "document", "operations", "passed", "accepted", "failed", "impossible", "unknown"
        );
        for document in self.documents.values() {
            let path: Vec<char> = document.path.chars().collect();
            let path: String = path[path.len().saturating_sub(48)..].iter().collect();
            println!(
                "{path:<48} {:>10} {:>7} {:>8} {:>7} {:>11} {:>8}  {}",
                document.operations.len(),
                document.count("passed"),
                document.count("accepted"),
                document.count("failed"),
                document.count("impossible"),
                document.count("unknown"),
                document.failure.as_deref().unwrap_or_default(),
            );
        }
        for (document, operation) in self.failing().take(shown) {
            let (cause, detail) = operation.verdict.detail();
            println!(
                "\n{} {} ({}): {cause}",
                document.path, operation.id, operation.line
            );
            for line in detail.lines().filter(|line| !line.trim().is_empty()) {
                println!("    {}", line.chars().take(400).collect::<String>());
            }
        }
        self.print_sums();
    }

    fn print_sums(&self) {
        let sum = |name: &str| {
            self.documents
                .values()
                .map(|it| it.count(name))
                .sum::<usize>()
        };
        let operations: usize = self.documents.values().map(|it| it.operations.len()).sum();
        let by = |wanted: &str| {
            let failing = self.failing();
            failing
                .filter(|(_, it)| it.verdict.detail().0 == wanted)
                .count()
        };
        println!(
            "\n{} documents, {} of them not judged; {operations} operations: {} passed and {} accepted, where the answer breaks the description ({:.2} % of those that can be judged), {} failed (ours {}, Prism's {}, the document's {}), {} impossible, {} unknown",
            self.documents.len(),
            self.documents
                .values()
                .filter(|it| it.failure.is_some())
                .count(),
            sum("passed"),
            sum("accepted"),
            100.0 * (sum("passed") + sum("accepted")) as f64
                / (operations - sum("impossible")).max(1) as f64,
            sum("failed"),
            by(cause::OURS),
            by(cause::PRISM),
            by(cause::DOCUMENT),
            sum("impossible"),
            sum("unknown"),
        );
    }
}
