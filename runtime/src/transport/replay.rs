//! A transport for tests: it gives scripted answers and keeps what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{BoxFuture, Headers, Transport, TransportError, TransportErrorKind};
use super::{TransportRequest, TransportResponse};

/// Gives answers in the order they were scripted, and keeps the requests.
///
/// Copies share the script and the requests, so one is given to the client and one kept. Without
/// an answer left, or when a request is not the one that was expected, the call fails as not sent
/// and says why.
///
/// ```
/// use attache_runtime::transport::replay::Replay;
///
/// let replay = Replay::new().json(200, r#"{"id":"p_1"}"#).json(404, "{}").expecting("GET", "/v1/parcels/p_2");
/// assert_eq!(replay.requests().len(), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Replay {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Scene>,
    requests: Vec<TransportRequest>,
}

#[derive(Debug)]
struct Scene {
    expected: Option<(String, String)>,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    Answer(TransportResponse),
    Fail(TransportErrorKind),
    Hang,
}

impl Replay {
    /// Begins an empty script.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the next request with JSON.
    pub fn json(self, status: u16, body: &str) -> Self {
        let headers = Headers::from_iter([("content-type", "application/json")]);
        self.answer(TransportResponse::new(status, headers, body))
    }

    /// Answers the next request.
    pub fn answer(self, answer: TransportResponse) -> Self {
        self.then(Outcome::Answer(answer))
    }

    /// Lets the next request fail without an answer.
    pub fn fail(self, kind: TransportErrorKind) -> Self {
        self.then(Outcome::Fail(kind))
    }

    /// Never answers the next request.
    pub fn hang(self) -> Self {
        self.then(Outcome::Hang)
    }

    /// Says which request the last scripted answer is for.
    pub fn expecting(self, method: &str, path: &str) -> Self {
        if let Some(scene) = self.state().script.back_mut() {
            scene.expected = Some((method.to_owned(), path.to_owned()));
        }
        self
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<TransportRequest> {
        self.state().requests.clone()
    }

    fn then(self, outcome: Outcome) -> Self {
        self.state().script.push_back(Scene {
            expected: None,
            outcome,
        });
        self
    }

    fn play(&self, request: TransportRequest) -> Result<Outcome, String> {
        let mut state = self.state();
        let scene = state.script.pop_front();
        let sent = (request.method.to_string(), request.url.path().to_owned());
        state.requests.push(request);
        match scene {
            None => Err(format!("no answer is left for {} {}", sent.0, sent.1)),
            Some(Scene {
                expected: Some(expected),
                ..
            }) if expected != sent => Err(format!(
                "{} {} was expected, not {} {}",
                expected.0, expected.1, sent.0, sent.1
            )),
            Some(scene) => Ok(scene.outcome),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let outcome = self.play(request);
        Box::pin(async move {
            match outcome {
                Ok(Outcome::Answer(answer)) => Ok(answer),
                Ok(Outcome::Fail(kind)) => Err(TransportError::new(kind, "scripted failure")),
                Ok(Outcome::Hang) => std::future::pending().await,
                Err(message) => Err(TransportError::new(TransportErrorKind::NotSent, message)),
            }
        })
    }
}
