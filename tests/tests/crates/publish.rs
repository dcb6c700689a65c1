//! What Cargo and rustdoc say of a crate that is about to be published.

use attache_tests::folder::root;
use attache_tests::program::stdout;
use attache_tests::workspace::{Workspace, config};

#[test]
fn a_generated_crate_can_be_published() {
    let workspace = Workspace::new("publish");
    for name in ["parcels", "names"] {
        let description = root().join(format!("specs/{name}/openapi.yaml"));
        workspace.generate(&description, &config(&format!("{name}-client")));
    }
    workspace.cargo_passes(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    workspace.cargo_passes(&["doc", "--workspace", "--no-deps"]);

    let listed = workspace.cargo_passes(&["package", "--list", "--package", "parcels-client"]);
    let listed = stdout(&listed);
    for file in [
        "Cargo.toml",
        "README.md",
        "attache.lock",
        "src/lib.rs",
        "examples/quickstart.rs",
    ] {
        assert!(
            listed.lines().any(|line| line == file),
            "{file} is in\n{listed}"
        );
    }

    // The runtime is not in the registry, so that Cargo is told where it will come from.
    let runtime = root().join("runtime").display().to_string();
    let patch = format!("patch.crates-io.attache-runtime.path={runtime:?}");
    workspace.cargo_passes(&[
        "package",
        "--allow-dirty",
        "--config",
        &patch,
        "--package",
        "parcels-client",
    ]);
}
