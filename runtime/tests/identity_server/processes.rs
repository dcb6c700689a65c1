//! Processes that share one login, and are killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use attache_runtime::oauth::{ClientIdentity, StoredLogin};
use attache_runtime::random::{Random, SystemRandom};
use attache_runtime::store::{EncryptionKeys, FileStore};
use attache_runtime::token::TokenSource;

use super::flows::{connection, issuer, logged_in};

const PROCESSES: usize = 8;
const FOLDER: &str = "ATTACHE_IDP_FOLDER";
const CLIENT: &str = "ATTACHE_IDP_CLIENT";

fn login(folder: &Path, client: &str) -> StoredLogin {
    let keys = EncryptionKeys::new("k1", [7; 32]).expect("it is a key");
    let store = FileStore::open(folder.join("logins"), keys).expect("the file is good");
    let login = StoredLogin::new(ClientIdentity::public(client), store, "me/ada");
    login.issuer(issuer()).lease(Duration::from_secs(2))
}

/// How a process ends before its time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// At once, wherever it is.
    Killed,
    /// As soon as it has done what it is at.
    Asked,
}

/// What came of it.
#[derive(Debug)]
struct Outcome {
    renewals: u64,
    killed: u64,
    lost: u64,
}

/// One of the processes; it is no test of its own.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the others"]
async fn worker() {
    let (Ok(folder), Ok(client)) = (std::env::var(FOLDER), std::env::var(CLIENT)) else {
        return;
    };
    let is_over = Arc::new(AtomicBool::new(false));
    thread::spawn({
        let is_over = is_over.clone();
        move || {
            // Whoever started it is gone, or wants it to end.
            let _ = std::io::stdin().read(&mut [0]);
            is_over.store(true, Ordering::Relaxed);
        }
    });
    let (login, connection, random) = (
        login(Path::new(&folder), &client),
        connection(),
        SystemRandom::new(),
    );
    while !is_over.load(Ordering::Relaxed) {
        // Each fetch takes the token of another process, or renews.
        match login.fetch(&connection).await {
            Ok(_) => println!("worker: fetched"),
            Err(error) => println!("worker: failed: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(random.next() % 20)).await;
    }
}

struct Worker {
    child: Child,
}

impl Worker {
    fn start(folder: &Path, client: &str, said: mpsc::Sender<String>) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("it has a path"))
            .args(["--ignored", "--exact", "processes::worker", "--nocapture"])
            .env(FOLDER, folder)
            .env(CLIENT, client)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Some((_, what)) = line.split_once("worker: ") {
                    let _ = said.send(what.to_owned());
                }
            }
        });
        Self { child }
    }

    fn end(mut self, end: End) {
        match end {
            End::Killed => self.child.kill().expect("it runs"),
            End::Asked => drop(self.child.stdin.take()),
        }
        self.child.wait().expect("it ends");
    }
}

/// Lets processes share a login until it has been renewed so often; one that is lost is begun anew.
async fn share(name: &str, client: &'static str, end: End, renewals: u64) -> Outcome {
    let folder = folder(name);
    let connection = connection();
    let login = login(&folder, client);
    let began = login.save(&connection, &logged_in(client).await).await;
    began.expect("the store is written");
    let (sender, said) = mpsc::channel();
    let start = || Worker::start(&folder, client, sender.clone());
    let mut workers: Vec<Worker> = (0..PROCESSES).map(|_| start()).collect();
    let random = SystemRandom::new();
    let fetched = AtomicU64::new(0);
    let mut outcome = Outcome {
        renewals: 0,
        killed: 0,
        lost: 0,
    };
    let (mut before, started) = (0, Instant::now());
    while outcome.renewals < renewals {
        assert!(
            started.elapsed() < Duration::from_secs(3_000),
            "{outcome:?}"
        );
        tokio::time::sleep(Duration::from_millis(50 + random.next() % 150)).await;
        let victim = workers.swap_remove(random.next() as usize % workers.len());
        victim.end(end);
        outcome.killed += 1;
        workers.push(start());
        let mut is_lost = false;
        for line in said.try_iter() {
            match line.contains("log in again") || line.contains("invalid_grant") {
                true => is_lost = true,
                false => {
                    fetched.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        let status = login.status().await.expect("the store is good");
        let status = status.expect("somebody has logged in");
        outcome.renewals = before + status.renewals;
        if is_lost {
            outcome.lost += 1;
            before += status.renewals;
            let began = login.save(&connection, &logged_in(client).await).await;
            began.expect("the store is written");
            // What was said of the old one.
            tokio::time::sleep(Duration::from_millis(500)).await;
            said.try_iter().for_each(drop);
        }
    }
    for worker in workers {
        worker.end(End::Asked);
    }
    let token = login.fetch(&connection).await;
    outcome.lost += u64::from(token.is_err());
    println!(
        "{name}: {PROCESSES} processes, {outcome:?}, {} tokens handed out, {:.0?}",
        fetched.into_inner(),
        started.elapsed()
    );
    std::fs::remove_dir_all(folder).expect("it is there");
    outcome
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("attache-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn wanted() -> u64 {
    let wanted = std::env::var("ATTACHE_IDP_ROTATIONS");
    wanted.map_or(1_000, |wanted| wanted.parse().expect("it is a number"))
}

/// A server that takes the last refresh token again for a while, as most do: nothing is lost, whoever is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn killed_at_random_with_a_leeway() {
    let outcome = share("leeway", "leeway", End::Killed, wanted()).await;
    assert_eq!(outcome.lost, 0, "{outcome:?}");
}

/// A server that takes a token for stolen when it comes again: nothing is lost as long as processes end what they are at.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn ended_at_random_without_leeway() {
    let outcome = share("strict", "public", End::Asked, wanted()).await;
    assert_eq!(outcome.lost, 0, "{outcome:?}");
}

/// The same with processes that are killed: no client can know whether the server had made the answer that was lost. What
/// was lost is said, and a new login mends it.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "cargo xtask idp --test"]
async fn killed_at_random_without_leeway() {
    let outcome = share("strict-killed", "public", End::Killed, wanted() / 5).await;
    assert!(outcome.lost < outcome.killed, "{outcome:?}");
}
