//! The path of an operation, taken apart.

use std::ops::Range;

use super::operation::{Location, OperationMeta, Parameter};

/// A path with parameters in braces, as places in its text.
#[derive(Debug, Default)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
    /// What follows the last parameter.
    rest: Range<usize>,
    /// Neither the path nor what its parameters may be has a question mark, and the path has no dot.
    pub(super) is_plain: bool,
}

#[derive(Debug)]
struct Piece {
    /// What stands before the parameter.
    literal: Range<usize>,
    name: Range<usize>,
    /// How it is written.
    parameter: Parameter,
}

impl Template {
    /// Takes the path of an operation apart.
    pub(crate) fn of(operation: &OperationMeta, path: &str) -> Self {
        let mut pieces = Vec::new();
        let mut begin = 0;
        while let Some(open) = path[begin..].find('{').map(|at| begin + at)
            && let Some(close) = path[open..].find('}').map(|at| open + at)
        {
            let name = &path[open + 1..close];
            pieces.push(Piece {
                literal: begin..open,
                name: open + 1..close,
                parameter: operation.parameter(Location::Path, name),
            });
            begin = close + 1;
        }
        let is_encoded = |piece: &Piece| !piece.parameter.as_is;
        Self {
            is_plain: !path.contains(['?', '.']) && pieces.iter().all(is_encoded),
            pieces,
            rest: begin..path.len(),
        }
    }

    /// Each parameter: what stands before it, its name, and how it is written.
    pub(super) fn pieces<'t>(
        &'t self,
        path: &'t str,
    ) -> impl Iterator<Item = (&'t str, &'t str, &'t Parameter)> {
        self.pieces.iter().map(|piece| {
            let (literal, name) = (piece.literal.clone(), piece.name.clone());
            (&path[literal], &path[name], &piece.parameter)
        })
    }

    /// What follows the last parameter.
    pub(super) fn rest<'t>(&self, path: &'t str) -> &'t str {
        &path[self.rest.clone()]
    }
}
