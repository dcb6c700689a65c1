//! Processes that write to a store, and are killed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use attache_runtime::store::{EncryptionKeys, FileStore, RecordStore, StoreError};

use super::contract::{Store, increment};
use super::run;

/// Set in the processes that write: what they do, and where the store is.
const WORK: &str = "ATTACHE_STORE_WORK";
const KEYS: &str = "ATTACHE_STORE_KEYS";
const KEY: &str = "k1:q0mZhN0ZKxU0Cw8Jd9yq0n9l2m9m0xq1m5p7m2b1c3A=";

/// Records that are written one after the other, again and again.
const RECORDS: u64 = 3;

/// Opens a store as the processes have it: `file:`, `anchored:` or `sqlite:` and a path, or `postgres:`
/// and how to connect.
pub async fn open(address: &str, keys: EncryptionKeys) -> Result<Store, StoreError> {
    let (kind, path) = address.split_once(':').expect("it has a kind");
    Ok(match kind {
        "file" => Arc::new(FileStore::open(path, keys)?),
        "anchored" => {
            let store = FileStore::open(path, keys)?;
            Arc::new(store.anchor(format!("{path}.anchor")))
        }
        #[cfg(feature = "sqlite")]
        "sqlite" => Arc::new(attache_runtime::store::SqliteStore::open(path, keys)?),
        #[cfg(feature = "postgres")]
        "postgres" => {
            use attache_runtime::store::{PostgresConnection, PostgresStore};

            let connection = PostgresConnection::new(path)?;
            Arc::new(PostgresStore::open(connection, "records", keys).await?)
        }
        _ => panic!("there is no such store: {kind}"),
    })
}

pub fn keys() -> EncryptionKeys {
    EncryptionKeys::from_text(KEY).expect("the key is one")
}

/// What a test named `worker` does in a process that another test starts; nothing where it is started as a test.
pub fn work() {
    let Ok(work) = std::env::var(WORK) else {
        return;
    };
    let (kind, address) = work.split_once(' ').expect("it says what to do");
    let keys = EncryptionKeys::from_environment(KEYS).expect("the keys are set");
    run(async {
        let store = open(address, keys).await.expect("it can be opened");
        match kind.parse() {
            Ok(times) => increment(&*store, "count", times).await.expect("it writes"),
            Err(_) => write_for_ever(&*store).await,
        }
    });
}

/// The version of a record is what is written to it; each is told to the parent when the store has acknowledged it.
async fn write_for_ever(store: &dyn RecordStore) {
    let names = (0..RECORDS).map(|index| format!("record {index}"));
    let mut versions = BTreeMap::new();
    for name in names {
        let version = store.read(&name).await.expect("it reads").version;
        versions.insert(name, version);
    }
    loop {
        for (name, version) in &mut versions {
            let value = format!("value {}", *version + 1);
            let written = store.write(name, *version, Some(value.as_bytes()));
            assert!(written.await.expect("it writes"), "nobody else writes");
            *version += 1;
            let mut output = std::io::stdout().lock();
            let told = writeln!(output, "written={name}={version}").and_then(|()| output.flush());
            // A reader that has gone is no reason to go on.
            told.unwrap_or_else(|_| std::process::exit(0));
        }
    }
}

/// A process that writes, and the thread that reads what it was told by the store.
pub struct Worker {
    process: Child,
    reader: JoinHandle<BTreeMap<String, u64>>,
    /// Something comes as soon as it has written.
    begun: Receiver<()>,
}

impl Worker {
    pub fn start(work: &str, address: &str) -> Self {
        let program = std::env::current_exe().expect("the test is a program");
        let mut process = Command::new(program)
            .args(["--exact", "worker", "--nocapture"])
            .env(WORK, format!("{work} {address}"))
            .env(KEYS, KEY)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("a worker starts");
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        let (begins, begun) = channel();
        let reader = spawn(move || {
            let mut acknowledged = BTreeMap::new();
            for line in output.lines().map_while(Result::ok) {
                // The first one follows the name of the test on its line.
                let mut parts = line.split('=').skip(1);
                if let (Some(name), Some(version)) = (parts.next(), parts.next()) {
                    let version = version.parse().expect("it is a number");
                    acknowledged.insert(name.to_owned(), version);
                    let _ = begins.send(());
                }
            }
            acknowledged
        });
        Self {
            process,
            reader,
            begun,
        }
    }

    /// Waits for its end, which has to be a good one.
    pub fn wait(mut self) {
        assert!(self.process.wait().expect("it ends").success());
    }

    /// Kills it as `kill -9` does, and returns the last version of each record that was acknowledged.
    pub fn kill(mut self) -> BTreeMap<String, u64> {
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.reader.join().expect("the reader does not panic")
    }
}

/// Kills a process that writes, as often as it says, each time at another moment, and looks that nothing is lost. Returns
/// how many writes there were.
pub fn kill_again_and_again(address: &str, times: u64) -> u64 {
    let mut acknowledged = BTreeMap::new();
    for round in 0..times {
        let worker = Worker::start("for-ever", address);
        let begun = worker.begun.recv_timeout(Duration::from_secs(20));
        begun.expect("it writes");
        std::thread::sleep(Duration::from_micros(round * 1_700 % 23_000));
        acknowledged.extend(worker.kill());
        let store = run(open(address, keys())).expect("it is neither damaged nor locked");
        for (name, version) in &mut acknowledged {
            let record = run(store.read(name)).expect("it is whole");
            // One more may have been written, and not acknowledged in time.
            let versions = *version..=*version + 1;
            assert!(
                versions.contains(&record.version),
                "{name}: {record:?}, not {versions:?}"
            );
            let value = record.value.expect("it has a value");
            assert_eq!(value, format!("value {}", record.version).into_bytes());
            *version = record.version;
        }
    }
    acknowledged.values().sum()
}
