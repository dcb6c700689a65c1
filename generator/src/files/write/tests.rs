use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{WriteError, compare, write};
use crate::config::Config;
use crate::files::{FileTree, LOCK_FILE, Lock};

/// A folder of its own for one test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("attache-write-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Folder(folder)
    }

    fn out(&self) -> PathBuf {
        self.0.join("out")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert((*path).to_owned(), (*text).to_owned());
    }
    let lock = Lock::of(&tree, [], &Config::default());
    tree.insert(LOCK_FILE.to_owned(), lock.to_string());
    tree
}

/// Path, text and time of change of everything below a folder.
fn content(folder: &Path) -> Vec<(PathBuf, String, SystemTime)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let metadata = entry.path().symlink_metadata().expect("just listed");
            if metadata.is_dir() {
                folders.push(entry.path());
            }
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let time = if metadata.is_dir() {
                SystemTime::UNIX_EPOCH
            } else {
                metadata.modified().expect("supported here")
            };
            found.push((entry.path(), text, time));
        }
    }
    found.sort();
    found
}

const FIRST: &[(&str, &str)] = &[
    ("Cargo.toml", "a"),
    ("src/lib.rs", "b"),
    ("src/types/parcel.rs", "c"),
];

#[test]
fn a_missing_folder_is_created() {
    let folder = Folder::new("create");
    let written = write(&tree(FIRST), &folder.out()).expect("nothing is in the way");
    assert_eq!(written.created.len(), 4);
    assert_eq!(
        fs::read_to_string(folder.out().join("src/types/parcel.rs")).unwrap(),
        "c"
    );
    let names: Vec<_> = fs::read_dir(folder.out())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 3, "no temporary files stay: {names:?}");
}

#[test]
fn a_second_run_touches_nothing() {
    let folder = Folder::new("twice");
    write(&tree(FIRST), &folder.out()).unwrap();
    let before = content(&folder.out());
    let written = write(&tree(FIRST), &folder.out()).unwrap();
    assert_eq!(written.unchanged, 4);
    assert_eq!(content(&folder.out()), before);
}

#[test]
fn only_changed_files_are_written_and_stale_ones_removed() {
    let folder = Folder::new("change");
    write(&tree(FIRST), &folder.out()).unwrap();
    let before = content(&folder.out());
    let written = write(
        &tree(&[("Cargo.toml", "a"), ("src/lib.rs", "new")]),
        &folder.out(),
    )
    .unwrap();
    assert_eq!(written.updated, [LOCK_FILE, "src/lib.rs"]);
    assert_eq!(written.removed, ["src/types/parcel.rs"]);
    assert!(
        !folder.out().join("src/types").exists(),
        "an emptied folder goes"
    );
    let manifest = |content: &[(PathBuf, String, SystemTime)]| {
        content
            .iter()
            .find(|file| file.0.ends_with("Cargo.toml"))
            .cloned()
    };
    assert_eq!(manifest(&content(&folder.out())), manifest(&before));
}

#[test]
fn files_of_the_user_are_never_overwritten() {
    let folder = Folder::new("user");
    fs::create_dir_all(folder.out().join("src")).unwrap();
    fs::write(folder.out().join("src/lib.rs"), "mine").unwrap();
    let before = content(&folder.out());
    let error = write(&tree(FIRST), &folder.out()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("src/lib.rs: a file that was not generated"),
        "{error}"
    );
    assert_eq!(content(&folder.out()), before);
}

#[test]
fn an_identical_file_is_not_in_the_way() {
    let folder = Folder::new("identical");
    fs::create_dir_all(folder.out()).unwrap();
    fs::write(folder.out().join("Cargo.toml"), "a").unwrap();
    assert_eq!(write(&tree(FIRST), &folder.out()).unwrap().unchanged, 1);
}

#[test]
fn edited_files_are_noticed() {
    let folder = Folder::new("edited");
    write(&tree(FIRST), &folder.out()).unwrap();
    fs::write(folder.out().join("src/lib.rs"), "edited").unwrap();
    fs::write(folder.out().join("src/types/parcel.rs"), "edited").unwrap();
    let written = write(&tree(&[("src/lib.rs", "b")]), &folder.out()).unwrap();
    assert_eq!(written.edited, ["src/lib.rs", "src/types/parcel.rs"]);
    assert_eq!(
        fs::read_to_string(folder.out().join("src/lib.rs")).unwrap(),
        "b"
    );
    assert!(
        folder.out().join("src/types/parcel.rs").exists(),
        "an edited file is not removed"
    );
}

#[test]
fn a_broken_lock_file_stops_the_run() {
    let folder = Folder::new("lock");
    write(&tree(FIRST), &folder.out()).unwrap();
    fs::write(folder.out().join(LOCK_FILE), "<<<<<<< HEAD").unwrap();
    let before = content(&folder.out());
    assert!(matches!(
        write(&tree(&[]), &folder.out()),
        Err(WriteError::InvalidLock(_))
    ));
    assert_eq!(content(&folder.out()), before);
}

#[test]
fn an_output_folder_that_is_a_file_is_refused() {
    let folder = Folder::new("file");
    fs::write(folder.out(), "text").unwrap();
    assert!(matches!(
        write(&tree(FIRST), &folder.out()),
        Err(WriteError::Io { .. })
    ));
}

#[test]
fn a_comparison_writes_nothing() {
    let folder = Folder::new("compare");
    write(&tree(FIRST), &folder.out()).unwrap();
    assert!(compare(&tree(FIRST), &folder.out()).unwrap().is_clean());
    fs::write(folder.out().join("src/lib.rs"), "edited").unwrap();
    fs::remove_file(folder.out().join("Cargo.toml")).unwrap();
    let before = content(&folder.out());
    let difference = compare(&tree(FIRST), &folder.out()).unwrap();
    assert_eq!(
        (difference.missing, difference.differing),
        (vec!["Cargo.toml".to_owned()], vec!["src/lib.rs".to_owned()])
    );
    assert_eq!(content(&folder.out()), before);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let folder = Folder::new("link");
    let elsewhere = folder.0.join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::create_dir_all(folder.out()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.out().join("src")).unwrap();
    let error = write(&tree(FIRST), &folder.out()).unwrap_err();
    assert!(error.to_string().contains("symbolic link"), "{error}");
    assert!(content(&elsewhere).is_empty());
}

#[cfg(unix)]
#[test]
fn stale_files_behind_a_symbolic_link_stay() {
    let folder = Folder::new("stale-link");
    write(&tree(FIRST), &folder.out()).unwrap();
    let elsewhere = folder.0.join("elsewhere");
    fs::rename(folder.out().join("src/types"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.out().join("src/types")).unwrap();
    write(
        &tree(&[("Cargo.toml", "a"), ("src/lib.rs", "b")]),
        &folder.out(),
    )
    .unwrap();
    assert!(elsewhere.join("parcel.rs").exists());
}

#[test]
fn a_failed_run_leaves_everything_as_it_was() {
    let folder = Folder::new("undo");
    write(&tree(FIRST), &folder.out()).unwrap();
    let before = content(&folder.out());
    let mut journal = super::Journal::open(&folder.out()).unwrap();
    journal.prepare("src/lib.rs", "new").unwrap();
    journal.prepare("src/api/parcels.rs", "new").unwrap();
    journal.replace("src/lib.rs").unwrap();
    journal.replace("src/api/parcels.rs").unwrap();
    journal.remove("src/types/parcel.rs").unwrap();
    assert!(journal.replace("src/never-prepared.rs").is_err());
    drop(journal);
    assert_eq!(content(&folder.out()), before);
}

#[test]
fn a_failed_run_leaves_no_new_folder() {
    let folder = Folder::new("undo-new");
    let journal = super::Journal::open(&folder.out().join("deep/er")).unwrap();
    journal.prepare("src/lib.rs", "new").unwrap();
    drop(journal);
    assert!(!folder.out().exists());
}

#[test]
fn two_runs_at_once_are_refused() {
    let folder = Folder::new("busy");
    let _first = super::Journal::open(&folder.out()).unwrap();
    assert!(matches!(
        write(&tree(FIRST), &folder.out()),
        Err(WriteError::Busy(_))
    ));
}
