//! Objects: declared members, members by pattern, further members, and the tag of a union.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::flat::Flat;
use super::{Mode, SHALLOW, Sampler, pattern};

impl<'b> Sampler<'b> {
    pub(super) fn object(&mut self, flat: &Flat<'b>, depth: usize) -> Option<Value> {
        let required: Vec<&str> = flat
            .all("required")
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for (name, schemas) in declared(flat) {
            let is_required = required.contains(&name);
            if !is_required && !self.takes(depth) {
                continue;
            }
            match self.value(&schemas, depth + 1) {
                Some(value) => {
                    object.insert(name.to_owned(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        for name in required {
            if !object.contains_key(name) {
                let value = self.further(flat, name, depth)?;
                object.insert(name.to_owned(), value);
            }
        }
        self.add_further(flat, &mut object, depth);
        for (property, value) in &flat.tags {
            object.insert((*property).to_owned(), value.as_str().into());
        }
        Some(Value::Object(object))
    }

    /// Whether an optional member is there.
    fn takes(&mut self, depth: usize) -> bool {
        match self.mode {
            _ if depth >= SHALLOW || self.parts > self.most_parts() => false,
            Mode::Full => depth < 3 || (!self.plain && self.rng.bool()),
            Mode::Bare => false,
            Mode::Mixed | Mode::Open => self.rng.usize(..depth + 2) == 0,
        }
    }

    /// The value of a member that is not declared.
    fn further(&mut self, flat: &Flat<'b>, name: &str, depth: usize) -> Option<Value> {
        let by_pattern = patterns(flat)
            .into_iter()
            .filter(|(pattern, _)| pattern::matches(pattern, name))
            .map(|(_, schema)| schema);
        let mut schemas: Vec<_> = by_pattern.collect();
        if schemas.is_empty() {
            schemas.extend(flat.all("additionalProperties"));
        }
        match &schemas[..] {
            [] => Some(self.anything(depth)),
            all => self.value(all, depth + 1),
        }
    }

    /// Members that only `additionalProperties` and `patternProperties` speak of.
    fn add_further(&mut self, flat: &Flat<'b>, object: &mut Map<String, Value>, depth: usize) {
        let asks = flat
            .all("additionalProperties")
            .any(|further| further.is_object() || further == &Value::Bool(true));
        let fewest = flat.least("minProperties");
        if asks && (self.takes(depth) || object.len() < fewest) {
            let count = if self.plain {
                1
            } else {
                1 + self.rng.usize(..2)
            };
            for number in 0..count.max(fewest.saturating_sub(object.len())).min(20) {
                let name = self.name(flat, number);
                if !object.contains_key(&name)
                    && let Some(value) = self.further(flat, &name, depth)
                {
                    object.insert(name, value);
                }
            }
        }
        for (expression, schema) in patterns(flat) {
            if !self.takes(depth) {
                continue;
            }
            let name = pattern::matching(&mut self.rng, expression, pattern::FEW, self.plain);
            let value = self.value(&[schema], depth + 1);
            if let (Some(name), Some(value)) = (name, value) {
                object.entry(name).or_insert(value);
            }
        }
    }

    fn name(&mut self, flat: &Flat<'b>, number: usize) -> String {
        let names: Vec<_> = flat.all("propertyNames").collect();
        let fitting = match &names[..] {
            [] => None,
            names => self.value(names, super::SHALLOW),
        };
        match fitting {
            Some(Value::String(name)) => name,
            _ => format!("further {number}"),
        }
    }
}

/// Every declared member with all that is said of it, in order.
fn declared<'b>(flat: &Flat<'b>) -> BTreeMap<&'b str, Vec<&'b Value>> {
    let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for properties in flat.all("properties").filter_map(Value::as_object) {
        for (name, schema) in properties {
            members.entry(name).or_default().push(schema);
        }
    }
    members
}

fn patterns<'b>(flat: &Flat<'b>) -> Vec<(&'b str, &'b Value)> {
    let maps = flat.all("patternProperties").filter_map(Value::as_object);
    maps.flatten()
        .map(|(pattern, schema)| (pattern.as_str(), schema))
        .collect()
}
