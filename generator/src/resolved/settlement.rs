//! The second pass over unions, when every shape is known: unions of strings become enums, doubles go, tags are found.

use super::model::{Choice, Conditions, Kind, Shape, StringFormat, Union, Variant};
use super::resolver::Resolver;
use crate::document::SchemaId;

impl<'t> Resolver<'_, 't> {
    /// Settles what [`Resolver::union_of`] found.
    pub(super) fn settle_unions(&mut self) {
        for index in 0..self.shapes.len() {
            let id = SchemaId(u32::try_from(index).expect("the reader limits the number of nodes"));
            let Kind::Union(union) = &self.settled_shape(id).kind else {
                continue;
            };
            let settled = self.settled(union.clone());
            let shape = self.shapes[index]
                .as_mut()
                .expect("every schema has a shape by now");
            (shape.kind, shape.open) = settled;
        }
        while self.spread_null() {}
    }

    /// A union of which a branch may be null may be null itself; true when that was news for one.
    fn spread_null(&mut self) -> bool {
        let allows_null = |shape: &Shape<'t>| match &shape.kind {
            Kind::Union(union) => union
                .variants
                .iter()
                .any(|variant| self.may_be_null(variant.schema)),
            _ => false,
        };
        let found: Vec<usize> = (0..self.shapes.len())
            .filter(|&index| {
                let shape = self.shapes[index].as_ref();
                shape.is_some_and(|shape| !shape.nullable && allows_null(shape))
            })
            .collect();
        for index in &found {
            if let Some(shape) = &mut self.shapes[*index] {
                shape.nullable = true;
            }
        }
        !found.is_empty()
    }

    fn may_be_null(&self, id: SchemaId) -> bool {
        let mut at = id;
        loop {
            let shape = self.settled_shape(at);
            match shape.kind {
                _ if shape.nullable => return true,
                Kind::Alias(target) => at = target,
                _ => return false,
            }
        }
    }

    /// The kind, and whether values that it does not list are as good as those it does.
    fn settled(&self, mut union: Union<'t>) -> (Kind<'t>, bool) {
        let mut open = false;
        if union.tag.is_some()
            && !union
                .variants
                .iter()
                .all(|variant| self.is_object(variant.schema))
        {
            union.tag = None;
        }
        if union.tag.is_none() {
            if let Some(settled) = self.enum_of(&union) {
                return settled;
            }
            self.drop_doubles(&mut union);
            if let [only] = &union.variants[..] {
                let kind = match only.unconditional {
                    true => self.followed(only.schema).kind.clone(),
                    false => Kind::Alias(only.schema),
                };
                return (kind, false);
            }
            // Any JSON is what a union keeps of itself.
            let is_any =
                |variant: &Variant<'t>| matches!(self.followed(variant.schema).kind, Kind::Any);
            if !union.variants.iter().all(is_any) {
                open = union.variants.iter().any(is_any);
                union.variants.retain(|variant| !is_any(variant));
            }
            self.find_tag(&mut union);
        }
        drop_taken_tags(&mut union);
        if union.tag.is_none()
            || union
                .variants
                .iter()
                .any(|variant| variant.tags.is_empty() && !variant.fallback)
        {
            union.tag = None;
            union
                .variants
                .iter_mut()
                .for_each(|variant| variant.tags.clear());
        }
        (Kind::Union(union), open)
    }

    fn settled_shape(&self, id: SchemaId) -> &Shape<'t> {
        self.shapes[id.0 as usize]
            .as_ref()
            .expect("every schema has a shape by now")
    }

    fn followed(&self, id: SchemaId) -> &Shape<'t> {
        let mut at = self.settled_shape(id);
        while let Kind::Alias(target) = at.kind {
            at = self.settled_shape(target);
        }
        at
    }

    /// What a schema and the aliases on the way to it ask of their values.
    fn conditions(&self, id: SchemaId) -> Vec<&Conditions<'t>> {
        let mut shape = self.settled_shape(id);
        let mut found: Vec<_> = shape.conditions.as_deref().into_iter().collect();
        while let Kind::Alias(target) = shape.kind {
            shape = self.settled_shape(target);
            found.extend(shape.conditions.as_deref());
        }
        found
    }

    fn is_object(&self, id: SchemaId) -> bool {
        match &self.followed(id).kind {
            Kind::Object(_) | Kind::Map(_) => true,
            // A tagged union inside a tagged union, as long as it is not this one.
            Kind::Union(union) => union.tag.is_some(),
            _ => false,
        }
    }

    /// Strings beside enums of strings are one open enum.
    fn enum_of(&self, union: &Union<'t>) -> Option<(Kind<'t>, bool)> {
        let mut strings: Vec<Choice<'t, String>> = Vec::new();
        let mut integers: Vec<Choice<'t, i64>> = Vec::new();
        let (mut any_string, mut any_integer) = (false, false);
        for variant in &union.variants {
            let shape = self.followed(variant.schema);
            match &shape.kind {
                Kind::StringEnum(choices) => {
                    any_string |= shape.open;
                    add(&mut strings, choices, shape);
                }
                Kind::IntegerEnum(choices) => {
                    any_integer |= shape.open;
                    add(&mut integers, choices, shape);
                }
                Kind::String(StringFormat::Plain | StringFormat::Binary) => any_string = true,
                Kind::Integer(_) => any_integer = true,
                _ => return None,
            }
        }
        match (strings.is_empty(), integers.is_empty()) {
            (false, true) if !any_integer => Some((Kind::StringEnum(strings), any_string)),
            (true, false) if !any_string => Some((Kind::IntegerEnum(integers), any_integer)),
            _ => None,
        }
    }

    /// Two variants that read the same JSON as the same type are one.
    fn drop_doubles(&self, union: &mut Union<'t>) {
        let mut kept: Vec<Variant<'t>> = Vec::new();
        for variant in union.variants.drain(..) {
            let same = |known: &&mut Variant<'t>| {
                same_plain_kind(
                    &self.followed(known.schema).kind,
                    &self.followed(variant.schema).kind,
                )
            };
            match kept.iter_mut().find(same) {
                Some(known) => {
                    known.unconditional |=
                        self.conditions(known.schema) != self.conditions(variant.schema);
                }
                None => kept.push(variant),
            }
        }
        union.variants = kept;
    }

    /// A required property that has another constant in every variant is as good as a discriminator.
    fn find_tag(&self, union: &mut Union<'t>) {
        let Kind::Object(first) = &self.followed(union.variants[0].schema).kind else {
            return;
        };
        for property in first.properties.iter().filter(|property| property.required) {
            let tags: Option<Vec<_>> = union
                .variants
                .iter()
                .map(|variant| self.tag_value(variant.schema, property.name))
                .collect();
            let Some(tags) = tags else { continue };
            let distinct = tags
                .iter()
                .enumerate()
                .all(|(at, tag)| !tags[..at].contains(tag));
            if distinct {
                union.tag = Some(property.name);
                for (variant, tag) in union.variants.iter_mut().zip(tags) {
                    variant.tags = vec![tag];
                }
                return;
            }
        }
    }

    fn tag_value(&self, variant: SchemaId, property: &str) -> Option<&'t str> {
        let shape = self.followed(variant);
        let Kind::Object(object) = &shape.kind else {
            return None;
        };
        let property = object
            .properties
            .iter()
            .find(|known| known.name == property && known.required)?;
        let value = self.followed(property.schema);
        let Kind::StringEnum(choices) = &value.kind else {
            return None;
        };
        let [_] = &choices[..] else { return None };
        let schema = self.schema(value.id);
        super::enumeration::values(&schema)
            .iter()
            .find_map(|node| node.as_str())
    }
}

fn add<'t, T: Clone + PartialEq>(
    all: &mut Vec<Choice<'t, T>>,
    choices: &[Choice<'t, T>],
    shape: &Shape<'t>,
) {
    for choice in choices {
        if all.iter().all(|known| known.value != choice.value) {
            let mut choice = choice.clone();
            if choices.len() == 1 && shape.component.is_none() {
                // One constant per branch: the branch's annotations speak of the value.
                choice.name = choice.name.or(shape.title);
                choice.description = choice.description.or(shape.description);
            }
            all.push(choice);
        }
    }
}

fn same_plain_kind(one: &Kind<'_>, other: &Kind<'_>) -> bool {
    match (one, other) {
        (Kind::Any, Kind::Any) | (Kind::Boolean, Kind::Boolean) => true,
        (Kind::Number(one), Kind::Number(other)) => one == other,
        (Kind::String(one), Kind::String(other)) => one.in_json() == other.in_json(),
        (Kind::Integer(one), Kind::Integer(other)) => one == other,
        _ => false,
    }
}

/// A tag value selects the first variant that claims it.
fn drop_taken_tags(union: &mut Union<'_>) {
    let mut taken = Vec::new();
    for variant in &mut union.variants {
        variant.tags.retain(|tag| !taken.contains(tag));
        taken.extend(variant.tags.iter().copied());
        if variant.fallback {
            // What no other variant claims is its anyway.
            variant.tags.clear();
        }
    }
}
