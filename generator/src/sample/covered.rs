//! Whether a value holds nothing but what its schema names.
//!
//! A schema allows more members than it names, and clients have fields for the named ones only.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Schemas are looked through no further.
const MOST: usize = 10_000;

pub(super) fn is_covered(definitions: &Map<String, Value>, schema: &Value, value: &Value) -> bool {
    let mut left = MOST;
    covers(definitions, &[schema], value, &mut left)
}

fn covers(
    definitions: &Map<String, Value>,
    schemas: &[&Value],
    value: &Value,
    left: &mut usize,
) -> bool {
    let parts = parts(definitions, schemas);
    *left = left.saturating_sub(1 + parts.len());
    if *left == 0 {
        return false;
    }
    match value {
        Value::Object(members) => members.iter().all(|(name, value)| {
            let declared = parts
                .iter()
                .filter_map(|part| part.get("properties")?.get(name));
            let mut schemas: Vec<&Value> = declared.collect();
            if schemas.is_empty() {
                let further = parts
                    .iter()
                    .filter_map(|part| part.get("additionalProperties"));
                schemas.extend(further.filter(|schema| schema.as_bool() != Some(false)));
            }
            let is_free = parts.iter().all(|part| part.get("properties").is_none());
            (is_free || !schemas.is_empty()) && covers(definitions, &schemas, value, left)
        }),
        Value::Array(items) => {
            let schemas = ["items", "prefixItems"].into_iter().flat_map(|keyword| {
                let found = parts.iter().filter_map(move |part| part.get(keyword));
                found.flat_map(|found| match found {
                    Value::Array(list) => list.iter().collect(),
                    schema => vec![schema],
                })
            });
            let schemas: Vec<&Value> = schemas.collect();
            items
                .iter()
                .all(|item| covers(definitions, &schemas, item, left))
        }
        // Where members are named and no type is, an object is meant.
        _ => {
            let has = |keyword: &str| parts.iter().any(|part| part.get(keyword).is_some());
            !has("properties") || has("type") || has("enum") || has("const") || has("anyOf")
        }
    }
}

/// The schemas, what they refer to, and what all of that is composed of.
fn parts<'s>(definitions: &'s Map<String, Value>, schemas: &[&'s Value]) -> Vec<&'s Value> {
    let mut waiting = schemas.to_vec();
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    while let Some(schema) = waiting.pop() {
        let name = schema
            .get("$ref")
            .and_then(|it| it.as_str()?.rsplit('/').next());
        if let Some(name) = name.filter(|name| seen.insert(*name)) {
            waiting.extend(definitions.get(name));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let list = schema.get(keyword).and_then(Value::as_array);
            waiting.extend(list.into_iter().flatten());
        }
        parts.push(schema);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::is_covered;
    use serde_json::json;

    #[test]
    fn members_are_named_or_allowed_by_name() {
        let definitions = json!({"base": {"properties": {"id": {"type": "string"}}}});
        let definitions = definitions.as_object().unwrap();
        let schema = json!({"allOf": [{"$ref": "#/$defs/base"}, {"properties": {"tags": {"items": {"properties": {"a": {}}}}}}]});
        let is = |value| is_covered(definitions, &schema, &value);
        assert!(is(json!({"id": "x", "tags": [{"a": {"free": 1}}]})));
        assert!(!is(json!({"id": "x", "more": 1})));
        assert!(!is(json!({"tags": [{"b": 1}]})));
        assert!(!is(json!("{\"id\": \"x\"}")));
        let map = json!({"properties": {}, "additionalProperties": {"type": "string"}});
        assert!(is_covered(definitions, &map, &json!({"any": "x"})));
    }
}
