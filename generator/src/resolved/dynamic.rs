//! `$dynamicRef`: a schema that states an anchor anew gives the references of that name, in all that it refers to,
//! another meaning. What it refers to is copied once for each such meaning, so that every copy has one type.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::resolver::Resolver;
use crate::document::{Document, Schema, SchemaId};

/// What each anchor means; the outermost statement counts.
type Scope<'t> = BTreeMap<&'t str, SchemaId>;

impl<'t> Resolver<'_, 't> {
    pub(super) fn settle_dynamic_references(&mut self) {
        let document = self.document;
        let mut dynamic = Dynamic {
            leading: leading(document),
            copies: BTreeMap::new(),
            waiting: Vec::new(),
        };
        if dynamic.leading.is_empty() {
            return;
        }
        for (index, schema) in document.schemas.iter().enumerate() {
            let id = SchemaId(u32::try_from(index).expect("the reader limits the number of nodes"));
            let scope: Scope<'t> = schema.dynamic_anchors.iter().rev().copied().collect();
            if dynamic.changes_meaning(document, id, &scope) {
                dynamic.copies.insert((id, scope.clone()), id);
                dynamic.waiting.push((id, id, scope));
            }
            // A list instead of recursion: schemas nest and refer as deep as they like.
            while let Some((copy, original, scope)) = dynamic.waiting.pop() {
                let mut instance = self.instance(&mut dynamic, original, &scope);
                if copy != original {
                    instance.title = instance.title.or(instance.component);
                    instance.component = None;
                }
                self.instances.insert(copy, Rc::new(instance));
            }
        }
    }

    /// The schema as it is in a scope; itself where no dynamic reference is to be found.
    fn in_scope(&mut self, dynamic: &mut Dynamic<'t>, id: SchemaId, scope: &Scope<'t>) -> SchemaId {
        let schema = &self.document.schemas[id.0 as usize];
        if !dynamic.leading.contains(&id) {
            return id;
        }
        let mut scope = scope.clone();
        for &(name, target) in &schema.dynamic_anchors {
            scope.entry(name).or_insert(target);
        }
        let key = (id, scope);
        if let Some(&known) = dynamic.copies.get(&key) {
            return known;
        }
        if self.has_made_too_many() {
            self.report_endless_composition(schema.node, "the meaning where it stands is taken");
            return id;
        }
        let copy = self.make(Schema::blank(schema.node));
        dynamic.copies.insert(key.clone(), copy);
        dynamic.waiting.push((copy, id, key.1));
        copy
    }

    fn instance(
        &mut self,
        dynamic: &mut Dynamic<'t>,
        original: SchemaId,
        scope: &Scope<'t>,
    ) -> Schema<'t> {
        let mut instance = self.document.schemas[original.0 as usize].clone();
        let meaning = instance.dynamic_reference.and_then(|name| scope.get(name));
        if let Some(&meaning) = meaning {
            instance.reference = Some(meaning);
        }
        instance.each_schema(&mut |id| *id = self.in_scope(dynamic, *id, scope));
        instance
    }
}

struct Dynamic<'t> {
    /// Schemas from which a dynamic reference can be reached.
    leading: BTreeSet<SchemaId>,
    copies: BTreeMap<(SchemaId, Scope<'t>), SchemaId>,
    /// Copies that are still to be made, of which schema and in which scope.
    waiting: Vec<(SchemaId, SchemaId, Scope<'t>)>,
}

impl<'t> Dynamic<'t> {
    /// Whether a reference that is reached from here means something else than where it stands.
    fn changes_meaning(&self, document: &Document<'t>, start: SchemaId, scope: &Scope<'t>) -> bool {
        if scope.is_empty() || !self.leading.contains(&start) {
            return false;
        }
        let mut waiting = vec![start];
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !self.leading.contains(&id) || !seen.insert(id) {
                continue;
            }
            let schema = &document.schemas[id.0 as usize];
            let meaning = schema.dynamic_reference.and_then(|name| scope.get(name));
            if meaning.is_some_and(|&meaning| schema.reference != Some(meaning)) {
                return true;
            }
            schema.clone().each_schema(&mut |id| waiting.push(*id));
        }
        false
    }
}

/// The schemas that lead to a dynamic reference, found from those references on backwards.
fn leading(document: &Document<'_>) -> BTreeSet<SchemaId> {
    let is_dynamic = |schema: &Schema<'_>| schema.dynamic_reference.is_some();
    if !document.schemas.iter().any(is_dynamic) {
        return BTreeSet::new();
    }
    let mut mentioned_by: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    let mut waiting = Vec::new();
    for (index, schema) in document.schemas.iter().enumerate() {
        let id = SchemaId(u32::try_from(index).expect("the reader limits the number of nodes"));
        let mut schema = schema.clone();
        schema.each_schema(&mut |inner| mentioned_by.entry(*inner).or_default().push(id));
        if is_dynamic(&schema) {
            waiting.push(id);
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(mentioned_by.get(&id).into_iter().flatten());
        }
    }
    found
}
