//! What every store does, run over each of them; and what each does by itself.

mod kept;

use std::sync::Arc;
use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::store::{
    DataKey, Encrypted, EncryptionKeys, FileStore, KeyProvider, MemoryStore, RecordStore,
    StoreError, WrappedKey,
};
use attache_runtime::transport::BoxFuture;
use kept::contract::holds;
use kept::folder::Folder;
use kept::shelf::Shelf;
use kept::{keys, run};

type Outcome = Result<(), StoreError>;

#[test]
fn memory() -> Outcome {
    let store = Arc::new(MemoryStore::new());
    run(holds(store.clone(), store))
}

#[test]
fn memory_encrypted() -> Outcome {
    let store = Arc::new(MemoryStore::new());
    let handle = || Arc::new(Encrypted::new(store.clone(), keys()));
    run(holds(handle(), handle()))
}

#[test]
fn memory_by_a_clock() -> Outcome {
    let clock = Arc::new(ManualClock::new());
    let store = MemoryStore::with_clock(clock.clone());
    run(async {
        let ttl = Duration::from_secs(5);
        assert!(store.lease("k", "a", ttl).await?);
        clock.advance(ttl - Duration::from_millis(1));
        assert!(!store.lease("k", "b", ttl).await?);
        clock.advance(Duration::from_millis(1));
        assert!(store.lease("k", "b", ttl).await?);
        Ok(())
    })
}

#[test]
fn file() -> Outcome {
    let folder = Folder::new();
    let open = || FileStore::open(folder.join("store"), keys()).map(Arc::new);
    run(holds(open()?, open()?))
}

#[test]
fn file_with_an_anchor() -> Outcome {
    let folder = Folder::new();
    let open = || {
        let store = FileStore::open(folder.join("store"), keys())?;
        Ok::<_, StoreError>(Arc::new(store.anchor(folder.join("anchor"))))
    };
    run(holds(open()?, open()?))
}

#[test]
fn a_file_is_found_again_and_has_nothing_in_clear() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store");
    let open = || FileStore::open(&path, keys());
    run(open()?.write("acme/token", 0, Some(b"hunter2-hunter2")))?;
    let read = run(open()?.read("acme/token"))?;
    assert_eq!(read.value.as_deref(), Some(&b"hunter2-hunter2"[..]));
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let content = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!content.windows(7).any(|part| part == b"hunter2"));
    }
    Ok(())
}

#[test]
fn work_goes_on_without_a_runtime() -> Outcome {
    let folder = Folder::new();
    let store = FileStore::open(folder.join("store"), keys())?;
    let mut future = store.write("k", 0, Some(b"x"));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(matches!(
        future.as_mut().poll(&mut context),
        std::task::Poll::Ready(Ok(true))
    ));
    Ok(())
}

#[test]
fn keys_are_replaced_while_others_write() -> Outcome {
    let folder = Folder::new();
    let (path, key_path) = (folder.join("store"), folder.join("keys"));
    let old = EncryptionKeys::from_file_or_new(&key_path)?;
    let store = FileStore::open(&path, old.clone())?.anchor(folder.join("anchor"));
    run(async {
        for key in ["a", "b", "removed"] {
            assert!(store.write(key, 0, Some(key.as_bytes())).await?);
        }
        assert!(store.write("removed", 1, None).await?);

        let both = EncryptionKeys::rotate_file(&key_path)?;
        let (newest, oldest) = (both.newest().to_owned(), old.newest().to_owned());
        assert_eq!(both.kids().collect::<Vec<_>>(), [&newest, &oldest]);
        let store = FileStore::open(&path, both.clone())?.anchor(folder.join("anchor"));
        let store = Arc::new(store);
        assert_eq!(store.kids_in_use().await?, [(oldest, 4)].into());
        let writer = FileStore::open(&path, both)?.anchor(folder.join("anchor"));
        let writing =
            tokio::spawn(async move { kept::contract::increment(&writer, "count", 30).await });
        assert_eq!(store.rewrap().await?, 3);
        writing.await.expect("no task panics")?;
        assert_eq!(store.rewrap().await?, 0);
        assert_eq!(store.kids_in_use().await?, [(newest.clone(), 5)].into());

        // The old key is not needed any more.
        let text = std::fs::read_to_string(&key_path).unwrap();
        let alone = EncryptionKeys::from_text(text.lines().next().unwrap())?;
        assert!(alone.kids().eq([newest]));
        let store = FileStore::open(&path, alone)?.anchor(folder.join("anchor"));
        assert_eq!(store.keys().await?, ["a", "b", "count"]);
        let read = store.read("a").await?;
        assert_eq!((read.version, read.value), (2, Some(b"a".to_vec())));
        let removed = store.read("removed").await?;
        assert_eq!((removed.version, removed.value), (3, None));
        Ok(())
    })
}

#[test]
fn the_anchor_is_rewrapped_too() -> Outcome {
    let folder = Folder::new();
    let (old, new) = ([7; 32], [8; 32]);
    let old_first = EncryptionKeys::new("old", old)?.and_older("new", new)?;
    let new_first = EncryptionKeys::new("new", new)?.and_older("old", old)?;
    let store = Arc::new(MemoryStore::new());
    let anchored = |keys| Encrypted::new(store.clone(), keys).anchor(folder.join("anchor"));
    run(async {
        assert!(
            anchored(old_first.clone())
                .write("a", 0, Some(b"x"))
                .await?
        );
        // A process without the anchor replaces the keys of all records, and one with older keys anchors that.
        let plain = Encrypted::new(store.clone(), new_first.clone());
        assert_eq!(plain.rewrap().await?, 1);
        assert_eq!(anchored(old_first).read("a").await?.version, 2);
        let last = anchored(new_first);
        let both = [("new".to_owned(), 1), ("old".to_owned(), 1)];
        assert_eq!(last.kids_in_use().await?, both.into());
        assert_eq!(last.rewrap().await?, 0);
        assert_eq!(last.kids_in_use().await?, [("new".to_owned(), 2)].into());
        let alone = anchored(EncryptionKeys::new("new", new)?);
        assert_eq!(alone.read("a").await?.version, 2);
        Ok(())
    })
}

#[test]
fn what_is_written_during_a_read_is_no_rollback() -> Outcome {
    let shelf = Arc::new(Shelf::default());
    let store = Encrypted::new(shelf.clone(), keys());
    run(async {
        assert!(store.write("k", 0, Some(b"x")).await?);
        shelf.hold(true);
        let mut reading = store.read("k");
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(reading.as_mut().poll(&mut context).is_pending());
        assert!(store.write("k", 1, Some(b"y")).await?);
        shelf.hold(false);
        assert_eq!(reading.await?.version, 1);
        assert_eq!(store.read("k").await?.version, 2);
        Ok(())
    })
}

/// A service that wraps keys, until it goes away.
#[derive(Debug)]
struct Vault(EncryptionKeys, std::sync::atomic::AtomicBool);

impl Vault {
    async fn answers(&self) -> Outcome {
        tokio::task::yield_now().await;
        match self.1.load(std::sync::atomic::Ordering::Relaxed) {
            true => Err(StoreError::unavailable("the vault does not answer")),
            false => Ok(()),
        }
    }
}

impl KeyProvider for Vault {
    fn newest(&self) -> &str {
        self.0.newest()
    }

    fn wrap<'s>(
        &'s self,
        key: &'s DataKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<WrappedKey, StoreError>> {
        Box::pin(async move {
            self.answers().await?;
            self.0.wrap(key, context).await
        })
    }

    fn unwrap<'s>(
        &'s self,
        key: &'s WrappedKey,
        context: &'s [u8],
    ) -> BoxFuture<'s, Result<DataKey, StoreError>> {
        Box::pin(async move {
            self.answers().await?;
            self.0.unwrap(key, context).await
        })
    }
}

#[test]
fn keys_may_be_in_a_vault() -> Outcome {
    let vault = Arc::new(Vault(keys(), false.into()));
    let store = Encrypted::new(MemoryStore::new(), vault.clone());
    run(async {
        assert!(store.write("k", 0, Some(b"x")).await?);
        assert_eq!(store.read("k").await?.value.as_deref(), Some(&b"x"[..]));
        vault.1.store(true, std::sync::atomic::Ordering::Relaxed);
        let error = store.read("k").await.unwrap_err();
        assert!(error.is_unavailable());
        let shown = r#"the vault does not answer (record "k" in MemoryStore)"#;
        assert_eq!(error.to_string(), shown);
        Ok(())
    })
}

#[test]
fn of_processes_that_begin_at_once_one_makes_the_keys() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("keys");
    let threads = (0..8).map(|_| {
        let path = path.clone();
        std::thread::spawn(move || EncryptionKeys::from_file_or_new(path))
    });
    let mut made = Vec::new();
    for thread in threads.collect::<Vec<_>>() {
        made.push(
            thread
                .join()
                .expect("no thread panics")?
                .newest()
                .to_owned(),
        );
    }
    made.dedup();
    assert_eq!(made.len(), 1);
    Ok(())
}
