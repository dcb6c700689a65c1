//! The results as a table for people and as JSON for programs.

use std::fs;

use serde_json::Value;

use super::measured::Measured;
use super::run::Row;
use crate::project;

/// Bodies of generated functions are to be this short.
const BODY_LIMIT: usize = 10;

/// How many complaints of a kind are printed.
const SHOWN: usize = 20;

/// Prints one row per description, what failed, and the totals.
pub(super) fn print(results: &[Row]) {
    println!(
        "{:<52} {:>7} {:>3} {:>5} {:>5} {:>6} {:>5} {:>7} {:>5} {:>4} {:>6} {:>6} {:>7}",
        "document",
        "version",
        "gen",
        "check",
        "ops",
        "types",
        "degr",
        "lines",
        "parse",
        "body",
        "format",
        "cpu ms",
        "peak MB"
    );
    for result in results {
        let measured = &result.measured;
        println!(
            "{:<52} {:>7} {:>3} {:>5} {:>5} {:>6} {:>5} {:>7} {:>5} {:>4} {:>6} {:>6} {:>7}",
            tail(&result.entry.path, 52),
            result.entry.version.chars().take(7).collect::<String>(),
            mark(Some(measured.generated)),
            mark(result.compiles),
            measured.operations,
            measured.types,
            measured.degraded,
            measured.lines,
            measured.unparsable.len(),
            measured.longest_body,
            measured.unformatted.len(),
            measured.cpu_ms,
            measured.peak_kb / 1024,
        );
    }
    print_failures(results);
    print_totals(results);
}

/// What is wrong with a row, if anything is.
type Complaint<'a> = &'a dyn Fn(&Row) -> Option<String>;

fn print_failures(results: &[Row]) {
    let complaints: [(&str, Complaint<'_>); 5] = [
        ("not generated", &|row| {
            (!row.measured.generated).then(|| row.measured.failure.clone())
        }),
        ("does not compile", &|row| {
            (row.compiles == Some(false)).then(|| {
                format!(
                    "{} errors, first: {}",
                    row.compile_errors, row.first_compile_error
                )
            })
        }),
        ("no Rust", &|row| row.measured.unparsable.first().cloned()),
        ("long body", &|row| {
            let Measured {
                longest_body,
                longest_body_at,
                ..
            } = &row.measured;
            (*longest_body > BODY_LIMIT)
                .then(|| format!("{longest_body} lines at {longest_body_at}"))
        }),
        ("not formatted", &|row| {
            let files = &row.measured.unformatted;
            files
                .first()
                .map(|first| format!("{} files, first: {first}", files.len()))
        }),
    ];
    for (kind, complaint) in complaints {
        let found: Vec<_> = results
            .iter()
            .filter_map(|row| Some((&row.entry.path, complaint(row)?)))
            .collect();
        for (path, text) in found.iter().take(SHOWN) {
            println!("{kind}: {path}: {text}");
        }
        if let Some(more) = found.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            println!("{kind}: and {more} more; target/corpus-report.json has them all");
        }
    }
}

fn print_totals(results: &[Row]) {
    let count =
        |wanted: &dyn Fn(&Row) -> bool| results.iter().filter(|result| wanted(result)).count();
    println!(
        "{} descriptions: {} generated, {} of {} compile, {} operations, {} degraded, {} with unparsable, {} with unformatted text, {} ms CPU",
        results.len(),
        count(&|result| result.measured.generated),
        count(&|result| result.compiles == Some(true)),
        count(&|result| result.compiles.is_some()),
        results
            .iter()
            .map(|result| result.measured.operations)
            .sum::<usize>(),
        results
            .iter()
            .map(|result| result.measured.degraded)
            .sum::<usize>(),
        count(&|result| !result.measured.unparsable.is_empty()),
        count(&|result| !result.measured.unformatted.is_empty()),
        results
            .iter()
            .map(|result| result.measured.cpu_ms)
            .sum::<u64>(),
    );
}

/// Writes `target/corpus-report.json`.
pub(super) fn write_json(results: &[Row]) -> Result<(), String> {
    let path = project::target("corpus-report.json");
    let rows: Vec<Value> = results.iter().map(row).collect();
    let text = serde_json::to_string_pretty(&Value::Array(rows)).expect("all keys are strings");
    project::on(&path, fs::write(&path, text + "\n"))
}

fn row(result: &Row) -> Value {
    let mut row = result.measured.to_json();
    row["document"] = result.entry.path.clone().into();
    row["version"] = result.entry.version.clone().into();
    row["bytes"] = result.entry.bytes.into();
    row["documented_operations"] = result.entry.operations.into();
    row["compiles"] = result.compiles.into();
    row["compile_errors"] = result.compile_errors.into();
    row["first_compile_error"] = result.first_compile_error.clone().into();
    row
}

fn mark(fact: Option<bool>) -> &'static str {
    match fact {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "-",
    }
}

/// The end of a path that is too long for its column.
fn tail(path: &str, width: usize) -> String {
    let length = path.chars().count();
    path.chars().skip(length.saturating_sub(width)).collect()
}
