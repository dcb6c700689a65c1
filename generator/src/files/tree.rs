//! All files of one client, in memory.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::path;

/// Relative path to text, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
    /// In lower case: some file systems take `Parcel.rs` and `parcel.rs` for one file.
    taken: BTreeSet<String>,
}

impl FileTree {
    /// An empty tree.
    pub fn new() -> Self {
        FileTree::default()
    }

    /// Adds one file; `path` is relative and `/`-separated.
    ///
    /// # Panics
    /// When the path is taken or not a plain relative one. Both are bugs of whoever named the file: names are made
    /// unique and harmless long before.
    pub fn insert(&mut self, path: String, text: String) {
        if let Some(objection) = path::objection(&path) {
            panic!("the generated path {path:?} is refused: {objection}");
        }
        assert!(
            self.taken.insert(path.to_lowercase()),
            "the path {path:?} is generated twice"
        );
        self.files.insert(path, text);
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path and text of all files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether no file was added.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::FileTree;

    #[test]
    fn files_are_sorted_by_path() {
        let mut tree = FileTree::new();
        tree.insert("src/lib.rs".to_owned(), "b".to_owned());
        tree.insert("Cargo.toml".to_owned(), "a".to_owned());
        let paths: Vec<_> = tree.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["Cargo.toml", "src/lib.rs"]);
        assert_eq!(tree.get("src/lib.rs"), Some("b"));
    }

    #[test]
    #[should_panic(expected = "generated twice")]
    fn a_path_is_taken_in_any_case() {
        let mut tree = FileTree::new();
        tree.insert("src/Parcel.rs".to_owned(), String::new());
        tree.insert("src/parcel.rs".to_owned(), String::new());
    }

    #[test]
    #[should_panic(expected = "refused")]
    fn a_path_out_of_the_folder_is_refused() {
        FileTree::new().insert("../lib.rs".to_owned(), String::new());
    }
}
