//! How many requests operations take, where the description says so.
//!
//! The settings come first, then extensions, then a table in the operation's description, as Amazon's have it:
//!
//! ```text
//! | Rate (requests per second) | Burst |
//! | ---- | ---- |
//! | 0.0167 | 20 |
//! ```

use super::build::report_unknown;
use super::model::{Operation, Quota};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, codes};
use crate::document;
use crate::spec::Node;

const EXTENSIONS: [&str; 3] = ["x-attache-quota", "x-ratelimit", "x-rate-limit"];

/// Finds the quotas of all operations; `sources` is what each was read from.
pub(super) fn find(
    operations: &mut [Operation],
    sources: &[&document::Operation<'_>],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    report_unknown("quotas", config.quotas.keys(), operations, diagnostics);
    for (operation, source) in operations.iter_mut().zip(sources) {
        let stated = config.quotas.get(&operation.name).copied();
        operation.quota = stated
            .or_else(|| extension(source, diagnostics))
            .or_else(|| table(source.description?));
    }
}

fn extension(source: &document::Operation<'_>, diagnostics: &mut Diagnostics) -> Option<Quota> {
    let mut all = source.extensions.iter();
    let (name, node) = all.find(|(key, _)| EXTENSIONS.contains(key))?;
    let quota = stated(*node);
    if quota.is_none() {
        let message = format!("`{name}` states no quota");
        diagnostics.at(&codes::INVALID_QUOTA, *node, message).help(
            "write `rate` (requests per second) and `burst`, or `limit` and `period` (seconds)",
        );
    }
    quota
}

/// `rate` and `burst`, or `limit` requests in a `period` (or `window`) of seconds.
fn stated(node: Node<'_>) -> Option<Quota> {
    let number = |name: &str| positive(node.get(name)?.scalar()?);
    if let Some(rate) = number("rate") {
        let burst = number("burst").unwrap_or(1.0);
        return Some(Quota::new(rate, burst));
    }
    let limit = number("limit")?;
    let period = number("period").or_else(|| number("window"))?;
    Some(Quota::new(limit / period, limit))
}

/// The first row with numbers below a head that names rate and burst.
fn table(description: &str) -> Option<Quota> {
    let cells = |line: &str| -> Option<Vec<String>> {
        let row = line.trim().strip_prefix('|')?;
        let row = row.strip_suffix('|').unwrap_or(row);
        Some(
            row.split('|')
                .map(|cell| cell.trim().to_lowercase())
                .collect(),
        )
    };
    let mut columns: Option<(usize, usize)> = None;
    for line in description.lines() {
        let Some(cells) = cells(line) else {
            columns = None;
            continue;
        };
        if let Some((rate, burst)) = columns {
            let value = |at: usize| positive(cells.get(at)?);
            if let (Some(rate), Some(burst)) = (value(rate), value(burst)) {
                return Some(Quota::new(rate, burst));
            }
            continue;
        }
        let is_rate = |cell: &String| cell.starts_with("rate") && cell.contains("per second");
        let rate = cells.iter().position(is_rate);
        let burst = cells.iter().position(|cell| cell.starts_with("burst"));
        columns = rate.zip(burst);
    }
    None
}

fn positive(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number)
}

impl Quota {
    fn new(rate: f64, burst: f64) -> Self {
        // A part of a request is none, and there is always room for one.
        let burst = burst.clamp(1.0, f64::from(u32::MAX)) as u32;
        Quota { rate, burst }
    }
}

#[cfg(test)]
mod tests {
    use super::{Quota, table};

    #[test]
    fn tables_of_usage_plans() {
        let plain = "Returns orders.\n\n**Usage Plan:**\n\n| Rate (requests per second) | Burst |\n| ---- | ---- |\n| 0.0167 | 20 |\n\nMore.";
        let quota = |rate, burst| Some(Quota { rate, burst });
        assert_eq!(table(plain), quota(0.0167, 20));
        let plans = "| Plan type | Rate (requests per second) | Burst |\n| - | - | - |\n|Selling partner specific| Variable | Variable |\n|Default| 5 | 10";
        assert_eq!(table(plans), quota(5.0, 10));
        for other in [
            "",
            "| Rate | Burst |\n| 1 | 2 |",
            "| Rate (requests per second) | Burst |\n\n| 1 | 2 |",
            "| Burst | Rate (requests per second) |\n| x | -1 |",
            "Rate (requests per second) 1",
        ] {
            assert_eq!(table(other), None, "{other}");
        }
    }
}
