//! Folders for tests to work in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder of a test, removed when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder; the name is that of the test.
    pub fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("attache-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Folder(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and the folders it is in.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        let parent = path.parent().expect("it is below the folder");
        fs::create_dir_all(parent).expect("the temporary folder is writable");
        fs::write(&path, text).expect("the temporary folder is writable");
        path
    }

    /// Where tests generate a crate to.
    pub fn out(&self) -> PathBuf {
        self.0.join("out")
    }

    /// Every file below the folder, with its bytes and the time of its last change.
    pub fn content(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let content = |name: String| {
            let path = self.0.join(&name);
            let changed = path.metadata().and_then(|metadata| metadata.modified());
            let bytes = fs::read(&path).expect("it was just listed");
            (name, (bytes, changed.expect("the system keeps times")))
        };
        files(&self.0).into_iter().map(content).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The folder of this package.
pub fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The root of the project.
pub fn root() -> &'static Path {
    here()
        .parent()
        .expect("the package lies in the project's root")
}

/// Every file below a folder, by its path from there with `/`, sorted.
pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path
                .strip_prefix(folder)
                .expect("it was found below the folder");
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    found
}
