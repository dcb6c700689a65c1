//! Findings for people, in the layout of the Rust compiler.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

use super::code::Severity;
use super::excerpt::Excerpt;
use super::list::Diagnostic;
use super::location::Location;

/// Renders one finding as several lines; the last one ends with a line break.
pub fn render_human(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let primary = diagnostic
        .at
        .iter()
        .map(|place| (place, AnnotationKind::Primary, None));
    let labels = diagnostic.labels.iter();
    let others = labels.map(|(place, label)| (place, AnnotationKind::Context, Some(label)));
    let mut group = Group::with_title(
        level
            .primary_title(&diagnostic.message)
            .id(diagnostic.code.name),
    );
    let mut cuts = Vec::new();
    for (place, kind, label) in primary.chain(others) {
        let excerpt = Excerpt::around(place);
        cuts.push((place, excerpt.cut));
        let snippet = Snippet::source(excerpt.text)
            .path(&place.file)
            .line_start(excerpt.first_line)
            .fold(false)
            .annotation(kind.span(excerpt.marked).label(label));
        group = group.element(snippet);
    }
    // Pointers and help quote the description, which may hold control characters.
    if let Some(place) = diagnostic
        .at
        .as_ref()
        .filter(|place| !place.pointer.ends_with('#'))
    {
        let pointer = normalize_untrusted_str(&place.pointer);
        group = group.element(Level::NOTE.with_name("pointer").message(pointer));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&[group]);
    for (place, cut) in cuts.into_iter().filter(|(_, cut)| *cut > 0) {
        text = correct_column(&text, place, cut);
    }
    text.push('\n');
    text
}

/// Renders findings one after the other, at most `limit` of each code, and says how many more there are.
pub fn render_all_human(diagnostics: &[Diagnostic], color: bool, limit: Option<usize>) -> String {
    let mut text = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code.name).or_default();
        *count += 1;
        if limit.is_none_or(|limit| *count <= limit) {
            text.push_str(&render_human(diagnostic, color));
            text.push('\n');
        }
    }
    for (name, count) in counts {
        let more = limit.map_or(0, |limit| count.saturating_sub(limit));
        if more > 0 {
            text.push_str(&format!("… and {more} more of {name}\n"));
        }
    }
    text
}

/// States the column in the file where the renderer, which saw only a cut line, counted within that.
fn correct_column(text: &str, place: &Location, cut: u32) -> String {
    let file = normalize_untrusted_str(&place.file);
    let stated = |column: u32| format!("{file}:{}:{column}", place.line);
    text.replacen(&stated(place.column - cut), &stated(place.column), 1)
}
