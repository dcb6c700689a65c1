//! Keys that are understood and have no effect on a client, each with the reason.

/// Key and reason.
pub(super) type Ignored = &'static [(&'static str, &'static str)];

pub(super) const DOCUMENT: Ignored = &[
    ("$self", "the resolver of the tree has used it"),
    (
        "jsonSchemaDialect",
        "keywords of all dialects are read alike",
    ),
    (
        "externalDocs",
        "the crate's documentation links the API's own page instead",
    ),
];

pub(super) const HEADER: Ignored = &[
    ("example", "response headers are read, never made up"),
    ("examples", "response headers are read, never made up"),
    ("allowEmptyValue", "an empty header is read like any other"),
    ("allowReserved", "header values are never percent-encoded"),
];

pub(super) const EXAMPLE: Ignored = &[
    ("summary", "the value says it all"),
    ("description", "the value says it all"),
    ("externalValue", "nothing is fetched"),
    ("serializedValue", "the value itself is preferred"),
];

/// In 2.0 a form field is a parameter; its schema keeps the rest.
pub(super) const FORM_FIELD: Ignored = &[
    ("in", "read when the parameters were sorted"),
    ("allowEmptyValue", "an empty field is sent as any other"),
];

pub(super) const SCHEMA: Ignored = &[
    ("$schema", "keywords of all dialects are read alike"),
    ("$vocabulary", "keywords of all dialects are read alike"),
    ("$comment", "addressed to the description's authors"),
    ("$id", "the resolver of the tree has used it"),
    ("id", "the draft-04 spelling of `$id`"),
    ("$anchor", "the resolver of the tree has used it"),
    ("$dynamicAnchor", "read with the schema that it names"),
    ("$recursiveAnchor", "used when `$recursiveRef` is resolved"),
    (
        "$defs",
        "a container; its schemas are read when something refers to them",
    ),
    (
        "definitions",
        "a container; its schemas are read when something refers to them",
    ),
    ("externalDocs", "the description is documentation enough"),
];
