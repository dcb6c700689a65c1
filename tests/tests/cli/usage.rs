//! What all commands have in common.

use std::process::{Command, Stdio};

use attache_tests::program::{attache, programs, stderr, stdout};

use crate::program::parcels;

#[test]
fn wrong_usage_is_told_apart_from_errors() {
    let spec = parcels();
    let spec = spec.to_str().expect("the project's path is UTF-8");
    let wrong: [&[&str]; 7] = [
        &[],
        &["generate", spec],
        &["generate", spec, "--out", "x", "--check", "--dry-run"],
        &["inspect", spec, "--stage", "soup"],
        &["check", spec, "--config", "/no/such/file.yaml"],
        &["explain", spec, "--at", "NoSuchThing"],
        &["check", spec, "--message-format", "xml"],
    ];
    for arguments in wrong {
        let output = attache(arguments).output().expect("it runs");
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_selection_that_is_not_there_is_named() {
    let output = attache(["check", "--tag", "parsels", "--operation", "getParsel"])
        .arg(parcels())
        .output()
        .expect("it runs");
    let messages = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{messages}");
    for name in ["parsels", "getParsel"] {
        let expected = format!("`{name}`");
        assert!(messages.contains(&expected), "{messages}");
    }
    assert_eq!(messages.matches("warning[unknown-selection]").count(), 2);
}

#[test]
fn quiet_runs_say_nothing_when_all_is_well() {
    let output = attache(["check", "--quiet"])
        .arg(parcels())
        .output()
        .expect("it runs");
    assert_eq!(
        (output.status.code(), stderr(&output)),
        (Some(0), String::new())
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = attache(["inspect", "--stage", "spec"])
        .arg(parcels())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stderr(&output).contains("panicked"));
}

#[test]
fn cargo_finds_the_command() {
    let program = programs().join(format!("cargo-attache{}", std::env::consts::EXE_SUFFIX));
    let output = Command::new(program)
        .args(["attache", "check", "--quiet"])
        .arg(parcels())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// The tests of logins themselves are those of a program that has them.
#[test]
fn a_program_without_logins_says_how_to_get_them() {
    let arguments = ["auth", "status", "--profile", "x"];
    let output = attache(arguments).output().expect("it runs");
    let expected = "error: this program was built without logins: `cargo install attache-generator --features auth` makes one that has them\n";
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(2), expected)
    );
}

#[test]
fn help_texts() {
    let mut text = String::new();
    for command in [
        "",
        "generate",
        "check",
        "inspect",
        "index",
        "explain",
        "auth",
        "auth login",
        "auth status",
        "auth refresh",
        "auth revoke",
    ] {
        let arguments = command.split_whitespace().chain(["--help"]);
        let output = attache(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0));
        text.push_str(&format!(
            "$ attache {command} --help\n{}\n",
            stdout(&output)
        ));
    }
    insta::assert_snapshot!(text);
}
