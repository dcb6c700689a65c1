//! How large values are in memory, and boxes where they would be too large.
//!
//! A struct holds its members in place, those hold theirs, and real descriptions nest so widely that a value would
//! take megabytes, which no stack has room for. So the largest members of a large type get a box, until it is small.

use super::model::{Presence, TypeDef, TypeId, TypeKind, TypeRef};

/// Types of up to this many bytes are left alone.
const LARGE: usize = 1024;
/// Members below this are not worth a box.
const SMALL: usize = 128;

const WORD: usize = 8;
const POINTER_AND_LENGTH: usize = 3 * WORD;

/// Boxes the largest members of types that are too large. Runs after the circles are settled.
pub(super) fn limit(types: &mut [TypeDef]) {
    let mut sizes = vec![None; types.len()];
    for start in 0..types.len() {
        settle(types, &mut sizes, start);
    }
}

/// Settles a type after all that it holds in place; a list instead of recursion, since schemas nest deeply.
fn settle(types: &mut [TypeDef], sizes: &mut [Option<usize>], start: usize) {
    let mut path = vec![start];
    while let Some(&at) = path.last() {
        let held = members(&types[at].kind);
        let unsettled = held
            .iter()
            .filter(|member| !member.boxed)
            .filter_map(|member| member.holds)
            .find(|id| sizes[id.0 as usize].is_none() && !path.contains(&(id.0 as usize)));
        if let Some(next) = unsettled {
            path.push(next.0 as usize);
            continue;
        }
        sizes[at] = Some(shrink(&mut types[at].kind, sizes));
        path.pop();
    }
}

/// Boxes members until the type is small enough, the largest first; gives its size.
fn shrink(kind: &mut TypeKind, sizes: &[Option<usize>]) -> usize {
    loop {
        let held = members(kind);
        let weights: Vec<usize> = held.iter().map(|member| member.size(sizes)).collect();
        let size = match kind {
            TypeKind::Union(_) => weights.iter().copied().max().unwrap_or(0) + WORD,
            _ => weights.iter().sum(),
        };
        let largest = (0..held.len())
            .filter(|&at| held[at].holds.is_some() && !held[at].boxed && weights[at] > SMALL)
            .max_by_key(|&at| (weights[at], std::cmp::Reverse(at)));
        match largest {
            Some(at) if size > LARGE => put_in_box(kind, at),
            _ => return size,
        }
    }
}

fn put_in_box(kind: &mut TypeKind, at: usize) {
    match kind {
        TypeKind::Object(object) => object.fields[at].boxed = true,
        TypeKind::Union(union) => union.variants[at].boxed = true,
        TypeKind::Tuple(tuple) => tuple.items[at].boxed = true,
        _ => {}
    }
}

/// A value that a type holds in place.
struct Member {
    /// The type of it, when it is a named one.
    holds: Option<TypeId>,
    boxed: bool,
    /// Without what a named type takes.
    own: usize,
}

impl Member {
    fn of(ty: &TypeRef, boxed: bool, presence: Presence) -> Self {
        let wrapped = match presence {
            Presence::Required => 0,
            _ => WORD,
        };
        Member {
            holds: ty.direct(),
            boxed,
            own: wrapped + plain(ty),
        }
    }

    fn size(&self, sizes: &[Option<usize>]) -> usize {
        match (self.boxed, self.holds) {
            (true, _) => WORD,
            (false, Some(id)) => self.own + sizes[id.0 as usize].unwrap_or(WORD),
            (false, None) => self.own,
        }
    }
}

fn members(kind: &TypeKind) -> Vec<Member> {
    match kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .map(|field| Member::of(&field.ty, field.boxed, field.presence))
            .collect(),
        TypeKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| Member::of(&variant.ty, variant.boxed, Presence::Required))
            .collect(),
        TypeKind::Tuple(tuple) => tuple
            .items
            .iter()
            .map(|item| Member::of(&item.ty, item.boxed, item.presence))
            .collect(),
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => {
            vec![Member::of(ty, false, Presence::Required)]
        }
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::JsonEnum(_) => {
            vec![Member {
                holds: None,
                boxed: false,
                own: POINTER_AND_LENGTH,
            }]
        }
    }
}

/// About what the runtime's types take; a named type is counted by its own size.
fn plain(ty: &TypeRef) -> usize {
    match ty {
        TypeRef::Named(_) => 0,
        TypeRef::Nullable(inner) => WORD + plain(inner),
        TypeRef::Boolean => 1,
        TypeRef::Integer(_) | TypeRef::Float | TypeRef::UnixTime | TypeRef::StringInteger(_) => {
            WORD
        }
        TypeRef::Date | TypeRef::Time | TypeRef::Uuid => 2 * WORD,
        TypeRef::DateTime => 6 * WORD,
        TypeRef::List(_)
        | TypeRef::Map(_)
        | TypeRef::String
        | TypeRef::Number
        | TypeRef::JsonText(_) => POINTER_AND_LENGTH,
        TypeRef::Duration => 10 * WORD,
        TypeRef::Base64 | TypeRef::Json => 4 * WORD,
        // Only arguments are files.
        TypeRef::File => 0,
    }
}
