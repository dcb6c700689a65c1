//! The results: a table, the failing components, a file for programs, and the ratchet.

use std::collections::BTreeMap;
use std::fs;

use super::compare::Result;
use crate::{Outcome, project};

const HEADER: &str = "document,components,failing,samples lost";

pub(super) fn print(results: &[Result], shown: usize) {
    println!(
        "{:<52} {:>10} {:>8} {:>7} {:>8} {:>9} {:>9} {:>5}",
        "document",
        "components",
        "samples",
        "failing",
        "examples",
        "forbidden",
        "unsampled",
        "lost"
    );
    for result in results {
        let path: String = result.path.chars().rev().take(52).collect();
        println!(
            "{:<52} {:>10} {:>8} {:>7} {:>8} {:>9} {:>9} {:>5}",
            path.chars().rev().collect::<String>(),
            result.components,
            result.samples,
            result.failures.len(),
            result.examples,
            result.forbidden,
            result.unsampled.len(),
            lost(result),
        );
    }
    let failures = || {
        results
            .iter()
            .flat_map(|result| result.failures.iter().map(move |failure| (result, failure)))
    };
    for (result, failure) in failures().take(shown) {
        let sample: String = failure.sample.chars().take(300).collect();
        println!(
            "\n{} {}: {} lost",
            result.path, failure.pointer, failure.lost
        );
        println!("    {}\n    {sample}", failure.cause);
    }
    print_causes(results);
    let sum = |count: fn(&Result) -> usize| results.iter().map(count).sum::<usize>();
    let (components, failing) = (sum(|it| it.components), sum(|it| it.failures.len()));
    let (samples, lost) = (sum(|it| it.samples + it.examples), sum(lost));
    println!(
        "\n{} documents, {components} components, {failing} of them fail ({:.3} % pass), {samples} samples, {lost} lost ({:.4} % pass), {} unsampled components, {} examples that their schema forbids",
        results.len(),
        share(components - failing, components),
        share(samples - lost, samples),
        sum(|it| it.unsampled.len()),
        sum(|it| it.forbidden),
    );
}

fn lost(result: &Result) -> usize {
    result.failures.iter().map(|failure| failure.lost).sum()
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// How often each cause comes, without the places.
fn print_causes(results: &[Result]) {
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    for failure in results.iter().flat_map(|result| &result.failures) {
        let cause = failure.cause.split(" (byte").next().unwrap_or_default();
        let cause = cause.rsplit_once(": ").map_or(cause, |(_, cause)| cause);
        let cause = cause.rsplit_once(" is ").map_or(cause, |(_, cause)| cause);
        *causes.entry(cause.to_owned()).or_default() += 1;
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!();
    for (cause, count) in causes.iter().take(25) {
        println!("{count:>6} components: {cause}");
    }
}

pub(super) fn write_json(results: &[Result]) -> std::result::Result<(), String> {
    let document = |result: &Result| {
        let failures = result.failures.iter().map(|failure| {
            serde_json::json!({
                "pointer": failure.pointer, "lost": failure.lost,
                "cause": failure.cause, "sample": failure.sample,
            })
        });
        serde_json::json!({
            "document": result.path, "components": result.components, "samples": result.samples,
            "examples": result.examples, "forbidden": result.forbidden,
            "unsampled": result.unsampled, "failures": failures.collect::<Vec<_>>(),
        })
    };
    let report: Vec<_> = results.iter().map(document).collect();
    let path = project::target("roundtrip-report.json");
    let text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
    project::on(&path, fs::write(&path, text))
}

/// Compares with `tests/roundtrip-ratchet.csv`, which may only improve.
pub(super) fn ratchet(results: &[Result], update: bool) -> Outcome {
    let path = project::root().join("tests/roundtrip-ratchet.csv");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let mut lines: BTreeMap<String, String> = text
        .lines()
        .skip(1)
        .filter_map(|line| Some((line.split(',').next()?.to_owned(), line.to_owned())))
        .collect();
    let mut worse = 0;
    for result in results {
        let failing = result.failures.len();
        let old = lines
            .get(&result.path)
            .and_then(|line| line.split(',').nth(2)?.parse().ok());
        if let Some(old) = old.filter(|old: &usize| failing > *old) {
            worse += 1;
            println!(
                "ratchet: {} has {failing} failing components, had {old}",
                result.path
            );
        }
        let line = format!(
            "{},{},{failing},{}",
            result.path,
            result.components,
            lost(result)
        );
        lines.insert(result.path.clone(), line);
    }
    if update {
        let lines: String = lines.into_values().map(|line| line + "\n").collect();
        project::on(&path, fs::write(&path, format!("{HEADER}\n{lines}")))?;
    }
    Ok(worse == 0 || update)
}
