//! JSON pointers (RFC 6901), from nodes and to nodes.

use std::borrow::Cow;

use super::node::{Kind, Node};

impl<'t> Node<'t> {
    /// The node's address: `#/paths/~1pets/get`, in files other than the entry `schemas/pet.yaml#/Pet`.
    ///
    /// A node that aliases share has the address of the place where it is written.
    pub fn pointer(self) -> String {
        let mut path = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            path.push(node);
            node = parent;
        }
        let mut pointer = self.file().pointer();
        for node in path.into_iter().rev() {
            if let Some(key) = node.key_in_parent() {
                push_token(&mut pointer, key);
            } else if let Some(index) = node.index_in_parent() {
                push_token(&mut pointer, &index.to_string());
            }
        }
        pointer
    }

    /// The node that a pointer without `#` (`/a/b~1c/0`) leads to from here.
    pub fn step(self, pointer: &str) -> Option<Node<'t>> {
        self.walk(pointer).ok()
    }

    /// Follows a pointer; when it leads nowhere, gives the last node and the token it does not have.
    pub(super) fn walk<'p>(self, pointer: &'p str) -> Result<Node<'t>, (Node<'t>, Cow<'p, str>)> {
        let mut node = self;
        let mut tokens = pointer.split('/');
        // What stands before the first slash is empty in a well-formed pointer.
        if let Some(first) = tokens.next().filter(|first| !first.is_empty()) {
            return Err((node, first.into()));
        }
        for token in tokens {
            let token = unescape(token);
            let next = match node.kind() {
                Kind::Mapping => node.get(&token),
                Kind::Sequence => index(&token).and_then(|index| node.items().nth(index)),
                _ => None,
            };
            node = next.ok_or((node, token))?;
        }
        Ok(node)
    }
}

/// Appends one token to a pointer, escaped.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        // In this order: `~01` stands for `~1`, not for a slash.
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

fn index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = token == "0" || !token.starts_with('0');
    if plain && canonical {
        token.parse().ok()
    } else {
        None
    }
}
