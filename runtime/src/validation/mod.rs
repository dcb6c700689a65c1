//! Checks values against the limits that the description sets, on demand (feature `validate`).
//!
//! Input: a value of any type of the codec, and the rules in the tables beside the generated types.
//! Output: all violations, each with its path.
//! Invariants: nothing is checked unless it is asked for; a rule speaks of one kind of value and
//! lets all others pass, as in JSON Schema; numbers are compared by their digits, not in floating
//! point; violations hold no text of the value, so they may be logged.
//! Never: a change to what is sent or accepted.

mod decimal;
mod pattern;
mod rule;
mod scalar;
mod validator;
mod violation;

#[cfg(test)]
mod tests;

use crate::json::{Blank, Decode, Encode, from_str};

pub use rule::Rule;
pub use validator::{Member, Validator};
pub use violation::{Violation, Violations};

/// Checks a value against what the description asks of it.
///
/// ```
/// use attache_runtime::validation::Validate;
///
/// #[derive(Debug)]
/// struct Parcel { city: String, weight_grams: i64, tags: Vec<String> }
/// attache_runtime::object! {
///     Parcel {
///         required "city" => city where min_length(1) max_length(40),
///         required "weightGrams" => weight_grams where minimum(1) maximum(30000),
///         required "tags" => tags where unique_items() items(pattern("^[a-z]+$")),
///     }
/// }
///
/// let parcel = Parcel { city: "Rome".into(), weight_grams: 0, tags: vec!["A".into()] };
/// let violations = parcel.validate().unwrap_err();
/// assert_eq!(
///     violations.to_string(),
///     "weightGrams: 0 is less than the minimum of 1\ntags[0]: does not match `^[a-z]+$`",
/// );
/// ```
pub trait Validate {
    /// Checks the value and everything in it.
    ///
    /// # Errors
    /// All violations, in the order of the members.
    fn validate(&self) -> Result<(), Violations>;
}

/// Whether a JSON text is a value of a type that keeps these rules; how unions try their variants.
pub fn fits<T: Blank + Decode + Encode>(json: &str, rules: &[Rule]) -> bool {
    from_str::<T>(json).is_ok_and(|value| {
        let mut validator = Validator::new();
        validator.value(&value, rules);
        validator.finish().is_ok()
    })
}

impl<T: Encode> Validate for T {
    fn validate(&self) -> Result<(), Violations> {
        let mut validator = Validator::new();
        self.check(&mut validator);
        validator.finish()
    }
}
