//! The programs under test, and how they are called.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The folder with the programs, built once per run.
pub(crate) fn programs() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().expect("a test knows its own program");
        // target/debug/deps/cli-…
        let folder = test
            .ancestors()
            .nth(2)
            .expect("tests lie two folders deep in the target folder");
        let target = folder
            .parent()
            .expect("the profile's folder is in the target folder");
        let mut build = Command::new(env!("CARGO"));
        build
            .args([
                "build",
                "--quiet",
                "--package",
                "attache-generator",
                "--bins",
                "--target-dir",
            ])
            .arg(target);
        if folder.ends_with("release") {
            build.arg("--release");
        }
        let built = build
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the programs build");
        folder.to_owned()
    })
}

pub(crate) fn attache<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command =
        Command::new(programs().join(format!("attache{}", std::env::consts::EXE_SUFFIX)));
    command.args(arguments).env_remove("NO_COLOR");
    command
}

pub(crate) fn parcels() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/parcels/openapi.yaml")
}

pub(crate) fn generate(spec: &Path, out: &Path) -> Command {
    let mut command = attache(["generate"]);
    command.arg(spec).arg("--out").arg(out);
    command
}

/// Generates the example client where a test needs one to begin with.
pub(crate) fn generate_parcels(out: &Path) {
    let output = generate(&parcels(), out).output().expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}
