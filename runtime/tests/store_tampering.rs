//! Stores in the hands of someone without the keys, and stores that were damaged: nothing of them is taken for true.

mod kept;

use std::sync::Arc;

use attache_runtime::store::{
    DataKey, Encrypted, EncryptionKeys, KeyProvider, RecordStore, StoreError, WrappedKey,
};
use attache_runtime::transport::BoxFuture;
use kept::shelf::Shelf;
use kept::{folder::Folder, keys, run};

type Outcome = Result<(), StoreError>;

/// A store with `a` and `b`, and a removed record `c`.
fn filled() -> (Arc<Shelf>, Encrypted<Arc<Shelf>>) {
    let shelf = Arc::new(Shelf::default());
    let store = Encrypted::new(shelf.clone(), keys());
    run(async {
        assert!(store.write("a", 0, Some(b"secret of a")).await.unwrap());
        assert!(store.write("b", 0, Some(b"secret of b")).await.unwrap());
        assert!(store.write("c", 0, None).await.unwrap());
    });
    (shelf, store)
}

fn error(store: &dyn RecordStore, key: &str) -> StoreError {
    run(store.read(key)).expect_err("it cannot be trusted")
}

fn reads(store: &dyn RecordStore, key: &str) -> bool {
    run(store.read(key)).is_ok()
}

#[test]
fn any_flipped_bit_is_refused() {
    let (shelf, store) = filled();
    for key in ["a", "c"] {
        let record = shelf.get(key);
        let intact = shelf.bytes(key);
        for (at, bit) in (0..intact.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut bytes = intact.clone();
            bytes[at] ^= 1 << bit;
            shelf.put(key, record.version, Some(bytes));
            let error = error(&store, key);
            let is_clear = error.is_tampered() || error.is_wrong_key() || error.is_unknown_key();
            assert!(is_clear, "bit {bit} of byte {at}: {error}");
        }
        shelf.put(key, record.version, Some(intact));
        assert!(reads(&store, key));
    }
}

#[test]
fn what_is_cut_off_or_longer_is_refused() {
    let (shelf, store) = filled();
    for key in ["a", "c"] {
        let intact = shelf.bytes(key);
        for length in 0..intact.len() {
            shelf.put(key, 1, Some(intact[..length].to_vec()));
            assert!(error(&store, key).is_tampered(), "{length} bytes");
        }
        shelf.put(key, 1, Some([intact, vec![0]].concat()));
        assert!(error(&store, key).is_tampered());
    }
}

#[test]
fn a_record_in_the_place_of_another_is_refused() {
    let (shelf, store) = filled();
    let (a, b) = (shelf.bytes("a"), shelf.bytes("b"));
    shelf.put("a", 1, Some(b));
    shelf.put("b", 1, Some(a.clone()));
    for (key, other) in [("a", "b"), ("b", "a")] {
        let error = error(&store, key);
        assert!(error.is_tampered() && !error.is_rolled_back());
        let place =
            format!("the record of {other:?} was put in its place (record {key:?} in Shelf");
        assert!(error.to_string().starts_with(&place), "{error}");
    }
    // Also under a key that nothing was written to, where it would be listed.
    shelf.put("a", 1, Some(a.clone()));
    shelf.forget("b");
    shelf.put("d", 1, Some(a));
    let fresh = Encrypted::new(shelf, keys());
    assert!(error(&fresh, "d").is_tampered());
    assert!(run(fresh.keys()).unwrap_err().is_tampered());
}

#[test]
fn a_version_in_the_place_of_another_is_refused() -> Outcome {
    let (shelf, store) = filled();
    let old = shelf.bytes("a");
    assert!(run(store.write("a", 1, Some(b"new")))?);
    // The old value, passed off for the new version; a fresh process would not know.
    shelf.put("a", 2, Some(old.clone()));
    let fresh = Encrypted::new(shelf.clone(), keys());
    let shown = error(&fresh, "a").to_string();
    assert!(
        shown.contains("version 1 of the record was put in place of version 2"),
        "{shown}"
    );
    shelf.put("a", 0, Some(old));
    assert!(error(&Encrypted::new(shelf, keys()), "a").is_tampered());
    Ok(())
}

#[test]
fn a_removal_without_the_keys_is_refused() {
    let (shelf, _) = filled();
    let fresh = || Encrypted::new(shelf.clone(), keys());
    shelf.put("a", 2, None);
    assert!(error(&fresh(), "a").is_tampered());
    // Nor can one removal serve for another record, or a value for a removal.
    shelf.put("a", 1, Some(shelf.bytes("c")));
    assert!(error(&fresh(), "a").is_tampered());
    assert!(reads(&fresh(), "c"));
}

/// A service that cannot bind a context to what it wraps.
#[derive(Debug)]
struct Unbound;

impl KeyProvider for Unbound {
    fn newest(&self) -> &str {
        "unbound"
    }

    fn wrap<'s>(
        &'s self,
        key: &'s DataKey,
        _: &'s [u8],
    ) -> BoxFuture<'s, Result<WrappedKey, StoreError>> {
        let (kid, bytes) = (self.newest().to_owned(), key.expose().to_vec());
        Box::pin(async { Ok(WrappedKey { kid, bytes }) })
    }

    fn unwrap<'s>(
        &'s self,
        key: &'s WrappedKey,
        _: &'s [u8],
    ) -> BoxFuture<'s, Result<DataKey, StoreError>> {
        Box::pin(async { Ok(DataKey::new(key.bytes.as_slice().try_into().unwrap())) })
    }
}

#[test]
fn a_record_with_another_head_is_refused_whatever_wraps_the_keys() -> Outcome {
    let shelf = Arc::new(Shelf::default());
    let store = Encrypted::new(shelf.clone(), Unbound);
    assert!(run(store.write("a", 0, Some(b"secret of a")))?);
    let intact = shelf.bytes("a");
    let at = 8 + 1 + 8 + 4;
    assert_eq!(intact[at], b'a');
    // As that of another key, as another version, and as a removal.
    for (changed, key, version) in [(at, "b", 1), (at - 5, "a", 2), (8, "a", 1)] {
        let mut bytes = intact.clone();
        bytes[changed] = match changed {
            8 => 1,
            _ if version == 2 => 2,
            _ => b'b',
        };
        shelf.put(key, version, Some(bytes));
        let error = error(&store, key);
        assert!(error.is_tampered(), "{error}");
        assert!(
            error
                .to_string()
                .contains("was changed after it was written"),
            "{error}"
        );
    }
    Ok(())
}

#[test]
fn each_wrong_key_has_its_own_error() -> Outcome {
    let (shelf, _) = filled();
    let wrong = EncryptionKeys::new("k1", [8; 32])?;
    let refused = error(&Encrypted::new(shelf.clone(), wrong), "a");
    assert!(
        refused.is_wrong_key() && !refused.is_tampered(),
        "{refused}"
    );
    assert!(
        refused
            .to_string()
            .contains("give the key that had this id"),
        "{refused}"
    );

    let unknown = EncryptionKeys::new("k2", [7; 32])?;
    let refused = error(&Encrypted::new(shelf.clone(), unknown), "a");
    assert!(
        refused.is_unknown_key() && !refused.is_tampered(),
        "{refused}"
    );
    assert!(
        refused
            .to_string()
            .contains(r#"the key "k1", which is not among"#),
        "{refused}"
    );

    let both = EncryptionKeys::new("k2", [9; 32])?.and_older("k1", [7; 32])?;
    assert!(reads(&Encrypted::new(shelf, both), "a"));
    Ok(())
}

#[test]
fn an_older_state_is_refused_by_the_same_process() -> Outcome {
    let (shelf, store) = filled();
    let old = shelf.get("a");
    assert!(run(store.write("a", 1, Some(b"new")))?);
    let new = shelf.get("a");
    shelf.put("a", old.version, old.value.clone());
    let refused = error(&store, "a");
    assert!(refused.is_rolled_back() && refused.is_tampered());
    assert!(
        refused
            .to_string()
            .contains("has version 1 of the record, and had version 2")
    );
    assert!(run(store.keys()).unwrap_err().is_rolled_back());
    // Nor is it written over: whoever saw the old version is told that another was faster.
    assert!(!run(store.write("a", 1, Some(b"over it")))?);
    // A removed record that comes back, and one that was never there.
    shelf.put("a", new.version, new.value);
    assert!(reads(&store, "a"));
    shelf.forget("c");
    assert!(error(&store, "c").is_rolled_back());
    assert!(run(store.keys()).unwrap_err().is_rolled_back());
    Ok(())
}

#[test]
fn an_older_state_is_refused_by_another_process_that_has_the_anchor() -> Outcome {
    let folder = Folder::new();
    let shelf = Arc::new(Shelf::default());
    let open = || Encrypted::new(shelf.clone(), keys()).anchor(folder.join("anchor"));
    assert!(run(open().write("a", 0, Some(b"old")))?);
    let old = shelf.get("a");
    assert!(run(open().write("a", 1, Some(b"new")))?);
    assert!(reads(&open(), "a"));
    shelf.put("a", old.version, old.value);
    assert!(error(&open(), "a").is_rolled_back());
    assert!(!run(open().write("a", 1, Some(b"over it")))?);
    shelf.forget("a");
    assert!(error(&open(), "a").is_rolled_back());
    assert!(run(open().keys()).unwrap_err().is_rolled_back());
    Ok(())
}

#[test]
fn what_is_read_is_anchored_too() -> Outcome {
    let folder = Folder::new();
    let (shelf, plain) = filled();
    let old = shelf.get("a");
    let open = || Encrypted::new(shelf.clone(), keys()).anchor(folder.join("anchor"));
    // Written by a process without the anchor, and read by one with it.
    assert!(run(plain.write("a", 1, Some(b"new")))?);
    assert!(reads(&open(), "a"));
    shelf.put("a", old.version, old.value);
    assert!(error(&open(), "a").is_rolled_back());
    Ok(())
}

#[test]
fn an_anchor_that_was_changed_is_refused() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("anchor");
    let shelf = Arc::new(Shelf::default());
    let open = || Encrypted::new(shelf.clone(), keys()).anchor(&path);
    let store = open();
    assert!(run(store.write("a", 0, Some(b"x")))?);
    let intact = std::fs::read(&path).unwrap();
    for at in 0..intact.len() {
        let mut bytes = intact.clone();
        bytes[at] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let refused = error(&open(), "a");
        let is_clear = refused.is_tampered() || refused.is_wrong_key() || refused.is_unknown_key();
        assert!(
            is_clear && refused.to_string().contains("anchor"),
            "byte {at}: {refused}"
        );
        std::fs::write(&path, &intact[..at]).unwrap();
        assert!(error(&open(), "a").is_tampered(), "{at} bytes");
    }
    // A record is no anchor, and an anchor no record.
    std::fs::write(&path, shelf.bytes("a")).unwrap();
    assert!(error(&open(), "a").is_tampered());
    shelf.put("attache anchor", 0, Some(intact));
    std::fs::remove_file(&path).unwrap();
    assert!(error(&open(), "attache anchor").is_tampered());
    // A process that has read it does not take it for a new one.
    assert!(error(&store, "a").is_tampered());
    Ok(())
}
