//! The schemas of a description as one document of JSON Schema 2020-12, made from the source alone.
//!
//! Shares nothing with the stages that it judges but the reading of files and references.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{cycles, direction};
use crate::document::says_what_it_is;
use crate::spec::{Kind, Node, NodeId};

/// Where the bundle is, for references from outside.
pub(super) const BASE: &str = "https://attache.invalid/bundle";

/// The schemas at some nodes, and all that they refer to, by what [`key`] calls them.
///
/// The keywords `x-name`, `x-tag` and `x-values` say what JSON Schema has no word for: a component's own name, the
/// discriminator, and the examples and defaults.
#[derive(Debug)]
pub struct Bundle {
    pub(super) definitions: Map<String, Value>,
}

impl Bundle {
    /// Collects the schemas at these nodes and everything that they refer to.
    pub fn of<'t>(nodes: impl IntoIterator<Item = Node<'t>>, version: &str) -> Self {
        let mut bundler = Bundler {
            ignores_siblings: version.starts_with("2.") || version.starts_with("3.0"),
            waiting: nodes.into_iter().collect(),
            seen: BTreeSet::new(),
            definitions: Map::new(),
        };
        while let Some(node) = bundler.waiting.pop() {
            if bundler.seen.insert(node.id()) {
                let mut schema = bundler.schema(node);
                if let (Some(schema), Some(name)) = (schema.as_object_mut(), component_name(node)) {
                    schema.insert("x-name".to_owned(), name.into());
                }
                bundler.definitions.insert(key(node), schema);
            }
        }
        let mut definitions = bundler.definitions;
        cycles::cut(&mut definitions);
        Bundle { definitions }
    }

    /// Adds an object that the description states member by member, as a form of 2.0 is.
    pub(super) fn add_object(
        &mut self,
        at: Node<'_>,
        members: Vec<(&str, Node<'_>)>,
        required: &[&str],
    ) {
        let members = members.into_iter();
        let properties: Map<String, Value> = members
            .map(|(name, node)| {
                (
                    name.to_owned(),
                    json!({"$ref": format!("#/$defs/{}", key(node))}),
                )
            })
            .collect();
        let object = json!({"type": "object", "properties": properties, "required": required});
        self.definitions.insert(key(at), object);
    }

    /// The same without the members that carry this keyword: what only the other side sets.
    pub(super) fn without(&self, keyword: &str) -> Self {
        Bundle {
            definitions: direction::without(&self.definitions, keyword),
        }
    }

    /// The same with `anyOf` for every `oneOf`: where branches overlap, no value fits exactly one.
    pub fn lenient(&self) -> Self {
        let definitions = self.definitions.iter();
        Bundle {
            definitions: definitions
                .map(|(key, schema)| (key.clone(), lenient(schema)))
                .collect(),
        }
    }

    /// The whole document.
    pub fn document(&self) -> Value {
        json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": self.definitions})
    }
}

/// What a node's schema is called in the bundle.
pub fn key(node: Node<'_>) -> String {
    format!("n{}", node.id().index())
}

fn component_name(node: Node<'_>) -> Option<&str> {
    let parent = node.parent()?;
    matches!(parent.key_in_parent(), Some("schemas" | "definitions"))
        .then(|| node.key_in_parent())
        .flatten()
}

struct Bundler<'t> {
    /// Before OpenAPI 3.1, a reference stands alone.
    ignores_siblings: bool,
    waiting: Vec<Node<'t>>,
    seen: BTreeSet<NodeId>,
    definitions: Map<String, Value>,
}

impl<'t> Bundler<'t> {
    fn schema(&mut self, node: Node<'t>) -> Value {
        if let Some(boolean) = node.as_bool() {
            return boolean.into();
        }
        if !node.is_mapping() {
            return true.into();
        }
        let reference = ["$ref", "$dynamicRef", "$recursiveRef"]
            .iter()
            .find_map(|key| node.get(key)?.as_str());
        let own = || node.entries().any(|(key, _)| !key.text.starts_with("$ref"));
        let schema = match reference {
            Some(text) if self.ignores_siblings || !own() => self.reference(node, text),
            Some(text) => {
                let reference = self.reference(node, text);
                json!({"allOf": [reference, self.keywords(node)]})
            }
            None => self.keywords(node),
        };
        let is_nullable = ["nullable", "x-nullable"]
            .iter()
            .any(|key| node.get(key).and_then(Node::as_bool) == Some(true));
        if is_nullable {
            json!({"anyOf": [{"type": "null"}, schema]})
        } else {
            schema
        }
    }

    fn reference(&mut self, node: Node<'t>, text: &str) -> Value {
        let target = match node.get("$recursiveRef") {
            // The nearest schema around that says it is meant.
            Some(_) => Ok(nearest_anchor(node)),
            None => node.resolve(text),
        };
        match target {
            Ok(target) if target.is_mapping() || target.as_bool().is_some() => {
                self.waiting.push(target);
                json!({"$ref": format!("#/$defs/{}", key(target))})
            }
            _ => true.into(),
        }
    }

    fn keywords(&mut self, node: Node<'t>) -> Value {
        let mut schema = Map::new();
        for (keyword, value) in node.entries() {
            self.keyword(&mut schema, node, keyword.text, value);
        }
        // As in the types: what has members is an object, unless something else is said.
        if schema.contains_key("properties") && !is_typed(&schema) && is_positive(node) {
            schema.insert("type".to_owned(), "object".into());
        }
        Value::Object(schema)
    }

    fn keyword(
        &mut self,
        schema: &mut Map<String, Value>,
        node: Node<'t>,
        keyword: &str,
        value: Node<'t>,
    ) {
        let converted = match keyword {
            // Without quotes it is a slip, and means null where a union lists it.
            "type" if value.is_null() && is_branch(node) => Some("null".into()),
            "type" => types(value),
            "enum" if value.is_sequence() => Some(plain(value)),
            "const" | "format" | "contentEncoding" | "contentMediaType" | "pattern" => {
                Some(plain(value))
            }
            "required" if value.is_sequence() => {
                let names = value.items().filter_map(|item| item.scalar());
                Some(names.collect::<BTreeSet<_>>().into_iter().collect())
            }
            "properties" | "patternProperties" | "dependentSchemas" if value.is_mapping() => {
                Some(self.map(value))
            }
            "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames"
            | "unevaluatedItems"
            | "contains"
            | "not"
            | "if"
            | "then"
            | "else" => Some(self.schema(value)),
            // As in the types, a choice.
            "items" if value.is_sequence() && !says_what_it_is(node) => {
                schema.insert("anyOf".to_owned(), self.branches(value));
                return;
            }
            "items" if value.is_sequence() => {
                schema.insert("prefixItems".to_owned(), self.list(value));
                node.get("additionalItems").map(|rest| self.schema(rest))
            }
            "items" => Some(self.schema(value)),
            "anyOf" | "oneOf" if value.is_sequence() => Some(self.branches(value)),
            "prefixItems" | "allOf" if value.is_sequence() => Some(self.list(value)),
            "minimum" | "maximum" => return bound(schema, node, keyword, value),
            "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                Some(plain(value)).filter(Value::is_number)
            }
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
            | "maxProperties" | "minContains" | "maxContains" => {
                Some(plain(value)).filter(Value::is_u64)
            }
            "readOnly" | "writeOnly" => {
                Some(plain(value)).filter(|value| value == &Value::Bool(true))
            }
            "uniqueItems" => Some(plain(value)).filter(Value::is_boolean),
            "dependentRequired" if value.is_mapping() => Some(plain(value)),
            "discriminator" => {
                schema.extend(
                    self.discriminator(value)
                        .map(|tag| ("x-tag".to_owned(), tag)),
                );
                return;
            }
            "example" | "default" => Some(Value::Array(vec![plain(value)])),
            _ => None,
        };
        let name = match keyword {
            "example" | "default" => "x-values",
            name => name,
        };
        schema.extend(converted.map(|converted| (name.to_owned(), converted)));
    }

    fn map(&mut self, node: Node<'t>) -> Value {
        // Some refer to all members at once, which the reader follows too.
        let target = node.get("$ref").and_then(Node::as_str);
        let target = target.and_then(|text| node.resolve(text).ok());
        let node = target.filter(|it| it.is_mapping()).unwrap_or(node);
        node.entries()
            .map(|(key, value)| (key.text.to_owned(), self.schema(value)))
            .collect::<Map<_, _>>()
            .into()
    }

    fn list(&mut self, node: Node<'t>) -> Value {
        let items = node.items().collect::<Vec<_>>();
        items.into_iter().map(|item| self.schema(item)).collect()
    }

    /// A branch that says nothing but `nullable: true` stands for null.
    fn branches(&mut self, node: Node<'t>) -> Value {
        let says_null = |branch: &Node<'t>| {
            branch.entries().count() == 1
                && branch.get("nullable").and_then(Node::as_bool) == Some(true)
        };
        let branches = node.items().collect::<Vec<_>>();
        branches
            .into_iter()
            .map(|branch| match says_null(&branch) {
                true => json!({"type": "null"}),
                false => self.schema(branch),
            })
            .collect()
    }

    /// The property, and the definitions that its values select.
    fn discriminator(&mut self, node: Node<'t>) -> Option<Value> {
        let property = node
            .as_str()
            .or_else(|| node.get("propertyName")?.as_str())?;
        let mapping = node.get("mapping").into_iter().flat_map(Node::entries);
        let mapping: Map<String, Value> = mapping
            .filter_map(|(tag, target)| {
                let text = target.scalar()?;
                let named = format!("#/components/schemas/{text}");
                let target = target
                    .root()
                    .resolve(&named)
                    .or_else(|_| target.resolve(text));
                Some((tag.text.to_owned(), key(target.ok()?).into()))
            })
            .collect();
        Some(json!({"property": property, "mapping": mapping}))
    }
}

/// Whether a schema says of itself which values it is about.
fn is_typed(schema: &Map<String, Value>) -> bool {
    let names = ["type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"];
    names.iter().any(|name| schema.contains_key(*name))
}

/// Whether what a schema says is asked for, and not only a condition, or the opposite.
fn is_positive(node: Node<'_>) -> bool {
    !matches!(
        node.key_in_parent(),
        Some("not" | "if" | "then" | "else" | "contains")
    )
}

fn is_branch(node: Node<'_>) -> bool {
    let list = node.parent().and_then(Node::key_in_parent);
    matches!(list, Some("oneOf" | "anyOf"))
}

fn types(value: Node<'_>) -> Option<Value> {
    const KNOWN: [&str; 7] = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    let known = |text: &str| match text {
        "file" => Some("string"),
        text => KNOWN.into_iter().find(|known| *known == text),
    };
    if value.is_sequence() {
        let types = value.items().filter_map(|item| known(item.scalar()?));
        let types: BTreeSet<_> = types.collect();
        return (!types.is_empty()).then(|| types.into_iter().collect());
    }
    value.as_str().and_then(known).map(Value::from)
}

/// Draft 4 has a boolean beside the bound.
fn bound(schema: &mut Map<String, Value>, node: Node<'_>, keyword: &str, value: Node<'_>) {
    let exclusive = match keyword {
        "minimum" => "exclusiveMinimum",
        _ => "exclusiveMaximum",
    };
    let is_exclusive = node.get(exclusive).and_then(Node::as_bool) == Some(true);
    let name = if is_exclusive { exclusive } else { keyword };
    let value = plain(value);
    if value.is_number() {
        schema.insert(name.to_owned(), value);
    }
}

/// A value of the description as JSON; numbers beyond 64 bits are rounded.
pub fn plain(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => node.as_bool().unwrap_or_default().into(),
        Kind::Number => {
            let text = node.scalar().unwrap_or_default();
            serde_json::from_str(text.trim_start_matches('+'))
                .unwrap_or_else(|_| Value::String(text.to_owned()))
        }
        Kind::String => node.as_str().unwrap_or_default().into(),
        Kind::Sequence => node.items().map(plain).collect(),
        Kind::Mapping => node
            .entries()
            .map(|(key, value)| (key.text.to_owned(), plain(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

fn nearest_anchor(node: Node<'_>) -> Node<'_> {
    let ancestors = || std::iter::successors(node.parent(), |ancestor| ancestor.parent());
    let anchor = ancestors().find(|ancestor| ancestor.get("$recursiveAnchor").is_some());
    anchor.or(ancestors().last()).unwrap_or(node)
}

fn lenient(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(lenient).collect(),
        Value::Object(members) => {
            let renames = !members.contains_key("anyOf");
            let member = |(key, value): (&String, &Value)| match key.as_str() {
                // An instance is no schema.
                "const" | "enum" | "x-values" => (key.clone(), value.clone()),
                "oneOf" if renames && value.is_array() => ("anyOf".to_owned(), lenient(value)),
                _ => (key.clone(), lenient(value)),
            };
            members.iter().map(member).collect::<Map<_, _>>().into()
        }
        _ => schema.clone(),
    }
}
