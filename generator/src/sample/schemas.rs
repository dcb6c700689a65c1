//! The schemas of a bundle as an independent validator reads them.

use jsonschema::{Registry, Validator};
use serde_json::Value;

use super::bundle::{BASE, Bundle, key};
use super::sampler::Sampler;
use crate::spec::Node;

/// Schemas that values are drawn from, and held against.
pub struct Schemas {
    bundle: Bundle,
    registry: Result<Registry<'static>, String>,
}

impl Schemas {
    /// Prepares the schemas of a bundle.
    pub fn of(bundle: Bundle) -> Self {
        let registry = Registry::new()
            .add(BASE, bundle.document())
            .and_then(|registry| registry.prepare())
            .map_err(|error| error.to_string());
        Schemas { bundle, registry }
    }

    /// The same with `anyOf` for every `oneOf`: where branches overlap, no value fits exactly one.
    pub fn lenient(&self) -> Self {
        Schemas::of(self.bundle.lenient())
    }

    /// What judges values of the schema at a node; `Err` says why the validator does not take it.
    pub fn validator(&self, node: Node<'_>) -> Result<Validator, String> {
        let reference = serde_json::json!({"$ref": format!("{BASE}#/$defs/{}", key(node))});
        let registry = self.registry.as_ref().map_err(Clone::clone)?;
        jsonschema::options()
            .with_registry(registry)
            .should_validate_formats(true)
            .build(&reference)
            .map_err(|error| error.to_string())
    }

    /// Up to `count` different values that the schema at the node allows, and how each came about: `valid`, or `open`
    /// where an enum does not list a value that the sample has.
    pub fn samples(&self, node: Node<'_>, count: usize, seed: u64) -> Vec<(&'static str, Value)> {
        let validator = self.validator(node).ok();
        let mut sampler = Sampler::new(&self.bundle.definitions, seed);
        let mut found: Vec<(&str, Value)> = Vec::new();
        for turn in 0..count {
            let Some(value) = self
                .definition(node)
                .and_then(|it| sampler.sample(it, turn))
            else {
                continue;
            };
            let kind = if sampler.is_open { "open" } else { "valid" };
            let is_new = found.iter().all(|(_, known)| *known != value);
            if is_new && (sampler.is_open || is_valid(validator.as_ref(), &value)) {
                found.push((kind, value));
            }
        }
        found
    }

    pub(super) fn definition(&self, node: Node<'_>) -> Option<&Value> {
        self.bundle.definitions.get(&key(node))
    }

    pub(super) fn bundle(&self) -> &Bundle {
        &self.bundle
    }
}

/// Whether a value passes; a schema that the validator does not take judges nothing.
pub fn is_valid(validator: Option<&Validator>, value: &Value) -> bool {
    validator.is_none_or(|validator| validator.is_valid(value))
}
