//! What a number, a string or a count has to do with one rule: why it breaks it, if it does.

use std::cmp::Ordering;

use super::decimal::Decimal;
use super::pattern::Patterns;
use super::rule::Rule;

pub(super) fn number(number: &str, rule: &Rule) -> Option<String> {
    let is = |bound: &str, wrong: &[Ordering]| {
        Decimal::compare(number, bound).is_some_and(|ordering| wrong.contains(&ordering))
    };
    let (is_broken, words, bound) = match *rule {
        Rule::Minimum(bound) => (
            is(bound, &[Ordering::Less]),
            "less than the minimum of",
            bound,
        ),
        Rule::ExclusiveMinimum(bound) => (
            is(bound, &[Ordering::Less, Ordering::Equal]),
            "not more than",
            bound,
        ),
        Rule::Maximum(bound) => (
            is(bound, &[Ordering::Greater]),
            "more than the maximum of",
            bound,
        ),
        Rule::ExclusiveMaximum(bound) => (
            is(bound, &[Ordering::Greater, Ordering::Equal]),
            "not less than",
            bound,
        ),
        Rule::MultipleOf(step) => (
            !Decimal::is_multiple(number, step),
            "not a multiple of",
            step,
        ),
        _ => return None,
    };
    is_broken.then(|| format!("{number} is {words} {bound}"))
}

pub(super) fn string(text: &str, rule: &Rule, patterns: &mut Patterns) -> Option<String> {
    match *rule {
        Rule::MinLength(least) => at_least(text.chars().count(), least, "character"),
        Rule::MaxLength(most) => at_most(text.chars().count(), most, "character"),
        Rule::Pattern(pattern) => {
            (!patterns.find(pattern, text)).then(|| format!("does not match `{pattern}`"))
        }
        _ => None,
    }
}

pub(super) fn at_least(count: usize, least: usize, what: &str) -> Option<String> {
    (count < least).then(|| format!("{}, at least {least}", counted(count, what)))
}

pub(super) fn at_most(count: usize, most: usize, what: &str) -> Option<String> {
    (count > most).then(|| format!("{}, at most {most}", counted(count, what)))
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("has {count} {what}{ending}")
}
