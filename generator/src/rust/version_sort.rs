//! The order in which `rustfmt` wants imports: numbers by value, `_` before letters.

/// What to sort names by.
///
/// See "Sorting" in the Rust style guide.
pub(super) fn version_key(name: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (chunk, tail) = rest.split_at(end);
        chunks.push(if digits {
            Chunk::number(chunk)
        } else {
            Chunk::text(chunk)
        });
        rest = tail;
    }
    chunks
}

/// A run of digits, or of anything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chunk {
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

    fn text(text: &str) -> Self {
        // A space stands for `_`, which comes before everything else in a name.
        Chunk::Text(text.replace('_', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn numbers_are_sorted_by_value() {
        let mut names = vec!["x_639b", "x_67f", "x10", "x9", "x_y", "xa", "x"];
        names.sort_by_key(|name| version_key(name));
        assert_eq!(names, ["x", "x9", "x10", "x_67f", "x_639b", "x_y", "xa"]);
    }
}
