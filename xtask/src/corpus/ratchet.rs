//! What was reached once stays reached: `tests/corpus-ratchet.csv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::csv;
use super::run::Row;
use crate::project;

const HEADER: &str = "document,generated,compiles,operations,degraded";

/// What one description reached.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    generated: bool,
    /// None: never compiled yet.
    compiles: Option<bool>,
    operations: usize,
    degraded: usize,
}

/// Compares the results with the ratchet file, or writes them there; false when something got worse.
pub(super) fn compare(results: &[Row], update: bool) -> crate::Outcome {
    let mut marks = read()?;
    let (mut new, mut better, mut worse) = (0, 0, 0);
    for result in results {
        let path = &result.entry.path;
        let old = marks.get(path);
        let mark = Mark {
            generated: result.measured.generated,
            compiles: result.compiles.or(old.and_then(|old| old.compiles)),
            operations: result.measured.operations,
            degraded: result.measured.degraded,
        };
        let complaints = old.map(|old| mark.worse_than(old)).unwrap_or_default();
        for complaint in &complaints {
            println!("ratchet: {path}: {complaint}");
        }
        match old {
            None => new += 1,
            Some(_) if !complaints.is_empty() => worse += 1,
            Some(old) if mark != *old => better += 1,
            Some(_) => {}
        }
        marks.insert(path.clone(), mark);
    }
    let hint = if update || new + better == 0 {
        ""
    } else {
        "; --update keeps the gain"
    };
    println!("ratchet: {worse} worse, {better} better, {new} new{hint}");
    if update {
        write(&marks)?;
    }
    Ok(worse == 0 || update)
}

impl Mark {
    fn worse_than(&self, old: &Mark) -> Vec<String> {
        let mut complaints = Vec::new();
        if old.generated && !self.generated {
            return vec!["is not generated any more".to_owned()];
        }
        if old.compiles == Some(true) && self.compiles == Some(false) {
            complaints.push("does not compile any more".to_owned());
        }
        if self.operations < old.operations {
            complaints.push(format!(
                "has {} operations, had {}",
                self.operations, old.operations
            ));
        }
        if self.degraded > old.degraded {
            complaints.push(format!(
                "has {} degraded places, had {}",
                self.degraded, old.degraded
            ));
        }
        complaints
    }
}

fn path() -> PathBuf {
    project::root().join("tests/corpus-ratchet.csv")
}

fn read() -> Result<BTreeMap<String, Mark>, String> {
    let Ok(text) = fs::read_to_string(path()) else {
        return Ok(BTreeMap::new());
    };
    let mark = |(number, line): (usize, &str)| {
        parse(line).ok_or_else(|| {
            format!(
                "{}:{}: not a line of a ratchet file",
                path().display(),
                number + 1
            )
        })
    };
    text.lines().enumerate().skip(1).map(mark).collect()
}

fn parse(line: &str) -> Option<(String, Mark)> {
    let fields = csv::fields(line);
    let [document, generated, compiles, operations, degraded] = fields.as_slice() else {
        return None;
    };
    let fact = |text: &str| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let mark = Mark {
        generated: fact(generated)?,
        compiles: fact(compiles),
        operations: operations.parse().ok()?,
        degraded: degraded.parse().ok()?,
    };
    Some((document.clone(), mark))
}

fn write(marks: &BTreeMap<String, Mark>) -> Result<(), String> {
    let fact = |fact: Option<bool>| match fact {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let line = |(document, mark): (&String, &Mark)| {
        let Mark {
            generated,
            compiles,
            operations,
            degraded,
        } = mark;
        format!(
            "{document},{},{},{operations},{degraded}\n",
            fact(Some(*generated)),
            fact(*compiles)
        )
    };
    let text = format!("{HEADER}\n{}", marks.iter().map(line).collect::<String>());
    project::on(&path(), fs::write(path(), text))
}

#[cfg(test)]
mod tests {
    use super::{Mark, parse};

    #[test]
    fn lines_are_read() {
        let mark = Mark {
            generated: true,
            compiles: None,
            operations: 3,
            degraded: 1,
        };
        assert_eq!(
            parse("a/b.json,yes,unknown,3,1"),
            Some(("a/b.json".to_owned(), mark))
        );
        assert_eq!(parse("a/b.json,yes"), None);
    }

    #[test]
    fn only_losses_are_worse() {
        let old = Mark {
            generated: true,
            compiles: Some(true),
            operations: 3,
            degraded: 1,
        };
        assert!(old.worse_than(&old).is_empty());
        assert!(
            Mark {
                operations: 4,
                degraded: 0,
                ..old.clone()
            }
            .worse_than(&old)
            .is_empty()
        );
        assert_eq!(
            Mark {
                compiles: Some(false),
                ..old.clone()
            }
            .worse_than(&old)
            .len(),
            1
        );
        assert_eq!(
            Mark {
                operations: 2,
                degraded: 2,
                ..old.clone()
            }
            .worse_than(&old)
            .len(),
            2
        );
        assert_eq!(
            Mark {
                generated: false,
                ..old.clone()
            }
            .worse_than(&old)
            .len(),
            1
        );
    }
}
