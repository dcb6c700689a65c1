//! Instances of a schema, drawn at random from a seed.
//!
//! Input: a bundle. Output: values that are meant to be valid; the caller checks whether they are.
//! Invariant: the same seed gives the same values. Never: more than a bounded amount of work for one value.

mod flat;
mod number;
mod object;
mod pattern;
mod string;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use flat::Flat;

/// Values nest no deeper, so that recursive schemas end.
const DEEPEST: usize = 24;
/// From here on optional members are left out.
const SHALLOW: usize = 4;
/// From so many parts on, a value gets only those that it needs.
const PARTS: usize = 400;
/// The same for values that people read.
const FEW_PARTS: usize = 60;
/// No value is made of more.
const MOST_PARTS: usize = 20_000;

/// What is asked of one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Every optional member that fits.
    Full,
    /// None of them.
    Bare,
    /// Some of them.
    Mixed,
    /// As `Mixed`, and enums of strings have values that they do not list.
    Open,
}

pub(super) struct Sampler<'b> {
    definitions: &'b Map<String, Value>,
    rng: Rng,
    mode: Mode,
    /// Which branch of a union comes next at the top, so that each has its turn.
    turn: usize,
    parts: usize,
    /// Values are what people would write, rather than what programs stumble over.
    plain: bool,
    /// Whether examples and defaults are taken where there are any.
    shown: bool,
    /// Whether the last sample has a value that an enum does not list.
    pub(super) is_open: bool,
}

impl<'b> Sampler<'b> {
    pub(super) fn new(definitions: &'b Map<String, Value>, seed: u64) -> Self {
        Sampler {
            definitions,
            rng: Rng::with_seed(seed),
            mode: Mode::Mixed,
            turn: 0,
            parts: 0,
            plain: false,
            shown: false,
            is_open: false,
        }
    }

    /// The try with this number at a value as people would write it: the first are full of members and take the
    /// examples of the description, later ones have less that could be wrong.
    pub(super) fn plain(&mut self, schema: &'b Value, number: usize) -> Option<Value> {
        self.mode = match number {
            0 | 1 => Mode::Full,
            2 | 3 => Mode::Bare,
            _ => Mode::Mixed,
        };
        (self.turn, self.parts, self.is_open) = (number.saturating_sub(3), 0, false);
        (self.plain, self.shown) = (true, number.is_multiple_of(2));
        self.value(&[schema], 0)
    }

    /// The sample with this number; none where the schema allows nothing that is found.
    pub(super) fn sample(&mut self, schema: &'b Value, number: usize) -> Option<Value> {
        self.mode = match number {
            0 => Mode::Full,
            1 => Mode::Bare,
            number if number % 5 == 4 => Mode::Open,
            _ => Mode::Mixed,
        };
        (self.turn, self.parts, self.is_open) = (number, 0, false);
        self.value(&[schema], 0)
    }

    /// A value that fits all of the schemas.
    fn value(&mut self, schemas: &[&'b Value], depth: usize) -> Option<Value> {
        self.parts += 1;
        if depth > DEEPEST || self.parts > MOST_PARTS {
            return None;
        }
        let flat = Flat::of(self, schemas, depth)?;
        if let Some(constant) = flat.constant {
            return Some(constant.clone());
        }
        if let Some(listed) = flat.listed {
            return self.listed(listed, &flat);
        }
        if self.plain
            && self.shown
            && let Some(value) = flat.values.first()
        {
            return Some((*value).clone());
        }
        // Nobody judges open samples, so they are made of what surely fits.
        let takes = !self.plain && self.mode != Mode::Open && self.rng.u8(..) < 25;
        if takes && !flat.values.is_empty() {
            return Some(flat.values[self.rng.usize(..flat.values.len())].clone());
        }
        let mut types = flat.types();
        if self.plain && types.len() > 1 {
            types.retain(|name| *name != "null");
            types.truncate(1);
        }
        match *types.get(self.rng.usize(..types.len().max(1)))? {
            "null" => Some(Value::Null),
            "boolean" => Some(self.rng.bool().into()),
            "integer" if self.plain => number::plain(&flat, true),
            "number" if self.plain => number::plain(&flat, false),
            "integer" => number::integer(&mut self.rng, &flat),
            "number" => number::number(&mut self.rng, &flat),
            "string" if self.plain => string::plain(&mut self.rng, &flat, self.turn),
            "string" => string::string(&mut self.rng, &flat),
            "array" => self.array(&flat, depth),
            "object" => self.object(&flat, depth),
            _ => Some(self.anything(depth)),
        }
    }

    fn most_parts(&self) -> usize {
        if self.plain { FEW_PARTS } else { PARTS }
    }

    fn listed(&mut self, listed: &'b [Value], flat: &Flat<'b>) -> Option<Value> {
        let strings = listed.iter().all(Value::is_string);
        if self.mode == Mode::Open && strings && flat.tags.is_empty() && self.rng.bool() {
            self.is_open = true;
            return Some("a value of later".into());
        }
        if self.plain {
            let fitting = listed.iter().find(|value| !value.is_null());
            return fitting.or(listed.first()).cloned();
        }
        let pick = self.rng.usize(..listed.len().max(1));
        listed.get(pick).cloned()
    }

    fn array(&mut self, flat: &Flat<'b>, depth: usize) -> Option<Value> {
        let (fewest, most) = (flat.least("minItems"), flat.most("maxItems"));
        let usual = match self.mode {
            Mode::Bare => 0,
            _ if depth > SHALLOW || self.parts > self.most_parts() => 0,
            _ if self.plain => 1,
            _ => self.rng.usize(..4),
        };
        let length = usual
            .max(flat.first.len().min(most))
            .max(usize::from(flat.contains.is_some()))
            .clamp(fewest.min(most), most.max(fewest));
        let mut items = Vec::new();
        for index in 0..length.min(200) {
            let item = match (flat.first.get(index), &flat.items[..]) {
                (Some(first), _) => self.value(&[first], depth + 1),
                (None, _) if index == flat.first.len() && flat.contains.is_some() => {
                    self.value(&[flat.contains?], depth + 1)
                }
                (None, []) => Some(self.anything(depth)),
                (None, all) => self.value(all, depth + 1),
            };
            match item {
                Some(item) => items.push(item),
                // Fewer will do, as long as there are enough.
                None if items.len() >= fewest => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    /// Any JSON.
    fn anything(&mut self, depth: usize) -> Value {
        if self.plain {
            return "any text".into();
        }
        match self.rng.usize(..if depth > SHALLOW { 5 } else { 7 }) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 => self.rng.i32(..).into(),
            3 => json!(0.25),
            4 => "any text".into(),
            5 => json!([1, "two", null]),
            _ => json!({"any": {"member": [true]}}),
        }
    }
}
