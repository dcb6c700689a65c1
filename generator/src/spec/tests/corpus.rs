//! Real descriptions, when they are unpacked.

use std::path::PathBuf;

use super::super::{DiskLoader, Options, read};
use super::told;
use crate::diagnostic::Diagnostics;

#[test]
fn all_real_descriptions_are_read() {
    let folder = std::env::var_os("ATTACHE_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"),
        PathBuf::from,
    );
    let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.csv")) else {
        println!("{} is not there: nothing is tested", folder.display());
        return;
    };
    let entries = manifest
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next());
    let (options, mut wrong) = (Options::default(), Vec::new());
    for entry in entries {
        let path = folder.join(entry);
        let mut diagnostics = Diagnostics::new();
        let tree = read(
            &path.to_string_lossy(),
            &DiskLoader::default(),
            &options,
            &mut diagnostics,
        );
        let mut findings = diagnostics.into_sorted();
        findings.retain(|found| {
            found.code.name != "duplicate-key" && found.code.name != "lone-surrogate"
        });
        if tree.is_none() || !findings.is_empty() {
            wrong.push((entry.to_owned(), told(&findings)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
