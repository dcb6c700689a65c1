//! Key accounting: which keys of a mapping were read, and what to say about the others.

use super::ignored::Ignored;
use super::model::Extensions;
use super::reader::Reader;
use super::spelling;
use crate::diagnostic::codes;
use crate::spec::{Key, Node};

/// The entries of one mapping; each key that is asked for counts as read.
pub(super) struct Fields<'t> {
    fields: Vec<Field<'t>>,
    /// Every key asked for, to guess what a misspelt one means.
    known: Vec<&'static str>,
}

struct Field<'t> {
    /// The mapping the entry stands in (a path item may take entries from its `$ref` target).
    owner: Node<'t>,
    key: Key<'t>,
    value: Node<'t>,
    read: bool,
}

impl<'t> Fields<'t> {
    pub(super) fn of(node: Node<'t>) -> Self {
        let mut fields = Fields {
            fields: Vec::new(),
            known: Vec::with_capacity(16),
        };
        fields.inherit(node);
        fields
    }

    /// Adds the entries of another mapping whose keys are not here yet.
    pub(super) fn inherit(&mut self, base: Node<'t>) {
        let own = self.fields.len();
        for (key, value) in base.entries() {
            if !self.fields[..own]
                .iter()
                .any(|field| field.key.text == key.text)
            {
                self.fields.push(Field {
                    owner: base,
                    key,
                    value,
                    read: false,
                });
            }
        }
    }

    /// The value of a key, which counts as read from now on.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.known.push(key);
        let field = self.fields.iter_mut().find(|field| field.key.text == key)?;
        field.read = true;
        Some(field.value)
    }

    /// The value of a key that only sometimes means something here.
    pub(super) fn peek(&self, key: &str) -> Option<Node<'t>> {
        self.fields
            .iter()
            .find(|field| field.key.text == key)
            .map(|field| field.value)
    }

    pub(super) fn ignore(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.take(key);
        }
    }

    pub(super) fn ignore_all(&mut self, table: Ignored) {
        for (key, _) in table {
            self.take(key);
        }
    }

    /// All entries nobody has asked for, in the order written; they count as read from now on.
    pub(super) fn take_rest(&mut self) -> Vec<(Key<'t>, Node<'t>)> {
        let unread = self.fields.iter_mut().filter(|field| !field.read);
        let mut rest = Vec::new();
        for field in unread.filter(|field| !field.key.text.starts_with("x-")) {
            field.read = true;
            rest.push((field.key, field.value));
        }
        rest
    }

    /// The keys that are not extensions, in the order written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.fields
            .iter()
            .map(|field| field.key.text)
            .filter(|key| !key.starts_with("x-"))
    }
}

impl<'t> Reader<'t, '_> {
    /// Ends the reading of an object: its extensions, and a finding for each key that nobody asked for.
    pub(super) fn finish(&mut self, fields: Fields<'t>, construct: &str) -> Extensions<'t> {
        let mut extensions = Vec::new();
        for field in &fields.fields {
            if field.read {
                continue;
            }
            if field.key.text.starts_with("x-") {
                extensions.push((field.key.text, field.value));
            } else {
                self.unread_key(field.owner, field.key, construct, &fields.known);
            }
        }
        extensions
    }

    pub(super) fn unread_key(
        &mut self,
        owner: Node<'t>,
        key: Key<'t>,
        construct: &str,
        known: &[&'static str],
    ) {
        let message = format!(
            "`{}` is not a key of {construct}; it has no effect",
            key.text
        );
        let finding = self
            .diagnostics
            .at_key(&codes::UNREAD_KEY, owner, key, message);
        if let Some(meant) = spelling::closest(key.text, known) {
            finding.help(format!("did you mean `{meant}`?"));
        }
    }
}
