//! Every kind of diagnostic, by the stage that reports it.

use super::code::{Code, Severity};

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $(($degrades:ident))? $explanation:literal;)*) => {
        $(#[doc = $explanation]
        pub static $constant: Code = Code {
            name: $name,
            severity: Severity::$severity,
            degrades: codes!(@degrades $($degrades)?),
            explanation: $explanation,
        };)*

        /// All codes, in the order of the stages.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
    (@degrades degrades) => { true };
    (@degrades) => { false };
}

codes! {
    // spec/
    UNREADABLE_FILE "unreadable-file" Error "The file could not be opened. Check its path and permissions.";
    INVALID_ENCODING "invalid-encoding" Error "Descriptions are UTF-8 text. Convert the file.";
    SYNTAX_ERROR "syntax-error" Error "The file is neither well-formed JSON nor YAML at this place.";
    TOO_DEEP "too-deep" Error "Values nest deeper than any real description does.";
    TOO_LARGE "too-large" Error "The description is larger than the limit, which guards against files made to exhaust memory.";
    BROKEN_FILE "broken-file" Warning (degrades) "A file that the description refers to is not well-formed; what refers to it is taken as any JSON value.";
    DUPLICATE_KEY "duplicate-key" Warning "The same key stands twice in one object; the last one is taken, as JSON parsers do.";
    ALIAS_CYCLE "alias-cycle" Error "A YAML alias stands inside its own anchor, so the value would have no end.";
    UNDEFINED_ALIAS "undefined-alias" Error "A YAML alias has no anchor before it.";
    COLLECTION_AS_KEY "collection-as-key" Warning "Keys are text; the source of the list or mapping is taken as the key.";
    LONE_SURROGATE "lone-surrogate" Warning "Half of a surrogate pair is no character; it is read as the replacement character.";
    EXCESSIVE_REPETITION "excessive-repetition" Error "YAML aliases repeat values so often that no reader could follow all of them.";
    UNKNOWN_TAG "unknown-tag" Note "YAML tags beyond the core schema have no meaning in a description and are ignored.";
    MULTIPLE_DOCUMENTS "multiple-documents" Warning "The file holds several YAML documents; only the first is read.";

    // document/
    NOT_OPENAPI "not-openapi" Error "The file has neither an `openapi` nor a `swagger` key at its top, so it is no description that can be read.";
    UNSUPPORTED_VERSION "unsupported-version" Error "Only Swagger 2.0 and OpenAPI 3.0 to 3.2 are read.";
    NEWER_VERSION "newer-version" Warning "The description is written in a newer version than this generator knows; it is read as the newest known.";
    MISSING_INFO "missing-info" Warning "Title and version of the API are missing; the crate gets a general name.";
    MISSING_FIELD "missing-field" Warning (degrades) "The specification requires this key; a substitute is taken.";
    UNREAD_KEY "unread-key" Warning "The key has no meaning at this place, so nothing of it is in the client. Most often it is misspelled or indented wrongly.";
    FOREIGN_KEYWORD "foreign-keyword" Note "The keyword belongs to another version of OpenAPI; it is read all the same.";
    UNSUPPORTED_KEYWORD "unsupported-keyword" Warning (degrades) "The keyword is known, and not in the client yet.";
    WRONG_TYPE "wrong-type" Warning (degrades) "The value is of another type than the specification asks for; it is ignored.";
    CONVERTED_VALUE "converted-value" Note "The value is of another type than the specification asks for; its meaning is clear, so it is taken.";
    UNKNOWN_VALUE "unknown-value" Warning (degrades) "The specification lists the values of this key, and this is none of them.";
    UNKNOWN_TYPE "unknown-type" Warning (degrades) "JSON Schema knows null, boolean, integer, number, string, array and object.";
    INVALID_PATTERN "invalid-pattern" Warning "A `pattern` is a regular expression of ECMA-262; this one is none, or of another dialect.";
    MISMATCHED_ENUM_NAMES "mismatched-enum-names" Warning "There are more or fewer names than values, so the names are not used.";
    UNRESOLVED_REFERENCE "unresolved-reference" Warning (degrades) "The reference leads nowhere; what it stands for is taken as any JSON value, or left out.";
    REFERENCE_CYCLE "reference-cycle" Warning (degrades) "References that only lead to each other say nothing about a value.";
    LENIENT_REFERENCE "lenient-reference" Note "The reference is not written as the specification asks, but its target is clear.";
    REFERENCE_SIBLING "reference-sibling" Note "Keys beside a `$ref` are ignored here by the specification.";
    MALFORMED_PATH "malformed-path" Warning "The path template is not well-formed; it is used as it stands.";
    UNDECLARED_PATH_PARAMETER "undeclared-path-parameter" Warning "The path has a variable that no parameter declares; it is taken as a string.";
    UNUSED_PATH_PARAMETER "unused-path-parameter" Warning (degrades) "The parameter is not in the path template, so it can not be sent.";
    OPTIONAL_PATH_PARAMETER "optional-path-parameter" Note "Parameters in a path are always required.";
    DUPLICATE_PARAMETER "duplicate-parameter" Warning "Two parameters have the same name and place; the last one is taken.";
    IGNORED_HEADER "ignored-header" Note "This header is not for callers to set: the client does, by what it sends.";
    INVALID_STATUS "invalid-status" Warning (degrades) "Responses are listed by status: `404`, `4XX` or `default`.";
    UNSUPPORTED_SCHEME "unsupported-scheme" Warning "Only http and https servers can be called.";
    UNDECLARED_SERVER_VARIABLE "undeclared-server-variable" Warning "The server URL has a variable that is not declared; give a base URL when building the client.";

    // resolved/
    REFERENCE_SIBLINGS "reference-siblings" Warning (degrades) "Before OpenAPI 3.1, keywords beside `$ref` are ignored.";
    COMPOSITION_CONFLICT "composition-conflict" Warning (degrades) "The branches of an `allOf` contradict each other.";
    COMPOSITION_TOO_DEEP "composition-too-deep" Warning (degrades) "Composition of schemas that contain each other would go on for ever.";

    // ir/
    UNKNOWN_SELECTION "unknown-selection" Warning "A tag or operation that was asked for is not in the description.";
    MISSING_OPERATION_ID "missing-operation-id" Note "The operation is named after its method and path; an `operationId` would keep its name stable.";
    DUPLICATE_OPERATION_ID "duplicate-operation-id" Warning "An `operationId` has to be unique; the later operation is named after its method and path.";
    UNKNOWN_SECURITY_SCHEME "unknown-security-scheme" Warning "The requirement names a scheme that the description does not declare.";
    BODY_DEGRADED "body-degraded" Warning (degrades) "The body is sent or read as bytes.";
    INCOMPLETE_LINK "incomplete-link" Note "A link, or an argument that it gives, is left out.";
    SERVER_DEGRADED "server-degraded" Note (degrades) "Of the servers that an operation has of its own, the client takes the first, with the defaults of its variables.";
    INVALID_PAGINATION "invalid-pagination" Warning (degrades) "What is stated about the pages of an operation does not fit the operation, so it gives no pages.";
    INVALID_QUOTA "invalid-quota" Warning "An extension states a quota in no known form, so the operation has none.";
    INVALID_RETRY "invalid-retry" Warning "An extension says in no known word whether an operation may be sent again; its method says it instead.";
    INFINITE_VALUE "infinite-value" Warning "A value that has to contain a value of its own type can not be written down.";
}
