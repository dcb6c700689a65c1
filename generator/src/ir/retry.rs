//! Whether operations may be sent again, where that is not what their method says.
//!
//! The settings come first, then extensions, then the header of idempotency keys, which an operation declares.

use super::build::report_unknown;
use super::model::{Operation, Place, RetryClass};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, codes};
use crate::document;
use crate::spec::Node;

/// The header that an operation has to declare where the API has the usual one.
const USUAL: &str = "Idempotency-Key";

/// Finds the classes of all operations; `sources` is what each was read from.
pub(super) fn find(
    operations: &mut [Operation],
    sources: &[&document::Operation<'_>],
    header: Option<&str>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    report_unknown("retry", config.retry.keys(), operations, diagnostics);
    for (operation, source) in operations.iter_mut().zip(sources) {
        let stated = config.retry.get(&operation.name).copied();
        let class = stated
            .or_else(|| extension(source, diagnostics))
            .or_else(|| by_key(operation, header.unwrap_or(USUAL)));
        operation.retry = class.filter(|class| *class != RetryClass::of_method(&operation.method));
    }
}

/// `x-attache-retry`, with the words of the settings, or `x-idempotent: true`.
fn extension(
    source: &document::Operation<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RetryClass> {
    let extension = |name: &str| -> Option<Node<'_>> {
        let mut all = source.extensions.iter();
        all.find(|(key, _)| *key == name).map(|(_, node)| *node)
    };
    if let Some(node) = extension("x-attache-retry") {
        let class = node.as_str().and_then(RetryClass::of_word);
        if class.is_none() {
            let message = "`x-attache-retry` is none of `safe`, `idempotent`, `with-key`, `unsafe`";
            diagnostics.at(&codes::INVALID_RETRY, node, message);
        }
        return class;
    }
    let is_idempotent = extension("x-idempotent").and_then(Node::as_bool);
    is_idempotent
        .filter(|is| *is)
        .map(|_| RetryClass::Idempotent)
}

/// What is not idempotent by its method, and takes a key.
fn by_key(operation: &Operation, header: &str) -> Option<RetryClass> {
    let mut parameters = operation.parameters.iter();
    let has_key =
        parameters.any(|it| it.place == Place::Header && it.wire.eq_ignore_ascii_case(header));
    let is_unsafe = RetryClass::of_method(&operation.method) == RetryClass::Unsafe;
    (has_key && is_unsafe).then_some(RetryClass::IdempotentWithKey)
}

impl RetryClass {
    /// As the runtime takes it.
    pub fn of_method(method: &str) -> Self {
        match method {
            "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY" => RetryClass::Safe,
            "PUT" | "DELETE" => RetryClass::Idempotent,
            _ => RetryClass::Unsafe,
        }
    }

    /// Reads the word of settings and extensions.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "safe" => RetryClass::Safe,
            "idempotent" => RetryClass::Idempotent,
            "with-key" => RetryClass::IdempotentWithKey,
            "unsafe" => RetryClass::Unsafe,
            _ => return None,
        })
    }
}
