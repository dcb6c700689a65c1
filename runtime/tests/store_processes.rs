//! Processes that write to one store at once, and processes that are killed while they write.

mod kept;

use kept::folder::Folder;
use kept::process::{Worker, keys, kill_again_and_again, open, work};
use kept::run;

/// What the processes do that the tests below start.
#[test]
fn worker() {
    work();
}

fn nothing_is_lost_by_a_kill(kind: &str) {
    let folder = Folder::new();
    let address = format!("{kind}:{}", folder.join("store").display());
    let written = kill_again_and_again(&address, 40);
    // Each wrote before it was killed.
    assert!(written >= 40, "only {written} writes");
}

fn no_increment_is_lost(kind: &str) {
    let folder = Folder::new();
    let address = format!("{kind}:{}", folder.join("store").display());
    let start = || Worker::start("25", &address);
    let workers: Vec<Worker> = (0..3).map(|_| start()).collect();
    workers.into_iter().for_each(Worker::wait);
    let store = run(open(&address, keys())).expect("it can be opened");
    let record = run(store.read("count")).expect("it can be read");
    assert_eq!((record.version, record.value), (75, Some(b"75".to_vec())));
}

#[test]
fn a_file_loses_nothing_when_processes_are_killed() {
    nothing_is_lost_by_a_kill("file");
}

#[test]
fn an_anchored_file_loses_nothing_when_processes_are_killed() {
    nothing_is_lost_by_a_kill("anchored");
}

#[test]
fn three_processes_lose_no_increment_of_a_file() {
    no_increment_is_lost("file");
}

#[test]
fn three_processes_lose_no_increment_of_an_anchored_file() {
    no_increment_is_lost("anchored");
}
