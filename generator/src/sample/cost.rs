//! How much work a validator has with a value.
//!
//! A validator goes every way that a composition offers. Where compositions share parts, there are more ways than it
//! could ever go, so these are counted first; each part is looked at once for that.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A validator takes a second or so for as many steps.
const MOST: u64 = 3_000_000;

const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const IN_PLACE: [&str; 4] = ["not", "if", "then", "else"];
const OF_MEMBERS: [&str; 2] = ["additionalProperties", "unevaluatedProperties"];
const OF_ITEMS: [&str; 3] = ["items", "contains", "unevaluatedItems"];

/// Whether a validator comes to an end with the value.
pub(super) fn is_bearable(definitions: &Map<String, Value>, schema: &Value, value: &Value) -> bool {
    let mut count = Count {
        definitions,
        known: HashMap::new(),
    };
    count.steps(schema, value) <= MOST
}

struct Count<'d> {
    definitions: &'d Map<String, Value>,
    /// By where schema and value are in memory.
    known: HashMap<(*const Value, *const Value), u64>,
}

impl<'d> Count<'d> {
    fn steps(&mut self, schema: &'d Value, value: &'d Value) -> u64 {
        let place = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        // What is met again within itself costs what it costs the first time.
        self.known.insert(place, 1);
        let mut sum = 1_u64;
        for (schema, value) in self.next(schema, value) {
            sum = sum.saturating_add(self.steps(schema, value));
        }
        self.known.insert(place, sum);
        sum
    }

    /// What a validator holds against what, one step further.
    fn next(&self, schema: &'d Value, value: &'d Value) -> Vec<(&'d Value, &'d Value)> {
        let mut next = Vec::new();
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|text| self.definitions.get(text.rsplit('/').next()?));
        let lists = LISTS
            .iter()
            .filter_map(|keyword| schema.get(*keyword)?.as_array());
        let single = IN_PLACE.iter().filter_map(|keyword| schema.get(*keyword));
        let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
        let in_place = target.into_iter().chain(lists.flatten()).chain(single);
        let in_place = in_place.chain(dependent.into_iter().flat_map(Map::values));
        next.extend(in_place.map(|schema| (schema, value)));
        let members = value.as_object().into_iter().flatten();
        for (name, value) in members {
            let declared = schema.get("properties").and_then(|it| it.get(name));
            let patterns = schema.get("patternProperties").and_then(Value::as_object);
            let further = OF_MEMBERS.iter().filter_map(|keyword| schema.get(*keyword));
            let schemas = declared.into_iter().chain(further);
            let schemas = schemas.chain(patterns.into_iter().flat_map(Map::values));
            next.extend(schemas.map(|schema| (schema, value)));
        }
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        for (index, item) in items.iter().enumerate() {
            let own = schema.get("prefixItems").and_then(|it| it.get(index));
            let common = OF_ITEMS.iter().filter_map(|keyword| schema.get(*keyword));
            next.extend(own.into_iter().chain(common).map(|schema| (schema, item)));
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::is_bearable;
    use serde_json::{Map, Value, json};

    #[test]
    fn ways_are_counted_without_going_them() {
        let step = |n: u32| {
            let next = json!({"$ref": format!("#/$defs/d{}", n + 1)});
            (format!("d{n}"), json!({"allOf": [next, next]}))
        };
        let short: Map<String, Value> = (0..10).map(step).collect();
        let long: Map<String, Value> = (0..60).map(step).collect();
        assert!(is_bearable(&short, &short["d0"], &json!(1)));
        assert!(!is_bearable(&long, &long["d0"], &json!(1)));
    }
}
