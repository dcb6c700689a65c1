//! What each stage makes of the main example, as `attache inspect` prints it.

use attache_tests::folder::root;
use attache_tests::program::{attache, stderr, stdout};

#[test]
fn stages_of_the_main_example() {
    for stage in ["document", "resolved", "ir", "names"] {
        let output = attache(["inspect", "--quiet", "--stage", stage])
            .arg(root().join("specs/parcels/openapi.yaml"))
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", stderr(&output));
        insta::assert_snapshot!(format!("parcels_{stage}"), stdout(&output));
    }
}

#[test]
fn names_of_the_obstacle_course() {
    let output = attache(["inspect", "--quiet", "--stage", "names"])
        .arg(root().join("specs/names/openapi.yaml"))
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
    insta::assert_snapshot!(stdout(&output));
}
