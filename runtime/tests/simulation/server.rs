//! A server whose answers are random, and which remembers everything.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use attache_runtime::random::{Random, SeededRandom};
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportErrorKind, TransportRequest, TransportResponse,
};
use attache_runtime::{Clock, Headers};

/// What a request came to, as the server sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    Success,
    Throttled,
    Failed,
    NotSent,
    Lost,
    Hung,
}

#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) group: &'static str,
    pub(crate) call: usize,
    pub(crate) at: Duration,
    pub(crate) fate: Fate,
}

impl Sent {
    fn group_of(path: &str) -> &'static str {
        if path == "/a" { "a" } else { "b" }
    }
}

/// A request that has come to its end.
#[derive(Clone, Debug)]
pub(crate) struct Completed {
    pub(crate) group: &'static str,
    pub(crate) at: Duration,
    /// None where the client gave it up before.
    pub(crate) is_fault: Option<bool>,
}

/// A server whose answers are random, and which remembers everything.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) clock: SimulatedClock,
    pub(crate) random: Arc<SeededRandom>,
    pub(crate) begun: Instant,
    pub(crate) sent: Arc<Mutex<Vec<Sent>>>,
    /// Of ten requests.
    pub(crate) faults: u64,
    /// In the order of their ends.
    pub(crate) completed: Arc<Mutex<Vec<Completed>>>,
    /// How many requests are under way, and how many there have been at once.
    pub(crate) running: Arc<Mutex<(usize, usize)>>,
}

/// A request that is under way.
struct Running(Arc<Mutex<(usize, usize)>>);

impl Running {
    fn new(count: &Arc<Mutex<(usize, usize)>>) -> Self {
        let mut running = count.lock().unwrap();
        running.0 += 1;
        running.1 = running.1.max(running.0);
        drop(running);
        Running(count.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.lock().unwrap().0 -= 1;
    }
}

/// Takes note of the end of a request.
struct End<'s> {
    server: &'s Server,
    group: &'static str,
    is_fault: Option<bool>,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let server = self.server;
        server.completed.lock().unwrap().push(Completed {
            group: self.group,
            at: server.clock.now() - server.begun,
            is_fault: self.is_fault,
        });
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let fate = match self.random.next() % 10 < self.faults {
            false => Fate::Success,
            true => match self.random.next() % 6 {
                0 | 1 => Fate::Failed,
                2 => Fate::Throttled,
                3 => Fate::NotSent,
                4 => Fate::Lost,
                _ => Fate::Hung,
            },
        };
        let call = request
            .headers
            .get("x-call")
            .and_then(|text| text.parse().ok());
        self.sent.lock().unwrap().push(Sent {
            group: Sent::group_of(request.url.path()),
            call: call.expect("each call says which it is"),
            at: self.clock.now() - self.begun,
            fate,
        });
        let latency = Duration::from_millis(self.random.next() % 2_000);
        let pause = self.clock.sleep(latency);
        let asked = (self.random.next() % 4).to_string();
        let running = Running::new(&self.running);
        let group = Sent::group_of(request.url.path());
        Box::pin(async move {
            let _running = running;
            let mut end = End {
                server: self,
                group,
                is_fault: None,
            };
            let failed = |kind| Err(TransportError::new(kind, "simulated"));
            let answer =
                |status, headers: Headers| Ok(TransportResponse::new(status, headers, "1"));
            if fate == Fate::NotSent {
                end.is_fault = Some(true);
                return failed(TransportErrorKind::NotSent);
            }
            pause.await;
            if fate != Fate::Hung {
                end.is_fault = Some(matches!(fate, Fate::Failed | Fate::Lost));
            }
            match fate {
                Fate::Success => answer(200, Headers::new()),
                Fate::Throttled => answer(429, Headers::from_iter([("Retry-After", asked)])),
                Fate::Failed => answer(503, Headers::new()),
                Fate::Lost => failed(TransportErrorKind::MaybeSent),
                Fate::NotSent | Fate::Hung => std::future::pending().await,
            }
        })
    }
}
