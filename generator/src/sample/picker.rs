//! The one value that is taken of a schema: an example that is right, else one that is drawn.

use std::cell::{LazyCell, RefCell};
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::bundle::{Bundle, plain};
use super::cost::is_bearable;
use super::covered::is_covered;
use super::sampler::Sampler;
use super::schemas::{Schemas, is_valid};
use crate::document::{Document, SchemaId};
use crate::spec::{Node, NodeId};

/// How many values are drawn before it is given up.
const TRIES: usize = 14;

type Lenient = LazyCell<Schemas, Box<dyn FnOnce() -> Schemas>>;

/// Picks values for one direction: what clients send, or what servers do.
pub(super) struct Picker {
    strict: Schemas,
    lenient: Lenient,
    /// The last validator: making one can take a second, and each schema is asked for several times in a row.
    last: RefCell<Option<(NodeId, Made)>>,
}

/// A validator, where the schema can have one.
type Made = Rc<Option<Validator>>;

impl Picker {
    /// `other` is the keyword of members that the other side sets.
    pub(super) fn new(bundle: &Bundle, other: &str) -> Self {
        let own = bundle.without(other);
        let lenient = own.lenient();
        Picker {
            strict: Schemas::of(own),
            lenient: LazyCell::new(Box::new(move || Schemas::of(lenient))),
            last: RefCell::default(),
        }
    }

    /// A value of the schema at the node that is also `fit`; none where nothing is found.
    pub(super) fn pick(
        &self,
        node: Node<'_>,
        examples: &[Value],
        fit: &dyn Fn(&Value) -> bool,
    ) -> Option<Value> {
        let judge = self.judge(node)?;
        let is_right = |value: &&Value| fit(value) && judge.allows(value);
        let example = examples.iter().find(is_right);
        if let Some(example) = example {
            return Some(example.clone());
        }
        let drawn = draw(&judge, node, fit);
        drawn.or_else(|| draw(&Judge::of(&self.lenient, node)?, node, fit))
    }

    fn judge(&self, node: Node<'_>) -> Option<Judge<'_>> {
        let known = self.last.borrow().clone();
        if let Some((_, validator)) = known.filter(|(id, _)| *id == node.id()) {
            let schemas = &self.strict;
            let schema = schemas.definition(node)?;
            return Some(Judge {
                schemas,
                schema,
                validator,
            });
        }
        let judge = Judge::of(&self.strict, node)?;
        *self.last.borrow_mut() = Some((node.id(), judge.validator.clone()));
        Some(judge)
    }

    /// Whether a value is of the schema at the node, as far as can be told.
    pub(super) fn allows(&self, node: Node<'_>, value: &Value) -> bool {
        self.judge(node).is_none_or(|judge| judge.allows(value))
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
    validator: Made,
}

impl<'s> Judge<'s> {
    fn of(schemas: &'s Schemas, node: Node<'_>) -> Option<Self> {
        Some(Judge {
            schemas,
            schema: schemas.definition(node)?,
            validator: Rc::new(schemas.validator(node).ok()),
        })
    }

    /// What nobody comes to an end with is taken for right.
    fn allows(&self, value: &Value) -> bool {
        let definitions = &self.schemas.bundle().definitions;
        !is_bearable(definitions, self.schema, value)
            || is_valid(Option::as_ref(&self.validator), value)
    }
}

fn draw(judge: &Judge<'_>, node: Node<'_>, fit: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let (schemas, schema) = (judge.schemas, judge.schema);
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
