//! What `attache generate` does to folders.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use attache_tests::folder::Folder;
use attache_tests::program::{stderr, stdout};

use crate::program::{generate, generate_parcels, parcels};

#[test]
fn a_second_run_touches_nothing() {
    let folder = Folder::new("twice");
    generate_parcels(&folder.out());
    let before = folder.content();
    let output = generate(&parcels(), &folder.out())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("unchanged)"),
        "{}",
        stderr(&output)
    );
    assert_eq!(folder.content(), before);
}

#[test]
fn check_tells_whether_the_folder_is_up_to_date() {
    let folder = Folder::new("check");
    generate_parcels(&folder.out());
    let check = || {
        generate(&parcels(), &folder.out())
            .arg("--check")
            .output()
            .expect("it runs")
    };
    assert_eq!(check().status.code(), Some(0));

    fs::write(folder.out().join("src/lib.rs"), "edited").expect("it is writable");
    let before = folder.content();
    let output = check();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "differs src/lib.rs\n");
    assert_eq!(folder.content(), before);

    let output = generate(&parcels(), &folder.out())
        .output()
        .expect("it runs");
    assert!(
        stderr(&output).contains("src/lib.rs was edited"),
        "{}",
        stderr(&output)
    );
    assert_eq!(check().status.code(), Some(0));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = Folder::new("dry");
    let output = generate(&parcels(), &folder.out())
        .arg("--dry-run")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("create src/lib.rs\n"));
    assert!(!folder.out().exists());
}

#[test]
fn files_of_the_user_are_not_overwritten() {
    let folder = Folder::new("user");
    fs::create_dir_all(folder.out().join("src")).expect("it is writable");
    fs::write(folder.out().join("src/lib.rs"), "mine").expect("it is writable");
    let before = folder.content();
    let output = generate(&parcels(), &folder.out())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("src/lib.rs: a file that was not generated"),
        "{}",
        stderr(&output)
    );
    assert_eq!(folder.content(), before);
}

#[test]
fn standard_input_is_a_description_too() {
    let folder = Folder::new("stdin");
    let mut child = generate(Path::new("-"), &folder.out())
        .stdin(Stdio::piped())
        .spawn()
        .expect("it runs");
    let text = fs::read(parcels()).expect("it is in the project");
    child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(&text)
        .expect("it reads");
    assert!(child.wait().expect("it ends").success());
    let from_file = Folder::new("stdin-file");
    generate_parcels(&from_file.out());
    let texts = |folder: &Folder| -> Vec<_> {
        folder
            .content()
            .into_values()
            .map(|(bytes, _)| bytes)
            .collect()
    };
    assert_eq!(texts(&folder), texts(&from_file));
}
