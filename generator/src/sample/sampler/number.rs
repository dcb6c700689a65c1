//! Numbers: the bounds, their neighbours, and some between.

use fastrand::Rng;
use serde_json::Value;

use super::flat::Flat;

/// What a format leaves of the integers.
fn range(format: Option<&str>) -> (i128, i128) {
    match format {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64") => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

pub(super) fn integer(rng: &mut Rng, flat: &Flat<'_>) -> Option<Value> {
    let (mut least, mut most) = range(flat.text("format"));
    least = bounds(flat, "minimum").map(ceil).chain([least]).max()?;
    most = bounds(flat, "maximum").map(floor).chain([most]).min()?;
    let above = |bound: f64| floor(bound) + 1;
    let below = |bound: f64| ceil(bound) - 1;
    least = bounds(flat, "exclusiveMinimum")
        .map(above)
        .chain([least])
        .max()?;
    most = bounds(flat, "exclusiveMaximum")
        .map(below)
        .chain([most])
        .min()?;
    if least > most {
        return None;
    }
    let between = [0, 1, -1, 7, 100, 65_536, least, least + 1, most, most - 1];
    let fitting: Vec<i128> = between
        .into_iter()
        .filter(|it| (least..=most).contains(it))
        .collect();
    let mut chosen = *rng.choice(&fitting)?;
    if let Some(step) = flat
        .all("multipleOf")
        .find_map(Value::as_i64)
        .filter(|step| *step > 0)
    {
        chosen -= chosen.rem_euclid(step.into());
        if chosen < least {
            chosen += i128::from(step);
        }
    }
    i64::try_from(chosen)
        .map(Value::from)
        .or_else(|_| u64::try_from(chosen).map(Value::from))
        .ok()
}

pub(super) fn number(rng: &mut Rng, flat: &Flat<'_>) -> Option<Value> {
    let least = bounds(flat, "minimum").fold(f64::MIN, f64::max);
    let most = bounds(flat, "maximum").fold(f64::MAX, f64::min);
    let between = [
        0.0,
        1.0,
        -1.0,
        0.1,
        11.01,
        -273.15,
        1e21,
        1.5e-7,
        least,
        most,
        least + 0.5,
    ];
    let fitting: Vec<f64> = between
        .into_iter()
        .filter(|it| (least..=most).contains(it) && it.abs() < 1e300)
        .collect();
    let chosen = *rng.choice(&fitting)?;
    if flat.text("format") == Some("float") {
        return Some(f64::from(chosen as f32 as i32).into());
    }
    let step = flat.all("multipleOf").find_map(Value::as_f64);
    let chosen = match step.filter(|step| *step > 0.0) {
        Some(step) => (chosen / step).round() * step,
        None => chosen,
    };
    // Whole numbers are written in both ways.
    if chosen.fract() == 0.0 && chosen.abs() < 1e15 && rng.bool() {
        return Some((chosen as i64).into());
    }
    serde_json::Number::from_f64(chosen).map(Value::Number)
}

/// The number nearest to one that fits.
pub(super) fn plain(flat: &Flat<'_>, is_integer: bool) -> Option<Value> {
    let step = flat.all("multipleOf").filter_map(Value::as_f64);
    let step = step.filter(|step| *step > 0.0).fold(1.0, f64::max);
    let above = bounds(flat, "exclusiveMinimum").fold(f64::MIN, f64::max);
    let below = bounds(flat, "exclusiveMaximum").fold(f64::MAX, f64::min);
    let least = bounds(flat, "minimum").fold(f64::MIN, f64::max);
    let most = bounds(flat, "maximum").fold(f64::MAX, f64::min);
    let fits = |it: &f64| *it >= least && *it <= most && *it > above && *it < below;
    let candidates = [
        step,
        0.0,
        (least / step).ceil() * step,
        (most / step).floor() * step,
        (above / step).floor() * step + step,
        (below / step).ceil() * step - step,
        (least + most) / 2.0,
        (above + most) / 2.0,
        (above + below) / 2.0,
    ];
    let whole = |it: &f64| it.fract() == 0.0 && it.abs() < 9e15;
    let mut fitting = candidates.into_iter().filter(fits);
    let chosen = match is_integer {
        true => fitting.find(whole)?,
        false => fitting.next()?,
    };
    match whole(&chosen) {
        true => Some((chosen as i64).into()),
        false => serde_json::Number::from_f64(chosen).map(Value::Number),
    }
}

fn bounds(flat: &Flat<'_>, keyword: &'static str) -> impl Iterator<Item = f64> {
    flat.all(keyword).filter_map(Value::as_f64)
}

fn ceil(bound: f64) -> i128 {
    bound.ceil() as i128
}

fn floor(bound: f64) -> i128 {
    bound.floor() as i128
}
