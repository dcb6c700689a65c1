//! The tables: a row per figure, a column per generator, and how many times as much the best peer takes.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use serde_json::{Value, json};

use super::document::Document;
use super::figure::{Figure, Figures};
use super::measure::Measure;
use super::peer::Peer;
use super::place::Place;
use super::state::State;
use crate::project;

/// The medians of a measure, or why there are none.
type Result = std::result::Result<Figures, String>;

/// What was measured of one generator: the figures, how often, and with what.
struct Cell {
    peer: Peer,
    result: Result,
    runs: usize,
    fingerprint: String,
    /// The client has all operations; one that drops some is no measure of what a client costs.
    is_whole: bool,
}

/// Writes all that was measured, in this run or before.
pub(super) fn write() -> std::result::Result<(), String> {
    let (mut text, mut rows) = (String::new(), Vec::new());
    for document in Document::ALL {
        let (mut table, mut runs) = (String::new(), BTreeSet::new());
        for measure in Measure::ALL {
            let cells = cells(document, measure);
            rows.extend(cells.iter().map(|cell| row(document, measure, cell)));
            runs.extend(cells.iter().map(|cell| cell.runs).filter(|runs| *runs > 0));
            write_measure(&mut table, measure, &cells);
        }
        if !table.is_empty() {
            let runs: Vec<String> = runs.iter().map(usize::to_string).collect();
            let runs = runs.join(" or ");
            let _ = writeln!(text, "{}{table}\nMedians of {runs} runs.\n", head(document));
        }
    }
    let folder = project::target("peers");
    project::on(&folder, fs::create_dir_all(&folder))?;
    let json = format!("{:#}\n", Value::Array(rows));
    for (file, text) in [("table.md", &text), ("table.json", &json)] {
        let path = folder.join(file);
        project::on(&path, fs::write(&path, text))?;
    }
    println!("{text}{}", folder.join("table.md").display());
    Ok(())
}

fn cells(document: Document, measure: Measure) -> Vec<Cell> {
    let cell = |peer: Peer| {
        let place = Place { document, peer };
        let state = State::last(&place, measure)?;
        let operations = State::last(&place, Measure::Generate)
            .and_then(|state| state.medians().0.get(&Figure::Operations).copied());
        Some(Cell {
            is_whole: operations.is_none_or(|count| count >= document.operations() as f64),
            peer,
            result: match state.failure() {
                Some(failure) => Err(failure.to_owned()),
                None => Ok(state.medians()),
            },
            runs: state.runs(),
            fingerprint: state.fingerprint().to_owned(),
        })
    };
    Peer::ALL.into_iter().filter_map(cell).collect()
}

fn row(document: Document, measure: Measure, cell: &Cell) -> Value {
    json!({
        "document": document.name(),
        "measure": measure.name(),
        "peer": cell.peer.name(),
        "with": cell.fingerprint,
        "runs": cell.runs,
        "medians": cell.result.as_ref().map(Figures::to_json).unwrap_or_default(),
        "failure": cell.result.as_ref().err(),
    })
}

fn head(document: Document) -> String {
    let mut text = format!("## {document}, {} operations\n\n|", document.operations());
    let mut rule = "\n|---|".to_owned();
    for peer in Peer::ALL {
        let _ = write!(text, " | {}", peer.title());
        rule.push_str("---:|");
    }
    format!("{text} | best peer ÷ Attaché |{rule}---:|\n")
}

fn write_measure(table: &mut String, measure: Measure, cells: &[Cell]) {
    let measured = |figure: Figure| {
        let mut results = cells.iter().filter_map(|cell| cell.result.as_ref().ok());
        results.any(|figures| figures.0.contains_key(&figure))
    };
    let mut figures: Vec<Figure> = Figure::ALL.into_iter().filter(|it| measured(*it)).collect();
    if figures.is_empty() && !cells.is_empty() {
        figures.push(Figure::Cpu);
    }
    for figure in &figures {
        let _ = write!(table, "| {}, {} |", measure.title(), figure.title());
        for peer in Peer::ALL {
            let cell = cells.iter().find(|cell| cell.peer == peer);
            let text = match cell.map(|cell| &cell.result) {
                None => String::new(),
                Some(Err(failure)) => escaped(failure),
                Some(Ok(figures)) => {
                    let value = figures.0.get(figure);
                    value.map_or(String::new(), |value| figure.write(*value))
                }
            };
            let _ = write!(table, " {text} |");
        }
        let ratio = ratio(*figure, cells).map_or(String::new(), |ratio| format!("{ratio:.1}"));
        let _ = writeln!(table, " {ratio} |");
    }
}

/// How many times as much the best peer takes, of those whose clients have all operations; of operations there is no best.
fn ratio(figure: Figure, cells: &[Cell]) -> Option<f64> {
    if figure == Figure::Operations {
        return None;
    }
    let value = |cell: &Cell| cell.result.as_ref().ok()?.0.get(&figure).copied();
    let (own, others): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| cell.peer == Peer::Attache);
    let own = own.into_iter().find_map(value).filter(|own| *own > 0.0)?;
    let best = others
        .into_iter()
        .filter(|cell| cell.is_whole)
        .filter_map(value)
        .min_by(f64::total_cmp)?;
    Some(best / own)
}

/// Inside a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(peer: Peer, result: Result) -> Cell {
        Cell {
            peer,
            result,
            runs: 1,
            is_whole: true,
            fingerprint: String::new(),
        }
    }

    #[test]
    fn ratios_are_to_the_best_peer_that_has_all_operations() {
        let cpu = |value| Ok(Figures::new([(Figure::Cpu, value)]));
        let cells = [
            cell(Peer::Attache, cpu(2.0)),
            cell(Peer::Progenitor, Err("panicked | here".to_owned())),
            cell(Peer::Ploidy, cpu(30.0)),
            cell(Peer::Oas3Gen, cpu(11.0)),
        ];
        assert_eq!(ratio(Figure::Cpu, &cells), Some(5.5));
        assert_eq!(ratio(Figure::Peak, &cells), None);
        let mut half = cell(Peer::OpenapiNexus, cpu(3.0));
        half.is_whole = false;
        let few = [
            cell(Peer::Attache, cpu(2.0)),
            half,
            cell(Peer::Ploidy, cpu(30.0)),
        ];
        assert_eq!(ratio(Figure::Cpu, &few), Some(15.0));
        let mut table = String::new();
        write_measure(&mut table, Measure::Check, &cells);
        let row = "| check of the crate, CPU s | 2.00 | panicked \\| here |  | 11.0 | 30.0 |  |  | 5.5 |\n";
        assert_eq!(table, row);
    }
}
