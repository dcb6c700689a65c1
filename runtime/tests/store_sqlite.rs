//! The store in SQLite: what every store does, processes that are killed, and databases that are damaged.

mod kept;

use std::fs;
use std::sync::Arc;

use attache_runtime::store::{RecordStore, SqliteStore, StoreError};
use kept::contract::holds;
use kept::folder::Folder;
use kept::process::{Worker, kill_again_and_again, open, work};
use kept::{keys, run};

type Outcome = Result<(), StoreError>;

/// What the processes do that the tests below start.
#[test]
fn worker() {
    work();
}

#[test]
fn sqlite() -> Outcome {
    let folder = Folder::new();
    let open = || SqliteStore::open(folder.join("store.db"), keys()).map(Arc::new);
    run(holds(open()?, open()?))
}

#[test]
fn it_loses_nothing_when_processes_are_killed() {
    let folder = Folder::new();
    let address = format!("sqlite:{}", folder.join("store.db").display());
    let written = kill_again_and_again(&address, 40);
    assert!(written >= 40, "only {written} writes");
}

#[test]
fn three_processes_lose_no_increment() -> Outcome {
    let folder = Folder::new();
    let address = format!("sqlite:{}", folder.join("store.db").display());
    let start = || Worker::start("25", &address);
    let workers: Vec<Worker> = (0..3).map(|_| start()).collect();
    workers.into_iter().for_each(Worker::wait);
    let record = run(async {
        open(&address, kept::process::keys())
            .await?
            .read("count")
            .await
    })?;
    assert_eq!((record.version, record.value), (75, Some(b"75".to_vec())));
    Ok(())
}

#[test]
fn a_database_that_is_damaged_is_refused() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store.db");
    let store = SqliteStore::open(&path, keys())?;
    assert!(run(store.write("acme/token", 0, Some(b"hunter2-hunter2")))?);
    drop(store);
    let intact = fs::read(&path).unwrap();
    assert!(!intact.windows(7).any(|part| part == b"hunter2"));
    let mut refused = 0;
    // Bytes all over the file, and all of its name, which stands in the table and in its index.
    let named = intact.windows(10).enumerate();
    let named = named.filter(|(_, part)| part == b"acme/token");
    let named: Vec<usize> = named.flat_map(|(at, _)| at..at + 10).collect();
    assert!(named.len() >= 30, "also in what is encrypted");
    for at in (0..intact.len()).step_by(11).chain(named) {
        let mut bytes = intact.clone();
        bytes[at] ^= 0xff;
        fs::write(&path, bytes).unwrap();
        // A byte that nothing is kept in changes nothing; never is something else read.
        match SqliteStore::open(&path, keys()).and_then(|store| run(store.read("acme/token"))) {
            Ok(record) => {
                assert_eq!(record.version, 1, "byte {at}");
                assert_eq!(record.value.as_deref(), Some(&b"hunter2-hunter2"[..]));
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 20, "{refused}");
    fs::write(
        &path,
        "no database at all, but long enough to be one".repeat(100),
    )
    .unwrap();
    let error = SqliteStore::open(&path, keys()).unwrap_err();
    assert!(error.is_damaged(), "{error}");
    assert!(
        error.to_string().contains("restore it from a backup"),
        "{error}"
    );
    Ok(())
}

#[test]
fn a_database_that_was_removed_is_not_written_to() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store.db");
    let store = SqliteStore::open(&path, keys())?;
    assert!(run(store.write("a", 0, Some(b"x")))?);
    fs::remove_file(&path).unwrap();
    assert!(run(store.write("a", 1, Some(b"y"))).is_err_and(|error| error.is_damaged()));
    assert!(run(store.read("a")).is_err_and(|error| error.is_damaged()));
    Ok(())
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_only() -> Outcome {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let path = folder.join("store.db");
    let store = SqliteStore::open(&path, keys())?;
    assert!(run(store.write("a", 0, Some(b"x")))?);
    let entries: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(
        entries.len(),
        4,
        "the database, its log, its index and the lock"
    );
    for entry in entries {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let error = SqliteStore::open(&path, keys()).unwrap_err();
    assert!(
        error.is_exposed() && error.to_string().contains("chmod 600"),
        "{error}"
    );
    Ok(())
}
