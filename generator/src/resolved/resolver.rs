//! The work list: schemas to settle, the ones that composition makes, and the shapes found.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use super::hierarchy;
use super::model::{Kind, Resolved, Shape};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{Document, Schema, SchemaId, Version};
use crate::spec::Node;

pub(super) struct Resolver<'a, 't> {
    pub(super) document: &'a Document<'t>,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Schemas made here; their ids follow the document's.
    made: Vec<Rc<Schema<'t>>>,
    /// What stands for a schema, made here or of the document, since dynamic references mean something else in it.
    pub(super) instances: BTreeMap<SchemaId, Rc<Schema<'t>>>,
    pub(super) shapes: Vec<Option<Shape<'t>>>,
    any: Option<SchemaId>,
    /// Components by the schema with a discriminator that they extend.
    pub(super) children: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// Schemas that ask for two others at once, so that recursive ones meet themselves again.
    both: BTreeMap<(SchemaId, SchemaId), SchemaId>,
}

/// Composition of schemas that contain each other could go on for ever; real descriptions stay far below.
const MADE_PER_SCHEMA: usize = 8;
const MADE_AT_LEAST: usize = 10_000;

/// A schema of the document, or one made here.
pub(super) enum SchemaRef<'a, 't> {
    Document(&'a Schema<'t>),
    Made(Rc<Schema<'t>>),
}

impl<'t> Deref for SchemaRef<'_, 't> {
    type Target = Schema<'t>;

    fn deref(&self) -> &Schema<'t> {
        match self {
            SchemaRef::Document(schema) => schema,
            SchemaRef::Made(schema) => schema,
        }
    }
}

impl<'a, 't> Resolver<'a, 't> {
    pub(super) fn new(document: &'a Document<'t>, diagnostics: &'a mut Diagnostics) -> Self {
        Resolver {
            document,
            diagnostics,
            made: Vec::new(),
            instances: BTreeMap::new(),
            shapes: Vec::new(),
            any: None,
            children: hierarchy::children(document),
            both: BTreeMap::new(),
        }
    }

    /// Gives every schema a shape. Made schemas join the end of the list, so one pass over it is enough.
    pub(super) fn resolve_all(&mut self) {
        self.settle_dynamic_references();
        let mut next = 0;
        while next < self.document.schemas.len() + self.made.len() {
            let id = SchemaId(u32::try_from(next).expect("the reader limits the number of nodes"));
            let shape = self.shape_of(id);
            self.shapes.push(Some(shape));
            next += 1;
        }
        self.break_alias_cycles();
    }

    pub(super) fn finish(self) -> Resolved<'t> {
        Resolved {
            shapes: self.shapes,
        }
    }

    pub(super) fn schema(&self, id: SchemaId) -> SchemaRef<'a, 't> {
        let index = id.0 as usize;
        if let Some(instance) = self.instances.get(&id) {
            return SchemaRef::Made(Rc::clone(instance));
        }
        match self.document.schemas.get(index) {
            Some(schema) => SchemaRef::Document(schema),
            None => SchemaRef::Made(Rc::clone(&self.made[index - self.document.schemas.len()])),
        }
    }

    /// The schema behind plain references; composition is not looked into.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        // A chain longer than there are schemas is a circle.
        for _ in 0..=self.document.schemas.len() {
            match self.schema(id).reference {
                Some(next) => id = next,
                None => break,
            }
        }
        id
    }

    /// Adds a schema that the description does not have as such.
    pub(super) fn make(&mut self, schema: Schema<'t>) -> SchemaId {
        let index = self.document.schemas.len() + self.made.len();
        self.made.push(Rc::new(schema));
        SchemaId(u32::try_from(index).expect("the reader limits the number of nodes"))
    }

    /// The schema that asks for two others, the same one each time.
    pub(super) fn make_both(&mut self, one: SchemaId, other: SchemaId) -> SchemaId {
        let key = (self.target(one), self.target(other));
        if let Some(&known) = self.both.get(&key) {
            return known;
        }
        let (first, second) = (self.schema(key.0), self.schema(key.1));
        if self.has_made_too_many() {
            let help = "only the first of the two that meet here is taken";
            self.report_endless_composition(second.node, help);
            return one;
        }
        let mut both = Schema::blank(second.node);
        both.title = second.title.or(second.component);
        // The later one is the more special one; its annotations lead.
        both.description = second.description.or(first.description);
        both.all_of = vec![one, other];
        let id = self.make(both);
        self.both.insert(key, id);
        id
    }

    pub(super) fn has_made_too_many(&self) -> bool {
        self.made.len() > MADE_AT_LEAST + MADE_PER_SCHEMA * self.document.schemas.len()
    }

    pub(super) fn report_endless_composition(&mut self, at: Node<'t>, help: &str) {
        let message = "schemas compose each other without end";
        self.diagnostics
            .at(&codes::COMPOSITION_TOO_DEEP, at, message)
            .help(help);
    }

    /// The schema that allows everything.
    pub(super) fn any(&mut self) -> SchemaId {
        if let Some(id) = self.any {
            return id;
        }
        let mut schema = Schema::blank(self.document.node);
        schema.boolean = Some(true);
        let id = self.make(schema);
        self.any = Some(id);
        id
    }

    pub(super) fn version_has_reference_siblings(&self) -> bool {
        self.document.version >= Version::V3_1
    }

    /// References and one-branch compositions may run in a circle; the first shape of each circle takes any value.
    fn break_alias_cycles(&mut self) {
        let mut done = vec![false; self.shapes.len()];
        for start in 0..self.shapes.len() {
            let mut path = Vec::new();
            let mut at = start;
            while !done[at] {
                done[at] = true;
                path.push(at);
                let Some(Kind::Alias(next)) = self.shapes[at].as_ref().map(|shape| &shape.kind)
                else {
                    break;
                };
                at = next.0 as usize;
                if path.contains(&at) {
                    self.open_cycle(at);
                    break;
                }
            }
        }
    }

    fn open_cycle(&mut self, at: usize) {
        let shape = self.shapes[at]
            .as_mut()
            .expect("every schema has a shape by now");
        self.diagnostics
            .at(
                &codes::REFERENCE_CYCLE,
                shape.node,
                "this schema refers only to itself, so it says nothing about its values",
            )
            .help("taken as any JSON value");
        shape.kind = Kind::Any;
        shape
            .remarks
            .push("Its schema refers only to itself; any JSON value is kept.".to_owned());
    }
}
