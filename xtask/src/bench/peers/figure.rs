//! Figures of one measure, and the median of several.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// A quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    /// Seconds on processors.
    Cpu,
    /// Megabytes of memory, at most.
    Peak,
    /// Lines of Rust.
    Lines,
    /// Operations that can be called.
    Operations,
    /// Megabytes of the compiled library.
    Library,
    /// Megabytes of the program without symbols.
    Program,
}

impl Figure {
    pub(super) const ALL: [Figure; 6] = [
        Figure::Cpu,
        Figure::Peak,
        Figure::Lines,
        Figure::Operations,
        Figure::Library,
        Figure::Program,
    ];

    /// What it is called where it is kept.
    pub(super) fn name(self) -> &'static str {
        match self {
            Figure::Cpu => "cpu_s",
            Figure::Peak => "peak_mb",
            Figure::Lines => "lines",
            Figure::Operations => "operations",
            Figure::Library => "rlib_mb",
            Figure::Program => "program_mb",
        }
    }

    /// What it is called in the table.
    pub(super) fn title(self) -> &'static str {
        match self {
            Figure::Cpu => "CPU s",
            Figure::Peak => "peak MB",
            Figure::Lines => "lines",
            Figure::Operations => "operations",
            Figure::Library => "rlib MB",
            Figure::Program => "stripped MB",
        }
    }

    /// With as many digits as say something.
    pub(super) fn write(self, value: f64) -> String {
        match self {
            Figure::Lines | Figure::Operations => thousands(value),
            _ if value < 10.0 => format!("{value:.2}"),
            _ if value < 100.0 => format!("{value:.1}"),
            _ => thousands(value),
        }
    }
}

/// `12,345`
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What was measured together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Figures(pub(super) BTreeMap<Figure, f64>);

impl Figures {
    pub(super) fn new<const N: usize>(figures: [(Figure, f64); N]) -> Self {
        Figures(figures.into())
    }

    pub(super) fn to_json(&self) -> Value {
        let member = |(figure, value): (&Figure, &f64)| (figure.name().to_owned(), (*value).into());
        Value::Object(self.0.iter().map(member).collect())
    }

    pub(super) fn from_json(value: &Value) -> Self {
        let figure = |figure: Figure| Some((figure, value[figure.name()].as_f64()?));
        Figures(Figure::ALL.into_iter().filter_map(figure).collect())
    }

    /// The median of each figure.
    pub(super) fn medians(runs: &[Figures]) -> Figures {
        let median = |figure: Figure| {
            let values = runs.iter().filter_map(|run| run.0.get(&figure).copied());
            let mut values: Vec<f64> = values.collect();
            values.sort_by(f64::total_cmp);
            let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
            Some((figure, (values[low] + values[high]) / 2.0))
        };
        Figures(Figure::ALL.into_iter().filter_map(median).collect())
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (figure, value)) in self.0.iter().enumerate() {
            let separator = if at > 0 { ", " } else { "" };
            let text = figure.write(*value);
            write!(f, "{separator}{} {text}", figure.title())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cpu(value: f64) -> Figures {
        Figures::new([(Figure::Cpu, value)])
    }

    #[test]
    fn medians_are_in_the_middle() {
        assert_eq!(Figures::medians(&[cpu(9.0), cpu(1.0), cpu(2.0)]), cpu(2.0));
        assert_eq!(Figures::medians(&[cpu(4.0), cpu(1.0)]), cpu(2.5));
        assert_eq!(Figures::medians(&[]), Figures::default());
    }

    #[test]
    fn figures_have_few_digits() {
        assert_eq!(Figure::Cpu.write(0.456), "0.46");
        assert_eq!(Figure::Cpu.write(45.67), "45.7");
        assert_eq!(Figure::Peak.write(12_345.6), "12,346");
        assert_eq!(Figure::Lines.write(7.0), "7");
    }

    #[test]
    fn json_form_is_read_back() {
        let figures = Figures::new([(Figure::Cpu, 1.5), (Figure::Lines, 3.0)]);
        assert_eq!(Figures::from_json(&figures.to_json()), figures);
    }
}
