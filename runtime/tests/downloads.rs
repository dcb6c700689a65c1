//! Bodies that are taken piece by piece or saved in files, and bodies that are compressed.

#![cfg(feature = "transport-hyper")]

mod connection;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use attache_runtime::response::Download;
use attache_runtime::{
    ApiMeta, Client, ClientBuilder, Error, Json, OperationMeta, Text, Undocumented,
};
use connection::{Connection, serve};

static API: ApiMeta = ApiMeta::new("downloads", "/");
static FETCH: OperationMeta = OperationMeta::new("fetch", "GET", "/file");
static LOOK: OperationMeta = OperationMeta::new("look", "HEAD", "/file");

fn client(base_url: String) -> Client {
    ClientBuilder::new(&API)
        .base_url(base_url)
        .body_limit(100_000)
        .retry(attache_runtime::Retry::off())
        .build()
        .expect("the configuration is valid")
}

fn head(headers: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{headers}\r\n")
}

/// An empty folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("downloads")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    folder
}

fn files(folder: &PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|entry| {
            entry
                .expect("it can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

async fn download(client: &Client) -> Result<Download<Undocumented>, Error<Undocumented>> {
    client.call(&FETCH).download().await
}

/// How large the file is: `ATTACHE_DOWNLOAD_MIB` of them, or 64.
fn mebibytes() -> usize {
    let stated = std::env::var("ATTACHE_DOWNLOAD_MIB").ok();
    stated.map_or(64, |stated| stated.parse().expect("a number"))
}

/// The most memory that this process has had, in MiB.
#[cfg(target_os = "linux")]
fn peak_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kibibytes.expect("Linux tells it") / 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_goes_to_disk_as_it_comes() {
    let (mebibytes, piece) = (mebibytes(), vec![b'x'; 1 << 20]);
    let (base_url, server) = serve(vec![Box::new(move |connection: &mut Connection| {
        connection.send(&head(&format!("content-length: {}\r\n", mebibytes << 20)));
        for _ in 0..mebibytes {
            connection
                .stream
                .write_all(&piece)
                .expect("the client reads");
        }
    })]);
    let folder = folder("large");
    let client = ClientBuilder::new(&API)
        .base_url(base_url)
        .build()
        .expect("valid");
    let download = download(&client).await.expect("it begins");
    assert_eq!(download.length(), Some((mebibytes as u64) << 20));
    let saved = download
        .to_file(folder.join("file"))
        .await
        .expect("it is saved");
    assert_eq!(saved, (mebibytes as u64) << 20);
    assert_eq!(files(&folder), ["file"]);
    let length = fs::metadata(folder.join("file"))
        .expect("it is there")
        .len();
    assert_eq!(length, saved);
    #[cfg(target_os = "linux")]
    assert!(peak_memory() < 64, "{} MiB", peak_memory());
    server.join().expect("the server does not panic");
    fs::remove_dir_all(folder).expect("it can be removed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_or_breaks_off_leaves_nothing_behind() {
    let (begun, wait) = mpsc::channel::<()>();
    let (base_url, server) = serve(vec![
        Box::new(move |connection: &mut Connection| {
            connection.send(&head("content-length: 1000000000\r\n"));
            connection.send("some");
            begun.send(()).expect("the test waits");
            while connection.stream.write_all(&[0; 1000]).is_ok() {}
        }),
        Box::new(|connection: &mut Connection| {
            connection.send(&head("content-length: 100\r\n"));
            connection.send("short");
        }),
        Box::new(|connection: &mut Connection| {
            connection.send(&head("content-length: 11\r\n"));
            connection.send("12345678901");
        }),
    ]);
    let folder = folder("given-up");
    let path = folder.join("file");
    fs::write(&path, "what was there before").expect("it can be written");
    let client = client(base_url);

    let saving = download(&client)
        .await
        .expect("it begins")
        .to_file(path.clone());
    let task = tokio::spawn(saving);
    wait.recv().expect("the server has begun");
    tokio::time::sleep(Duration::from_millis(20)).await;
    task.abort();
    assert!(task.await.expect_err("it was given up").is_cancelled());
    assert_eq!(files(&folder), ["file"]);

    let broken = download(&client)
        .await
        .expect("it begins")
        .to_file(&path)
        .await;
    let error = broken.expect_err("it breaks off").to_string();
    assert!(
        error.contains("the answer broke off in its body"),
        "{error}"
    );

    let large = download(&client)
        .await
        .expect("it begins")
        .limit(10)
        .to_file(&path)
        .await;
    let error = large.expect_err("it is too large").to_string();
    assert!(
        error.contains("more than the 10 bytes that the download may have"),
        "{error}"
    );

    assert_eq!(files(&folder), ["file"]);
    assert_eq!(
        fs::read_to_string(&path).expect("it is there"),
        "what was there before"
    );
    server
        .join()
        .expect("the server's writing fails, so it ends");
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_that_names_it() {
    let (base_url, server) = serve(vec![Box::new(|connection: &mut Connection| {
        connection.send(&head("content-length: 1\r\n"));
        connection.send("1");
    })]);
    let path = folder("absent").join("no-such-folder").join("file");
    let download = download(&client(base_url)).await.expect("it begins");
    let error = download
        .to_file(&path)
        .await
        .expect_err("there is no such folder");
    let message = error.to_string();
    assert!(
        message.contains(&format!("could not be saved as {}", path.display())),
        "{message}"
    );
    assert!(std::error::Error::source(&error).is_some());
    server.join().expect("the server does not panic");
}

#[cfg(feature = "gzip")]
async fn compressed(coding: &str, text: &str) -> Vec<u8> {
    use async_compression::tokio::write as encoders;
    use tokio::io::AsyncWriteExt;

    let mut bytes = text.as_bytes().to_vec();
    for coding in coding.split(", ") {
        macro_rules! encode {
            ($encoder:ident) => {{
                let mut encoder = encoders::$encoder::new(Vec::new());
                encoder.write_all(&bytes).await.expect("memory takes it");
                encoder.shutdown().await.expect("memory takes it");
                encoder.into_inner()
            }};
        }
        bytes = match coding {
            "gzip" | "x-gzip" => encode!(GzipEncoder),
            #[cfg(feature = "brotli")]
            "br" => encode!(BrotliEncoder),
            #[cfg(feature = "zstd")]
            "zstd" => encode!(ZstdEncoder),
            other => panic!("the test knows no coding {other}"),
        };
    }
    bytes
}

#[cfg(feature = "gzip")]
fn coded(coding: &'static str, bytes: Vec<u8>) -> Box<dyn FnOnce(&mut Connection) + Send> {
    Box::new(move |connection: &mut Connection| {
        connection.send(&head(&format!("content-encoding: {coding}\r\n")));
        let _ = connection.stream.write_all(&bytes);
    })
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn compressed_bodies_are_read() {
    let codings = [
        "gzip",
        "x-gzip",
        "gzip, gzip",
        #[cfg(feature = "brotli")]
        "br",
        #[cfg(feature = "zstd")]
        "zstd",
        #[cfg(all(feature = "zstd", feature = "brotli"))]
        "br, zstd",
    ];
    for coding in codings {
        let bytes = compressed(coding, r#"{"a":"b"}"#).await;
        let (base_url, server) = serve(vec![coded(coding, bytes), coded(coding, Vec::new())]);
        let client = client(base_url);
        let response = client
            .call(&FETCH)
            .send_full::<Json, Undocumented, ()>()
            .await;
        let response = response.expect("it is decoded");
        assert_eq!(response.body().to_string(), r#"{"a":"b"}"#, "{coding}");
        assert_eq!(response.headers().get("content-encoding"), Some(coding));
        let empty = client.call(&FETCH).send::<Text, Undocumented>().await;
        assert_eq!(
            empty.expect("no bytes are no bytes"),
            Text::default(),
            "{coding}"
        );
        let requests = server.join().expect("the server does not panic");
        assert!(requests[0].contains("gzip\r\n"), "{}", requests[0]);
    }
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn bombs_damage_and_unknown_codings() {
    let bomb = compressed("gzip", &"0".repeat(10_000_000)).await;
    assert!(bomb.len() < 20_000);
    let mut damaged = compressed("gzip", "all is well").await;
    damaged[12] ^= 0xFF;
    let (base_url, server) = serve(vec![
        coded("gzip", bomb.clone()),
        coded("gzip", bomb),
        coded("gzip", damaged),
        coded("rot13", b"uryyb".to_vec()),
    ]);
    let client = client(base_url);
    let send = || client.call(&FETCH).send::<Json, Undocumented>();
    let error = send().await.expect_err("it is a bomb");
    assert!(
        error.to_string().contains("more than 100000 bytes"),
        "{error}"
    );
    assert_eq!(error.body().map(|body| body.len()), Some(100_000));
    let download = download(&client).await.expect("it begins");
    let error = download
        .limit(1000)
        .to_file(folder("bomb").join("file"))
        .await;
    assert!(
        error
            .expect_err("it is a bomb")
            .to_string()
            .contains("more than the 1000 bytes")
    );
    let error = send().await.expect_err("it is damaged");
    assert!(
        error.to_string().contains("cannot be decompressed"),
        "{error}"
    );
    let error = send().await.expect_err("the coding is unknown");
    assert!(
        error
            .to_string()
            .contains("it is encoded as \"rot13\", which is not known here"),
        "{error}"
    );
    assert_eq!(
        error.body().map(|body| body.to_vec()),
        Some(b"uryyb".to_vec())
    );
    server.join().expect("the server does not panic");
}

#[tokio::test]
async fn answers_without_a_body() {
    let (base_url, server) = serve(vec![
        Box::new(|connection: &mut Connection| {
            connection.send(&head("content-length: 1000\r\ncontent-encoding: gzip\r\n"));
        }),
        Box::new(|connection: &mut Connection| {
            connection.send(
                "HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n",
            );
        }),
    ]);
    let client = client(base_url);
    let head = client.call(&LOOK).send_full::<(), Undocumented, ()>().await;
    assert_eq!(
        head.expect("a head").headers().get("content-length"),
        Some("1000")
    );
    client
        .call(&FETCH)
        .send::<(), Undocumented>()
        .await
        .expect("no content");
    server.join().expect("the server does not panic");
}
