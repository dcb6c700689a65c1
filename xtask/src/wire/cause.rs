//! Who is to blame for a failure, as far as what was said tells.

use super::outcome::{Operation, Verdict};

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

/// What a failing test says of its operation.
pub(super) fn verdict(message: &str, operation: &Operation) -> Verdict {
    if let Some((_, reason)) = UNABLE.iter().find(|(sign, _)| message.contains(sign)) {
        return Verdict::Impossible((*reason).to_owned());
    }
    if is_unknown_path(message, operation) {
        return Verdict::Impossible("Prism does not find the path".to_owned());
    }
    if let Some(reason) = wrong_answer(message) {
        return Verdict::Accepted(format!("{reason}: {message}"));
    }
    Verdict::Failed(of(message, operation), message.to_owned())
}

/// Whether the path that was asked for has the form of the operation's, and is still not found.
fn is_unknown_path(message: &str, operation: &Operation) -> bool {
    let (_, template) = operation.line.split_once(' ').unwrap_or_default();
    let asked = message.split_once("The route ").map(|(_, rest)| rest);
    let asked = asked.and_then(|rest| rest.split_once(" hasn't been found"));
    let Some((asked, _)) = asked.filter(|_| message.contains("NO_PATH_MATCHED_ERROR")) else {
        return false;
    };
    let (asked, template): (Vec<_>, Vec<_>) =
        (asked.split('/').collect(), template.split('/').collect());
    let fits = |(asked, template): (&&str, &&str)| asked == template || template.contains('{');
    asked.len() == template.len() && asked.iter().zip(&template).all(fits)
}

/// What is wrong about an answer to a request that has been accepted.
fn wrong_answer(message: &str) -> Option<&'static str> {
    // Prism holds its own answers, which are the description's examples, against the description.
    if !is_of_request(message) && message.contains("\"response\"") {
        return Some("the answer breaks the description");
    }
    let is_read = message.contains("but the body cannot be read");
    if is_read && message.contains("found the end of the input (byte 0)") {
        return Some("the answer has no body, and one is documented");
    }
    if message.contains("a header cannot be read") && message.contains(": null\n") {
        return Some("the answer has a header of nothing");
    }
    // Of formats that it does not know, Prism gives the word "string".
    if is_read && message.contains("found another string") {
        return Some("the answer has a value that is not of its format");
    }
    None
}

fn is_of_request(message: &str) -> bool {
    message.contains("UNPROCESSABLE") || message.contains("[\"request")
}

/// Whoever a failure speaks of; without any sign, it is ours.
fn of(message: &str, operation: &Operation) -> &'static str {
    if !is_of_request(message) {
        return OURS;
    }
    // No value is of its schema as it is written.
    if operation.is_doubtful {
        return DOCUMENT;
    }
    // A parameter of the path that the path does not name.
    if message.contains("Request path must have required property") {
        return DOCUMENT;
    }
    // It takes parts and pairs for text, whatever the schema says, and does not read what is no text.
    let mut form = ["must be array", "must be object", "Reserved characters"].iter();
    if operation.has_form && form.any(|sign| message.contains(sign)) {
        return PRISM;
    }
    // The specification says to ignore such a parameter, and Prism does not.
    if message.contains("Request header parameter content-type") {
        return PRISM;
    }
    // `in: querystring` is of 3.2, which Prism does not know.
    if operation.has_whole_query && message.contains("Request query must have") {
        return PRISM;
    }
    // A schema for what no schema speaks of: a signed or an encrypted text, an archive.
    if operation.has_opaque_body && message.contains("Request body must be") {
        return DOCUMENT;
    }
    OURS
}

/// The constant of a name that was written down.
pub(super) fn known(name: &str) -> &'static str {
    let mut causes = [PRISM, DOCUMENT].into_iter();
    causes.find(|cause| *cause == name).unwrap_or(OURS)
}
