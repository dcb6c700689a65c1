//! The figures, and those that were recorded.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::project;

/// How much worse a figure may become unnoticed.
const TOLERANCE: f64 = 1.10;

/// What a client costs; a figure that was not measured is missing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Figures {
    /// Instructions of generating it.
    pub(super) instructions: Option<u64>,
    /// Lines of its sources.
    pub(super) lines: Option<u64>,
    /// Instructions of checking it, as a multiple of those of the reference crate.
    pub(super) check: Option<f64>,
}

fn file() -> PathBuf {
    project::root().join("xtask/src/bench/cost/recorded.txt")
}

impl Figures {
    /// Those in the repository.
    pub(super) fn recorded() -> Result<Self, String> {
        let text = project::on(&file(), fs::read_to_string(file()))?;
        Self::read(&text)
            .ok_or_else(|| format!("{}: it is not as it was recorded", file().display()))
    }

    /// Puts them into the repository.
    pub(super) fn record(&self) -> Result<(), String> {
        project::on(&file(), fs::write(file(), self.write()))
    }

    fn read(text: &str) -> Option<Self> {
        let mut figures = Figures::default();
        for line in text.lines() {
            match line.split_once(' ')? {
                ("instructions", count) => figures.instructions = Some(count.parse().ok()?),
                ("lines", count) => figures.lines = Some(count.parse().ok()?),
                ("check", ratio) => figures.check = Some(ratio.parse().ok()?),
                _ => return None,
            }
        }
        Some(figures)
    }

    fn write(&self) -> String {
        let rows = self.rows().into_iter();
        let rows = rows.filter_map(|(name, figure)| Some(format!("{name} {}\n", shown(figure?))));
        rows.collect()
    }

    fn rows(&self) -> [(&'static str, Option<f64>); 3] {
        [
            ("instructions", self.instructions.map(|count| count as f64)),
            ("lines", self.lines.map(|count| count as f64)),
            ("check", self.check),
        ]
    }

    /// Whether none is more than 10 % above the recorded one; what was not measured is not.
    pub(super) fn are_within(&self, recorded: &Figures) -> bool {
        let mut rows = self.rows().into_iter().zip(recorded.rows());
        rows.all(|((_, figure), (_, recorded))| match (figure, recorded) {
            (Some(figure), Some(recorded)) => figure <= recorded * TOLERANCE,
            _ => true,
        })
    }

    /// A row for each, with the recorded ones beside them.
    pub(super) fn table(&self, recorded: &Figures) -> String {
        let mut text = format!(
            "{:<14} {:>14} {:>14} {:>8}\n",
            "", "now", "recorded", "ratio"
        );
        for ((name, figure), (_, recorded)) in self.rows().into_iter().zip(recorded.rows()) {
            let cell = |figure: Option<f64>| figure.map_or("-".to_owned(), shown);
            let ratio = figure
                .zip(recorded)
                .map(|(figure, recorded)| figure / recorded);
            let ratio = ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.3}"));
            let _ = writeln!(
                text,
                "{name:<14} {:>14} {:>14} {ratio:>8}",
                cell(figure),
                cell(recorded)
            );
        }
        let _ = writeln!(text, "(at most {TOLERANCE:.2} times what was recorded)");
        text
    }
}

/// Counts are whole.
fn shown(figure: f64) -> String {
    match figure.fract() == 0.0 && figure >= 100.0 {
        true => format!("{figure:.0}"),
        false => format!("{figure:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIGURES: Figures = Figures {
        instructions: Some(1_000_000),
        lines: Some(7_000),
        check: Some(1.25),
    };

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Figures::read(&FIGURES.write()), Some(FIGURES));
        assert_eq!(Figures::read("lines many\n"), None);
    }

    #[test]
    fn a_tenth_more_is_noticed() {
        let lines = |lines| Figures {
            lines: Some(lines),
            ..FIGURES
        };
        assert!(lines(7_700).are_within(&FIGURES));
        assert!(!lines(7_701).are_within(&FIGURES));
        assert!(
            !Figures {
                check: Some(1.4),
                ..FIGURES
            }
            .are_within(&FIGURES)
        );
        let none = Figures {
            instructions: None,
            ..FIGURES
        };
        assert!(none.are_within(&FIGURES));
    }
}
