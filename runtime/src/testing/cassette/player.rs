//! Plays exchanges.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::exchange::{Exchange, headers};
use super::scrubbing::Scrubbing;
use crate::json::{from_str, to_string};
use crate::log::Secrets;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use crate::transport::{TransportRequest, TransportResponse};

/// Answers requests with what a [`Recorder`](super::Recorder) recorded.
///
/// A request is the one that was recorded if method, path, query and body are the same, all without their secrets;
/// among several, they are played in their order, each once. Any other request fails as not sent, and says what there is.
/// Copies play together.
#[derive(Clone, Debug)]
pub struct Cassette {
    exchanges: Arc<Mutex<Vec<(Exchange, bool)>>>,
    secrets: Arc<Secrets>,
}

impl Cassette {
    pub(super) fn new(exchanges: Vec<Exchange>, secrets: Secrets) -> Self {
        let exchanges = exchanges.into_iter().map(|exchange| (exchange, false));
        Self {
            exchanges: Arc::new(Mutex::new(exchanges.collect())),
            secrets: Arc::new(secrets),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or a line of it is no exchange.
    pub fn load(path: impl AsRef<Path>) -> io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        let mut exchanges = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let read = from_str(line);
            exchanges.push(read.map_err(|error| {
                let message = format!("line {} is no exchange: {error}", at + 1);
                io::Error::new(io::ErrorKind::InvalidData, message)
            })?);
        }
        // Names that were hidden besides stand for themselves: their values are hidden in the file.
        Ok(Self::new(exchanges, Secrets::new([]).keeping_kinds()))
    }

    /// Hides names as the [`Recorder`](super::Recorder) did, so that requests with other secrets are the same.
    pub fn hide(mut self, name: &str) -> Self {
        let secrets = (*self.secrets).clone();
        self.secrets = Arc::new(secrets.and(name));
        self
    }

    /// Writes a file, with an exchange a line.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let exchanges = self.exchanges.lock();
        let exchanges = exchanges.unwrap_or_else(PoisonError::into_inner);
        let lines = exchanges
            .iter()
            .map(|(exchange, _)| to_string(exchange) + "\n");
        std::fs::write(path, lines.collect::<String>())
    }

    fn play(&self, request: &TransportRequest) -> Result<TransportResponse, String> {
        let asked = Scrubbing::of(request, &self.secrets).request(request);
        let exchanges = self.exchanges.lock();
        let mut exchanges = exchanges.unwrap_or_else(PoisonError::into_inner);
        let is_same = |exchange: &Exchange| {
            let known = &exchange.request;
            (&known.method, &known.target, &known.body)
                == (&asked.method, &asked.target, &asked.body)
        };
        let mut same = exchanges
            .iter_mut()
            .filter(|(exchange, _)| is_same(exchange));
        if let Some((exchange, is_played)) = same.find(|(_, is_played)| !is_played) {
            *is_played = true;
            let answer = exchange.answer.clone();
            let status = u16::try_from(answer.status).unwrap_or(0);
            let (headers, body) = (headers(&answer.headers), answer.body.into_bytes());
            return Ok(TransportResponse::new(status, headers, body));
        }
        let left = exchanges.iter().filter(|(_, is_played)| !is_played);
        let left = left.map(|(it, _)| format!("{} {}", it.request.method, it.request.target));
        let left: Vec<String> = left.take(5).collect();
        Err(format!(
            "no answer to {} {} with this body is left in the cassette; there are: {}",
            asked.method,
            asked.target,
            if left.is_empty() {
                "none".to_owned()
            } else {
                left.join(", ")
            }
        ))
    }
}

impl Transport for Cassette {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let played = self.play(&request);
        let played =
            played.map_err(|reason| TransportError::new(TransportErrorKind::NotSent, reason));
        Box::pin(std::future::ready(played))
    }
}
