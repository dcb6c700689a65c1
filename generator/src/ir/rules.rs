//! What values keep and their types do not show: limits of numbers, lengths, patterns and counts.
//!
//! A type of its own keeps its rules itself; what is written in place (a number, a list, another name)
//! leaves them to the member that holds it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Rule, TypeDef, TypeId, TypeKind};
use crate::document::SchemaId;
use crate::resolved::{Conditions, Kind, Resolved, Shape};

/// Adds the rules to types whose kinds are settled.
pub(super) fn add(
    types: &mut [TypeDef],
    by_schema: &BTreeMap<SchemaId, TypeId>,
    resolved: &Resolved<'_>,
) {
    let is_newtype = |id: TypeId| matches!(types[id.0 as usize].kind, TypeKind::Newtype(_));
    let newtypes = by_schema.iter().filter(|(_, id)| is_newtype(**id));
    let rules = Rules {
        resolved,
        newtypes: newtypes.map(|(&schema, _)| schema).collect(),
    };
    for (&schema, id) in by_schema {
        let def = &mut types[id.0 as usize];
        rules.add_to(def, resolved.follow(schema).0, schema);
    }
}

struct Rules<'a, 't> {
    resolved: &'a Resolved<'t>,
    /// Names for themselves, which are types of their own.
    newtypes: BTreeSet<SchemaId>,
}

impl<'t> Rules<'_, 't> {
    fn add_to(&self, def: &mut TypeDef, shape: &Shape<'t>, schema: SchemaId) {
        match (&mut def.kind, &shape.kind) {
            (TypeKind::Object(object), Kind::Object(described)) => {
                for (field, property) in object.fields.iter_mut().zip(&described.properties) {
                    field.rules = self.of_use(property.schema);
                }
                object.rest_rules = self.of_optional(described.rest);
            }
            (TypeKind::Tuple(tuple), Kind::Tuple(described)) => {
                for (item, &schema) in tuple.items.iter_mut().zip(&described.items) {
                    item.rules = self.of_use(schema);
                }
                tuple.rest_rules = self.of_optional(described.rest);
            }
            (TypeKind::Union(union), Kind::Union(described)) => {
                for (variant, described) in union.variants.iter_mut().zip(&described.variants) {
                    if !described.unconditional {
                        variant.rules = self.of_use(described.schema);
                    }
                }
            }
            (TypeKind::Newtype(_), _) => {
                def.rules = self.of_newtype(schema);
                return;
            }
            _ => return,
        }
        def.rules = self.own(shape);
    }

    fn of_optional(&self, schema: Option<SchemaId>) -> Vec<Rule> {
        schema.map(|schema| self.of_use(schema)).unwrap_or_default()
    }

    /// What a use of a schema adds to what its type keeps itself.
    fn of_use(&self, schema: SchemaId) -> Vec<Rule> {
        if self.newtypes.contains(&schema) {
            return Vec::new();
        }
        self.of_newtype(schema)
    }

    fn of_newtype(&self, schema: SchemaId) -> Vec<Rule> {
        let shape = self.resolved.shape(schema);
        match &shape.kind {
            Kind::Alias(target) => {
                let mut rules = self.of_use(*target);
                let behind = self.resolved.follow(*target).0;
                narrow(&mut rules, self.stated(shape, &behind.kind));
                rules
            }
            Kind::List(item) => {
                let mut rules = self.own(shape);
                add_inner(&mut rules, Rule::Items, self.of_use(*item));
                rules
            }
            Kind::Map(value) => {
                let mut rules = self.own(shape);
                add_inner(&mut rules, Rule::Values, self.of_use(*value));
                rules
            }
            Kind::Object(_) | Kind::Tuple(_) | Kind::Union(_) => Vec::new(),
            _ => self.own(shape),
        }
    }

    fn own(&self, shape: &Shape<'t>) -> Vec<Rule> {
        self.stated(shape, &shape.kind)
    }

    /// What a schema states of values of a kind; enums list their values, so nothing is left to say.
    fn stated(&self, shape: &Shape<'t>, kind: &Kind<'t>) -> Vec<Rule> {
        let Some(conditions) = &shape.conditions else {
            return Vec::new();
        };
        match kind {
            Kind::Integer(_) | Kind::Number(_) => numbers(conditions),
            Kind::String(_) | Kind::JsonText(_) => strings(conditions),
            Kind::List(_) | Kind::Tuple(_) => arrays(conditions),
            Kind::Map(_) | Kind::Object(_) => self.objects(conditions),
            Kind::Any | Kind::Union(_) => [
                numbers(conditions),
                strings(conditions),
                arrays(conditions),
                self.objects(conditions),
            ]
            .concat(),
            Kind::Alias(_)
            | Kind::Boolean
            | Kind::StringEnum(_)
            | Kind::IntegerEnum(_)
            | Kind::JsonEnum(_) => Vec::new(),
        }
    }

    fn objects(&self, conditions: &Conditions<'t>) -> Vec<Rule> {
        let limits = &conditions.limits;
        let mut rules = counts([
            (limits.min_properties, Rule::MinProperties),
            (limits.max_properties, Rule::MaxProperties),
        ]);
        add_inner(
            &mut rules,
            Rule::PropertyNames,
            self.of_optional(conditions.property_names),
        );
        for (member, others) in &conditions.dependent_required {
            if !others.is_empty() {
                let others = others.iter().map(|&other| other.to_owned()).collect();
                rules.push(Rule::DependentRequired((*member).to_owned(), others));
            }
        }
        rules
    }
}

/// A limit as it is written, if there is one, and the rule it makes.
type Bound<'t, T> = (Option<&'t str>, fn(T) -> Rule);

fn numbers(conditions: &Conditions<'_>) -> Vec<Rule> {
    let limits = &conditions.limits;
    let bounds: [Bound<'_, String>; 5] = [
        (limits.minimum, Rule::Minimum),
        (limits.exclusive_minimum, Rule::ExclusiveMinimum),
        (limits.maximum, Rule::Maximum),
        (limits.exclusive_maximum, Rule::ExclusiveMaximum),
        (limits.multiple_of, Rule::MultipleOf),
    ];
    let bounds = bounds.into_iter();
    let stated = bounds.filter_map(|(bound, rule)| Some((bound?, rule)));
    stated
        .filter(|(bound, _)| is_json_number(bound))
        .map(|(bound, rule)| rule(bound.to_owned()))
        .collect()
}

fn strings(conditions: &Conditions<'_>) -> Vec<Rule> {
    let limits = &conditions.limits;
    let mut rules = counts([
        (limits.min_length, Rule::MinLength),
        (limits.max_length, Rule::MaxLength),
    ]);
    let pattern = limits.pattern.filter(|pattern| !pattern.is_empty());
    rules.extend(pattern.map(|pattern| Rule::Pattern(pattern.to_owned())));
    rules
}

fn arrays(conditions: &Conditions<'_>) -> Vec<Rule> {
    let limits = &conditions.limits;
    let mut rules = counts([
        (limits.min_items, Rule::MinItems),
        (limits.max_items, Rule::MaxItems),
    ]);
    rules.extend(limits.unique_items.then_some(Rule::UniqueItems));
    rules
}

/// Counts that are whole numbers and say something.
fn counts(bounds: [Bound<'_, u64>; 2]) -> Vec<Rule> {
    let count = |text: &str| text.strip_suffix(".0").unwrap_or(text).parse::<u64>().ok();
    let bounds = bounds.into_iter();
    let stated = bounds.filter_map(|(bound, rule)| Some(rule(count(bound?)?)));
    let says_something = |rule: &Rule| {
        !matches!(
            rule,
            Rule::MinLength(0) | Rule::MinItems(0) | Rule::MinProperties(0)
        )
    };
    stated.filter(says_something).collect()
}

/// Adds the rules of a wrapper to those of what it wraps, which may have said them already.
fn narrow(rules: &mut Vec<Rule>, further: Vec<Rule>) {
    for rule in further {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
}

fn add_inner(rules: &mut Vec<Rule>, outer: fn(Vec<Rule>) -> Rule, inner: Vec<Rule>) {
    if !inner.is_empty() {
        rules.push(outer(inner));
    }
}

/// YAML has notations that are no number in JSON.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let starts_right = digits.starts_with(|c: char| c.is_ascii_digit())
        && !(digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit());
    let marks = |c: char| matches!(c, '.' | 'e' | 'E' | '+' | '-') || c.is_ascii_digit();
    starts_right && text.chars().all(marks) && text.parse::<f64>().is_ok() && !text.ends_with('.')
}
