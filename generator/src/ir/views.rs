//! Types of their own for requests, where one type for both directions would ask too much or promise too little.
//!
//! A member that only the server sets can not be required of a request, one that only requests carry can not be
//! expected in a response. Where that changes what is required, the type and all that contain it in requests are
//! doubled: the type itself is what responses carry, a further one is what requests carry.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    Content, Field, Operation, Origin, Presence, Role, TypeDef, TypeId, TypeKind, TypeRef,
};

/// The types that requests and responses have to see differently; how they are used has been marked.
pub(super) fn find(types: &[TypeDef]) -> BTreeSet<TypeId> {
    let in_both = |ty: &&TypeDef| ty.in_request && ty.in_response;
    let mut containers: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for ty in types.iter().filter(in_both) {
        ty.kind
            .each_named(&mut |inner| containers.entry(inner).or_default().push(ty.id));
    }
    let one_sided = types.iter().filter(in_both).filter(|ty| is_one_sided(ty));
    let mut waiting: Vec<_> = one_sided.map(|ty| ty.id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(containers.get(&id).into_iter().flatten());
        }
    }
    found
}

/// Whether a member that has to be there is there on one side only.
fn is_one_sided(ty: &TypeDef) -> bool {
    let TypeKind::Object(object) = &ty.kind else {
        return false;
    };
    object.fields.iter().any(|field| {
        (field.read_only || field.write_only) && field.presence != field.presence.optional()
    })
}

/// Adds a type for requests beside each of these, and makes requests use it.
pub(super) fn split(
    types: &mut Vec<TypeDef>,
    operations: &mut [Operation],
    views: &BTreeSet<TypeId>,
) {
    let first = types.len();
    let ids = (first..)
        .map(|index| TypeId(u32::try_from(index).expect("there are no more views than types")));
    let request_view: BTreeMap<TypeId, TypeId> = views.iter().copied().zip(ids).collect();
    for (&id, &view) in &request_view {
        let whole = &mut types[id.0 as usize];
        let mut request = whole.clone();
        whole.in_request = false;
        whole.request_view = Some(view);
        loosen(&mut whole.kind, |field| field.write_only);
        request.id = view;
        request.origin = Origin::Inside(id, Role::Request);
        request.in_response = false;
        loosen(&mut request.kind, |field| field.read_only);
        types.push(request);
    }
    for ty in types
        .iter_mut()
        .filter(|ty| ty.in_request && !ty.in_response)
    {
        ty.kind.each_use(&mut |ty| redirect(ty, &request_view));
    }
    for operation in operations {
        for parameter in &mut operation.parameters {
            redirect(&mut parameter.ty, &request_view);
        }
        if let Some(Content::Json(ty) | Content::Form(ty) | Content::Xml(ty)) =
            operation.body.as_mut().map(|body| &mut body.content)
        {
            redirect(ty, &request_view);
        }
    }
}

/// No member goes: some servers want to see what they have set, an id for example.
fn loosen(kind: &mut TypeKind, is_others: fn(&Field) -> bool) {
    if let TypeKind::Object(object) = kind {
        let fields = object.fields.iter_mut();
        fields
            .filter(|field| is_others(field))
            .for_each(Field::loosen);
    }
}

fn redirect(ty: &mut TypeRef, request_view: &BTreeMap<TypeId, TypeId>) {
    ty.each_named_mut(&mut |id| *id = request_view.get(id).copied().unwrap_or(*id));
}

impl Field {
    /// Lets the member be absent.
    pub(super) fn loosen(&mut self) {
        self.constant = false;
        self.presence = self.presence.optional();
    }
}

impl Presence {
    fn optional(self) -> Self {
        match self {
            Presence::Required | Presence::Optional => Presence::Optional,
            Presence::RequiredNullable | Presence::OptionalNullable => Presence::OptionalNullable,
        }
    }
}

impl TypeKind {
    /// Every use of a type in the definition, to be changed.
    pub(super) fn each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            TypeKind::Object(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                fields.chain(&mut object.rest).for_each(change);
            }
            TypeKind::Tuple(tuple) => {
                let items = tuple.items.iter_mut().map(|item| &mut item.ty);
                items.chain(&mut tuple.rest).for_each(change);
            }
            TypeKind::Union(union) => {
                let variants = union.variants.iter_mut();
                variants.for_each(|variant| change(&mut variant.ty));
            }
            TypeKind::Alias(ty) | TypeKind::Newtype(ty) => change(ty),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::JsonEnum(_) => {}
        }
    }
}
