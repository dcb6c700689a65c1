//! The store in PostgreSQL: what every store does, connections that are cut, and a server that crashes.
//!
//! Needs PostgreSQL; without, and unless `ATTACHE_REQUIRE_SERVICES` is set, the tests say so and pass.

#![cfg(unix)]

mod kept;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use attache_runtime::store::{
    Encrypted, PostgresConnection, PostgresStore, RecordStore, StoreError,
};
use kept::contract::{holds, increment};
use kept::cutting::Cutting;
use kept::folder::Folder;
use kept::postgres::Postgres;
use kept::process::{Worker, open, work};
use kept::{keys, run};

type Outcome = Result<(), StoreError>;
type Store = Encrypted<PostgresStore>;

const HOUR: Duration = Duration::from_secs(3_600);

/// What the processes do that the tests below start.
#[test]
fn worker() {
    work();
}

async fn connect(postgres: &Postgres, table: &str) -> Result<Store, StoreError> {
    let connection = PostgresConnection::new(&postgres.address())?;
    PostgresStore::open(connection, table, keys()).await
}

#[test]
fn postgres() -> Outcome {
    let Some(server) = Postgres::start() else {
        return Ok(());
    };
    run(async {
        let one = connect(&server, "records").await?;
        let other = connect(&server, "records").await?;
        holds(Arc::new(one), Arc::new(other)).await
    })?;
    three_processes_lose_no_increment(&server)?;
    run(leases_end_by_the_clock_of_the_server(&server))?;
    run(tables_have_any_name(&server))?;
    run(of_many_that_make_the_table_all_can_use_it(&server))?;
    run(whoever_may_not_make_it_can_use_it(&server))
}

fn three_processes_lose_no_increment(server: &Postgres) -> Outcome {
    server.run("DROP TABLE records");
    let address = format!("postgres:{}", server.address());
    let start = || Worker::start("25", &address);
    let workers: Vec<Worker> = (0..3).map(|_| start()).collect();
    workers.into_iter().for_each(Worker::wait);
    let keys = kept::process::keys();
    let record = run(async { open(&address, keys).await?.read("count").await })?;
    assert_eq!((record.version, record.value), (75, Some(b"75".to_vec())));
    Ok(())
}

async fn leases_end_by_the_clock_of_the_server(server: &Postgres) -> Outcome {
    let store = connect(server, "leases").await?;
    assert!(store.lease("k", "first", HOUR).await?);
    assert!(!store.lease("k", "second", HOUR).await?);
    let left = server.run("SELECT round(extract(epoch FROM lease_ends - now()) / 60) FROM leases");
    assert_eq!(left, "60");
    server.run("UPDATE leases SET lease_ends = now()");
    assert!(store.lease("k", "second", HOUR).await?);
    Ok(())
}

async fn tables_have_any_name(server: &Postgres) -> Outcome {
    server.run(r#"CREATE SCHEMA "My ""schema""""#);
    for name in [
        r#"x"; DROP TABLE leases; --"#,
        r#"My "schema".Table"#,
        "select",
        &"n".repeat(63),
    ] {
        for version in 0..2 {
            let store = connect(server, name).await?;
            assert!(store.write("k", version, Some(b"x")).await?, "{name}");
        }
    }
    assert_eq!(server.run("SELECT count(*) FROM leases"), "1");
    let found = server.run(r#"SELECT count(*) FROM "My ""schema"""."Table""#);
    assert_eq!(found, "1");
    for name in ["", ".", "a.b.c", "a.", "a\0b", &"n".repeat(64)] {
        let refused = connect(server, name).await.expect_err("it is no name");
        assert!(refused.is_invalid(), "{name:?}: {refused}");
    }
    Ok(())
}

async fn of_many_that_make_the_table_all_can_use_it(server: &Postgres) -> Outcome {
    let stores = (0..8).map(|_| {
        let connection = PostgresConnection::new(&server.address());
        tokio::spawn(async move { PostgresStore::open(connection?, "raced", keys()).await })
    });
    for store in stores.collect::<Vec<_>>() {
        store.await.expect("no task panics")?.read("k").await?;
    }
    Ok(())
}

async fn whoever_may_not_make_it_can_use_it(server: &Postgres) -> Outcome {
    server.run("CREATE ROLE app LOGIN; GRANT SELECT, INSERT, UPDATE ON leases TO app");
    let address = server.address().replace("user=attache", "user=app");
    let connect = async |table| {
        let connection = PostgresConnection::new(&address)?;
        PostgresStore::open(connection, table, keys()).await
    };
    assert!(connect("leases").await?.write("app", 0, Some(b"x")).await?);
    let refused = connect("another").await.expect_err("it may not make it");
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
    assert!(refused.to_string().contains("table another"), "{refused}");
    Ok(())
}

#[test]
fn connections_that_are_cut_lose_no_increment_and_count_none_twice() -> Outcome {
    let Some(server) = Postgres::start() else {
        return Ok(());
    };
    run(async {
        let store = connect(&server, "records").await?;
        let writing = tokio::spawn(async move {
            increment(&store, "count", 300).await?;
            store.read("count").await
        });
        let mut cuts = 0;
        while !writing.is_finished() {
            let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                          WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
            cuts += server.run(others).parse::<usize>().unwrap();
        }
        let record = writing.await.expect("no task panics")?;
        assert_eq!((record.version, record.value), (300, Some(b"300".to_vec())));
        assert!(cuts > 2, "{cuts} cuts");
        Ok(())
    })
}

#[test]
fn a_write_whose_answer_is_lost_counts_once() -> Outcome {
    let Some(server) = Postgres::start() else {
        return Ok(());
    };
    let folder = Folder::new();
    let between = Cutting::start(folder.path(), server.socket());
    run(async {
        let connection = PostgresConnection::new(&between.address())?;
        let store = PostgresStore::open(connection, "records", keys()).await?;
        assert!(store.write("k", 0, Some(b"x")).await?);
        for version in 1..4 {
            // One that is closed before is no answer that is lost.
            server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
            between.cut_next_update();
            assert!(store.write("k", version, Some(b"x")).await?);
            assert!(between.is_cut());
            assert_eq!(store.read("k").await?.version, version + 1);
        }
        // Another that was faster is still told from it.
        between.cut_next_update();
        server.run("UPDATE records SET version = version + 1");
        let raw = store.write("k", 4, Some(b"y")).await?;
        assert!(!raw && between.is_cut());
        Ok(())
    })
}

#[test]
fn a_server_that_crashes_has_all_that_was_written() -> Outcome {
    let Some(mut server) = Postgres::start() else {
        return Ok(());
    };
    run(async {
        let made = Arc::new(AtomicUsize::new(0));
        let connection = PostgresConnection::by({
            let (made, address) = (made.clone(), server.address());
            move || {
                made.fetch_add(1, Ordering::Relaxed);
                let address = address.clone();
                async move {
                    let tls = tokio_postgres::NoTls;
                    let (client, connection) = tokio_postgres::connect(&address, tls).await?;
                    tokio::spawn(connection);
                    Ok(client)
                }
            }
        });
        let store = Arc::new(PostgresStore::open(connection, "records", keys()).await?);
        for round in 1..=3 {
            let writer = store.clone();
            let writing = tokio::spawn(async move {
                let mut version = writer.read("k").await.expect("it is there").version;
                while let Ok(true) = writer.write("k", version, Some(b"x")).await {
                    version += 1;
                }
                version
            });
            tokio::time::sleep(Duration::from_millis(300)).await;
            server.crash();
            let acknowledged = writing.await.expect("no task panics");
            let refused = store.read("k").await.expect_err("it is away");
            assert!(refused.is_unavailable(), "{refused}");
            assert!(refused.to_string().contains("records"), "{refused}");
            server.start_again();
            // One more may have been written, and not acknowledged in time.
            let version = store.read("k").await?.version;
            assert!((acknowledged..=acknowledged + 1).contains(&version));
            assert!(version > round);
        }
        assert!(made.load(Ordering::Relaxed) >= 4);
        Ok(())
    })
}

#[test]
fn nothing_of_an_address_is_shown() {
    let error = PostgresConnection::new("postgres://app:hunter2@host:notaport/app").unwrap_err();
    assert!(error.is_invalid());
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    run(async {
        let away = "host=/nowhere user=app password=hunter2";
        let connection = PostgresConnection::new(away).expect("it is an address");
        let error = PostgresStore::open(connection, "records", keys()).await;
        let error = error.expect_err("nobody is there");
        assert!(error.is_unavailable());
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    });
}
