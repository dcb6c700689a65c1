//! Texts with placeholders.

use std::iter::Peekable;
use std::str::CharIndices;

use super::placeholder::{self, Filter, Placeholder};
use crate::signing::SchemeError;

/// A template that has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Value(Placeholder, Vec<Filter>),
}

impl Template {
    /// Reads a template; `what` says in errors which one it is.
    pub(super) fn read(text: &str, what: &str) -> Result<Self, SchemeError> {
        let mut template = Self { pieces: Vec::new() };
        let mut rest = text.char_indices().peekable();
        while let Some((index, c)) = rest.next() {
            // Positions are counted as people count them.
            let place = || {
                let position = text[..index].chars().count() + 1;
                format!("at character {position} of {what}")
            };
            match c {
                '{' | '}' if rest.next_if(|(_, next)| *next == c).is_some() => {
                    template.push(c);
                }
                '{' => template.pieces.push(value(text, index, &mut rest, &place)?),
                '}' => {
                    let lone = "stands alone; a brace that means itself is written twice";
                    return Err(format!("`}}` {} {lone}", place()).into());
                }
                '\\' => template.push(escaped(rest.next(), &place)?),
                c => template.push(c),
            }
        }
        Ok(template)
    }

    /// Says whether a placeholder is in it.
    pub(super) fn has(&self, wanted: &Placeholder) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Value(placeholder, _) if placeholder == wanted))
    }

    /// The text between placeholders.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Value(..) => None,
        })
    }

    fn push(&mut self, c: char) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push(c),
            _ => self.pieces.push(Piece::Text(c.to_string())),
        }
    }
}

/// Reads a placeholder, whose opening brace has been read.
fn value(
    text: &str,
    index: usize,
    rest: &mut Peekable<CharIndices<'_>>,
    place: &impl Fn() -> String,
) -> Result<Piece, SchemeError> {
    let Some((end, _)) = rest.find(|(_, c)| *c == '}') else {
        return Err(format!("`{{` {} has no closing brace", place()).into());
    };
    let inner = &text[index + 1..end];
    let (placeholder, filters) = placeholder::read(inner)
        .map_err(|reason| SchemeError(format!("`{inner}` {} {reason}", place())))?;
    Ok(Piece::Value(placeholder, filters))
}

fn escaped(found: Option<(usize, char)>, place: &impl Fn() -> String) -> Result<char, SchemeError> {
    match found {
        Some((_, 'n')) => Ok('\n'),
        Some((_, 'r')) => Ok('\r'),
        Some((_, 't')) => Ok('\t'),
        Some((_, '\\')) => Ok('\\'),
        _ => Err(format!("`\\` {} is followed by none of n, r, t and \\", place()).into()),
    }
}
