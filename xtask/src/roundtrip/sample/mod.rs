//! Instances of a schema, drawn at random from a seed.
//!
//! Input: the bundle. Output: values that are meant to be valid; the caller checks whether they are.
//! Invariant: the same seed gives the same values.

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
/// A value is made of no more parts.
const PARTS: usize = 400;

/// What is asked of one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
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
            is_open: false,
        }
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
        if depth > DEEPEST {
            return None;
        }
        let flat = Flat::of(self, schemas, depth)?;
        if let Some(constant) = flat.constant {
            return Some(constant.clone());
        }
        if let Some(listed) = flat.listed {
            return self.listed(listed, &flat);
        }
        // Nobody judges open samples, so they are made of what surely fits.
        if !flat.values.is_empty() && self.mode != Mode::Open && self.rng.u8(..) < 25 {
            return Some(flat.values[self.rng.usize(..flat.values.len())].clone());
        }
        let types = flat.types();
        match *types.get(self.rng.usize(..types.len().max(1)))? {
            "null" => Some(Value::Null),
            "boolean" => Some(self.rng.bool().into()),
            "integer" => number::integer(&mut self.rng, &flat),
            "number" => number::number(&mut self.rng, &flat),
            "string" => string::string(&mut self.rng, &flat),
            "array" => self.array(&flat, depth),
            "object" => self.object(&flat, depth),
            _ => Some(self.anything(depth)),
        }
    }

    fn listed(&mut self, listed: &'b [Value], flat: &Flat<'b>) -> Option<Value> {
        let strings = listed.iter().all(Value::is_string);
        if self.mode == Mode::Open && strings && flat.tags.is_empty() && self.rng.bool() {
            self.is_open = true;
            return Some("a value of later".into());
        }
        let pick = self.rng.usize(..listed.len().max(1));
        listed.get(pick).cloned()
    }

    fn array(&mut self, flat: &Flat<'b>, depth: usize) -> Option<Value> {
        let (fewest, most) = (flat.least("minItems"), flat.most("maxItems"));
        let usual = match self.mode {
            Mode::Bare => 0,
            _ if depth > SHALLOW || self.parts > PARTS => 0,
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
