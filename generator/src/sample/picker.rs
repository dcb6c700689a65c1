//! The one value that is taken of a schema: an example that is right, else one that is drawn.

use std::cell::LazyCell;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::bundle::{Bundle, plain};
use super::cost::is_bearable;
use super::covered::is_covered;
use super::sampler::Sampler;
use super::schemas::{Schemas, is_valid};
use crate::document::{Document, SchemaId};
use crate::spec::Node;

/// How many values are drawn before it is given up.
const TRIES: usize = 14;

type Lenient = LazyCell<Schemas, Box<dyn FnOnce() -> Schemas>>;

/// Picks values for one direction: what clients send, or what servers do.
pub(super) struct Picker {
    strict: Schemas,
    lenient: Lenient,
}

impl Picker {
    /// `other` is the keyword of members that the other side sets.
    pub(super) fn new(bundle: &Bundle, other: &str) -> Self {
        let own = bundle.without(other);
        let lenient = own.lenient();
        Picker {
            strict: Schemas::of(own),
            lenient: LazyCell::new(Box::new(move || Schemas::of(lenient))),
        }
    }

    /// A value of the schema at the node that is also `fit`; none where nothing is found.
    pub(super) fn pick(
        &self,
        node: Node<'_>,
        examples: &[Value],
        fit: &dyn Fn(&Value) -> bool,
    ) -> Option<Value> {
        let judge = Judge::of(&self.strict, node)?;
        let is_right = |value: &&Value| fit(value) && judge.allows(value);
        let example = examples.iter().find(is_right);
        if let Some(example) = example {
            return Some(example.clone());
        }
        draw(&self.strict, node, fit).or_else(|| draw(&self.lenient, node, fit))
    }

    /// Whether a value is of the schema at the node, as far as can be told.
    pub(super) fn allows(&self, node: Node<'_>, value: &Value) -> bool {
        Judge::of(&self.strict, node).is_none_or(|judge| judge.allows(value))
    }

    /// Whether a value holds nothing but what the schema at the node names.
    pub(super) fn covers(&self, node: Node<'_>, value: &Value) -> bool {
        let definitions = &self.strict.bundle().definitions;
        let schema = self.strict.definition(node);
        schema.is_some_and(|schema| is_covered(definitions, schema, value))
    }
}

/// Says whether values are of a schema.
struct Judge<'s> {
    schemas: &'s Schemas,
    schema: &'s Value,
    validator: Option<Validator>,
}

impl<'s> Judge<'s> {
    fn of(schemas: &'s Schemas, node: Node<'_>) -> Option<Self> {
        Some(Judge {
            schemas,
            schema: schemas.definition(node)?,
            validator: schemas.validator(node).ok(),
        })
    }

    /// What nobody comes to an end with is taken for right.
    fn allows(&self, value: &Value) -> bool {
        let definitions = &self.schemas.bundle().definitions;
        !is_bearable(definitions, self.schema, value) || is_valid(self.validator.as_ref(), value)
    }
}

fn draw(schemas: &Schemas, node: Node<'_>, fit: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let schema = schemas.definition(node)?;
    let judge = Judge::of(schemas, node)?;
    let seed = u64::from(node.id().index());
    let mut sampler = Sampler::new(&schemas.bundle().definitions, seed);
    (0..TRIES).find_map(|number| {
        let value = sampler.plain(schema, number)?;
        (fit(&value) && judge.allows(&value)).then_some(value)
    })
}

/// The examples of a parameter or a media type, and those of its schema.
pub(super) fn examples(
    document: &Document<'_>,
    example: Option<Node<'_>>,
    named: &[(&str, Node<'_>)],
    schema: Option<SchemaId>,
) -> Vec<Value> {
    let named = named.iter().map(|(_, node)| *node);
    let schema = schema.map(|id| &document.schemas[id.0 as usize]);
    let of_schema = schema
        .into_iter()
        .flat_map(|schema| schema.examples.iter().copied());
    let nodes = example.into_iter().chain(named).chain(of_schema);
    nodes.map(plain).collect()
}

/// What stands for a body of which nothing is known.
pub(super) fn anything() -> Value {
    json!({})
}
