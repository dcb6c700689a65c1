//! Who is to blame for a failure, as far as what was said tells.

use super::outcome::Operation;

/// The client: what it sends, or how it reads.
pub(super) const OURS: &str = "ours";
/// Prism: what it cannot do.
pub(super) const PRISM: &str = "prism";
/// The description: what it says contradicts itself.
pub(super) const DOCUMENT: &str = "document";

/// What Prism says where it has no answer at all, whatever is sent.
const UNABLE: [(&str, &str); 8] = [
    ("NO_RESPONSE_RESPONSE_DEFINED", "no response is described"),
    ("NO_SUCCESS_RESPONSE_DEFINED", "no success is described"),
    (
        "NO_COMPLEX_OBJECT_TEXT",
        "Prism cannot write an object as text",
    ),
    (
        "Cannot find serializer",
        "Prism cannot write the media type",
    ),
    ("SCHEMA_TOO_COMPLEX", "the schema is too complex for Prism"),
    (
        "Target is not a string",
        "Prism cannot read its own multipart answer",
    ),
    ("NO_METHOD_MATCHED_ERROR", "Prism does not know the method"),
    (
        "Maximum call stack size exceeded",
        "the schema is too deep for Prism",
    ),
];

/// Why Prism cannot say anything of an operation.
pub(super) fn unable(message: &str) -> Option<&'static str> {
    let found = UNABLE.iter().find(|(sign, _)| message.contains(sign));
    found.map(|(_, reason)| *reason)
}

/// Whoever a failure speaks of; without any sign, it is ours. A doubtful value is of no schema as it is written.
pub(super) fn of(message: &str, operation: &Operation) -> &'static str {
    // Prism holds its own answers, which are the description's examples, against the description.
    let of_request = message.contains("UNPROCESSABLE") || message.contains("[\"request");
    if !of_request && message.contains("\"response\"") {
        return DOCUMENT;
    }
    if of_request && operation.is_doubtful {
        return DOCUMENT;
    }
    // A parameter of the path that the path does not name.
    if message.contains("Request path must have required property") {
        return DOCUMENT;
    }
    // It takes parts and pairs for text, whatever the schema says, and does not read what is no text.
    let form = ["must be array", "must be object"]
        .iter()
        .any(|sign| message.contains(sign));
    if of_request && form && operation.has_form {
        return PRISM;
    }
    OURS
}

/// The constant of a name that was written down.
pub(super) fn known(name: &str) -> &'static str {
    let mut causes = [PRISM, DOCUMENT].into_iter();
    causes.find(|cause| *cause == name).unwrap_or(OURS)
}
