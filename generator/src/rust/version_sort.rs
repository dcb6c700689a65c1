//! The order in which `rustfmt` wants imports: numbers by value, `_` before all else.

/// What to sort names by.
///
/// As "Sorting" in the Rust style guide has it, except that `rustfmt` takes each `_` as a chunk of its own.
pub(super) fn version_key(name: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix('_') {
            chunks.push(Chunk::Underscore);
            rest = tail;
            continue;
        }
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c == '_' || c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (chunk, tail) = rest.split_at(end);
        chunks.push(if digits {
            Chunk::number(chunk)
        } else {
            Chunk::Text(chunk.to_owned())
        });
        rest = tail;
    }
    chunks
}

/// An underscore, a run of digits, or one of anything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chunk {
    Underscore,
    /// Without leading zeros: the longer one is greater, then the greater one; more leading zeros come first.
    Number(usize, String, std::cmp::Reverse<usize>),
    Text(String),
}

impl Chunk {
    fn number(digits: &str) -> Self {
        let significant = digits.trim_start_matches('0');
        let zeros = digits.len() - significant.len();
        Chunk::Number(
            significant.len(),
            significant.to_owned(),
            std::cmp::Reverse(zeros),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn numbers_are_sorted_by_value() {
        let mut names = vec!["x_639b", "x_67f", "x10", "x9", "x_y", "xa", "x"];
        names.sort_by_key(|name| version_key(name));
        assert_eq!(names, ["x", "x_67f", "x_639b", "x_y", "x9", "x10", "xa"]);
    }
}
