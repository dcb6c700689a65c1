//! The end of a mapping: merge keys are applied, equal keys sorted out, big mappings put in key order.

use std::collections::BTreeSet;

use super::super::arena::{Content, Entry, LINEAR};
use super::super::finding::{Failure, Finding};
use super::super::node::Kind;
use super::{Builder, MERGE, Open, claim};

impl Builder<'_> {
    pub(super) fn close_mapping(&mut self, open: &Open) -> Result<(), Failure> {
        let mut visible = self.entries.split_off(open.children);
        let mut hidden = Vec::new();
        if open.merges {
            self.merge(open, &mut visible, &mut hidden)?;
        }
        self.sort_out(open.node, &mut visible, &mut hidden);
        let start = self.arena.entries.len() as u32;
        let length = visible.len() as u32;
        for entry in visible.into_iter().chain(hidden) {
            let slot = self.arena.entries.len() as u32;
            claim(&mut self.arena.nodes[entry.value as usize], open.node, slot);
            self.arena.entries.push(entry);
        }
        self.arena.nodes[open.node as usize].content = Content { start, length };
        Ok(())
    }

    /// Adds the entries of merged mappings; own keys win over merged ones, earlier merges over later ones.
    fn merge(
        &self,
        open: &Open,
        visible: &mut Vec<Entry>,
        hidden: &mut Vec<Entry>,
    ) -> Result<(), Failure> {
        let (merges, own): (Vec<_>, Vec<_>) = visible.drain(..).partition(|e| e.by_key == MERGE);
        *visible = own;
        let mut taken: BTreeSet<&str> = visible.iter().map(|entry| self.text(entry.key)).collect();
        for merge in merges {
            let Some(sources) = self.merge_sources(merge.value) else {
                // Not something that can be merged, so an ordinary entry.
                visible.push(Entry { by_key: 0, ..merge });
                continue;
            };
            hidden.push(Entry { by_key: 0, ..merge });
            for entry in sources
                .into_iter()
                .flat_map(|source| self.entries_of(source))
            {
                if taken.insert(self.text(entry.key)) {
                    visible.push(Entry {
                        by_key: 0,
                        ..*entry
                    });
                }
            }
            // Merged entries cost memory like nodes, and many mappings may merge the same big one.
            if self.arena.entries.len() + visible.len() > self.options.max_nodes {
                return Err(self.too_many_nodes(self.span_of(open.node)));
            }
        }
        Ok(())
    }

    fn merge_sources(&self, value: u32) -> Option<Vec<u32>> {
        match self.kind_of(value) {
            Kind::Mapping => Some(vec![value]),
            Kind::Sequence => {
                let range = self.arena.nodes[value as usize].content.range();
                let sources = &self.arena.items[range];
                let mergeable = sources
                    .iter()
                    .all(|source| self.kind_of(*source) == Kind::Mapping);
                mergeable.then(|| sources.to_vec())
            }
            _ => None,
        }
    }

    fn entries_of(&self, mapping: u32) -> &[Entry] {
        &self.arena.entries[self.arena.nodes[mapping as usize].content.range()]
    }

    /// Hides entries whose key comes again, and puts down the key order of big mappings.
    fn sort_out(&mut self, mapping: u32, visible: &mut Vec<Entry>, hidden: &mut Vec<Entry>) {
        if visible.len() <= LINEAR {
            let text = |entry: &Entry| self.text(entry.key);
            let again =
                |n: usize| (n + 1..visible.len()).find(|m| text(&visible[*m]) == text(&visible[n]));
            let doubles: Vec<_> = (0..visible.len())
                .filter_map(|n| Some((n, again(n)?)))
                .collect();
            self.hide(mapping, &doubles, visible, hidden);
            return;
        }
        let mut order = self.key_order(visible);
        let same =
            |pair: &&[usize]| self.text(visible[pair[0]].key) == self.text(visible[pair[1]].key);
        let mut doubles: Vec<_> = order
            .windows(2)
            .filter(same)
            .map(|pair| (pair[0], pair[1]))
            .collect();
        if !doubles.is_empty() {
            doubles.sort_unstable();
            self.hide(mapping, &doubles, visible, hidden);
            order = self.key_order(visible);
        }
        for (entry, position) in visible.iter_mut().zip(order) {
            entry.by_key = position as u32;
        }
    }

    fn key_order(&self, entries: &[Entry]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_unstable_by_key(|n| (self.text(entries[*n].key), *n));
        order
    }

    /// Hides the first of each pair of positions; pairs are sorted by it.
    fn hide(
        &mut self,
        mapping: u32,
        doubles: &[(usize, usize)],
        visible: &mut Vec<Entry>,
        hidden: &mut Vec<Entry>,
    ) {
        for (earlier, later) in doubles {
            let (earlier, later) = (visible[*earlier], visible[*later]);
            let (first, again) = (earlier.key_span, later.key_span);
            self.findings.push(Finding::DuplicateKey {
                mapping,
                key: later.key,
                first,
                again,
            });
            hidden.push(earlier);
        }
        for (earlier, _) in doubles.iter().rev() {
            visible.remove(*earlier);
        }
    }
}
