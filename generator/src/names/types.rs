//! Names types and the modules they stand in.

use std::collections::BTreeMap;

use super::case::{self, Case};
use super::model::TypeModule;
use super::operations::with_kind;
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use crate::ir::{Client, Operation, Origin, Role, Status, TypeDef, TypeId, TypeKind, TypeRef};

/// The identifier of each type, by [`TypeId`].
///
/// Components come first, then other schemas with a name, then inline ones level by level, as a
/// child's name is made from its parent's.
pub(super) fn idents(client: &Client, renames: &mut Renames) -> Vec<String> {
    let mut idents = vec![String::new(); client.types.len()];
    let mut scope = Scope::new(Case::Camel);
    for level in levels(client) {
        let candidates = level
            .iter()
            .map(|&id| candidate(client, client.ty(id), &idents))
            .collect();
        let given = scope.settle(candidates, renames);
        for (id, ident) in level.into_iter().zip(given) {
            idents[id.0 as usize] = ident;
        }
    }
    idents
}

/// The modules below `types`: one per named type with all that is inline in it, one per operation.
pub(super) fn modules(client: &Client, renames: &mut Renames) -> Vec<TypeModule> {
    let mut types_of: BTreeMap<Root, Vec<TypeId>> = BTreeMap::new();
    for ty in &client.types {
        types_of.entry(root(client, ty)).or_default().push(ty.id);
    }
    let candidates = types_of
        .keys()
        .map(|root| module_candidate(client, *root))
        .collect();
    let stems = Scope::new(Case::Snake).settle(candidates, renames);
    let mut modules: Vec<TypeModule> = stems
        .into_iter()
        .zip(types_of.into_values())
        .map(|(module, types)| TypeModule { module, types })
        .collect();
    modules.sort_by(|one, other| one.module.cmp(&other.module));
    modules
}

/// The kind of a type, in a word of the description's language.
pub(super) fn kind_ident(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::Named(_) => "Object",
        TypeRef::List(_) => "List",
        TypeRef::Map(_) => "Map",
        TypeRef::Nullable(inner) => kind_ident(inner),
        TypeRef::Boolean => "Boolean",
        TypeRef::Integer(_) => "Integer",
        TypeRef::Float => "Float",
        TypeRef::String => "String",
        TypeRef::DateTime => "DateTime",
        TypeRef::Date => "Date",
        TypeRef::Time => "Time",
        TypeRef::Uuid => "Uuid",
        TypeRef::Base64 => "Bytes",
        TypeRef::JsonText(_) => "JsonText",
        TypeRef::Number => "Number",
        TypeRef::UnixTime => "UnixTime",
        TypeRef::Duration => "Duration",
        TypeRef::StringInteger(_) => "IntegerText",
        TypeRef::File => "File",
        TypeRef::Json => "Json",
    }
}

/// The kind of a declared type, in the same words.
pub(super) fn declared_kind_ident(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Object(_) => "Object",
        TypeKind::StringEnum(_) => "Enum",
        TypeKind::IntegerEnum(_) => "IntegerEnum",
        TypeKind::JsonEnum(_) => "JsonEnum",
        TypeKind::Tuple(_) => "Tuple",
        TypeKind::Union(_) => "Union",
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => kind_ident(ty),
    }
}

/// The part of an inline schema's name that its place in the parent gives; `kind` stands for a variant's number.
pub(super) fn role_ident(role: &Role, kind: &str) -> String {
    match role {
        Role::Field(name) | Role::Parameter(name) => case::type_ident(name),
        Role::Item => "Item".to_owned(),
        Role::Position(position) => format!("Item{}", position + 1),
        Role::Value => "Value".to_owned(),
        Role::Request => "Request".to_owned(),
        Role::Variant(text) if is_numbered(text) => kind.to_owned(),
        Role::Variant(text) => case::variant_ident(text),
        Role::RequestBody => "Body".to_owned(),
        Role::Response(status) => format!("Response{}", status_digits(*status)),
        Role::Within(outer, inner) => {
            let outer_kind = match **inner {
                Role::Item => "List",
                Role::Value => "Map",
                _ => "Object",
            };
            case::join(&role_ident(outer, outer_kind), &role_ident(inner, kind))
        }
    }
}

/// Whether a variant has no name but its number: `3`, `variant 3`.
fn is_numbered(text: &str) -> bool {
    text.strip_prefix("variant ")
        .unwrap_or(text)
        .bytes()
        .all(|byte| byte.is_ascii_digit())
}

fn status_digits(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}xx"),
        Status::Default => "Default".to_owned(),
    }
}

fn candidate(client: &Client, ty: &TypeDef, idents: &[String]) -> Candidate {
    let kind = declared_kind_ident(&ty.kind);
    let ident = match &ty.origin {
        Origin::Component(name) | Origin::Named(name) => case::type_ident(name),
        Origin::Inside(parent, role) => {
            case::join(&idents[parent.0 as usize], &role_ident(role, kind))
        }
        Origin::Of(operation, role) => {
            let operation = client.operation(*operation);
            case::join(
                &case::type_ident(&with_kind(&operation.name, operation)),
                &operation_role_ident(operation, role, kind),
            )
        }
    };
    let candidate = Candidate::new(&ty.pointer, ident).avoiding(reserved::TYPE);
    match ty.origin {
        // It stands at the pointer of the type that it is named after.
        Origin::Inside(_, Role::Request) => candidate,
        _ => candidate.choosable(),
    }
}

fn operation_role_ident(operation: &Operation, role: &Role, kind: &str) -> String {
    match role {
        Role::Response(status) if is_plain_success(operation, *status) => "Response".to_owned(),
        Role::Within(outer, inner) => case::join(
            &operation_role_ident(operation, outer, kind),
            &role_ident(inner, kind),
        ),
        role => role_ident(role, kind),
    }
}

/// Whether a response needs no number, being the one that everybody expects.
fn is_plain_success(operation: &Operation, status: Status) -> bool {
    let expected = matches!(status, Status::Code(200 | 201) | Status::Range(2));
    expected && operation.success.len() == 1 && operation.success[0].status == status
}

/// Types in the order in which they ask for a name.
fn levels(client: &Client) -> Vec<Vec<TypeId>> {
    let mut levels: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for ty in &client.types {
        let level = match ty.origin {
            Origin::Component(_) => 0,
            Origin::Named(_) => 1,
            Origin::Of(..) => 2,
            Origin::Inside(..) => 2 + ancestors(client, ty).count(),
        };
        levels.entry(level).or_default().push(ty.id);
    }
    levels.into_values().collect()
}

/// The parents of an inline schema, from the nearest on.
fn ancestors<'c>(client: &'c Client, ty: &'c TypeDef) -> impl Iterator<Item = &'c TypeDef> {
    let parent = |ty: &&TypeDef| match ty.origin {
        Origin::Inside(parent, _) => Some(client.ty(parent)),
        _ => None,
    };
    // The bound holds even if a chain of parents should lead back to itself.
    std::iter::successors(parent(&ty), parent).take(client.types.len())
}

/// What a module is named after, in the order of their claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Component(TypeId),
    Named(TypeId),
    Operation(crate::ir::OperationId),
}

fn root(client: &Client, ty: &TypeDef) -> Root {
    let outermost = ancestors(client, ty).last().unwrap_or(ty);
    match outermost.origin {
        Origin::Component(_) => Root::Component(outermost.id),
        Origin::Named(_) | Origin::Inside(..) => Root::Named(outermost.id),
        Origin::Of(operation, _) => Root::Operation(operation),
    }
}

fn module_candidate(client: &Client, root: Root) -> Candidate {
    let (pointer, name) = match root {
        Root::Operation(id) => {
            let operation = client.operation(id);
            (&operation.pointer, with_kind(&operation.name, operation))
        }
        Root::Component(id) | Root::Named(id) => {
            let ty = client.ty(id);
            let name = match &ty.origin {
                Origin::Component(name) | Origin::Named(name) => name.as_str(),
                Origin::Inside(..) | Origin::Of(..) => "",
            };
            (&ty.pointer, name.to_owned())
        }
    };
    let stem = if case::words(&name).is_empty() {
        "type".to_owned()
    } else {
        case::field_ident(&name)
    };
    Candidate::new(pointer, stem).avoiding(reserved::MODULE)
}
