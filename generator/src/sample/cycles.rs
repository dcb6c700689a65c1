//! References that lead back to themselves without going through a member or an item.
//!
//! No value is ever told right or wrong by one, and whoever follows it does not come back.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A longer chain of references is cut as well.
const LONGEST: usize = 64;

/// What asks something of the value itself, not of a part of it.
const IN_PLACE: [&str; 7] = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/// Puts `true` in the place of the references that close a circle.
pub(super) fn cut(definitions: &mut Map<String, Value>) {
    let mut search = Search {
        definitions,
        done: BTreeSet::new(),
        path: Vec::new(),
        cuts: BTreeSet::new(),
    };
    for name in search.definitions.keys() {
        search.visit(name);
    }
    let cuts = search.cuts;
    for (name, schema) in definitions.iter_mut() {
        let targets = cuts.iter().filter(|(from, _)| from == name);
        let targets: Vec<&str> = targets.map(|(_, to)| to.as_str()).collect();
        if !targets.is_empty() {
            replace(schema, &targets);
        }
    }
}

struct Search<'d> {
    definitions: &'d Map<String, Value>,
    done: BTreeSet<&'d str>,
    path: Vec<&'d str>,
    /// The definition that a reference stands in, and the one it leads to.
    cuts: BTreeSet<(String, String)>,
}

impl<'d> Search<'d> {
    fn visit(&mut self, name: &'d str) {
        if self.done.contains(name) {
            return;
        }
        self.path.push(name);
        let mut targets = Vec::new();
        if let Some(schema) = self.definitions.get(name) {
            collect(schema, &mut targets);
        }
        for target in targets {
            if self.path.contains(&target) || self.path.len() >= LONGEST {
                self.cuts.insert((name.to_owned(), target.to_owned()));
            } else {
                self.visit(target);
            }
        }
        self.path.pop();
        self.done.insert(name);
    }
}

/// The definitions that a schema refers to in place.
fn collect<'d>(schema: &'d Value, targets: &mut Vec<&'d str>) {
    targets.extend(schema.get("$ref").and_then(target));
    for keyword in IN_PLACE {
        match schema.get(keyword) {
            Some(Value::Array(branches)) => branches.iter().for_each(|it| collect(it, targets)),
            Some(branch) => collect(branch, targets),
            None => {}
        }
    }
}

fn replace(schema: &mut Value, targets: &[&str]) {
    let reference = schema.get("$ref").and_then(target);
    if reference.is_some_and(|reference| targets.contains(&reference)) {
        *schema = Value::Bool(true);
        return;
    }
    for keyword in IN_PLACE {
        match schema.get_mut(keyword) {
            Some(Value::Array(branches)) => branches.iter_mut().for_each(|it| replace(it, targets)),
            Some(branch) => replace(branch, targets),
            None => {}
        }
    }
}

fn target(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix("#/$defs/")
}

#[cfg(test)]
mod tests {
    use super::cut;
    use serde_json::{Value, json};

    fn after(mut definitions: Value) -> Value {
        cut(definitions.as_object_mut().unwrap());
        definitions
    }

    #[test]
    fn circles_are_cut_and_recursion_through_members_stays() {
        let itself = json!({"a": {"allOf": [{"$ref": "#/$defs/a"}, {"type": "object"}]}});
        assert_eq!(
            after(itself),
            json!({"a": {"allOf": [true, {"type": "object"}]}})
        );
        let pair = json!({"a": {"$ref": "#/$defs/b"}, "b": {"oneOf": [{"$ref": "#/$defs/a"}]}});
        assert_eq!(
            after(pair),
            json!({"a": {"$ref": "#/$defs/b"}, "b": {"oneOf": [true]}})
        );
        let tree = json!({"a": {"properties": {"next": {"$ref": "#/$defs/a"}}}});
        assert_eq!(after(tree.clone()), tree);
    }

    #[test]
    fn long_chains_end() {
        let link = |n: u32| {
            (
                format!("d{n:05}"),
                json!({"$ref": format!("#/$defs/d{:05}", n + 1)}),
            )
        };
        let chain: serde_json::Map<_, _> = (0..20_000).map(link).collect();
        let cut = after(Value::Object(chain));
        assert!(
            cut.as_object()
                .unwrap()
                .values()
                .any(|it| it == &Value::Bool(true))
        );
    }
}
