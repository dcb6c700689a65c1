//! What every store does, whatever it keeps its records in.

use std::sync::Arc;
use std::time::Duration;

use attache_runtime::store::{Record, RecordStore, StoreError};

pub type Store = Arc<dyn RecordStore>;
type Outcome = Result<(), StoreError>;

const LONG: Duration = Duration::from_secs(60);

/// Checks all of it with two handles on one store, as two processes have them.
pub async fn holds(one: Store, other: Store) -> Outcome {
    versions_count_up(&one, &other).await?;
    any_key_and_value_comes_back(&one, &other).await?;
    only_what_has_a_value_is_listed(&one, &other).await?;
    one_owner_has_a_lease(&one, &other).await?;
    a_lease_ends(&one, &other).await?;
    of_many_one_gets_the_lease(&one, &other).await?;
    no_increment_is_lost(&one, &other).await
}

fn record(version: u64, value: Option<&str>) -> Record {
    let value = value.map(|value| value.as_bytes().to_vec());
    Record { version, value }
}

async fn versions_count_up(one: &Store, other: &Store) -> Outcome {
    assert_eq!(one.read("v").await?, record(0, None));
    assert!(!one.write("v", 1, Some(b"early")).await?);
    assert!(one.write("v", 0, Some(b"a")).await?);
    assert_eq!(other.read("v").await?, record(1, Some("a")));
    assert!(!other.write("v", 0, Some(b"late")).await?);
    assert!(!other.write("v", 2, Some(b"early")).await?);
    assert!(other.write("v", 1, Some(b"b")).await?);
    assert!(!one.write("v", 1, None).await?);
    assert_eq!(one.read("v").await?, record(2, Some("b")));
    // What is removed goes on counting, and is written again from there.
    assert!(one.write("v", 2, None).await?);
    assert_eq!(other.read("v").await?, record(3, None));
    assert!(!other.write("v", 0, Some(b"anew")).await?);
    assert!(other.write("v", 3, Some(b"c")).await?);
    assert_eq!(one.read("v").await?, record(4, Some("c")));
    // Also what never had a value can be removed.
    assert!(one.write("removed first", 0, None).await?);
    assert_eq!(other.read("removed first").await?, record(1, None));
    Ok(())
}

async fn any_key_and_value_comes_back(one: &Store, other: &Store) -> Outcome {
    let long = "k".repeat(512);
    let keys = [
        "a/b:c", "A/B:C", "%", "_", "'", "\"", "\\", " ", "\n", "ü", "🔑", "../x", &long,
    ];
    let binary: Vec<u8> = (0..=255).collect();
    for key in keys {
        let value = [key.as_bytes(), &binary].concat();
        assert!(one.write(key, 0, Some(&value)).await?, "{key:?}");
        let read = other.read(key).await?;
        assert_eq!(read.value.as_deref(), Some(&value[..]), "{key:?}");
    }
    for value in [vec![0; 1 << 20], vec![]] {
        let version = one.read("length").await?.version;
        assert!(one.write("length", version, Some(&value)).await?);
        assert_eq!(other.read("length").await?.value, Some(value));
    }
    for key in ["", "a\0b", &"k".repeat(513)] {
        // An owner that a text of PostgreSQL cannot have.
        let no_owner = one.lease("owned", "a\0b", LONG).await;
        assert!(no_owner.is_err_and(|error| error.is_invalid()));
        let outcomes = [
            one.release(key, "owner").await,
            one.read(key).await.map(drop),
            one.write(key, 0, None).await.map(drop),
            one.lease(key, "owner", LONG).await.map(drop),
        ];
        for outcome in outcomes {
            assert!(outcome.is_err_and(|error| error.is_invalid()), "{key:?}");
        }
    }
    Ok(())
}

async fn only_what_has_a_value_is_listed(one: &Store, other: &Store) -> Outcome {
    assert!(one.write("listed/b", 0, Some(b"")).await?);
    assert!(one.write("listed/a", 0, Some(b"x")).await?);
    assert!(one.write("listed/removed", 0, Some(b"x")).await?);
    assert!(one.write("listed/removed", 1, None).await?);
    assert!(one.lease("listed/leased", "owner", LONG).await?);
    let mut keys = other.keys().await?;
    assert!(keys.is_sorted());
    keys.retain(|key| key.starts_with("listed/"));
    assert_eq!(keys, ["listed/a", "listed/b"]);
    Ok(())
}

async fn one_owner_has_a_lease(one: &Store, other: &Store) -> Outcome {
    assert!(one.lease("l", "first", LONG).await?);
    assert!(!other.lease("l", "second", LONG).await?);
    assert!(one.lease("l", "first", LONG).await?);
    assert!(other.lease("another key", "second", LONG).await?);
    // It is that of its owner, and has nothing to do with the record.
    other.release("l", "second").await?;
    assert!(!other.lease("l", "second", LONG).await?);
    assert!(other.write("l", 0, Some(b"x")).await?);
    assert!(!other.lease("l", "second", LONG).await?);
    one.release("l", "first").await?;
    one.release("never leased", "first").await?;
    assert!(other.lease("l", "second", LONG).await?);
    assert_eq!(one.read("l").await?, record(1, Some("x")));
    // Longer than any clock counts.
    assert!(one.lease("for ever", "first", Duration::MAX).await?);
    assert!(!other.lease("for ever", "second", LONG).await?);
    Ok(())
}

async fn a_lease_ends(one: &Store, other: &Store) -> Outcome {
    let short = Duration::from_millis(1_500);
    assert!(one.lease("short", "first", short).await?);
    assert!(one.lease("prolonged", "first", short).await?);
    assert!(one.lease("prolonged", "first", LONG).await?);
    assert!(!other.lease("short", "second", short).await?);
    tokio::time::sleep(short + Duration::from_millis(100)).await;
    assert!(other.lease("short", "second", LONG).await?);
    assert!(!one.lease("short", "first", LONG).await?);
    assert!(!other.lease("prolonged", "second", LONG).await?);
    Ok(())
}

async fn of_many_one_gets_the_lease(one: &Store, other: &Store) -> Outcome {
    let tasks = (0..16).map(|index| {
        let store = if index % 2 == 0 { one } else { other }.clone();
        tokio::spawn(async move { store.lease("wanted", &format!("owner {index}"), LONG).await })
    });
    let mut winners = 0;
    for task in tasks.collect::<Vec<_>>() {
        winners += usize::from(task.await.expect("no task panics")?);
    }
    assert_eq!(winners, 1);
    Ok(())
}

async fn no_increment_is_lost(one: &Store, other: &Store) -> Outcome {
    let tasks = (0..4).map(|index| {
        let store = if index % 2 == 0 { one } else { other }.clone();
        tokio::spawn(async move { increment(&*store, "count", 10).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("no task panics")?;
    }
    assert_eq!(one.read("count").await?, record(40, Some("40")));
    Ok(())
}

/// Adds one as often as it says.
pub async fn increment(store: &dyn RecordStore, key: &str, times: usize) -> Outcome {
    let mut left = times;
    while left > 0 {
        let record = store.read(key).await?;
        let text = record.value.unwrap_or_else(|| b"0".to_vec());
        let count: u64 = str::from_utf8(&text).unwrap().parse().unwrap();
        let next = (count + 1).to_string();
        let is_written = store.write(key, record.version, Some(next.as_bytes()));
        left -= usize::from(is_written.await?);
    }
    Ok(())
}
