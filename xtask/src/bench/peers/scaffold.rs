//! What a generator leaves to its user: a manifest, a root of the crate, and a workspace around it.
//!
//! This is not measured, and changes nothing of what was generated, but the name of the package.

use std::fs;

use super::peer::Peer;
use super::place::Place;
use crate::project;

/// Makes a crate of what was generated, in a workspace with the program that calls it.
pub(super) fn complete(place: &Place) -> Result<(), String> {
    let client = place.client();
    let manifest = client.join("Cargo.toml");
    if place.peer == Peer::OpenapiToRust {
        let dependencies = client.join("src/generated/REQUIRED_DEPS.toml");
        let dependencies = project::on(&dependencies, fs::read_to_string(&dependencies))?;
        let package = "[package]\nname = \"\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
        project::on(
            &manifest,
            fs::write(&manifest, format!("{package}{dependencies}")),
        )?;
        let root = client.join("src/lib.rs");
        project::on(&root, fs::write(&root, "pub mod generated;\n"))?;
    }
    let text = project::on(&manifest, fs::read_to_string(&manifest))?;
    let text = renamed(&text, &place.package());
    project::on(&manifest, fs::write(&manifest, text))?;
    write_workspace(place)
}

/// Profiles are those of cargo, the same for all.
fn write_workspace(place: &Place) -> Result<(), String> {
    let workspace = place.workspace();
    let members = [place.package(), place.program()];
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    let manifest = workspace.join("Cargo.toml");
    project::on(&manifest, fs::write(&manifest, text))?;
    // Its versions are those that the runtime is tested with.
    match place.peer {
        Peer::Attache => project::lock(&workspace),
        _ => Ok(()),
    }
}

/// The manifest with another name of the package, and of the library where it has one of its own.
fn renamed(manifest: &str, package: &str) -> String {
    let mut table = "";
    let mut text = String::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            table = line.trim();
        }
        let is_name = line
            .split('=')
            .next()
            .is_some_and(|key| key.trim() == "name");
        match table {
            "[package]" if is_name => text.push_str(&format!("name = {package:?}")),
            "[lib]" if is_name => {
                text.push_str(&format!("name = {:?}", package.replace('-', "_")));
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn names_of_package_and_library_change_alone() {
        let manifest = "[package]\nname = \"x\"\nversion = \"1\"\n\n[lib]\nname = \"x\"\n\n[dependencies]\nname = \"1\"\n";
        let expected = "[package]\nname = \"a-b\"\nversion = \"1\"\n\n[lib]\nname = \"a_b\"\n\n[dependencies]\nname = \"1\"\n";
        assert_eq!(renamed(manifest, "a-b"), expected);
    }
}
