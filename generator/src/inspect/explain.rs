//! One item, from its place in the description to its place in the generated crate.

use super::item::{Item, is_inside, items, locate, place};
use super::outline::Outline;
use crate::diagnostic::Diagnostic;
use crate::ir::{Client, Docs, OperationId, Presence, TypeId, TypeKind};
use crate::names::Names;
use crate::spec::Tree;

/// What a pointer of the description became, or where an item of the generated crate comes from.
///
/// `at` is a pointer (`#/components/schemas/Parcel/properties/id`), a Rust path or the end of one (`types::Parcel`,
/// `GetParcel`), or an operation's id. `Err` says why nothing is found.
pub fn explain(
    at: &str,
    tree: &Tree,
    client: &Client,
    names: &Names,
    diagnostics: &[Diagnostic],
) -> Result<String, String> {
    let explainer = Explainer {
        tree,
        client,
        names,
        diagnostics,
    };
    let found = if at.contains('#') || at.starts_with('/') {
        explainer.by_pointer(at)?
    } else {
        explainer.by_name(at)
    };
    if found.is_empty() {
        return Err(format!(
            "nothing in the client is called `{at}`, and no operation has that id"
        ));
    }
    let mut outline = Outline::default();
    for (item, pointer) in found {
        outline.gap();
        explainer.item(&mut outline, item, &pointer);
    }
    Ok(outline.finish())
}

struct Explainer<'a> {
    tree: &'a Tree,
    client: &'a Client,
    names: &'a Names,
    diagnostics: &'a [Diagnostic],
}

impl Explainer<'_> {
    /// The nearest item around a place, and the place itself.
    fn by_pointer(&self, at: &str) -> Result<Vec<(Item, String)>, String> {
        let pointer = if at.starts_with('/') {
            format!("#{at}")
        } else {
            at.to_owned()
        };
        let node = locate(self.tree, &pointer)
            .ok_or_else(|| format!("the description has no `{pointer}`"))?;
        // A node that several pointers lead to has one of its own.
        let own = node.pointer();
        let around = |pointer: &str| {
            let candidates =
                items(self.client).filter(|item| is_inside(pointer, item.pointer(self.client)));
            candidates.max_by_key(|item| item.pointer(self.client).len())
        };
        match around(&pointer)
            .map(|item| (item, pointer.clone()))
            .or_else(|| around(&own).map(|item| (item, own.clone())))
        {
            Some(found) => Ok(vec![found]),
            None => Err(format!(
                "nothing in the client comes from `{pointer}` ({}) as a type or operation of its own",
                place(node)
            )),
        }
    }

    fn by_name(&self, at: &str) -> Vec<(Item, String)> {
        let matches = |item: &Item| {
            let path = format!("{}::{}", self.names.library, item.path(self.names));
            let is_end = path
                .strip_suffix(at)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with("::"));
            is_end || self.is_name_of(at, *item)
        };
        items(self.client)
            .filter(matches)
            .map(|item| (item, item.pointer(self.client).to_owned()))
            .collect()
    }

    /// Names an item goes by besides its path.
    fn is_name_of(&self, at: &str, item: Item) -> bool {
        let Item::Operation(id) = item else {
            return false;
        };
        let names = &self.names.operations[id.0 as usize];
        let enums = names.success.iter().chain(&names.errors);
        let last = at.rsplit("::").next().unwrap_or(at);
        self.client.operation(id).name == at || enums.into_iter().any(|(ident, _)| ident == last)
    }

    fn item(&self, outline: &mut Outline, item: Item, pointer: &str) {
        outline.open(format_args!(
            "{}::{}",
            self.names.library,
            item.path(self.names)
        ));
        let own = item.pointer(self.client);
        self.place(outline, "comes from", own);
        if pointer != own {
            self.place(outline, "asked for", pointer);
        }
        if let Some(file) = item.file(self.names) {
            outline.line(format_args!("written to   {file}"));
        }
        match item {
            Item::Type(id) => {
                self.type_facts(outline, id, pointer);
                remarks(outline, &self.client.ty(id).docs);
            }
            Item::Operation(id) => {
                self.operation_facts(outline, id);
                remarks(outline, &self.client.operation(id).docs);
            }
        }
        self.renames(outline, own);
        self.findings(outline, own);
        outline.close();
    }

    fn place(&self, outline: &mut Outline, head: &str, pointer: &str) {
        let place = locate(self.tree, pointer).map_or("a place of its own".to_owned(), place);
        outline.line(format_args!("{head:<12} {place}  {pointer}"));
    }

    fn type_facts(&self, outline: &mut Outline, id: TypeId, pointer: &str) {
        let ty = self.client.ty(id);
        let what = match &ty.kind {
            TypeKind::Object(object) => format!("a struct of {} fields", object.fields.len()),
            TypeKind::StringEnum(values) => format!("an open enum of {} strings", values.len()),
            TypeKind::IntegerEnum(values) => format!("an open enum of {} integers", values.len()),
            TypeKind::JsonEnum(values) => format!("an open enum of {} values", values.len()),
            TypeKind::Tuple(tuple) => format!("a tuple of {} items", tuple.items.len()),
            TypeKind::Union(union) => format!("an open enum of {} variants", union.variants.len()),
            TypeKind::Alias(_) => "a type alias".to_owned(),
            TypeKind::Newtype(_) => "a newtype, since it contains itself".to_owned(),
        };
        let null = if ty.nullable {
            ", in an option wherever it is used, since null is a value"
        } else {
            ""
        };
        let usage = match (ty.in_request, ty.in_response) {
            (true, true) => "requests and responses",
            (true, false) => "requests",
            (false, true) => "responses",
            (false, false) => "no operation",
        };
        outline.line(format_args!("is           {what}{null}"));
        outline.line(format_args!("used by      {usage}"));
        self.field(outline, id, pointer);
    }

    /// The field that a pointer into a type leads to.
    fn field(&self, outline: &mut Outline, id: TypeId, pointer: &str) {
        let TypeKind::Object(object) = &self.client.ty(id).kind else {
            return;
        };
        let Some((_, rest)) = pointer.rsplit_once("/properties/") else {
            return;
        };
        let wire = rest
            .split('/')
            .next()
            .unwrap_or(rest)
            .replace("~1", "/")
            .replace("~0", "~");
        let Some(index) = object.fields.iter().position(|field| field.wire == wire) else {
            return;
        };
        let presence = match object.fields[index].presence {
            Presence::Required => "always there",
            Presence::RequiredNullable => "always there, may be null",
            Presence::Optional => "may be absent",
            Presence::OptionalNullable => "may be absent or null",
        };
        outline.line(format_args!(
            "field        {} ({wire:?}, {presence})",
            self.names.types[id.0 as usize].members[index]
        ));
        remarks(outline, &object.fields[index].docs);
    }

    fn operation_facts(&self, outline: &mut Outline, id: OperationId) {
        let (operation, names) = (
            self.client.operation(id),
            &self.names.operations[id.0 as usize],
        );
        outline.line(format_args!(
            "is           {} {}",
            operation.method, operation.path
        ));
        outline.line(format_args!("id           {}", operation.name));
        if let Some(group) = self
            .names
            .groups
            .iter()
            .find(|group| group.operations.contains(&id))
        {
            outline.line(format_args!(
                "called by    client.{}().{}(…)",
                group.accessor, names.method
            ));
        }
        for (ident, variants) in names.success.iter().chain(&names.errors) {
            outline.line(format_args!(
                "answers      {ident}: {}",
                variants.join(", ")
            ));
        }
    }

    fn renames(&self, outline: &mut Outline, own: &str) {
        for rename in self
            .names
            .renames
            .iter()
            .filter(|rename| is_inside(&rename.pointer, own))
        {
            outline.line(format_args!(
                "renamed      {:?} to {} ({})",
                rename.wanted, rename.given, rename.reason
            ));
        }
    }

    fn findings(&self, outline: &mut Outline, own: &str) {
        for diagnostic in self.diagnostics.iter() {
            let Some(at) = diagnostic
                .at
                .as_ref()
                .filter(|at| is_inside(&at.pointer, own))
            else {
                continue;
            };
            let degraded = if diagnostic.code.degrades {
                "degraded"
            } else {
                "noted"
            };
            let message = &diagnostic.message;
            outline.line(format_args!(
                "{degraded:<12} {}:{}:{}  {message} [{}]",
                at.file, at.line, at.column, diagnostic.code.name
            ));
        }
    }
}

fn remarks(outline: &mut Outline, docs: &Docs) {
    for remark in &docs.remarks {
        outline.line(format_args!("remark       {remark}"));
    }
}
