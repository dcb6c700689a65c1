//! Which XML values of a type are, for types that bodies of XML hold.

use super::super::Cx;
use super::super::runtime_paths as runtime;
use super::super::spelling::Scope;
use super::super::text::{Text, literal};
use crate::ir::{Field, Object, TypeDef, TypeKind, XmlNode};

pub(super) fn render(text: &mut Text, cx: &Cx<'_>, def: &TypeDef, scope: Scope<'_>) {
    let ident = &cx.names.types[def.id.0 as usize].ident;
    let shape = match &def.kind {
        TypeKind::Object(object) => return render_object(text, cx, def, object),
        TypeKind::Alias(_) => return,
        TypeKind::StringEnum(_) | TypeKind::JsonEnum(_) => "Text".to_owned(),
        TypeKind::IntegerEnum(_) => "Number".to_owned(),
        TypeKind::Newtype(ty) => format!("as {}", cx.spell(ty, scope)),
        TypeKind::Tuple(tuple) => {
            let items = tuple.items.iter();
            let items = items.map(|item| cx.spell_boxed(&item.ty, item.boxed, scope));
            format!("Tuple({})", items.collect::<Vec<_>>().join(", "))
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter();
            let variants = variants.map(|it| cx.spell_boxed(&it.ty, it.boxed, scope));
            format!("OneOf({})", variants.collect::<Vec<_>>().join(", "))
        }
    };
    text.blank();
    text.open(format_args!("{} {{", runtime::XML_SHAPE_MACRO));
    text.line(format_args!("{ident}: {shape}"));
    text.close("}");
}

fn render_object(text: &mut Text, cx: &Cx<'_>, def: &TypeDef, object: &Object) {
    let names = &cx.names.types[def.id.0 as usize];
    text.blank();
    text.open(format_args!("{} {{", runtime::XML_OBJECT_MACRO));
    text.open(format_args!("{} {{", names.ident));
    for (field, name) in object.fields.iter().zip(&names.members) {
        text.line(format_args!("{},", row(field, name)));
    }
    if let Some(rest) = &names.rest {
        text.line(format_args!("..{rest},"));
    }
    text.close("}");
    text.close("}");
}

fn row(field: &Field, name: &str) -> String {
    let node = match field.xml.node {
        XmlNode::Element => "element",
        XmlNode::Attribute => "attribute",
        XmlNode::Text => "text",
        XmlNode::Cdata => "cdata",
        XmlNode::None => "none",
        XmlNode::Wrapped => "wrapped",
    };
    let mut row = format!("{node} {} => {name}", literal(&field.wire));
    for (xml, is, of) in [
        (&field.xml.name, "=", "in"),
        (&field.xml.item, "of", "from"),
    ] {
        if let Some(xml) = xml {
            row.push_str(&format!(" {is} {}", literal(&xml.written())));
            if !xml.namespace.is_empty() {
                row.push_str(&format!(" {of} {}", literal(&xml.namespace)));
            }
        }
    }
    row
}
