//! Keywords that bound a value.

use regress::Regex;

use super::super::reader::Reader;
use super::blank::Draft;
use crate::diagnostic::codes;
use crate::spec::{Kind, Node};

impl<'t> Reader<'t, '_> {
    /// True when the key is one of these.
    pub(super) fn limit(&mut self, draft: &mut Draft<'t>, key: &str, value: Node<'t>) -> bool {
        let limits = &mut draft.schema.limits;
        let limit = match key {
            // A number is a slip; as an expression it would refuse nearly everything.
            "pattern" if value.kind() != Kind::String => {
                self.wrong_type(value, key, "a string");
                return true;
            }
            "pattern" => {
                let pattern = self.text_of(value, key);
                draft.schema.limits.pattern =
                    pattern.filter(|pattern| self.is_expression(value, pattern));
                return true;
            }
            "uniqueItems" => {
                limits.unique_items = self.flag_of(value, key).unwrap_or(false);
                return true;
            }
            "exclusiveMinimum" if is_flag(value) => {
                draft.excludes_minimum = self.flag_of(value, key).unwrap_or(false);
                return true;
            }
            "exclusiveMaximum" if is_flag(value) => {
                draft.excludes_maximum = self.flag_of(value, key).unwrap_or(false);
                return true;
            }
            "minimum" => &mut limits.minimum,
            "maximum" => &mut limits.maximum,
            "exclusiveMinimum" => &mut limits.exclusive_minimum,
            "exclusiveMaximum" => &mut limits.exclusive_maximum,
            "multipleOf" => &mut limits.multiple_of,
            "minLength" => &mut limits.min_length,
            "maxLength" => &mut limits.max_length,
            "minItems" => &mut limits.min_items,
            "maxItems" => &mut limits.max_items,
            "minContains" => &mut limits.min_contains,
            "maxContains" => &mut limits.max_contains,
            "minProperties" => &mut limits.min_properties,
            "maxProperties" => &mut limits.max_properties,
            _ => return false,
        };
        *limit = self.number_of(value, key);
        true
    }

    /// With Unicode semantics as JSON Schema asks, or without where only that reads it (`\-`).
    fn is_expression(&mut self, at: Node<'t>, pattern: &str) -> bool {
        let Err(error) = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)) else {
            return true;
        };
        self.diagnostics
            .at(
                &codes::INVALID_PATTERN,
                at,
                format!("this pattern is no regular expression of ECMA-262: {error}"),
            )
            .help("it is left out; values are not checked against it");
        false
    }

    /// Draft-04 says `minimum: 3, exclusiveMinimum: true` for `exclusiveMinimum: 3`.
    pub(super) fn upgrade_limits(&mut self, draft: &mut Draft<'t>) {
        let limits = &mut draft.schema.limits;
        if draft.excludes_minimum {
            limits.exclusive_minimum = limits.minimum.take();
        }
        if draft.excludes_maximum {
            limits.exclusive_maximum = limits.maximum.take();
        }
    }
}

fn is_flag(node: Node<'_>) -> bool {
    node.kind() == Kind::Bool || matches!(node.as_str(), Some("true" | "false"))
}
