//! Which features of a crate are on by default, and what of it is there with them.

use std::collections::{BTreeMap, BTreeSet};

use syn::meta::ParseNestedMeta;
use syn::{Attribute, LitStr};

/// The features that are on when nothing is said.
#[derive(Default)]
pub(super) struct Features(BTreeSet<String>);

impl Features {
    /// Those of a manifest: `default`, and what it turns on.
    pub(super) fn of_manifest(manifest: &str) -> Self {
        let table = table(manifest);
        let mut on = BTreeSet::new();
        let mut next = vec!["default"];
        while let Some(name) = next.pop() {
            if on.insert(name.to_owned()) {
                next.extend(table.get(name).into_iter().flatten());
            }
        }
        Features(on)
    }

    /// Whether an item with these attributes is compiled.
    pub(super) fn allow(&self, attributes: &[Attribute]) -> bool {
        let mut conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
        conditions.all(|condition| {
            let mut holds = true;
            let parsed = condition.parse_nested_meta(|meta| {
                holds = self.holds(&meta)?;
                Ok(())
            });
            parsed.is_ok() && holds
        })
    }

    /// Of what is no feature, nothing holds: tests, and targets that clients seldom have.
    fn holds(&self, meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
        if meta.path.is_ident("feature") {
            let name: LitStr = meta.value()?.parse()?;
            return Ok(self.0.contains(&name.value()));
        }
        let mut inner = Vec::new();
        if meta.path.is_ident("all") || meta.path.is_ident("any") || meta.path.is_ident("not") {
            meta.parse_nested_meta(|meta| {
                inner.push(self.holds(&meta)?);
                Ok(())
            })?;
        } else if meta.input.peek(syn::Token![=]) {
            meta.value()?.parse::<syn::Lit>()?;
        }
        Ok(match () {
            () if meta.path.is_ident("all") => inner.iter().all(|it| *it),
            () if meta.path.is_ident("not") => inner.iter().all(|it| !it),
            () => inner.iter().any(|it| *it),
        })
    }
}

/// What each feature turns on. Generated manifests are plain, so their lines are enough.
fn table(manifest: &str) -> BTreeMap<&str, Vec<&str>> {
    let text = manifest.split_once("[features]\n").map_or("", |it| it.1);
    let text = text.split("\n[").next().unwrap_or_default();
    let mut table = BTreeMap::new();
    for entry in text.split(']') {
        let Some((name, list)) = entry.split_once('[') else {
            continue;
        };
        let name = name.lines().last().unwrap_or_default();
        let name = name.trim().trim_end_matches('=').trim();
        table.insert(name, list.split('"').skip(1).step_by(2).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use syn::ItemFn;

    use super::Features;

    const MANIFEST: &str = "\
[package]
name = \"x\"

[features]
# All of it.
default = [
    \"pets\",
    \"shops\",
]
pets = [\"owners\", \"dep:serde\"]
owners = []
shops = []
tracing = [\"dep:tracing\"]

[dependencies]
serde = { version = \"1\", features = [\"derive\"] }
";

    #[test]
    fn what_the_defaults_turn_on_is_compiled() {
        let features = Features::of_manifest(MANIFEST);
        for (attribute, expected) in [
            ("", true),
            ("#[must_use]", true),
            ("#[cfg(feature = \"owners\")]", true),
            ("#[cfg(feature = \"tracing\")]", false),
            ("#[cfg(all(feature = \"pets\", feature = \"shops\"))]", true),
            (
                "#[cfg(all(feature = \"pets\", feature = \"tracing\"))]",
                false,
            ),
            (
                "#[cfg(any(feature = \"tracing\", feature = \"pets\"))]",
                true,
            ),
            ("#[cfg(not(feature = \"tracing\"))]", true),
            ("#[cfg(test)]", false),
            ("#[cfg(not(target_arch = \"wasm32\"))]", true),
        ] {
            let function: ItemFn = syn::parse_str(&format!("{attribute} fn f() {{}}")).unwrap();
            assert_eq!(features.allow(&function.attrs), expected, "{attribute}");
        }
    }
}
