//! All that several schemas ask of one value, with a branch chosen for every union.

use serde_json::Value;

use super::Sampler;

#[derive(Default)]
pub(super) struct Flat<'b> {
    /// The schemas whose keywords count, references and branches included.
    pub(super) schemas: Vec<&'b Value>,
    pub(super) constant: Option<&'b Value>,
    pub(super) listed: Option<&'b [Value]>,
    /// Examples and defaults.
    pub(super) values: Vec<&'b Value>,
    pub(super) items: Vec<&'b Value>,
    /// Schemas by position.
    pub(super) first: Vec<&'b Value>,
    pub(super) contains: Option<&'b Value>,
    /// Values of properties that tell which branch was chosen.
    pub(super) tags: Vec<(&'b str, String)>,
    types: Option<Vec<&'b str>>,
}

impl<'b> Flat<'b> {
    /// None when the schemas allow nothing.
    pub(super) fn of(
        sampler: &mut Sampler<'b>,
        schemas: &[&'b Value],
        depth: usize,
    ) -> Option<Self> {
        let mut flat = Flat::default();
        let mut seen = Vec::new();
        let mut waiting: Vec<&'b Value> = schemas.iter().rev().copied().collect();
        let mut own_name = None;
        // Schemas that select what a tag has to be, and the branch that was taken there.
        let mut tagged = Vec::new();
        while let Some(schema) = waiting.pop() {
            if schema == &Value::Bool(false) {
                return None;
            }
            let Some(keywords) = schema.as_object() else {
                continue;
            };
            if let Some(name) = keywords.get("$ref").and_then(definition) {
                let target = sampler.definitions.get(name)?;
                own_name = own_name.or(Some(name));
                if !seen.contains(&name) {
                    seen.push(name);
                    waiting.push(target);
                }
                continue;
            }
            let mut branch = None;
            for keyword in ["oneOf", "anyOf"] {
                if let Some(branches) = keywords.get(keyword).and_then(Value::as_array) {
                    let chosen = sampler.branch(branches, depth)?;
                    branch = branch.or(Some(chosen));
                    waiting.push(chosen);
                }
            }
            if let Some(tag) = keywords.get("x-tag") {
                tagged.push((tag, branch));
            }
            if let Some(all) = keywords.get("allOf").and_then(Value::as_array) {
                waiting.extend(all.iter().rev());
            }
            flat.absorb(schema)?;
        }
        for (tag, branch) in tagged {
            let target = branch.and_then(|branch| branch.get("$ref")?.as_str()?.rsplit('/').next());
            flat.tag(sampler, tag, target.or(own_name));
        }
        Some(flat)
    }

    fn absorb(&mut self, schema: &'b Value) -> Option<()> {
        self.schemas.push(schema);
        self.constant = self.constant.or(schema.get("const"));
        let listed = schema.get("enum").and_then(Value::as_array);
        // Of two lists, the shorter one is more likely inside the other.
        self.listed = match (self.listed, listed) {
            (Some(one), Some(other)) if other.len() >= one.len() => Some(one),
            (one, other) => other.map(Vec::as_slice).or(one),
        };
        let values = schema.get("x-values").and_then(Value::as_array);
        // Objects have members that nobody declared.
        let values = values.into_iter().flatten();
        self.values
            .extend(values.filter(|value| !value.is_object() && !value.is_array()));
        self.items.extend(schema.get("items"));
        if self.first.is_empty() {
            let first = schema.get("prefixItems").and_then(Value::as_array);
            self.first.extend(first.into_iter().flatten());
        }
        self.contains = self.contains.or(schema.get("contains"));
        let types: Option<Vec<&str>> = match schema.get("type") {
            Some(Value::String(name)) => Some(vec![name]),
            Some(Value::Array(names)) => Some(names.iter().filter_map(Value::as_str).collect()),
            _ => None,
        };
        self.types = match (self.types.take(), types) {
            (Some(one), Some(other)) => Some(both(&one, &other)),
            (one, other) => one.or(other),
        };
        self.types
            .as_ref()
            .is_none_or(|types| !types.is_empty())
            .then_some(())
    }

    /// The value that selects a definition: from the mapping, else its name.
    fn tag(&mut self, sampler: &mut Sampler<'b>, tag: &'b Value, target: Option<&str>) {
        let (Some(property), Some(target)) = (tag["property"].as_str(), target) else {
            return;
        };
        let mapping = tag["mapping"].as_object().into_iter().flatten();
        let fitting = mapping.filter(|(_, key)| key.as_str() == Some(target));
        let fitting: Vec<&String> = fitting.map(|(value, _)| value).collect();
        let name = sampler.definitions.get(target);
        let name = name.and_then(|schema| schema.get("x-name")?.as_str());
        let value = match fitting.len() {
            0 => name.map(str::to_owned),
            count => Some(fitting[sampler.rng.usize(..count)].clone()),
        };
        self.tags.extend(value.map(|value| (property, value)));
    }

    /// The types that a value may have, guessed from other keywords where none is given.
    pub(super) fn types(&self) -> Vec<&'b str> {
        if let Some(types) = &self.types {
            return types.clone();
        }
        let has = |keywords: &[&str]| {
            let mut keywords = keywords.iter();
            keywords.any(|keyword| {
                self.schemas
                    .iter()
                    .any(|schema| schema.get(keyword).is_some())
            })
        };
        if has(&[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
        ]) {
            vec!["object"]
        } else if has(&["items", "prefixItems", "minItems"]) {
            vec!["array"]
        } else if has(&[
            "pattern",
            "minLength",
            "maxLength",
            "format",
            "contentEncoding",
        ]) {
            vec!["string"]
        } else if has(&["minimum", "maximum", "multipleOf"]) {
            vec!["number"]
        } else {
            vec!["any"]
        }
    }

    /// All values of a keyword.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = &'b Value> {
        self.schemas
            .iter()
            .filter_map(move |schema| schema.get(keyword))
    }

    /// The strictest lower bound.
    pub(super) fn least(&self, keyword: &str) -> usize {
        self.counts(keyword).max().unwrap_or(0)
    }

    /// The strictest upper bound.
    pub(super) fn most(&self, keyword: &str) -> usize {
        self.counts(keyword).min().unwrap_or(usize::MAX)
    }

    fn counts(&self, keyword: &str) -> impl Iterator<Item = usize> {
        self.all(keyword)
            .filter_map(|value| usize::try_from(value.as_u64()?).ok())
    }

    /// The first text of a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<&'b str> {
        self.all(keyword).find_map(Value::as_str)
    }
}

impl<'b> Sampler<'b> {
    /// The branch whose turn it is at the top, any one below; one that ends where it is deep already.
    fn branch(&mut self, branches: &'b [Value], depth: usize) -> Option<&'b Value> {
        let count = branches.len();
        if count == 0 {
            return None;
        }
        if self.plain && self.turn == 0 {
            let says_something = |branch: &&Value| branch.get("type") != Some(&"null".into());
            return branches.iter().find(says_something).or(branches.first());
        }
        let at = match depth {
            0 => self.turn % count,
            _ => self.rng.usize(..count),
        };
        if depth < super::SHALLOW && self.parts < self.most_parts() {
            return branches.get(at);
        }
        let is_plain = |branch: &&Value| branch.get("$ref").is_none();
        branches.iter().find(is_plain).or(branches.get(at))
    }
}

fn definition(reference: &Value) -> Option<&str> {
    reference.as_str()?.rsplit('/').next()
}

/// An integer is a number.
fn both<'b>(one: &[&'b str], other: &[&'b str]) -> Vec<&'b str> {
    let is_in = |name: &str, types: &[&str]| {
        types.contains(&name) || (name == "integer" && types.contains(&"number"))
    };
    let mut both: Vec<_> = one
        .iter()
        .copied()
        .filter(|name| is_in(name, other))
        .collect();
    both.extend(other.iter().copied().filter(|name| is_in(name, one)));
    both.sort_unstable();
    both.dedup();
    both
}
