//! Inline schemas that say the same: one of them is a type, and the others are names for it.
//!
//! Descriptions repeat what they could refer to; a client with a type for each copy would be a multiple of one with a type
//! for each shape, and would give values of the same thing to its users as values of different types. All keep their
//! names, so that code which uses one goes on to compile when its schema begins to differ.

use std::collections::BTreeMap;

use super::model::{Origin, Role, Rule, TypeDef, TypeId, TypeKind, TypeRef};

/// Makes inline types that are the same in all respects names of one of them: a component, where there is one.
pub(super) fn share(types: &mut [TypeDef]) {
    let classes = classes(types);
    for (at, original) in originals(types, &classes).into_iter().enumerate() {
        if types[at].id != original && is_inline(&types[at]) {
            merge(types, original, at);
        }
    }
}

/// The type of each class that stands for all of it, by the type.
fn originals(types: &[TypeDef], classes: &[usize]) -> Vec<TypeId> {
    let mut originals: BTreeMap<usize, TypeId> = BTreeMap::new();
    // Those with a name of their own come first.
    for inline in [false, true] {
        for (def, class) in types.iter().zip(classes) {
            if is_inline(def) == inline {
                originals.entry(*class).or_insert(def.id);
            }
        }
    }
    classes.iter().map(|class| originals[class]).collect()
}

/// Makes a type a name of another one, which is used where both were.
fn merge(types: &mut [TypeDef], original: TypeId, copy: usize) {
    let def = &mut types[copy];
    def.kind = TypeKind::Alias(TypeRef::Named(original));
    def.request_view = None;
    def.rules = Vec::new();
    let (in_request, in_response) = (def.in_request, def.in_response);
    let description = def.docs.description.take();
    let original = &mut types[original.0 as usize];
    original.in_request |= in_request;
    original.in_response |= in_response;
    // What the original says as well is said there.
    if description != original.docs.description {
        types[copy].docs.description = description;
    }
}

/// Its name is made from its place, and another name for the type does all that its own does: it calls nothing, as those
/// of structs without names for their fields do.
fn is_inline(def: &TypeDef) -> bool {
    matches!(def.origin, Origin::Inside(..) | Origin::Of(..))
        && !matches!(
            def.kind,
            TypeKind::Alias(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_)
        )
}

/// What a type is, without the types that it mentions.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Skeleton<'a> {
    nullable: bool,
    in_xml: bool,
    open: bool,
    /// What the description says of the type as a whole may differ: its name can say that too.
    deprecated: bool,
    remarks: &'a [String],
    rules: &'a [Rule],
    kind: TypeKind,
}

/// The class of each type: types of one class cannot be told apart, however deep one looks.
///
/// All that look alike are one class to begin with, and classes are divided by the classes of what their types mention
/// until none is.
fn classes(types: &[TypeDef]) -> Vec<usize> {
    let mut skeletons = BTreeMap::new();
    let mut classes: Vec<usize> = types
        .iter()
        .map(|def| numbered(&mut skeletons, skeleton(def)))
        .collect();
    let mentioned: Vec<Vec<TypeId>> = types.iter().map(mentioned).collect();
    let mut count = skeletons.len();
    loop {
        let mut seen = BTreeMap::new();
        let divided = classes.iter().zip(&mentioned).map(|(class, mentioned)| {
            let mentioned = mentioned.iter().map(|id| classes[id.0 as usize]);
            numbered(&mut seen, (*class, mentioned.collect::<Vec<_>>()))
        });
        classes = divided.collect();
        if seen.len() == count {
            return classes;
        }
        count = seen.len();
    }
}

fn numbered<K: Ord>(numbers: &mut BTreeMap<K, usize>, key: K) -> usize {
    let next = numbers.len();
    *numbers.entry(key).or_insert(next)
}

fn skeleton(def: &TypeDef) -> Skeleton<'_> {
    let mut kind = def.kind.clone();
    kind.each_use(&mut |ty| ty.each_named_mut(&mut |id| *id = TypeId(0)));
    Skeleton {
        nullable: def.nullable,
        in_xml: def.in_xml,
        open: def.open,
        deprecated: def.docs.deprecated,
        remarks: &def.docs.remarks,
        rules: &def.rules,
        kind,
    }
}

/// All types that a definition mentions, in order, with the other views of it.
fn mentioned(def: &TypeDef) -> Vec<TypeId> {
    let mut ids = Vec::new();
    def.kind.each_named(&mut |id| ids.push(id));
    ids.extend(def.request_view);
    if let Origin::Inside(whole, Role::Request) = def.origin {
        ids.push(whole);
    }
    ids
}
