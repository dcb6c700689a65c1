//! Puts the nodes of one file together.
//!
//! Input: what a parser meets, in that order. Output: nodes in the arena, and findings about them.
//! Invariant: the limits of [`Options`] hold at every step; a value's children lie side by side.
//! Never: recurses, or reads ahead in the text.

mod mapping;

use super::arena::{Arena, Content, Entry, NONE, NodeData, Text};
use super::file::Span;
use super::finding::{Failure, Finding};
use super::node::Kind;
use super::read::Options;
use crate::diagnostic::codes;

/// Builds the nodes of one file.
pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) unescaped: String,
    pub(super) findings: Vec<Finding>,
    arena: &'a mut Arena,
    options: &'a Options,
    file: u16,
    root: Option<u32>,
    open: Vec<Open>,
    /// The children so far of all open sequences and of all open mappings.
    items: Vec<u32>,
    entries: Vec<Entry>,
}

/// What a parser made of a file.
pub(super) struct Built {
    pub(super) root: u32,
    pub(super) unescaped: String,
    pub(super) findings: Vec<Finding>,
}

/// A sequence or mapping that is not complete yet.
struct Open {
    node: u32,
    kind: Kind,
    /// Where its children begin in [`Builder::items`] or [`Builder::entries`].
    children: usize,
    key: Option<(Text, Span)>,
    /// How many levels are below.
    height: usize,
    size: usize,
    /// Marks the value to come as one to merge.
    merge_next: bool,
    merges: bool,
}

/// Marks an entry whose value is to be merged, until the mapping closes.
const MERGE: u32 = NONE;

/// A complete node, and how big it is.
#[derive(Clone, Copy)]
pub(super) struct Subtree {
    pub(super) node: u32,
    /// How many levels are below it.
    height: usize,
    /// How many values it and those below it are, each counted as often as aliases repeat it.
    size: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a str,
        file: u16,
        arena: &'a mut Arena,
        options: &'a Options,
    ) -> Self {
        Builder {
            source,
            unescaped: String::new(),
            findings: Vec::new(),
            arena,
            options,
            file,
            root: None,
            open: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
        }
    }

    pub(super) fn scalar(
        &mut self,
        kind: Kind,
        text: Text,
        span: Span,
    ) -> Result<Subtree, Failure> {
        let node = self.allocate(kind, text.as_content(), span)?;
        let subtree = Subtree {
            node,
            height: 0,
            size: 1,
        };
        self.attach(subtree)?;
        Ok(subtree)
    }

    /// Makes a scalar that stands in no sequence or mapping, such as a key that aliases refer to.
    pub(super) fn detached(
        &mut self,
        kind: Kind,
        text: Text,
        span: Span,
    ) -> Result<Subtree, Failure> {
        Ok(Subtree {
            node: self.allocate(kind, text.as_content(), span)?,
            height: 0,
            size: 1,
        })
    }

    /// Begins a sequence or a mapping.
    pub(super) fn open(&mut self, kind: Kind, span: Span) -> Result<u32, Failure> {
        if self.open.len() >= self.options.max_depth {
            return Err(self.too_deep(span));
        }
        let node = self.allocate(kind, Content::default(), span)?;
        let children = if kind == Kind::Mapping {
            self.entries.len()
        } else {
            self.items.len()
        };
        let (key, height, size) = (None, 0, 1);
        let (merge_next, merges) = (false, false);
        self.open.push(Open {
            node,
            kind,
            children,
            key,
            height,
            size,
            merge_next,
            merges,
        });
        Ok(node)
    }

    /// States the key of the value to come.
    pub(super) fn key(&mut self, text: Text, span: Span) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((text, span));
        }
    }

    /// States that the value to come is merged into the mapping.
    pub(super) fn merge_key(&mut self, text: Text, span: Span) {
        self.key(text, span);
        if let Some(open) = self.open.last_mut() {
            open.merge_next = true;
        }
    }

    /// Ends the innermost sequence or mapping; None when nothing is open.
    pub(super) fn close(&mut self, end: usize) -> Result<Option<Subtree>, Failure> {
        let Some(open) = self.open.pop() else {
            return Ok(None);
        };
        let data = &mut self.arena.nodes[open.node as usize];
        data.span = Span::new(data.span.start as usize, end);
        match open.kind {
            Kind::Mapping => self.close_mapping(&open)?,
            _ => self.close_sequence(&open),
        }
        let subtree = Subtree {
            node: open.node,
            height: open.height,
            size: open.size,
        };
        self.attach(subtree)?;
        Ok(Some(subtree))
    }

    /// Puts an existing node in one more place.
    pub(super) fn alias(&mut self, target: Subtree, span: Span) -> Result<(), Failure> {
        if self.open.len() + target.height > self.options.max_depth {
            return Err(self.too_deep(span));
        }
        self.attach(target)
    }

    /// The kind of the innermost open node.
    pub(super) fn innermost(&self) -> Option<Kind> {
        self.open.last().map(|open| open.kind)
    }

    /// Whether the next thing is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.kind == Kind::Mapping && open.key.is_none())
    }

    pub(super) fn kind_of(&self, node: u32) -> Kind {
        self.arena.nodes[node as usize].kind
    }

    /// The text of a scalar.
    pub(super) fn text_of(&self, node: u32) -> Text {
        Text::from_content(self.arena.nodes[node as usize].content)
    }

    pub(super) fn span_of(&self, node: u32) -> Span {
        self.arena.nodes[node as usize].span
    }

    /// Keeps text that differs from its source.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        let start = self.unescaped.len();
        self.unescaped.push_str(text);
        Text::unescaped(start, self.unescaped.len())
    }

    pub(super) fn finish(self) -> Result<Built, Failure> {
        let (unescaped, findings) = (self.unescaped, self.findings);
        let nothing = || Failure::syntax(Span::new(0, 0), "there is nothing in this file");
        Ok(Built {
            root: self.root.ok_or_else(nothing)?,
            unescaped,
            findings,
        })
    }

    fn allocate(&mut self, kind: Kind, content: Content, span: Span) -> Result<u32, Failure> {
        let node = self.arena.nodes.len();
        if node >= self.options.max_nodes {
            return Err(self.too_many_nodes(span));
        }
        let parent = self.open.last().map_or(NONE, |open| open.node);
        self.arena.nodes.push(NodeData {
            span,
            parent,
            slot: NONE,
            content,
            file: self.file,
            kind,
        });
        // Fits: `max_nodes` is capped below `u32::MAX`.
        Ok(node as u32)
    }

    fn attach(&mut self, child: Subtree) -> Result<(), Failure> {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(child.node);
            return Ok(());
        };
        open.height = open.height.max(child.height + 1);
        open.size = open.size.saturating_add(child.size);
        if open.size > self.options.max_nodes {
            let (node, message) = (open.node, "aliases in here repeat values millions of times");
            return Err(Failure::new(
                &codes::EXCESSIVE_REPETITION,
                self.span_of(node),
                message,
            ));
        }
        if open.kind == Kind::Sequence {
            self.items.push(child.node);
        } else if let Some((key, key_span)) = open.key.take() {
            let merge = std::mem::take(&mut open.merge_next);
            open.merges |= merge;
            let by_key = if merge { MERGE } else { 0 };
            self.entries.push(Entry {
                key,
                key_span,
                value: child.node,
                by_key,
            });
        }
        Ok(())
    }

    fn close_sequence(&mut self, open: &Open) {
        let start = self.arena.items.len() as u32;
        for node in self.items.drain(open.children..) {
            let slot = self.arena.items.len() as u32;
            self.arena.items.push(node);
            claim(&mut self.arena.nodes[node as usize], open.node, slot);
        }
        let length = self.arena.items.len() as u32 - start;
        self.arena.nodes[open.node as usize].content = Content { start, length };
    }

    pub(super) fn text(&self, text: Text) -> &str {
        text.of(self.source, &self.unescaped)
    }

    fn too_deep(&self, span: Span) -> Failure {
        let limit = self.options.max_depth;
        Failure::new(
            &codes::TOO_DEEP,
            span,
            format!("nested more than {limit} levels deep"),
        )
    }

    fn too_many_nodes(&self, span: Span) -> Failure {
        let limit = self.options.max_nodes;
        Failure::new(
            &codes::TOO_LARGE,
            span,
            format!("the description has more than {limit} values"),
        )
    }
}

/// Tells a node its place in its first parent.
fn claim(node: &mut NodeData, parent: u32, slot: u32) {
    if node.parent == parent && node.slot == NONE {
        node.slot = slot;
    }
}
