//! Bodies from disk over a real connection: what arrives, and how much memory it takes.
//!
//! `ATTACHE_UPLOAD_MIB` sets the size of the large file; 1024 is the size that is promised.

use std::env;
use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use attache_runtime::{
    ApiMeta, Client, ClientBuilder, OperationMeta, Parameter, Undocumented, Upload,
};

static API: ApiMeta = ApiMeta::new("uploads", "0");
static UPLOAD: OperationMeta = OperationMeta::new("upload", "POST", "/files").parameters(&[
    Parameter::part("purpose"),
    Parameter::part("file").content_type("application/pdf"),
]);

/// How many bytes a run may add to the memory that the process takes, whatever it sends.
const ROOM: u64 = 64 << 20;

fn client(listener: &TcpListener) -> Client {
    let address = listener.local_addr().expect("it listens");
    ClientBuilder::new(&API)
        .base_url(format!("http://{address}"))
        .build()
        .expect("the client is complete")
}

/// Takes one request, gives its head and what `read` makes of its body, and answers it.
fn serve<T: Send + 'static>(
    listener: TcpListener,
    read: impl FnOnce(&mut dyn Read) -> T + Send + 'static,
) -> JoinHandle<(String, T)> {
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client comes");
        let mut reader = BufReader::new(stream.try_clone().expect("a socket has copies"));
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            reader.read_exact(&mut byte).expect("the head has an end");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head)
            .expect("a head is text")
            .to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length = length
            .and_then(|text| text.parse().ok())
            .expect("the length is known");
        let body = read(&mut reader.take(length));
        answer(&stream);
        (head, body)
    })
}

fn answer(mut stream: &TcpStream) {
    stream
        .write_all(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n")
        .expect("the client listens");
}

fn file(name: &str, length: u64) -> PathBuf {
    let path = env::temp_dir().join(format!("attache-{}-{name}", std::process::id()));
    let file = File::create(&path).expect("the folder for temporary files can be written");
    file.set_len(length).expect("there is room");
    path
}

#[tokio::test]
async fn parts_arrive_in_the_order_of_the_description() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let client = client(&listener);
    let server = serve(listener, |body| {
        let mut text = String::new();
        body.read_to_string(&mut text).expect("the body is text");
        text
    });
    let path = file("small", 0);
    fs::write(&path, "%PDF").expect("it was just made");
    let mut call = client.call(&UPLOAD);
    call.file(
        "file",
        Upload::file(&path)
            .expect("it is there")
            .file_name("label.pdf"),
    );
    call.part::<String>("purpose", "print");
    call.send::<(), Undocumented>()
        .await
        .expect("the server takes it");
    fs::remove_file(path).expect("it is there");
    let (head, body) = server.join().expect("the server ends");
    let boundary = head
        .split("boundary=")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let boundary = boundary.expect("the media type has a boundary");
    assert_eq!(
        body.replace(boundary, "B"),
        "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nprint\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"label.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n\
         --B--\r\n"
    );
}

#[tokio::test]
async fn a_large_file_takes_little_memory() {
    let mebibytes = env::var("ATTACHE_UPLOAD_MIB").ok();
    let mebibytes: u64 = mebibytes.and_then(|text| text.parse().ok()).unwrap_or(256);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let client = client(&listener);
    let server = serve(listener, |body| {
        let mut buffer = vec![0; 64 << 10];
        let mut length = 0;
        while let Ok(read @ 1..) = body.read(&mut buffer) {
            length += read as u64;
        }
        length
    });
    let path = file("large", mebibytes << 20);
    let before = peak_memory();
    let mut call = client.call(&UPLOAD);
    call.file("file", Upload::file(&path).expect("it is there"));
    call.timeout(std::time::Duration::from_secs(300));
    call.send::<(), Undocumented>()
        .await
        .expect("the server takes it");
    fs::remove_file(path).expect("it is there");
    let (_, length) = server.join().expect("the server ends");
    assert!(length > mebibytes << 20, "the whole file has arrived");
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        assert!(after - before < ROOM, "{} bytes more", after - before);
    }
}

#[tokio::test]
async fn a_file_that_became_shorter_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let client = client(&listener);
    let path = file("shrinking", 1 << 20);
    let upload = Upload::file(&path).expect("it is there");
    file("shrinking", 10);
    let mut call = client.call(&UPLOAD);
    call.file("file", upload);
    let error = call.send::<(), Undocumented>().await.unwrap_err();
    fs::remove_file(path).expect("it is there");
    let mut message = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        message.push_str(&format!(": {error}"));
        source = error.source();
    }
    assert!(
        message.contains("could not be sent to its end"),
        "{message}"
    );
    assert!(message.contains("has become shorter"), "{message}");
}

/// The most memory that the process has taken so far, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes << 10)
}
