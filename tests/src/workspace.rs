//! Generated crates on disk, and Cargo's word on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use attache_generator::config::Config;
use attache_generator::{Generated, files};

use crate::client::Client;
use crate::folder::root;
use crate::program::{stderr, target};

/// With the profile of the project, whose dependencies are not compiled again.
const MANIFEST: &str = "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n";

/// A workspace of generated crates, compiled in the target folder of the project.
pub struct Workspace(PathBuf);

impl Workspace {
    /// Makes an empty workspace; the name is that of the test.
    pub fn new(test: &str) -> Self {
        let folder = root().join("target/generated").join(test);
        let _ = fs::remove_dir_all(&folder);
        let workspace = Workspace(folder);
        workspace.write("Cargo.toml", MANIFEST);
        // The project's own versions, which have been fetched.
        fs::copy(root().join("Cargo.lock"), workspace.0.join("Cargo.lock"))
            .expect("the target folder is writable");
        workspace
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and the folders it is in.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        let parent = path.parent().expect("it is below the workspace");
        fs::create_dir_all(parent).expect("the target folder is writable");
        fs::write(&path, text).expect("the target folder is writable");
    }

    /// Generates the crate of a description as a member; the choices name it.
    pub fn generate(&self, description: &Path, config: &Config) -> Generated {
        let client = Client::of_file(description, config);
        let Some(generated) = client.generated else {
            panic!("{}: {:?}", description.display(), client.findings);
        };
        let folder = self.0.join(&generated.names.package);
        files::write(&generated.files, &folder).expect("the target folder is writable");
        generated
    }

    /// Runs Cargo.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTDOCFLAGS", "-D warnings");
        command.output().expect("cargo runs")
    }

    /// Runs Cargo and fails with what it says where it fails or warns.
    pub fn cargo_passes(&self, arguments: &[&str]) -> Output {
        let output = self.cargo(arguments);
        let said = stderr(&output);
        assert!(
            output.status.success() && !warns(&said),
            "cargo {arguments:?}\n{said}"
        );
        output
    }
}

/// Whether the compiler has a warning: flags that make it an error would compile all dependencies again.
fn warns(said: &str) -> bool {
    let is_place = |line: &str| line.trim_start().starts_with("-->");
    said.lines().any(|line| line.starts_with("warning")) && said.lines().any(is_place)
}

/// The choices for a crate that finds the runtime of this project.
pub fn config(name: &str) -> Config {
    let mut config = Config {
        name: Some(name.to_owned()),
        ..Config::default()
    };
    config.runtime.path = Some(root().join("runtime").display().to_string());
    config
}
