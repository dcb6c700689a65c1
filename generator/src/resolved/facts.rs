//! What a schema says of its values that no type shows: limits, defaults, examples, conditions. It goes into the docs.

use super::shape::embedded;
use crate::document::Schema;
use crate::spec::Node;

/// Longer values are no help in a comment.
const LONGEST: usize = 80;

/// Everything worth a sentence, in one paragraph; none where there is nothing.
pub(super) fn facts(schema: &Schema<'_>) -> Option<String> {
    let mut facts = Vec::new();
    numbers(schema, &mut facts);
    counts(schema, &mut facts);
    values(schema, &mut facts);
    conditions(schema, &mut facts);
    (!facts.is_empty()).then(|| facts.join(" "))
}

fn numbers(schema: &Schema<'_>, facts: &mut Vec<String>) {
    let limits = &schema.limits;
    let bounds = [
        ("At least", limits.minimum),
        ("More than", limits.exclusive_minimum),
        ("At most", limits.maximum),
        ("Less than", limits.exclusive_maximum),
        ("A multiple of", limits.multiple_of),
    ];
    for (words, bound) in bounds {
        facts.extend(bound.map(|bound| format!("{words} {}.", code(bound))));
    }
}

fn counts(schema: &Schema<'_>, facts: &mut Vec<String>) {
    let limits = &schema.limits;
    let bounds = [
        ("character", limits.min_length, limits.max_length),
        ("item", limits.min_items, limits.max_items),
        ("member", limits.min_properties, limits.max_properties),
    ];
    for (what, least, most) in bounds {
        let least = least.filter(|least| *least != "0");
        let counted = |count: &str| {
            let ending = if count == "1" { "" } else { "s" };
            format!("{} {what}{ending}", plain(count))
        };
        facts.extend(match (least, most) {
            (None, None) => None,
            (Some(least), None) => Some(format!("At least {}.", counted(least))),
            (None, Some(most)) => Some(format!("At most {}.", counted(most))),
            (Some(least), Some(most)) if least == most => {
                Some(format!("Exactly {}.", counted(least)))
            }
            (Some(least), Some(most)) => Some(format!("{} to {}.", plain(least), counted(most))),
        });
    }
    if limits.unique_items {
        facts.push("No item twice.".to_owned());
    }
}

fn values(schema: &Schema<'_>, facts: &mut Vec<String>) {
    let pattern = schema.limits.pattern.filter(|it| it.len() <= LONGEST);
    facts.extend(pattern.map(|pattern| format!("Matches {}.", code(pattern))));
    let media_type = schema.content_media_type;
    facts.extend(media_type.map(|name| format!("Holds {}.", code(name))));
    facts.extend(short(schema.default).map(|value| format!("Default: {value}.")));
    let example = schema.examples.iter().find_map(|node| short(Some(*node)));
    facts.extend(example.map(|value| format!("Example: {value}.")));
}

/// Keywords that only tell right values from wrong ones.
fn conditions(schema: &Schema<'_>, facts: &mut Vec<String>) {
    let stated = [
        ("not", schema.not.is_some()),
        ("if", schema.if_then_else.is_some()),
        ("contains", schema.contains.is_some()),
        ("propertyNames", schema.property_names.is_some()),
        ("dependentRequired", !schema.dependent_required.is_empty()),
        ("dependentSchemas", !schema.dependent_schemas.is_empty()),
        (
            "contentSchema",
            schema.content_schema.is_some() && embedded(schema).is_none(),
        ),
    ];
    let stated = stated.into_iter().filter(|(_, is_stated)| *is_stated);
    let names: Vec<_> = stated.map(|(name, _)| code(name)).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        facts.push(format!(
            "The description has further conditions, which the type does not show: {names}."
        ));
    }
}

fn short(node: Option<Node<'_>>) -> Option<String> {
    let text = node?.json_text();
    (text.len() <= LONGEST && text != "null").then(|| code(&text))
}

/// Text between backticks.
fn code(text: &str) -> String {
    format!("`{}`", plain(text))
}

fn plain(text: &str) -> String {
    let text = text.replace('`', "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
