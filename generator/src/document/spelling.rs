//! Guesses which known word a misspelt one stands for.

/// The known word nearest to the given one, if any is near enough to be meant.
pub(super) fn closest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if let Some(same) = known
        .iter()
        .find(|candidate| candidate.eq_ignore_ascii_case(word))
    {
        return Some(same);
    }
    let length = word.chars().count();
    let limit = (length / 3).min(2);
    known
        .iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edit distance in which swapping two neighbours counts as one step.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=left.len() {
        for j in 1..=right.len() {
            let substitution = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = substitution.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_is_meant() {
        let known = ["parameters", "operationId", "tags"];
        assert_eq!(closest("parmeters", &known), Some("parameters"));
        assert_eq!(closest("paramtesr", &known), Some("parameters"));
        assert_eq!(closest("operationid", &known), Some("operationId"));
        assert_eq!(closest("tag", &known), Some("tags"));
        assert_eq!(closest("id", &known), None);
        assert_eq!(closest("", &known), None);
    }
}
