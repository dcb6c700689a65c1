//! Every Rust name, beside what it names.

use crate::inspect::outline::Outline;
use crate::ir::{Client, OperationId, TypeDef, TypeKind};
use crate::names::{GroupNames, Names, TypeNames};

/// The names of a client, by file.
pub fn names(client: &Client, names: &Names) -> String {
    let mut outline = Outline::default();
    outline.line(format_args!("package {}", names.package));
    outline.line(format_args!("library {}", names.library));
    for module in &names.type_modules {
        outline.gap();
        outline.section(format_args!("types/{}.rs", module.module), |outline| {
            for id in &module.types {
                type_names(outline, client.ty(*id), &names.types[id.0 as usize]);
            }
        });
    }
    for group in &names.groups {
        outline.gap();
        outline.section(format_args!("api/{}.rs", group.module), |outline| {
            group_names(outline, client, names, group)
        });
    }
    outline.gap();
    outline.list("renames", &names.renames, |outline, rename| {
        outline.line(format_args!(
            "{}: {:?} -> {} ({})",
            rename.pointer, rename.wanted, rename.given, rename.reason
        ));
    });
    outline.finish()
}

fn type_names(outline: &mut Outline, ty: &TypeDef, names: &TypeNames) {
    outline.section(
        format_args!("{} <- {}", names.ident, ty.pointer),
        |outline| {
            for (name, wire) in names.members.iter().zip(members(ty)) {
                outline.line(format_args!("{name} <- {wire}"));
            }
            if let Some(rest) = &names.rest {
                outline.line(format_args!("{rest} <- other members"));
            }
        },
    );
}

/// What the members of a type are called in the description.
fn members(ty: &TypeDef) -> Vec<String> {
    match &ty.kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .map(|field| format!("{:?}", field.wire))
            .collect(),
        TypeKind::StringEnum(values) => values
            .iter()
            .map(|value| format!("{:?}", value.wire))
            .collect(),
        TypeKind::JsonEnum(values) => values.iter().map(|value| value.wire.clone()).collect(),
        TypeKind::IntegerEnum(values) => {
            values.iter().map(|value| value.wire.to_string()).collect()
        }
        TypeKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| variant.tags.join(", "))
            .collect(),
        TypeKind::Tuple(_) | TypeKind::Alias(_) | TypeKind::Newtype(_) => Vec::new(),
    }
}

fn group_names(outline: &mut Outline, client: &Client, names: &Names, group: &GroupNames) {
    outline.line(format_args!(
        "{} from client.{}()",
        group.handle, group.accessor
    ));
    for id in &group.operations {
        operation_names(outline, client, names, *id);
    }
}

fn operation_names(outline: &mut Outline, client: &Client, names: &Names, id: OperationId) {
    let (operation, given) = (client.operation(id), &names.operations[id.0 as usize]);
    let head = format!(
        "{}() {} {} <- {}",
        given.method, given.marker, given.table, operation.pointer
    );
    outline.section(head, |outline| {
        for (name, parameter) in given.parameters.iter().zip(&operation.parameters) {
            outline.line(format_args!("{name} <- {:?}", parameter.wire));
        }
        if operation.body.is_some() {
            outline.line(format_args!("{} <- body", given.body));
        }
        if let Some(name) = &given.content_type {
            outline.line(format_args!("{name} <- media types"));
        }
        for (ident, variants) in given.success.iter().chain(&given.errors) {
            outline.line(format_args!("{ident}: {}", variants.join(", ")));
        }
    });
}
