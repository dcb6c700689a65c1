//! What a parser has to say about a file, before the tree that could show the place is complete.

use std::sync::Arc;

use super::arena::Text;
use super::file::{File, Span};
use super::node::Key;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics, Location, codes};

/// The reason why a file cannot be read any further.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: &'static Code,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Failure {
    pub(super) fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Failure {
            code,
            span,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn syntax(span: Span, message: impl Into<String>) -> Self {
        Failure::new(&codes::SYNTAX_ERROR, span, message)
    }

    pub(super) fn help(self, help: &'static str) -> Self {
        Failure {
            help: Some(help),
            ..self
        }
    }
}

/// Something odd in a file that can be read nonetheless.
pub(super) enum Finding {
    DuplicateKey {
        mapping: u32,
        key: Text,
        first: Span,
        again: Span,
    },
    AliasCycle {
        node: u32,
    },
    UndefinedAlias {
        node: u32,
        name: String,
    },
    UnknownTag {
        span: Span,
        tag: String,
    },
    CollectionAsKey {
        span: Span,
    },
    LoneSurrogate {
        span: Span,
    },
    SecondDocument {
        span: Span,
    },
}

impl Finding {
    pub(super) fn report(self, tree: &Tree, file: &Arc<File>, diagnostics: &mut Diagnostics) {
        let place = |span: Span| Location::in_file(file, span);
        match self {
            Finding::DuplicateKey {
                mapping,
                key,
                first,
                again,
            } => {
                let (mapping, text) = (tree.at(mapping), file.slice(key));
                let key = Key { text, span: again };
                let message = format!("`{text}` stands here twice; the last one counts");
                diagnostics
                    .at_key(&codes::DUPLICATE_KEY, mapping, key, message)
                    .label_at(place(first), "first here");
            }
            Finding::AliasCycle { node } => {
                let message = "this alias stands inside the value it refers to; it is read as null";
                diagnostics.at(&codes::ALIAS_CYCLE, tree.at(node), message);
            }
            Finding::UndefinedAlias { node, name } => {
                let message =
                    format!("no anchor `&{name}` comes before this alias; it is read as null");
                diagnostics.at(&codes::UNDEFINED_ALIAS, tree.at(node), message);
            }
            Finding::UnknownTag { span, tag } => {
                let message = format!("the tag `{tag}` is ignored");
                diagnostics.located(&codes::UNKNOWN_TAG, place(span), message);
            }
            Finding::CollectionAsKey { span } => {
                let message = "a list or mapping as a key; its source text is taken as the key";
                diagnostics.located(&codes::COLLECTION_AS_KEY, place(span), message);
            }
            Finding::LoneSurrogate { span } => {
                let message =
                    "half of a surrogate pair, which is no character; it is read as U+FFFD";
                diagnostics.located(&codes::LONE_SURROGATE, place(span), message);
            }
            Finding::SecondDocument { span } => {
                let message = "a second YAML document begins here; only the first one is read";
                diagnostics.located(&codes::MULTIPLE_DOCUMENTS, place(span), message);
            }
        }
    }
}
