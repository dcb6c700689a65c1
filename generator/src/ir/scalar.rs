//! Integers and strings: the type that format and bounds ask for.

use super::model::{TypeRef, Width};
use crate::resolved::{Integer, StringFormat};

/// The width that the format names; without one, 64 bits, or all digits where the bounds ask for more.
pub(super) fn integer(bounds: &Integer<'_>) -> TypeRef {
    if let Some(width) = bounds.format.and_then(width) {
        return TypeRef::Integer(width);
    }
    if matches!(
        bounds.format,
        Some("unix-time" | "unixtime" | "unix-timestamp")
    ) {
        return TypeRef::UnixTime;
    }
    let bounds = || bounds.minimum.into_iter().chain(bounds.maximum);
    // In floating point, since many descriptions have the bounds of 64 bits rounded.
    let within = |least: f64, most: f64| {
        let is_within = |bound: f64| (least..=most).contains(&bound);
        bounds().all(|bound| bound.parse().is_ok_and(is_within))
    };
    if within(i64::MIN as f64, i64::MAX as f64) {
        TypeRef::Integer(Width::I64)
    } else if bounds().count() == 2 && within(0.0, u64::MAX as f64) {
        TypeRef::Integer(Width::U64)
    } else {
        TypeRef::Number
    }
}

fn width(format: &str) -> Option<Width> {
    Some(match format {
        "int8" => Width::I8,
        "int16" => Width::I16,
        "int32" => Width::I32,
        "int64" => Width::I64,
        "uint8" => Width::U8,
        "uint16" => Width::U16,
        "uint32" => Width::U32,
        "uint64" => Width::U64,
        _ => return None,
    })
}

pub(super) fn string(format: StringFormat) -> TypeRef {
    match format {
        StringFormat::Plain | StringFormat::Binary => TypeRef::String,
        StringFormat::DateTime => TypeRef::DateTime,
        StringFormat::Date => TypeRef::Date,
        StringFormat::Time => TypeRef::Time,
        StringFormat::Uuid => TypeRef::Uuid,
        StringFormat::Base64 => TypeRef::Base64,
        StringFormat::Duration => TypeRef::Duration,
        StringFormat::Integer(format) => {
            TypeRef::StringInteger(width(format).unwrap_or(Width::I64))
        }
    }
}
