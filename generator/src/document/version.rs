//! Which version a document is written in, and whether it is an API description at all.

use super::model::Version;
use crate::diagnostic::{Diagnostics, codes};
use crate::spec::Node;

/// Keys that tell other formats apart, and their names.
const OTHER_FORMATS: &[(&str, &str)] = &[
    ("asyncapi", "an AsyncAPI document"),
    ("arazzo", "an Arazzo workflow"),
    ("overlay", "an OpenAPI overlay"),
    ("swaggerVersion", "a Swagger 1.x document"),
    ("discoveryVersion", "a Google discovery document"),
    ("$schema", "a JSON schema"),
];

pub(super) fn read(root: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    if !root.is_mapping() {
        let message = "this is not an OpenAPI description: it should be a mapping";
        diagnostics.at(&codes::NOT_OPENAPI, root, message);
        return None;
    }
    let Some(stated) = root.get("openapi").or_else(|| root.get("swagger")) else {
        let mut message =
            "this is not an OpenAPI description: it has neither `openapi` nor `swagger`".to_owned();
        if let Some((_, name)) = OTHER_FORMATS
            .iter()
            .find(|(key, _)| root.get(key).is_some())
        {
            message.push_str(&format!("; it looks like {name}"));
        }
        diagnostics.at(&codes::NOT_OPENAPI, root, message);
        return None;
    };
    let Some(text) = stated.scalar().filter(|_| !stated.is_null()) else {
        let message = "the version should be text, such as \"3.1.0\"";
        diagnostics.at(&codes::NOT_OPENAPI, stated, message);
        return None;
    };
    of_text(text.trim(), stated, diagnostics)
}

fn of_text(text: &str, stated: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    let mut numbers = text.split(['.', '-']);
    match (numbers.next(), numbers.next()) {
        (Some("2"), None | Some("0")) => Some(Version::V2_0),
        (Some("3"), None | Some("0")) => Some(Version::V3_0),
        (Some("3"), Some("1")) => Some(Version::V3_1),
        (Some("3"), Some("2")) => Some(Version::V3_2),
        (Some("3"), Some(minor)) if minor.parse::<u32>().is_ok() => {
            let message = format!("version {text} is newer than this generator; read as 3.2");
            diagnostics.at(&codes::NEWER_VERSION, stated, message);
            Some(Version::V3_2)
        }
        _ => {
            let message = format!("version `{text}` is not supported; 2.0 and 3.0 to 3.2 are");
            diagnostics.at(&codes::UNSUPPORTED_VERSION, stated, message);
            None
        }
    }
}
