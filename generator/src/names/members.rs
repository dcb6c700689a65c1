//! Names fields, enum values and union variants.

use super::case::{self, Case};
use super::model::TypeNames;
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use super::types::{declared_kind_ident, kind_ident, role_ident};
use crate::ir::{
    Client, EnumValue, Object, Origin, Role, TypeDef, TypeKind, TypeRef, Union, Variant,
};
use crate::spec::push_token;

/// Names the members of one type, whose own name is given.
pub(super) fn members(
    client: &Client,
    ty: &TypeDef,
    idents: &[String],
    renames: &mut Renames,
) -> TypeNames {
    let ident = idents[ty.id.0 as usize].clone();
    let (members, rest) = match &ty.kind {
        TypeKind::Object(object) => fields(ty, object, renames),
        TypeKind::StringEnum(values) => (
            values_of(ty, values, |wire| case::variant_ident(wire), renames),
            None,
        ),
        TypeKind::IntegerEnum(values) => (
            values_of(ty, values, |wire| integer_ident(*wire), renames),
            None,
        ),
        TypeKind::JsonEnum(values) => (
            values_of(ty, values, |wire| literal_ident(wire), renames),
            None,
        ),
        TypeKind::Union(union) => (variants(client, ty, union, idents, renames), None),
        TypeKind::Tuple(_) | TypeKind::Alias(_) | TypeKind::Newtype(_) => (Vec::new(), None),
    };
    TypeNames {
        ident,
        members,
        rest,
    }
}

fn fields(ty: &TypeDef, object: &Object, renames: &mut Renames) -> (Vec<String>, Option<String>) {
    let candidates = object
        .fields
        .iter()
        .map(|field| {
            let mut pointer = format!("{}/properties", ty.pointer);
            push_token(&mut pointer, &field.wire);
            Candidate::new(pointer, case::field_ident(&field.wire))
                .avoiding(reserved::FIELD)
                .choosable()
        })
        .collect();
    let mut scope = Scope::new(Case::Snake);
    let members = scope.settle(candidates, renames);
    let rest = object.rest.as_ref().map(|_| {
        let pointer = format!("{}/additionalProperties", ty.pointer);
        scope.settle_one(Candidate::new(pointer, "additional_properties"), renames)
    });
    (members, rest)
}

fn values_of<T>(
    ty: &TypeDef,
    values: &[EnumValue<T>],
    ident: impl Fn(&T) -> String,
    renames: &mut Renames,
) -> Vec<String> {
    let candidates = values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let suggested = value.name.as_deref().filter(|name| !name.trim().is_empty());
            let ident = suggested.map_or_else(|| ident(&value.wire), case::variant_ident);
            Candidate::new(format!("{}/enum/{index}", ty.pointer), ident)
                .avoiding(reserved::VARIANT)
                .choosable()
        })
        .collect();
    Scope::new(Case::Camel).settle(candidates, renames)
}

/// `1` → `N1`, `-1` → `Minus1`.
fn integer_ident(value: i64) -> String {
    let sign = if value < 0 { "Minus" } else { "N" };
    format!("{sign}{}", value.unsigned_abs())
}

/// `"low"` → `Low`, `-1.5` → `Minus1_5`, `[1]` → `N1`.
fn literal_ident(json: &str) -> String {
    let text = json
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match (text, json.strip_prefix('-')) {
        (Some(text), _) => case::variant_ident(text),
        (None, Some(number)) => case::variant_ident(&format!("minus {number}")),
        (None, None) => case::variant_ident(json),
    }
}

fn variants(
    client: &Client,
    ty: &TypeDef,
    union: &Union,
    idents: &[String],
    renames: &mut Renames,
) -> Vec<String> {
    let candidates = union
        .variants
        .iter()
        .map(|variant| {
            let ident = variant_ident(client, variant, idents);
            let candidate = Candidate::new(&ty.pointer, ident);
            let candidate = match element_ident(client, &variant.ty, idents) {
                Some(longer) => candidate.or(longer),
                None => candidate,
            };
            candidate.avoiding(reserved::VARIANT)
        })
        .collect();
    Scope::new(Case::Camel).settle(candidates, renames)
}

fn variant_ident(client: &Client, variant: &Variant, idents: &[String]) -> String {
    let named = named(client, &variant.ty).map(|ty| match ty.origin {
        // The variants of what requests carry have the names of the others.
        Origin::Inside(whole, Role::Request) => client.ty(whole),
        _ => ty,
    });
    if let Some(ty) =
        named.filter(|ty| matches!(ty.origin, Origin::Component(_) | Origin::Named(_)))
    {
        return idents[ty.id.0 as usize].clone();
    }
    if let Some(tag) = variant.tags.first() {
        return case::variant_ident(tag);
    }
    match named {
        Some(ty) => match &ty.origin {
            Origin::Inside(_, role @ Role::Variant(_)) => {
                role_ident(role, declared_kind_ident(&ty.kind))
            }
            _ => idents[ty.id.0 as usize].clone(),
        },
        None => kind_ident(&variant.ty).to_owned(),
    }
}

/// `IntegerList` for a second list in a union, `ParcelMap` for a second map.
fn element_ident(client: &Client, ty: &TypeRef, idents: &[String]) -> Option<String> {
    let element = |inner: &TypeRef| match named(client, inner) {
        Some(ty) => idents[ty.id.0 as usize].clone(),
        None => {
            element_ident(client, inner, idents).unwrap_or_else(|| kind_ident(inner).to_owned())
        }
    };
    match ty {
        TypeRef::List(inner) => Some(format!("{}List", element(inner))),
        TypeRef::Map(inner) => Some(format!("{}Map", element(inner))),
        TypeRef::Nullable(inner) => element_ident(client, inner, idents),
        _ => None,
    }
}

fn named<'c>(client: &'c Client, ty: &TypeRef) -> Option<&'c TypeDef> {
    match ty {
        TypeRef::Named(id) => Some(client.ty(*id)),
        TypeRef::Nullable(inner) => named(client, inner),
        _ => None,
    }
}
