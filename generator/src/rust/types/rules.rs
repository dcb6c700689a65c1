//! The rules of a value, as the tables state them: `where minimum(1) items(max_length(5))`.

use super::super::text::literal;
use crate::ir::Rule;

/// With a blank in front; nothing where there are no rules.
pub(super) fn clause(rules: &[Rule]) -> String {
    if rules.is_empty() {
        return String::new();
    }
    format!(" where {}", list(rules))
}

fn list(rules: &[Rule]) -> String {
    rules.iter().map(rule).collect::<Vec<_>>().join(" ")
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Minimum(bound) => format!("minimum({bound})"),
        Rule::ExclusiveMinimum(bound) => format!("exclusive_minimum({bound})"),
        Rule::Maximum(bound) => format!("maximum({bound})"),
        Rule::ExclusiveMaximum(bound) => format!("exclusive_maximum({bound})"),
        Rule::MultipleOf(step) => format!("multiple_of({step})"),
        Rule::MinLength(count) => format!("min_length({count})"),
        Rule::MaxLength(count) => format!("max_length({count})"),
        Rule::Pattern(pattern) => format!("pattern({})", literal(pattern)),
        Rule::MinItems(count) => format!("min_items({count})"),
        Rule::MaxItems(count) => format!("max_items({count})"),
        Rule::UniqueItems => "unique_items()".to_owned(),
        Rule::Items(rules) => format!("items({})", list(rules)),
        Rule::MinProperties(count) => format!("min_properties({count})"),
        Rule::MaxProperties(count) => format!("max_properties({count})"),
        Rule::PropertyNames(rules) => format!("property_names({})", list(rules)),
        Rule::DependentRequired(member, others) => {
            let others: Vec<_> = others.iter().map(|other| literal(other)).collect();
            let member = literal(member);
            format!("dependent_required({member} => {})", others.join(", "))
        }
        Rule::Values(rules) => format!("values({})", list(rules)),
    }
}
