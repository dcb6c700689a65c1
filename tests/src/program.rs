//! The programs under test, built once per run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The folder with the programs.
///
/// Cargo tells tests only where the programs of their own package are, so these are built on first use.
pub fn programs() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let profile = profile();
        let target = target();
        let mut build = Command::new(env!("CARGO"));
        build.args([
            "build",
            "--quiet",
            "--package",
            "attache-generator",
            "--bins",
        ]);
        build.arg("--target-dir").arg(target);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        let built = build
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the programs build");
        profile
    })
}

/// The folder that Cargo builds this test in: what has been compiled for the project is there already.
pub fn target() -> PathBuf {
    let profile = profile();
    let target = profile.parent();
    target
        .expect("the profile's folder is in the target folder")
        .to_owned()
}

fn profile() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own program");
    // target/debug/deps/cli-…
    let profile = test.ancestors().nth(2);
    profile
        .expect("tests lie two folders deep in the target folder")
        .to_owned()
}

/// A call of `attache`, which the test runs.
pub fn attache<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let program = format!("attache{}", std::env::consts::EXE_SUFFIX);
    let mut command = Command::new(programs().join(program));
    command.args(arguments).env_remove("NO_COLOR");
    command
}

/// What a program wrote on standard output.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// What a program wrote on standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}
