//! What one side of a call sends: without the members that only the other side sets.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// What asks something of the value itself.
const IN_PLACE: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Leaves out the members that carry the keyword, `readOnly` or `writeOnly`, and that they are required.
pub(super) fn without(definitions: &Map<String, Value>, keyword: &str) -> Map<String, Value> {
    let direction = Direction {
        definitions,
        keyword,
        carrying: RefCell::default(),
        members: RefCell::default(),
    };
    let mut changed = definitions.clone();
    for schema in changed.values_mut() {
        direction.strip(schema, &BTreeSet::new());
    }
    changed
}

struct Direction<'d> {
    definitions: &'d Map<String, Value>,
    keyword: &'d str,
    /// Whether a definition carries the keyword.
    carrying: RefCell<BTreeMap<String, bool>>,
    /// The members that a definition declares.
    members: RefCell<BTreeMap<String, Members>>,
}

/// The members that the branches of a schema declare.
#[derive(Clone, Default)]
struct Members {
    /// With the keyword, in some branch.
    others: BTreeSet<String>,
    /// Without it, in some branch, which takes it back.
    own: BTreeSet<String>,
    required: BTreeSet<String>,
}

impl Members {
    fn extend(&mut self, further: Members) {
        self.others.extend(further.others);
        self.own.extend(further.own);
        self.required.extend(further.required);
    }
}

impl<'d> Direction<'d> {
    /// `around` are the members that a composition around the schema leaves out.
    fn strip(&self, schema: &mut Value, around: &BTreeSet<String>) {
        let Value::Object(keywords) = schema else {
            return;
        };
        let mut names = around.clone();
        let members = self.members(keywords);
        names.extend(members.others.difference(&members.own).cloned());
        self.require(keywords, &members);
        if let Some(Value::Object(properties)) = keywords.get_mut("properties") {
            properties.retain(|_, schema| !self.carries(schema));
        }
        if let Some(Value::Array(required)) = keywords.get_mut("required") {
            required.retain(|name| name.as_str().is_none_or(|name| !names.contains(name)));
        }
        for (keyword, value) in keywords {
            let inner = match IN_PLACE.contains(&keyword.as_str()) {
                true => names.clone(),
                false => BTreeSet::new(),
            };
            match (keyword.as_str(), value) {
                // An instance is no schema.
                ("const" | "enum" | "x-values" | "x-tag", _) => {}
                ("properties" | "patternProperties" | "dependentSchemas", Value::Object(map)) => {
                    map.values_mut().for_each(|it| self.strip(it, &inner));
                }
                (_, Value::Array(list)) => list.iter_mut().for_each(|it| self.strip(it, &inner)),
                (_, value) => self.strip(value, &inner),
            }
        }
    }

    /// Requires what one branch gives to the other side, another requires, and a third takes back: the first two have
    /// been changed as if they stood alone.
    fn require(&self, keywords: &mut Map<String, Value>, members: &Members) {
        let taken_back = members.others.intersection(&members.own);
        let required = taken_back.filter(|name| members.required.contains(*name));
        let required: Vec<Value> = required.map(|name| name.as_str().into()).collect();
        if !required.is_empty() {
            let known = keywords.entry("required").or_insert_with(|| json!([]));
            if let Value::Array(known) = known {
                known.extend(required);
            }
        }
    }

    /// The members of a schema, and of all that it is composed of.
    fn members(&self, keywords: &Map<String, Value>) -> Members {
        let mut members = Members::default();
        let properties = keywords.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            match self.carries(schema) {
                true => members.others.insert(name.clone()),
                false => members.own.insert(name.clone()),
            };
        }
        let required = keywords.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        members.required.extend(required.map(str::to_owned));
        for keyword in IN_PLACE {
            let parts = keywords.get(keyword).and_then(Value::as_array);
            for part in parts.into_iter().flatten().filter_map(Value::as_object) {
                let mut part = self.members(part);
                if keyword != "allOf" {
                    part.required.clear();
                }
                members.extend(part);
            }
        }
        let Some((name, target)) = self.target(keywords) else {
            return members;
        };
        let known = self.members.borrow().get(name).cloned();
        members.extend(known.unwrap_or_else(|| {
            let found = target.as_object().map(|it| self.members(it));
            let found = found.unwrap_or_default();
            let mut known = self.members.borrow_mut();
            known.insert(name.to_owned(), found.clone());
            found
        }));
        members
    }

    fn carries(&self, schema: &Value) -> bool {
        let Some(keywords) = schema.as_object() else {
            return false;
        };
        keywords.get(self.keyword) == Some(&Value::Bool(true))
            || branches(keywords).any(|branch| self.carries(branch))
            || self.target(keywords).is_some_and(|(name, target)| {
                let known = self.carrying.borrow().get(name).copied();
                known.unwrap_or_else(|| {
                    let carries = self.carries(target);
                    self.carrying.borrow_mut().insert(name.to_owned(), carries);
                    carries
                })
            })
    }

    /// What a schema refers to. References in place lead nowhere back, since circles have been cut.
    fn target<'k>(&self, keywords: &'k Map<String, Value>) -> Option<(&'k str, &'d Value)> {
        let name = keywords.get("$ref")?.as_str()?.rsplit('/').next()?;
        Some((name, self.definitions.get(name)?))
    }
}

fn branches(keywords: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let lists = IN_PLACE
        .iter()
        .filter_map(|keyword| keywords.get(*keyword)?.as_array());
    lists.flatten()
}

#[cfg(test)]
mod tests {
    use super::without;
    use serde_json::json;

    #[test]
    fn members_of_the_other_side_are_neither_there_nor_required() {
        let definitions = json!({
            "id": {"type": "string", "readOnly": true},
            "base": {"properties": {"id": {"$ref": "#/$defs/id"}, "name": {"type": "string"}}},
            "parcel": {"allOf": [{"$ref": "#/$defs/base"}, {"required": ["id", "name"]}]},
        });
        let changed = without(definitions.as_object().unwrap(), "readOnly");
        assert_eq!(
            changed["base"],
            json!({"properties": {"name": {"type": "string"}}})
        );
        assert_eq!(changed["parcel"]["allOf"][1], json!({"required": ["name"]}));
        let other = without(definitions.as_object().unwrap(), "writeOnly");
        assert_eq!(other, *definitions.as_object().unwrap());
    }

    #[test]
    fn a_branch_takes_a_member_back() {
        let definitions = json!({
            "base": {"properties": {"id": {"readOnly": true}, "type": {"readOnly": true}}},
            "reference": {"allOf": [{"$ref": "#/$defs/base"}, {"required": ["id", "type"]}]},
            "depot": {"allOf": [{"$ref": "#/$defs/reference"}, {"properties": {"type": {"const": "depot"}}}]},
        });
        let changed = without(definitions.as_object().unwrap(), "readOnly");
        assert_eq!(changed["reference"]["allOf"][1], json!({"required": []}));
        assert_eq!(changed["depot"]["required"], json!(["type"]));
        assert_eq!(
            changed["depot"]["allOf"][1],
            json!({"properties": {"type": {"const": "depot"}}})
        );
    }
}
