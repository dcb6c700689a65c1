//! A transport in the place of a server: it answers as the description says, and refuses what breaks it.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_core::Stream;

use super::body::essence;
use super::check::{Sent, fits, violations};
use super::exchange::{Answer, Content, Operation};
use super::table::Table;
use crate::body::Body;
use crate::transport::{BoxFuture, Bytes, Headers, Transport, TransportError, TransportErrorKind};
use crate::transport::{TransportRequest, TransportResponse};

/// Answers in the place of a server, from the `wire.json` of a generated crate.
///
/// A request that no operation describes, that lacks a required parameter, a body or a credential, or whose body is of
/// another media type, fails the call; the error names the operation and what is wrong. Any other is answered with the
/// success that the description shows, or that its schema allows.
///
/// ```
/// use attache_runtime::testing::Mock;
///
/// let table = r#"{"operations": [{"test": "parcels.get", "method": "GET", "path": "/parcels/{id}",
///     "answers": [{"status": 200, "contents": [{"type": "application/json", "json": {"id": "p_1"}}]}]}]}"#;
/// let mock = Mock::new(table).unwrap();
/// # let _ = mock;
/// ```
#[derive(Clone, Debug)]
pub struct Mock {
    table: Arc<Table>,
    expected: Arc<Mutex<Expected>>,
}

/// What a test says of the next request.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// The operation, by its place, and the arguments that the call is made with.
    pub(super) call: Option<(usize, Vec<String>)>,
    /// The answer in place of a success, and which of its bodies, by their places.
    pub(super) answer: Option<(usize, usize)>,
}

impl Mock {
    /// Reads the text of a `wire.json`.
    ///
    /// # Errors
    /// The text is none; the error says why.
    pub fn new(text: &str) -> Result<Self, String> {
        Ok(Self::of(Arc::new(Table::read(text)?)))
    }

    pub(super) fn of(table: Arc<Table>) -> Self {
        Mock {
            table,
            expected: Arc::default(),
        }
    }

    pub(super) fn expect(&self, expected: Expected) {
        *self.expected.lock().unwrap_or_else(PoisonError::into_inner) = expected;
    }

    fn answer(&self, sent: &Sent) -> Result<TransportResponse, String> {
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let (operation, asked) = match &expected.call {
            Some((at, asked)) => (&self.table.operations[*at], Some(asked.as_slice())),
            None => (self.operation(sent)?, None),
        };
        let mut wrong = violations(&self.table, operation, asked, sent);
        if !sent.method.eq_ignore_ascii_case(&operation.method) {
            wrong.insert(
                0,
                format!("the method is {}, not {}", sent.method, operation.method),
            );
        }
        if !wrong.is_empty() {
            return Err(format!("{}: {}", operation.id, wrong.join("; ")));
        }
        let accept = sent.headers.get("accept").unwrap_or_default();
        if let Some((answer, content)) = expected.answer {
            let answer = &operation.answers[answer];
            let wanted = answer.contents.get(content);
            // What is not accepted is for another way of reading: one value after the other.
            let wanted =
                wanted.filter(|content| content.is_accepted(accept) || answer.status >= 300);
            let content = wanted.or_else(|| answer.content(accept));
            return Ok(answer.response(&sent.method, content));
        }
        let blank = Answer {
            status: 200,
            headers: Vec::new(),
            contents: Vec::new(),
        };
        // What documents no success is answered with what it does document.
        let documented = || {
            operation
                .answers
                .first()
                .filter(|_| !operation.documents(200))
        };
        let answer = operation.success().or_else(documented).unwrap_or(&blank);
        Ok(answer.response(&sent.method, answer.content(accept)))
    }

    /// The operation that a request is one of; the one with the fewest parameters in its path, if there are several.
    fn operation(&self, sent: &Sent) -> Result<&Operation, String> {
        let by_path = |operation: &&Operation| sent.path_values(&operation.path).is_some();
        let fitting: Vec<&Operation> = self.table.operations.iter().filter(by_path).collect();
        if fitting.is_empty() {
            return Err(format!("no operation has the path {}", sent.url.path()));
        }
        let by_method = fitting
            .iter()
            .filter(|it| it.method.eq_ignore_ascii_case(&sent.method));
        let found = by_method.min_by_key(|it| it.path.matches('{').count());
        found.copied().ok_or_else(|| {
            format!(
                "no operation of {} has the method {}",
                fitting[0].path, sent.method
            )
        })
    }
}

impl Answer {
    /// The body whose media type is accepted first; JSON, where that is not said.
    fn content(&self, accept: &str) -> Option<&Content> {
        let accepted: Vec<String> = accept.split(',').map(essence).collect();
        let rank = |content: &&Content| {
            let name = essence(&content.media_type);
            let place = accepted
                .iter()
                .position(|range| fits(range, &name) || fits(&name, range));
            (place.unwrap_or(usize::MAX), !name.contains("json"))
        };
        self.contents.iter().min_by_key(rank)
    }

    fn response(&self, method: &str, content: Option<&Content>) -> TransportResponse {
        let mut headers: Headers = self.headers.iter().cloned().collect();
        if headers.get("content-encoding").is_some() {
            // What is answered here, nothing has been done to.
            headers.set("Content-Encoding", "identity");
        }
        let body = match content {
            Some(content) if method != "HEAD" => {
                let name = content.media_type.replace("*/*", "application/json");
                headers.set("Content-Type", name.replace("/*", "/json"));
                content.body.clone()
            }
            _ => String::new(),
        };
        TransportResponse::new(self.status, headers, Bytes::from(body))
    }
}

impl Content {
    fn is_accepted(&self, accept: &str) -> bool {
        let name = essence(&self.media_type);
        let mut ranges = accept.split(',').map(essence);
        ranges.any(|range| fits(&range, &name) || fits(&name, &range))
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(async move {
            let refused = |reason| TransportError::new(TransportErrorKind::NotSent, reason);
            let sent = Sent {
                method: request.method.into_owned(),
                url: request.url,
                headers: request.headers,
                body: read(&request.body).await.map_err(refused)?,
            };
            self.answer(&sent).map_err(refused)
        })
    }
}

async fn read(body: &Body) -> Result<Vec<u8>, String> {
    let mut stream = body.open();
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        bytes.extend_from_slice(&piece.map_err(|error| format!("the body: {error}"))?);
    }
    Ok(bytes)
}
