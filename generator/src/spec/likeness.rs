//! Whether two values say the same.

use super::node::Node;

/// Comparing more nodes than this is given up: aliases can make a value of any size.
const MOST_NODES: usize = 10_000;

impl Node<'_> {
    /// Whether the two have the same content, whatever the order of keys; very large values have not.
    pub fn is_like(self, other: Self) -> bool {
        let mut waiting = vec![(self, other)];
        for _ in 0..MOST_NODES {
            let Some((one, other)) = waiting.pop() else {
                return true;
            };
            if one == other {
                continue;
            }
            if one.kind() != other.kind() || one.scalar() != other.scalar() {
                return false;
            }
            let lengths = |node: Node<'_>| (node.items().len(), node.entries().len());
            if lengths(one) != lengths(other) {
                return false;
            }
            waiting.extend(one.items().zip(other.items()));
            for (key, value) in one.entries() {
                match other.get(key.text) {
                    Some(same) => waiting.push((value, same)),
                    None => return false,
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::spec::{MemoryLoader, Options, read};

    #[test]
    fn content_counts_and_order_of_keys_does_not() {
        let text = "[{a: 1, b: [x]}, {b: [x], a: 1}, {a: 1, b: [y]}, {a: '1', b: [x]}, {a: 1}]";
        let loader = MemoryLoader::new().with("a.yaml", text);
        let tree = read(
            "a.yaml",
            &loader,
            &Options::default(),
            &mut Diagnostics::new(),
        );
        let tree = tree.expect("it is YAML");
        let values: Vec<_> = tree.entry().items().collect();
        let like: Vec<_> = values
            .iter()
            .map(|value| values[0].is_like(*value))
            .collect();
        assert_eq!(like, [true, true, false, false, false]);
    }
}
