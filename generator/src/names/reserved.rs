//! Names that a kind of item must not take, and what is put behind them instead.

/// The reserved names of one kind of item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reserved {
    keywords: bool,
    words: &'static [&'static [&'static str]],
    suffix: &'static str,
}

impl Reserved {
    /// The name to take in place of a reserved one.
    pub(super) fn replacement(&self, name: &str) -> Option<String> {
        self.holds(name).then(|| format!("{name}{}", self.suffix))
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        (self.keywords && KEYWORDS.contains(&name))
            || self.words.iter().any(|list| list.contains(&name))
    }
}

/// Whether a text can be the name of anything: an ASCII identifier that is no keyword.
pub fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    let starts = characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    starts && characters.all(|c| c.is_ascii_alphanumeric() || c == '_') && !KEYWORDS.contains(&text)
}

/// Types below `types`.
pub(super) const TYPE: Reserved = Reserved {
    keywords: true,
    words: &[PRELUDE],
    suffix: "Type",
};

/// Variants of enums; `Unknown` is the open one.
pub(super) const VARIANT: Reserved = Reserved {
    keywords: true,
    words: &[&["Unknown"]],
    suffix: "Value",
};

/// Fields of objects, whose setters have the same name; `clone` would hide the trait's method.
pub(super) const FIELD: Reserved = Reserved {
    keywords: true,
    words: &[&["new", "clone"]],
    suffix: "_",
};

/// Arguments and setters of requests.
pub(super) const PARAMETER: Reserved = Reserved {
    keywords: true,
    words: &[BUILDER_METHODS, &["call", "body"]],
    suffix: "_",
};

/// The argument or setter of the body.
pub(super) const BODY: Reserved = Reserved {
    keywords: true,
    words: &[BUILDER_METHODS, &["call"]],
    suffix: "_",
};

/// Methods of handles.
pub(super) const METHOD: Reserved = Reserved {
    keywords: true,
    words: &[&["new", "client", "clone", "fmt"]],
    suffix: "_",
};

/// Methods of links, beside those of the response that has them.
pub(super) const LINK: Reserved = Reserved {
    keywords: true,
    words: &[RESPONSE_METHODS],
    suffix: "_link",
};

/// Arguments of such methods.
pub(super) const LINK_ARGUMENT: Reserved = Reserved {
    keywords: true,
    words: &[&["client", "link", "group", "request", "value"]],
    suffix: "_",
};

/// Methods of the client that give handles.
pub(super) const ACCESSOR: Reserved = Reserved {
    keywords: true,
    words: &[CLIENT_METHODS],
    suffix: "_",
};

/// Methods of the client's builder that take credentials.
pub(super) const CREDENTIAL: Reserved = Reserved {
    keywords: true,
    words: &[CLIENT_BUILDER_METHODS],
    suffix: "_credential",
};

/// The types that stand for operations, beside their requests.
pub(super) const BUILDER: Reserved = Reserved {
    keywords: true,
    words: &[PRELUDE, RUNTIME_TYPES],
    suffix: "Request",
};

/// Handles.
pub(super) const HANDLE: Reserved = Reserved {
    keywords: true,
    words: &[PRELUDE, RUNTIME_TYPES],
    suffix: "Api",
};

/// Modules and their files.
pub(super) const MODULE: Reserved = Reserved {
    keywords: true,
    words: &[ROOTS, PRIMITIVES, WINDOWS_DEVICES],
    suffix: "_",
};

/// Packages; the suffix makes any of them free.
pub(super) const PACKAGE: Reserved = Reserved {
    keywords: true,
    words: &[ROOTS, CARGO_FOLDERS, WINDOWS_DEVICES],
    suffix: "-client",
};

/// Strict and reserved keywords of edition 2024.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types, traits and variants that stand in every module, and the derives that generated code names.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Types that a module below `api` takes from the runtime.
const RUNTIME_TYPES: &[&str] = &[
    "Call",
    "Client",
    "Error",
    "OperationMeta",
    "Request",
    "Response",
];

const BUILDER_METHODS: &[&str] = &[
    "send",
    "send_full",
    "send_raw",
    "stream",
    "pages",
    "items",
    "timeout",
    "header",
    "extra_query",
    "base_url",
    "auth",
    "with",
    "retry",
    "meta",
    "clone",
];

const RESPONSE_METHODS: &[&str] = &[
    "status",
    "headers",
    "typed_headers",
    "body",
    "into_body",
    "into_parts",
    "map",
    "answer",
    "link",
    "request_id",
    "attempts",
    "elapsed",
    "clone",
    "fmt",
];

const CLIENT_METHODS: &[&str] = &[
    "api_meta",
    "builder",
    "from_env",
    "from_profile",
    "clone",
    "health",
    "usage",
    "new",
    "inner",
    "request",
];

const CLIENT_BUILDER_METHODS: &[&str] = &[
    "admission",
    "allow_anonymous",
    "attempt_timeout",
    "auth",
    "base_url",
    "body_limit",
    "breaker",
    "build",
    "cache",
    "clock",
    "clone",
    "coalesce",
    "environment",
    "fmt",
    "for_group",
    "for_operation",
    "header",
    "hedge",
    "idempotency_header",
    "limits",
    "new",
    "on_request",
    "on_response",
    "operation_server",
    "profile",
    "profiles_file",
    "quota",
    "retry",
    "server",
    "timeout",
    "transport",
    "user_agent",
    "with",
];

/// First segments of paths, which a module of the same name would make ambiguous.
const ROOTS: &[&str] = &[
    "alloc",
    "attache_runtime",
    "core",
    "proc_macro",
    "std",
    "test",
];

const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
    "u32", "u64", "u8", "usize",
];

/// Folders of the target directory, which a package of the same name would share.
const CARGO_FOLDERS: &[&str] = &[
    "attache-runtime",
    "build",
    "deps",
    "examples",
    "incremental",
];

/// File stems that Windows keeps for devices.
const WINDOWS_DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_take_an_underscore() {
        for word in [
            "type", "self", "gen", "try", "async", "await", "dyn", "yield",
        ] {
            assert_eq!(FIELD.replacement(word), Some(format!("{word}_")));
        }
        assert_eq!(FIELD.replacement("union"), None);
    }

    #[test]
    fn each_kind_has_its_own_names() {
        assert_eq!(TYPE.replacement("Option").as_deref(), Some("OptionType"));
        assert_eq!(TYPE.replacement("Error"), None);
        assert_eq!(
            BUILDER.replacement("Error").as_deref(),
            Some("ErrorRequest")
        );
        assert_eq!(
            VARIANT.replacement("Unknown").as_deref(),
            Some("UnknownValue")
        );
        assert_eq!(VARIANT.replacement("None"), None);
        assert_eq!(MODULE.replacement("con").as_deref(), Some("con_"));
        assert_eq!(BODY.replacement("body"), None);
        assert_eq!(PARAMETER.replacement("body").as_deref(), Some("body_"));
    }
}
