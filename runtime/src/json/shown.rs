//! Values as their JSON, for those who print or compare them.

use std::fmt;

use super::{Encode, Json, to_string};

/// Prints a value as the name of its type and its JSON: `Parcel {"id":"p_1"}`.
#[doc(hidden)]
pub fn debug(value: &dyn Encode, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(name)?;
    f.write_str(" ")?;
    f.write_str(&to_string(value))
}

/// Whether two values are the same JSON, in whatever order their members are.
#[doc(hidden)]
pub fn is_same(one: &dyn Encode, other: &dyn Encode) -> bool {
    to_string(one) == to_string(other) || Json::of(one) == Json::of(other)
}
