//! What a signature says of itself (RFC 9421, section 2.3), in Structured Fields (RFC 9651).

use super::component::Component;
use crate::signing::SchemeError;

/// The parameters of one signature; texts are checked, and written with their quotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters {
    /// Seconds since 1970.
    pub(super) created: u64,
    /// Seconds since 1970.
    pub(super) expires: Option<u64>,
    pub(super) key_id: Option<String>,
    pub(super) alg: Option<&'static str>,
    pub(super) nonce: Option<String>,
    pub(super) tag: Option<String>,
}

impl Parameters {
    /// The components and the parameters, as one text for `Signature-Input` and for the signature base.
    pub(super) fn write(&self, components: &[Component]) -> String {
        let components: Vec<String> = components.iter().map(Component::identifier).collect();
        let alg = self.alg.map(|alg| format!("\"{alg}\""));
        let nonce = self.nonce.as_ref().map(|nonce| format!("\"{nonce}\""));
        let parameters = [
            ("created", Some(self.created.to_string())),
            ("expires", self.expires.map(|expires| expires.to_string())),
            ("keyid", self.key_id.clone()),
            ("alg", alg),
            ("nonce", nonce),
            ("tag", self.tag.clone()),
        ];
        let parameters = parameters.iter().filter_map(|(name, value)| {
            let value = value.as_deref()?;
            Some(format!(";{name}={value}"))
        });
        format!(
            "({}){}",
            components.join(" "),
            parameters.collect::<String>()
        )
    }
}

/// A text with its quotes (RFC 9651, section 4.1.6).
pub(super) fn quoted(what: &str, text: &str) -> Result<String, SchemeError> {
    if !text.bytes().all(|c| matches!(c, b' '..=b'~')) {
        return Err(format!("the {what} {text:?} is not of printable ASCII").into());
    }
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    Ok(format!("\"{text}\""))
}

/// Checks a label, which is a key of a dictionary (RFC 9651, section 3.1.2).
pub(super) fn check_label(label: &str) -> Result<(), SchemeError> {
    let starts = label.starts_with(|c: char| c == '*' || c.is_ascii_lowercase());
    let is_key = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.' | '*')
    };
    match starts && label.chars().all(is_key) {
        true => Ok(()),
        false => Err(format!(
            "the label {label:?} is not of lower-case letters, digits, `_`, `-`, `.` and `*`, a letter or `*` first"
        )
        .into()),
    }
}
