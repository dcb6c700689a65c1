//! A client in simulated time, against a server whose answers take their time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attache_runtime::random::SeededRandom;
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportErrorKind, TransportRequest, TransportResponse,
};
use attache_runtime::{ApiMeta, Client, ClientBuilder, Clock, Headers};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");

/// Answers one after the other: after so many milliseconds, with a status; 0 stands for a connection that is lost.
#[derive(Clone)]
pub(crate) struct Server {
    clock: SimulatedClock,
    script: Arc<Mutex<VecDeque<(u64, u16)>>>,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
pub(crate) struct Log {
    /// When requests were sent, in milliseconds.
    pub(crate) sent: Vec<u128>,
    /// How many were answered, and not given up before.
    pub(crate) answered: usize,
}

pub(crate) struct Timed {
    pub(crate) clock: SimulatedClock,
    pub(crate) client: Client,
    pub(crate) log: Arc<Mutex<Log>>,
}

impl Timed {
    pub(crate) fn new(
        script: &[(u64, u16)],
        settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let clock = SimulatedClock::new();
        let server = Server {
            clock: clock.clone(),
            script: Arc::new(Mutex::new(script.iter().copied().collect())),
            log: Arc::default(),
        };
        let log = server.log.clone();
        let builder = ClientBuilder::new(&API)
            .transport(server)
            .clock(clock.clone())
            .random(SeededRandom::new(1));
        Timed {
            client: settings(builder).build().expect("the settings are valid"),
            clock,
            log,
        }
    }

    pub(crate) fn sent(&self) -> Vec<u128> {
        self.log.lock().unwrap().sent.clone()
    }

    pub(crate) fn answered(&self) -> usize {
        self.log.lock().unwrap().answered
    }
}

impl Transport for Server {
    fn send(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let answer = self.script.lock().unwrap().pop_front();
        let (delay, status) = answer.expect("the script has an answer for each request");
        let mut log = self.log.lock().unwrap();
        log.sent.push(self.clock.elapsed().as_millis());
        drop(log);
        let pause = self.clock.sleep(Duration::from_millis(delay));
        Box::pin(async move {
            pause.await;
            self.log.lock().unwrap().answered += 1;
            match status {
                0 => Err(TransportError::new(TransportErrorKind::MaybeSent, "lost")),
                status => Ok(TransportResponse::new(
                    status,
                    Headers::new(),
                    delay.to_string(),
                )),
            }
        })
    }
}
