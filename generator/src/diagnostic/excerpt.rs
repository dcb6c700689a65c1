//! The few lines of source that are shown with a place.

use super::location::Location;

/// Lines before and after the place.
const CONTEXT: usize = 2;
/// The longest piece of a line that is shown; JSON files may be one line of many megabytes.
const WIDTH: usize = 160;
/// How much of a long line is shown before the place.
const LEAD: usize = 40;

/// A window on a file's text.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The number of the window's first line, from 1.
    pub(super) first_line: usize,
    /// The place, as bytes of `text`; it never goes beyond its first line.
    pub(super) marked: std::ops::Range<usize>,
    /// How many characters of the place's line were cut off before the window.
    pub(super) cut: u32,
}

impl Excerpt {
    pub(super) fn around(place: &Location) -> Self {
        let file = &place.source;
        let line = place.line as usize - 1;
        let first = line.saturating_sub(CONTEXT);
        let mut excerpt = Excerpt {
            text: String::new(),
            first_line: first + 1,
            marked: 0..0,
            cut: 0,
        };
        for number in first..=line + CONTEXT {
            let Some(range) = file.line_range(number) else {
                break;
            };
            if number > first {
                excerpt.text.push('\n');
            }
            let whole = &file.text[range.clone()];
            if number != line {
                excerpt.text.push_str(piece(whole, 0).1);
                continue;
            }
            let start = (place.span.start as usize).clamp(range.start, range.end) - range.start;
            let end = (place.span.end as usize).clamp(range.start + start, range.end) - range.start;
            let (from, shown) = piece(whole, start);
            if from > 0 {
                excerpt.cut = place.column - 1 - whole[from..start].chars().count() as u32;
            }
            let offset = excerpt.text.len();
            excerpt.marked = offset + start - from..offset + end.min(from + shown.len()) - from;
            excerpt.text.push_str(shown);
        }
        excerpt
    }
}

/// The piece of a line around a byte, and where it begins.
fn piece(line: &str, around: usize) -> (usize, &str) {
    if line.len() <= WIDTH {
        return (0, line);
    }
    let from = boundary(line, around.saturating_sub(LEAD));
    let to = boundary(line, from + WIDTH);
    (from, &line[from..to])
}

/// The last beginning of a character at or before a byte.
fn boundary(line: &str, at: usize) -> usize {
    (0..=at.min(line.len()))
        .rev()
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(0)
}
