//! Whether what came out is what went in, and if not, where it differs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::harness::{self, Harness, Kind};

/// What came of one description.
pub(super) struct Result {
    pub(super) path: String,
    pub(super) components: usize,
    pub(super) samples: usize,
    pub(super) examples: usize,
    /// Examples that their own schema forbids.
    pub(super) forbidden: usize,
    pub(super) unsampled: Vec<String>,
    pub(super) failures: Vec<Failure>,
}

/// A component of which samples are lost.
pub(super) struct Failure {
    pub(super) pointer: String,
    pub(super) lost: usize,
    /// Of the first one.
    pub(super) cause: String,
    pub(super) sample: String,
}

pub(super) fn judge(path: String, harness: &Harness) -> std::result::Result<Result, String> {
    let answers = harness::run(harness)?;
    let mut failures: BTreeMap<usize, Failure> = BTreeMap::new();
    let count = |kinds: &[Kind]| {
        let counted = harness.samples.iter();
        counted
            .filter(|sample| kinds.contains(&sample.kind))
            .count()
    };
    for (sample, answer) in harness.samples.iter().zip(answers) {
        let cause = match answer {
            _ if sample.kind == Kind::Forbidden => continue,
            Err(reason) => reason,
            Ok(written) if sample.kind == Kind::Valid && !written.violations.is_empty() => {
                format!("`validate()` refuses it: {}", written.violations)
            }
            Ok(written) => match difference(&sample.text, &written.text) {
                // Examples have members that nobody declared, which are counted and left out.
                Some(Difference::Lost(_)) if sample.kind == Kind::Example => continue,
                Some(Difference::Lost(place)) => format!("{place} is lost"),
                Some(Difference::Changed(how)) => how,
                None => continue,
            },
        };
        let failure = failures.entry(sample.component).or_insert_with(|| Failure {
            pointer: harness.components[sample.component].clone(),
            lost: 0,
            cause,
            sample: sample.text.clone(),
        });
        failure.lost += 1;
    }
    Ok(Result {
        path,
        components: harness.components.len(),
        samples: count(&[Kind::Valid, Kind::Open]),
        examples: count(&[Kind::Example]),
        forbidden: count(&[Kind::Forbidden]),
        unsampled: harness.unsampled.clone(),
        failures: failures.into_values().collect(),
    })
}

/// How two documents differ.
enum Difference {
    /// The place of a member that is not there any more.
    Lost(String),
    Changed(String),
}

/// The first place where two documents differ; none where they mean the same.
fn difference(sent: &str, received: &str) -> Option<Difference> {
    let parse = |text: &str| serde_json::from_str::<Value>(text);
    match (parse(sent), parse(received)) {
        (Ok(sent), Ok(received)) => differs(&sent, &received, ""),
        (_, Err(error)) => Some(Difference::Changed(format!(
            "what is written is no JSON: {error}"
        ))),
        (Err(error), _) => Some(Difference::Changed(format!(
            "the sample is no JSON: {error}"
        ))),
    }
}

fn differs(sent: &Value, received: &Value, path: &str) -> Option<Difference> {
    let changed = |how: String| Some(Difference::Changed(format!("{path}{how}")));
    match (sent, received) {
        (Value::Object(sent), Value::Object(received)) => {
            let pairs = || {
                sent.iter()
                    .map(|(name, value)| (name, value, received.get(name)))
            };
            // A value that became another one says more than one that is not there.
            let differing = pairs().find_map(|(name, value, other)| {
                let difference = differs(value, other?, &format!("{path}.{name}"));
                difference.filter(|it| matches!(it, Difference::Changed(_)))
            });
            let lost = || {
                pairs().find_map(|(name, value, other)| {
                    let path = format!("{path}.{name}");
                    match other {
                        Some(other) => differs(value, other, &path),
                        None => Some(Difference::Lost(path)),
                    }
                })
            };
            let added = || received.keys().find(|name| !sent.contains_key(*name));
            differing
                .or_else(|| added().and_then(|name| changed(format!(".{name} is added"))))
                .or_else(lost)
        }
        (Value::Array(sent), Value::Array(received)) => {
            if sent.len() != received.len() {
                return changed(" has another length".to_owned());
            }
            let mut pairs = sent.iter().zip(received).enumerate();
            pairs.find_map(|(at, (one, other))| differs(one, other, &format!("{path}[{at}]")))
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {
            let integers = one.as_i128().zip(other.as_i128());
            match integers {
                Some((one, other)) if one != other => changed(format!(": {one} became {other}")),
                _ => None,
            }
        }
        (Value::String(one), Value::String(other)) if is_same_time(one, other) => None,
        (one, other) if one == other => None,
        (one, other) => changed(format!(": {} became {}", short(one), short(other))),
    }
}

/// Whether two texts are the same instant at the same offset.
fn is_same_time(one: &str, other: &str) -> bool {
    let time = |text: &str| {
        let zoned = jiff::fmt::temporal::Pieces::parse(text).ok()?;
        let instant: jiff::Timestamp = text.parse().ok()?;
        Some((instant, zoned.to_numeric_offset()))
    };
    one == other || time(one).is_some_and(|one| time(other) == Some(one))
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    text.chars().take(60).collect()
}
