//! Schemes that stand in a text, one setting in a line.

use std::str::FromStr;

use super::kinds::{ALGORITHMS, HmacAlgorithm, KEYS, SIGNATURES};
use super::placeholder::list;
use super::scheme::HmacScheme;
use crate::signing::SchemeError;

impl FromStr for HmacScheme {
    type Err = SchemeError;

    /// Reads a scheme; the error says in which line it is none.
    fn from_str(text: &str) -> Result<Self, SchemeError> {
        let lines = text.lines().map(str::trim).enumerate();
        let lines: Vec<(usize, &str)> = lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let algorithm = algorithm(&lines)?;
        let message = single(&lines, "message")?;
        let (line, message) = message.ok_or("the scheme has no line `message: …`")?;
        let mut scheme = at(line, HmacScheme::new(algorithm, message))?;
        for (line, setting) in &lines {
            scheme = at(*line, set(scheme, setting))?;
        }
        // Twice the same setting would be a slip of which one half counts.
        single(&lines, "key")?;
        single(&lines, "signature")?;
        scheme.check_is_sent()?;
        Ok(scheme)
    }
}

fn algorithm(lines: &[(usize, &str)]) -> Result<HmacAlgorithm, SchemeError> {
    match single(lines, "algorithm")? {
        Some((line, name)) => at(line, choice(&ALGORITHMS, name)),
        None => Err("the scheme has no line `algorithm: …`".into()),
    }
}

/// Takes over one line.
fn set(scheme: HmacScheme, line: &str) -> Result<HmacScheme, SchemeError> {
    let (name, value) = split(line).ok_or("there is no colon")?;
    match name.split_once(' ').map(|(kind, name)| (kind, name.trim())) {
        Some(("header", name)) => scheme.header(name, value),
        Some(("query", name)) => scheme.query(name, value),
        _ => match name {
            "algorithm" | "message" => Ok(scheme),
            "key" => Ok(scheme.key(choice(&KEYS, value)?)),
            "signature" => Ok(scheme.signature(choice(&SIGNATURES, value)?)),
            _ => Err(format!(
                "`{name}` is no setting; there are algorithm, key, signature, message, header NAME and query NAME"
            )
            .into()),
        },
    }
}

/// The value of a setting that is there once at the most, and its line.
fn single<'t>(
    lines: &[(usize, &'t str)],
    name: &str,
) -> Result<Option<(usize, &'t str)>, SchemeError> {
    let mut found = lines.iter().filter_map(|(line, text)| {
        let (known, value) = split(text)?;
        (known == name).then_some((*line, value))
    });
    let first = found.next();
    match found.next() {
        Some((line, _)) => at(line, Err(format!("`{name}` is there a second time").into())),
        None => Ok(first),
    }
}

fn split(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim(), value.trim()))
}

fn choice<T: Copy>(known: &[(&str, T)], name: &str) -> Result<T, SchemeError> {
    let found = known.iter().find(|(known, _)| *known == name);
    let found = found.map(|(_, choice)| *choice);
    found.ok_or_else(|| {
        let there = list(known.iter().map(|(name, _)| *name));
        SchemeError(format!("`{name}` is none of {there}"))
    })
}

/// Says in an error which line it is about.
fn at<T>(line: usize, result: Result<T, SchemeError>) -> Result<T, SchemeError> {
    result.map_err(|SchemeError(reason)| SchemeError(format!("line {}: {reason}", line + 1)))
}
