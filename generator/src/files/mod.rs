//! Rendered text to a file tree, and the file tree to a folder.
//!
//! Input: the sources that `rust` rendered. Output: a [`FileTree`] with the lock file in it; [`write`](write()) lays it out on disk.
//! Invariants: paths are plain and relative, no two are the same on any platform, and order is by path.
//! Never: overwrites or removes a file that an earlier run did not generate; `write` alone touches the disk.

mod hash;
mod lock;
mod path;
mod tree;
mod write;

pub use lock::{LOCK_FILE, Lock};
pub use tree::FileTree;
pub use write::{Difference, Obstacle, WriteError, Written, compare, write};

use crate::config::Config;
use crate::rust::Source;
use crate::spec::Tree;

/// Puts all sources of one client into a tree, together with the lock file that lists them.
pub fn arrange(sources: Vec<Source>, description: &Tree, config: &Config) -> FileTree {
    let mut tree = FileTree::new();
    for source in sources {
        tree.insert(source.path, source.text);
    }
    let texts = description.files().iter().map(|file| file.text.as_str());
    let lock = Lock::of(&tree, texts, config);
    tree.insert(LOCK_FILE.to_owned(), lock.to_string());
    tree
}
