//! Walks a value and holds its parts against their rules.

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::pattern::Patterns;
use super::rule::Rule;
use super::scalar::{self, at_least, at_most};
use super::violation::{Violation, Violations};
use crate::json::{AdditionalItems, Encode, Json, JsonObject, push_name};

/// A member of an object: its name in JSON, its value, the rules of its place.
pub type Member<'m> = (&'static str, &'m dyn Encode, &'static [Rule]);

/// Collects the violations of one value.
#[derive(Debug, Default)]
pub struct Validator {
    path: String,
    patterns: Patterns,
    violations: Vec<Violation>,
}

impl Validator {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn finish(self) -> Result<(), Violations> {
        Violations::of(self.violations).map_or(Ok(()), Err)
    }

    /// Checks all members that are there.
    pub fn members(&mut self, members: &[Member<'_>]) {
        for (name, value, rules) in members {
            if !value.is_absent() {
                self.member(name, |validator| validator.value(*value, rules));
            }
        }
    }

    /// Checks the items of a tuple that are there.
    pub fn positions(&mut self, items: &[(&dyn Encode, &[Rule])]) {
        for (position, (value, rules)) in items.iter().enumerate() {
            if !value.is_absent() {
                self.item(position, |validator| validator.value(*value, rules));
            }
        }
    }

    /// Checks the items of a tuple from the position `first` on.
    pub fn items_from(&mut self, first: usize, items: &dyn AdditionalItems, rules: &[Rule]) {
        let mut position = first;
        items.for_each(&mut |item| {
            self.item(position, |validator| validator.value(item, rules));
            position += 1;
        });
    }

    /// Checks a value against the rules of its place, and then against those of its type.
    pub fn value(&mut self, value: &dyn Encode, rules: &[Rule]) {
        self.rules(value, rules);
        value.check(self);
    }

    /// Checks a value against rules alone.
    pub fn rules(&mut self, value: &dyn Encode, rules: &[Rule]) {
        if !rules.is_empty() {
            self.json(&Json::of(value), rules);
        }
    }

    /// Returns how many violations have been found so far.
    pub fn found(&self) -> usize {
        self.violations.len()
    }

    /// Takes back what was found since `before` when the value fits another variant of its union.
    pub fn unless_fits(
        &mut self,
        before: usize,
        value: &dyn Encode,
        variants: &[fn(&str) -> bool],
    ) {
        if self.found() > before && !variants.is_empty() {
            let json = crate::json::to_string(value);
            if variants.iter().any(|fits| fits(&json)) {
                self.violations.truncate(before);
            }
        }
    }

    /// Notes that an enum has a value that the description does not list.
    pub fn unlisted(&mut self) {
        self.violation("is not one of the values that the description lists");
    }

    /// Notes that a union has a value that fits no variant of the description.
    pub fn unfitting(&mut self) {
        self.violation("fits no variant that the description lists");
    }

    pub(crate) fn member(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_name(&mut self.path, name);
        check(self);
        self.path.truncate(length);
    }

    pub(crate) fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        check(self);
        self.path.truncate(length);
    }

    fn json(&mut self, value: &Json, rules: &[Rule]) {
        for rule in rules {
            match value {
                Json::Number(number) => self.broken(scalar::number(number.as_str(), rule)),
                Json::String(text) => {
                    let reason = scalar::string(text, rule, &mut self.patterns);
                    self.broken(reason);
                }
                Json::Array(items) => self.array(items, rule),
                Json::Object(object) => self.object(object, rule),
                Json::Null | Json::Bool(_) => {}
            }
        }
    }

    fn array(&mut self, items: &[Json], rule: &Rule) {
        match *rule {
            Rule::MinItems(least) => self.broken(at_least(items.len(), least, "item")),
            Rule::MaxItems(most) => self.broken(at_most(items.len(), most, "item")),
            Rule::UniqueItems => self.unique(items),
            Rule::Items(rules) => {
                for (index, item) in items.iter().enumerate() {
                    self.item(index, |validator| validator.json(item, rules));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &JsonObject, rule: &Rule) {
        match *rule {
            Rule::MinProperties(least) => self.broken(at_least(object.len(), least, "member")),
            Rule::MaxProperties(most) => self.broken(at_most(object.len(), most, "member")),
            Rule::PropertyNames(rules) => {
                for (name, _) in object.iter() {
                    self.member(name, |validator| validator.json(&Json::from(name), rules));
                }
            }
            Rule::DependentRequired(member, others) if object.get(member).is_some() => {
                for other in others.iter().filter(|other| object.get(other).is_none()) {
                    self.violation(&format!("has `{member}` but lacks `{other}`"));
                }
            }
            Rule::Values(rules) => {
                for (name, value) in object.iter() {
                    self.member(name, |validator| validator.json(value, rules));
                }
            }
            _ => {}
        }
    }

    fn unique(&mut self, items: &[Json]) {
        let mut known = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let first = *known.entry(canonical(item)).or_insert(index);
            if first < index {
                self.item(index, |validator| {
                    validator.violation(&format!("is the same as item {first}"));
                });
            }
        }
    }

    fn broken(&mut self, reason: Option<String>) {
        if let Some(reason) = reason {
            self.violation(&reason);
        }
    }

    fn violation(&mut self, reason: &str) {
        self.violations
            .push(Violation::new(&self.path, reason.to_owned()));
    }
}

/// The same text for all notations of the same value.
fn canonical(value: &Json) -> String {
    match value {
        Json::Number(number) => Decimal::canonical(number.as_str()),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Json::Object(object) => {
            let members: BTreeMap<_, _> = object
                .iter()
                .map(|(name, value)| (Json::from(name).to_string(), canonical(value)))
                .collect();
            format!("{members:?}")
        }
        Json::Null | Json::Bool(_) | Json::String(_) => value.to_string(),
    }
}
