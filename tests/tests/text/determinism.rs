//! The same description gives the same bytes, in every process.

use std::fs;
use std::path::Path;

use attache_tests::corpus;
use attache_tests::folder::{Folder, files, root};
use attache_tests::program::{attache, stderr};

#[test]
fn two_processes_write_the_same_bytes() {
    let own = ["parcels", "names"].map(|name| root().join(format!("specs/{name}/openapi.yaml")));
    let real = ["box.json", "petstore-3.0.yaml", "amazon-sp-orders-v0.json"];
    let real = real.into_iter().filter_map(corpus::document);
    for description in own.into_iter().chain(real) {
        let (one, other) = (Folder::new("once"), Folder::new("again"));
        generate(&description, one.path());
        generate(&description, other.path());
        let written = files(one.path());
        assert_eq!(written, files(other.path()), "{}", description.display());
        for file in written {
            let read = |folder: &Folder| fs::read(folder.path().join(&file)).expect("it is there");
            assert!(
                read(&one) == read(&other),
                "{}: {file}",
                description.display()
            );
        }
    }
}

fn generate(description: &Path, out: &Path) {
    let output = attache(["generate", "--quiet", "--out"])
        .arg(out)
        .arg(description)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
}
