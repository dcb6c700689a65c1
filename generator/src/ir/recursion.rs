//! Types that contain themselves: a box on the edge that closes a circle, a type of its own for aliases.

use super::model::{Presence, TypeDef, TypeId, TypeKind, TypeRef};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::Document;

pub(super) fn settle(
    types: &mut [TypeDef],
    document: &Document<'_>,
    diagnostics: &mut Diagnostics,
) {
    for id in closing_edges(types, alias_edges) {
        let def = &mut types[id.to.0 as usize];
        if let TypeKind::Alias(ty) = &def.kind {
            def.kind = TypeKind::Newtype(ty.clone());
        }
    }
    for edge in closing_edges(types, required_edges) {
        open(types, &edge, document, diagnostics);
    }
    for edge in closing_edges(types, direct_edges) {
        match &mut types[edge.from.0 as usize].kind {
            TypeKind::Object(object) => object.fields[edge.member].boxed = true,
            TypeKind::Union(union) => union.variants[edge.member].boxed = true,
            TypeKind::Tuple(tuple) => tuple.items[edge.member].boxed = true,
            _ => {}
        }
    }
}

/// From a type to one that it mentions, by the member that does.
#[derive(Clone, Copy)]
struct Edge {
    from: TypeId,
    member: usize,
    to: TypeId,
}

/// The edges on which a walk in id order meets a type that it has not left yet.
fn closing_edges(types: &[TypeDef], edges: fn(&[TypeDef], TypeId) -> Vec<Edge>) -> Vec<Edge> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; types.len()];
    let mut closing = Vec::new();
    for start in types {
        if state[start.id.0 as usize] != State::New {
            continue;
        }
        state[start.id.0 as usize] = State::Open;
        let mut path = vec![(start.id, edges(types, start.id).into_iter())];
        while let Some((at, rest)) = path.last_mut() {
            let Some(edge) = rest.next() else {
                state[at.0 as usize] = State::Done;
                path.pop();
                continue;
            };
            match state[edge.to.0 as usize] {
                State::Open => closing.push(edge),
                State::Done => {}
                State::New => {
                    state[edge.to.0 as usize] = State::Open;
                    path.push((edge.to, edges(types, edge.to).into_iter()));
                }
            }
        }
    }
    closing
}

/// Aliases that mention aliases, in any way.
fn alias_edges(types: &[TypeDef], from: TypeId) -> Vec<Edge> {
    let mut edges = Vec::new();
    let is_alias = |id: TypeId| matches!(types[id.0 as usize].kind, TypeKind::Alias(_));
    if let TypeKind::Alias(ty) = &types[from.0 as usize].kind {
        ty.each_named(&mut |to| {
            if is_alias(to) {
                edges.push(Edge {
                    from,
                    member: 0,
                    to,
                });
            }
        });
    }
    edges
}

/// Values held in place.
fn direct_edges(types: &[TypeDef], from: TypeId) -> Vec<Edge> {
    let edge = |(member, ty): (usize, &TypeRef)| {
        Some(Edge {
            from,
            member,
            to: behind_aliases(types, ty.direct()?)?,
        })
    };
    match &types[from.0 as usize].kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .map(|field| &field.ty)
            .enumerate()
            .filter_map(edge)
            .collect(),
        TypeKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.ty)
            .enumerate()
            .filter_map(edge)
            .collect(),
        TypeKind::Tuple(tuple) => tuple
            .items
            .iter()
            .map(|item| &item.ty)
            .enumerate()
            .filter_map(edge)
            .collect(),
        _ => Vec::new(),
    }
}

/// Values held in place that can neither be absent nor null.
fn required_edges(types: &[TypeDef], from: TypeId) -> Vec<Edge> {
    let TypeKind::Object(object) = &types[from.0 as usize].kind else {
        return Vec::new();
    };
    let edges = object
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.presence == Presence::Required);
    edges
        .filter_map(|(member, field)| {
            Some(Edge {
                from,
                member,
                to: behind_aliases(types, field.ty.direct()?)?,
            })
        })
        .collect()
}

/// The type an alias stands for, unless that is a list, a map or a plain value.
fn behind_aliases(types: &[TypeDef], id: TypeId) -> Option<TypeId> {
    let mut id = id;
    while let TypeKind::Alias(ty) = &types[id.0 as usize].kind {
        id = ty.direct()?;
    }
    Some(id)
}

/// A value that has to contain a value of its own type can not be written down, so the description can not mean it.
fn open(
    types: &mut [TypeDef],
    edge: &Edge,
    document: &Document<'_>,
    diagnostics: &mut Diagnostics,
) {
    let def = &mut types[edge.from.0 as usize];
    let pointer = def.pointer.clone();
    let TypeKind::Object(object) = &mut def.kind else {
        return;
    };
    let field = &mut object.fields[edge.member];
    field.presence = Presence::Optional;
    let place = pointer
        .strip_prefix('#')
        .and_then(|pointer| document.node.step(pointer))
        .unwrap_or(document.node);
    diagnostics
        .at(
            &codes::INFINITE_VALUE,
            place,
            format!(
                "property `{}` is required and leads back to its own schema, so no value could end",
                field.wire
            ),
        )
        .help("taken as optional");
}
