//! The generated sources, parsed.

use std::path::Path;

use quote::ToTokens;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemFn, PathArguments, Signature, Type,
    Visibility,
};

use super::features::Features;
use crate::project;

/// A file of a crate: its path below `src`, and what is in it with the default features.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) items: Vec<Item>,
}

/// All files of a crate; one that does not parse is left out, and found when it is compiled.
pub(super) fn read(client: &Path) -> Result<Vec<Source>, String> {
    let root = client.join("src");
    let manifest = client.join("Cargo.toml");
    let manifest = project::on(&manifest, std::fs::read_to_string(&manifest))?;
    let features = Features::of_manifest(&manifest);
    let mut sources = Vec::new();
    for path in project::files(&root, "rs") {
        let text = project::on(&path, std::fs::read_to_string(&path))?;
        let below = path.strip_prefix(&root).unwrap_or(&path);
        if let Ok(mut file) = syn::parse_file(&text) {
            file.items.retain_mut(|item| is_there(item, &features));
            sources.push(Source {
                path: below.display().to_string(),
                items: file.items,
            });
        }
    }
    Ok(sources)
}

impl Source {
    /// The methods that a type of this file has for all, of all its `impl` blocks.
    pub(super) fn methods(&self, of: impl Fn(&str) -> bool) -> Vec<(String, &ImplItemFn)> {
        let mut methods = Vec::new();
        for item in &self.items {
            let Item::Impl(item) = item else { continue };
            let Some(name) = name(&item.self_ty) else {
                continue;
            };
            if item.trait_.is_some() || !of(&name) {
                continue;
            }
            for method in &item.items {
                match method {
                    ImplItem::Fn(method) if is_public(&method.vis) => {
                        methods.push((name.clone(), method));
                    }
                    _ => {}
                }
            }
        }
        methods
    }

    /// The functions of this file that are there for all.
    pub(super) fn functions(&self) -> impl Iterator<Item = &ItemFn> {
        self.items.iter().filter_map(|item| match item {
            Item::Fn(item) if is_public(&item.vis) => Some(item),
            _ => None,
        })
    }
}

/// The last name of a path, with the types that it is given: `Parcels` of `api::Parcels<'_>`, `Request<List>`.
pub(super) fn name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let given = match &last.arguments {
        PathArguments::AngleBracketed(given) => given.args.iter(),
        _ => return Some(last.ident.to_string()),
    };
    let given = given.filter(|argument| !matches!(argument, GenericArgument::Lifetime(_)));
    let given: Vec<_> = given.map(text).collect();
    Some(match given.is_empty() {
        true => last.ident.to_string(),
        false => format!("{}<{}>", last.ident, given.join(", ")),
    })
}

/// Types of arguments, without the receiver.
pub(super) fn arguments(signature: &Signature) -> Vec<&Type> {
    let arguments = signature.inputs.iter();
    arguments
        .filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(&*argument.ty),
            FnArg::Receiver(_) => None,
        })
        .collect()
}

/// As it is written in Rust, without needless blanks.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    text.replace(" :: ", "::")
        .replace(":: ", "::")
        .replace(" <", "<")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item is compiled, of whose methods those are left out that are not.
fn is_there(item: &mut Item, features: &Features) -> bool {
    match item {
        Item::Impl(item) => {
            item.items.retain(|inner| match inner {
                ImplItem::Fn(method) => features.allow(&method.attrs),
                _ => true,
            });
            features.allow(&item.attrs)
        }
        Item::Fn(item) => features.allow(&item.attrs),
        _ => true,
    }
}
