//! Keys in a keyring: the mock of `keyring-core`, which keeps entries while the process lives.

use std::sync::Arc;

use attache_runtime::store::{Encrypted, EncryptionKeys, MemoryStore, RecordStore, StoreError};
use keyring_core::mock::{Cred, Store};
use keyring_core::{CredentialStore, Entry, Error};

type Outcome = Result<(), StoreError>;

fn keyring() -> Arc<CredentialStore> {
    Store::new().expect("the mock is made")
}

fn entry(keyring: &Arc<CredentialStore>) -> Entry {
    Entry::new_in_store(keyring, "attache", "keys").expect("the mock has any entry")
}

fn fails(entry: &Entry, error: Error) {
    let credential = entry.as_any().downcast_ref::<Cred>();
    credential.expect("it is one of the mock").set_error(error);
}

#[test]
fn keys_are_made_once_and_found_again() -> Outcome {
    let keyring = keyring();
    let missing = EncryptionKeys::from_entry(&entry(&keyring)).expect_err("nothing is there");
    assert!(missing.is_invalid(), "{missing}");
    let made = EncryptionKeys::from_entry_or_new(&entry(&keyring))?;
    let again = EncryptionKeys::from_entry_or_new(&entry(&keyring))?;
    let store = Arc::new(MemoryStore::new());
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(async {
        let first = Encrypted::new(store.clone(), made);
        assert!(first.write("k", 0, Some(b"x")).await?);
        let read = Encrypted::new(store, again).read("k").await?;
        assert_eq!(read.value.as_deref(), Some(&b"x"[..]));
        Ok(())
    })
}

#[test]
fn a_keyring_that_is_locked_is_not_an_empty_one() -> Outcome {
    let keyring = keyring();
    let entry = entry(&keyring);
    let made = EncryptionKeys::from_entry_or_new(&entry)?;
    fails(&entry, Error::NoStorageAccess("locked".into()));
    let refused = EncryptionKeys::from_entry_or_new(&entry).expect_err("it is locked");
    assert!(refused.is_unavailable(), "{refused}");
    assert!(
        refused.to_string().contains("unlock the keyring"),
        "{refused}"
    );
    // Nothing was put in place of what is there.
    assert!(EncryptionKeys::from_entry(&entry)?.kids().eq(made.kids()));
    Ok(())
}

#[test]
fn what_is_no_key_is_neither_used_nor_shown() {
    let keyring = keyring();
    let entry = entry(&keyring);
    entry.set_password("hunter2").expect("the mock keeps it");
    let refused = EncryptionKeys::from_entry_or_new(&entry).expect_err("it is no key");
    assert!(refused.is_invalid());
    assert!(!format!("{refused} {refused:?}").contains("hunter2"));
    let raw = Error::BadDataFormat(b"hunter2".to_vec(), "hunter2".into());
    fails(&entry, raw);
    let refused = EncryptionKeys::from_entry(&entry).expect_err("it is no text");
    assert!(!format!("{refused} {refused:?}").contains("hunter2"));
    assert_eq!(entry.get_password().expect("it is left"), "hunter2");
}
