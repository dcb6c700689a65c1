//! Components of a request, by the names that RFC 9421 has for them (section 2).

use crate::call::form_component;
use crate::signing::SchemeError;
use crate::transport::check_header;

/// A part of a request that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Component {
    Method,
    TargetUri,
    Authority,
    Scheme,
    Path,
    Query,
    /// With the name as it is encoded.
    QueryParam(String),
    /// With the name in lower case.
    Field(String),
}

const DERIVED: [(&str, Component); 6] = [
    ("@method", Component::Method),
    ("@target-uri", Component::TargetUri),
    ("@authority", Component::Authority),
    ("@scheme", Component::Scheme),
    ("@path", Component::Path),
    ("@query", Component::Query),
];
const QUERY_PARAM: &str = "@query-param";

impl Component {
    /// Reads a name, with or without the quotes that it has on the wire.
    pub(super) fn read(text: &str) -> Result<Self, SchemeError> {
        let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
        let name = name.trim().trim_matches('"');
        if name == QUERY_PARAM {
            return query_param(text, parameters.trim());
        }
        if !parameters.is_empty() {
            return Err(format!(
                "`{text}` has the parameter `{parameters}`, which is not supported"
            )
            .into());
        }
        let derived = DERIVED.iter().find(|(known, _)| *known == name);
        match derived {
            Some((_, component)) => Ok(component.clone()),
            None if name.starts_with('@') => {
                let there: Vec<&str> = DERIVED.iter().map(|(known, _)| *known).collect();
                let there = there.join(", ");
                Err(
                    format!("`{name}` is not supported; there are {there} and {QUERY_PARAM}")
                        .into(),
                )
            }
            None => field(name),
        }
    }

    /// As it stands in a signature, with its quotes.
    pub(super) fn identifier(&self) -> String {
        match self {
            Component::QueryParam(name) => format!("\"{QUERY_PARAM}\";name=\"{name}\""),
            Component::Field(name) => format!("\"{name}\""),
            derived => {
                let known = DERIVED.iter().find(|(_, known)| known == derived);
                format!("\"{}\"", known.map_or("", |(name, _)| name))
            }
        }
    }
}

/// Reads names, of which none may come twice (RFC 9421, section 2).
pub(super) fn read_all<N: AsRef<str>>(
    names: impl IntoIterator<Item = N>,
    before: &[Component],
) -> Result<Vec<Component>, SchemeError> {
    let mut components: Vec<Component> = before.to_vec();
    for name in names {
        let component = Component::read(name.as_ref())?;
        if components.contains(&component) {
            return Err(format!("{} is there a second time", component.identifier()).into());
        }
        components.push(component);
    }
    Ok(components.split_off(before.len()))
}

fn query_param(text: &str, parameters: &str) -> Result<Component, SchemeError> {
    let name = parameters.strip_prefix("name=\"");
    let name = name.and_then(|name| name.strip_suffix('"'));
    match name {
        Some(name) if !name.contains('"') => {
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            Ok(Component::QueryParam(encoded(&name)))
        }
        _ => Err(format!("`{text}` has to be of the form `{QUERY_PARAM};name=\"…\"`").into()),
    }
}

fn field(name: &str) -> Result<Component, SchemeError> {
    check_header(name, "")?;
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        // HTTP/2 has no such header (RFC 9421, section 2.2.3).
        "host" => Err("`host` is not sent by all versions of HTTP; sign `@authority`".into()),
        "signature" | "signature-input" => {
            Err(format!("`{name}` is what the signature is sent in").into())
        }
        _ => Ok(Component::Field(name)),
    }
}

/// A name or a value of a parameter in the encoding that is signed (RFC 9421, section 2.2.8).
pub(super) fn encoded(text: &str) -> String {
    form_component(text).replace('+', "%20")
}
