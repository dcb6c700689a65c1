use std::error::Error;

use super::{Encrypted, EncryptionKeys, MemoryStore, Record, RecordStore, StoreError};

type Outcome = Result<(), Box<dyn Error>>;

/// Runs what never waits for a timer or a socket.
fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

fn refused(text: &str) -> StoreError {
    EncryptionKeys::from_text(text).expect_err("the text has no keys")
}

#[test]
fn keys_are_read_from_text() -> Outcome {
    let new = "q0mZhN0ZKxU0Cw8Jd9yq0n9l2m9m0xq1m5p7m2b1c3A=";
    let old = "b0mZhN0ZKxU0Cw8Jd9yq0n9l2m9m0xq1m5p7m2b1c3A=";
    let keys = EncryptionKeys::from_text(format!("new:{new}, old:{old}\n"))?;
    assert_eq!(keys.kids().collect::<Vec<_>>(), ["new", "old"]);
    for text in [
        "",
        " , ",
        new,
        "new:",
        "new:AAAA",
        &format!(":{new}"),
        &format!("a b:{new}"),
        &format!("new:{new},new:{old}"),
        &format!("new:{}=", "A".repeat(43)),
        &format!("new:{new},old:{}", &old[1..]),
    ] {
        let error = refused(text);
        assert!(error.is_invalid(), "{text}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&new[1..9]) && !shown.contains(&old[1..9]));
    }
    Ok(())
}

#[test]
fn nothing_secret_is_shown() -> Outcome {
    let keys = EncryptionKeys::new("a", *b"0123456789abcdef0123456789abcdef")?;
    let store = Encrypted::new(MemoryStore::new(), keys);
    assert!(run(store.write("k", 0, Some(b"hunter2")))?);
    let record = run(store.read("k"))?;
    assert_eq!(
        format!("{store:?} {record:?}"),
        r#"Encrypted { store: MemoryStore, keys: EncryptionKeys["a"], .. } Record(version 1, 7 bytes)"#
    );
    Ok(())
}

#[test]
fn the_last_version_is_the_last() -> Outcome {
    let store = Encrypted::new(MemoryStore::new(), EncryptionKeys::new("a", [1; 32])?);
    assert!(!run(store.write("k", u64::MAX, None))?);
    assert_eq!(run(store.read("k"))?, Record::default());
    Ok(())
}

#[test]
fn keys_and_values_have_their_limits() -> Outcome {
    let store = Encrypted::new(MemoryStore::new(), EncryptionKeys::new("a", [1; 32])?);
    for key in ["", "a\0b", &"x".repeat(513)] {
        assert!(run(store.read(key)).is_err_and(|error| error.is_invalid()));
        assert!(run(store.write(key, 0, None)).is_err_and(|error| error.is_invalid()));
    }
    let long = vec![0; (1 << 20) + 1];
    let written = run(store.write("k", 0, Some(&long)));
    assert!(written.is_err_and(|error| error.is_invalid()));
    Ok(())
}
