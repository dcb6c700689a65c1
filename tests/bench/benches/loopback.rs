//! A generated client against bare reqwest and serde_json, over a real connection on the loopback interface: the same
//! requests, the same answers, in turns.

use std::future::Future;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache_bench::{Client, derived, documents};
use reqwest::header::ACCEPT;

/// Bytes of an answer: one issue, or a page of them.
const ANSWERS: [(&str, usize); 2] = [("small", 1), ("page", 60_000)];
const CONCURRENCY: [usize; 2] = [1, 64];
/// How long one side is measured at a time, and how often the sides take turns.
const TURN: Duration = Duration::from_millis(250);
const TURNS: usize = 12;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for (name, bytes) in ANSWERS {
        let address = serve(&documents::issues(bytes));
        let generated = Arc::new(
            Client::builder()
                .base_url(format!("http://{address}"))
                .build()
                .expect("the settings are valid"),
        );
        // The same work: calls of the generated client have a deadline.
        let bare = reqwest::Client::builder().timeout(Duration::from_secs(30));
        let bare = bare.build().expect("a client");
        let url: Arc<str> = format!("http://{address}/issues").into();
        for concurrency in CONCURRENCY {
            let by_generated = || {
                let client = generated.clone();
                async move {
                    let issues = client.issues().list().send().await.expect("200");
                    assert!(!issues.is_empty());
                }
            };
            let by_bare = || {
                let (client, url) = (bare.clone(), url.clone());
                async move {
                    let request = client.get(&*url).header(ACCEPT, "application/json");
                    let answer = request.send().await.expect("an answer");
                    let body = answer.error_for_status().expect("200").bytes().await;
                    let body = body.expect("a body");
                    let issues: Vec<derived::Issue> =
                        serde_json::from_slice(&body).expect("issues");
                    assert!(!issues.is_empty());
                }
            };
            // The first turn opens connections.
            for at in 0..=TURNS {
                let (ours, ours_cpu) = runtime.block_on(turn(concurrency, &by_generated));
                let (theirs, theirs_cpu) = runtime.block_on(turn(concurrency, &by_bare));
                if at > 0 {
                    println!("{name} {concurrency} {ours} {theirs} {ours_cpu} {theirs_cpu}");
                }
            }
        }
    }
}

/// Makes calls for a while; nanoseconds per call by the clock, and of this thread's processor.
async fn turn<F: Future<Output = ()> + 'static>(
    concurrency: usize,
    call: &impl Fn() -> F,
) -> (u64, u64) {
    let (begun, cpu) = (Instant::now(), cpu_time());
    let mut calls = 0;
    if concurrency == 1 {
        while begun.elapsed() < TURN {
            call().await;
            calls += 1;
        }
    } else {
        let mut tasks = tokio::task::JoinSet::new();
        let set = tokio::task::LocalSet::new();
        calls = set
            .run_until(async {
                let mut done = 0;
                (0..concurrency).for_each(|_| drop(tasks.spawn_local(call())));
                while let Some(ended) = tasks.join_next().await {
                    ended.expect("no call panics");
                    done += 1;
                    if begun.elapsed() < TURN {
                        tasks.spawn_local(call());
                    }
                }
                done
            })
            .await;
    }
    let per_call = |nanoseconds: u128| u64::try_from(nanoseconds / calls).unwrap_or(u64::MAX);
    let by_clock = begun.elapsed().as_nanos();
    (per_call(by_clock), per_call(u128::from(cpu_time() - cpu)))
}

/// The processor time of this thread, in nanoseconds.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Answers each request on each connection with the same, from threads of its own.
fn serve(body: &str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: 5f2c\r\ndate: Sat, 28 Nov 2026 00:00:00 GMT\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let answer: Arc<[u8]> = [head.as_bytes(), body.as_bytes()].concat().into();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let answer = answer.clone();
            std::thread::spawn(move || converse(stream, &answer));
        }
    });
    address
}

fn converse(mut stream: TcpStream, answer: &[u8]) {
    let _ = stream.set_nodelay(true);
    let mut request = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        request.extend_from_slice(&piece[..read]);
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }
}
