//! A test per operation.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::arguments::Sample;
use super::exchange::Operation;
use super::mock::{Expected, Mock};
use super::table::Table;
use crate::call::PendingResponse;
use crate::credential::{ApiKey, Basic, Bearer, Credential};
use crate::error::Error;
use crate::response::{FromHeaders, FromResponse, Response};
use crate::transport::{self, Transport};

/// The variable that names a server; without it, the mock answers.
const SERVER: &str = "ATTACHE_WIRE_URL";
/// No call takes longer.
const TIMEOUT: Duration = Duration::from_secs(60);
/// No message shows more characters of an answer, unless this variable says so.
const SHOWN: usize = 2_000;
const SHOWN_VARIABLE: &str = "ATTACHE_WIRE_SHOWN";

/// The tests of a generated crate: what they have in common.
///
/// [`wire_tests!`](crate::wire_tests) states them.
#[derive(Debug)]
pub struct Wire {
    text: &'static str,
    shared: OnceLock<Shared>,
}

struct Shared {
    table: Arc<Table>,
    runtime: tokio::runtime::Runtime,
    /// The server's base URL, and what reaches it.
    server: Option<(String, Arc<dyn Transport>)>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Wire {
    /// Takes the text of `wire.json`.
    pub const fn new(text: &'static str) -> Self {
        Wire {
            text,
            shared: OnceLock::new(),
        }
    }

    /// Begins the test of an operation, by the group and the method of the client: `parcels.create`.
    ///
    /// # Panics
    /// When `wire.json` cannot be read, or does not have the operation.
    pub fn test(&'static self, name: &str) -> WireTest {
        let shared = self.shared.get_or_init(|| Shared::new(self.text));
        let mut operations = shared.table.operations.iter();
        let at = operations.position(|operation| operation.test == name);
        let at = at.unwrap_or_else(|| panic!("wire.json has no operation `{name}`"));
        let mock = match shared.server {
            Some(_) => None,
            None => Some(Mock::of(shared.table.clone())),
        };
        WireTest {
            shared,
            at,
            mock,
            asked: RefCell::default(),
        }
    }
}

impl Shared {
    fn new(text: &str) -> Self {
        let table = Table::read(text).unwrap_or_else(|reason| panic!("wire.json: {reason}"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        // A variable that is empty is as good as none.
        let url = std::env::var(SERVER).ok().filter(|url| !url.is_empty());
        Shared {
            table: Arc::new(table),
            runtime: runtime.expect("a runtime needs no more than threads and sockets"),
            server: url.map(|url| (url, transport())),
        }
    }
}

fn transport() -> Arc<dyn Transport> {
    transport::chosen()
        .unwrap_or_else(|error| panic!("no connection can be made for {SERVER}: {error}"))
}

/// The test of one operation.
#[derive(Debug)]
pub struct WireTest {
    shared: &'static Shared,
    at: usize,
    mock: Option<Mock>,
    /// The arguments that the call has been made with so far.
    asked: RefCell<Vec<String>>,
}

impl WireTest {
    /// Returns where requests go.
    pub fn base_url(&self) -> String {
        match &self.shared.server {
            Some((url, _)) => url.clone(),
            None => "https://mock.invalid".to_owned(),
        }
    }

    /// Returns what carries them there.
    pub fn transport(&self) -> Arc<dyn Transport> {
        match (&self.mock, &self.shared.server) {
            (None, Some((_, transport))) => transport.clone(),
            (mock, _) => Arc::new(mock.clone().expect("without a server there is a mock")),
        }
    }

    /// Returns how long a call may take.
    pub fn timeout(&self) -> Duration {
        TIMEOUT
    }

    /// Returns a credential for each security scheme; none is worth anything.
    pub fn credentials(&self) -> Vec<Credential> {
        let schemes = self.shared.table.schemes.iter();
        let credential = |name: &str, kind: &str| -> Credential {
            match kind {
                "header" | "query" | "cookie" => ApiKey::new("key").for_scheme(name).into(),
                "basic" => Basic::new("user", "password").for_scheme(name).into(),
                _ => Bearer::new("token").for_scheme(name).into(),
            }
        };
        schemes
            .map(|scheme| credential(&scheme.name, &scheme.kind))
            .collect()
    }

    /// Makes an argument of its value in `wire.json`, by its name in the client.
    ///
    /// # Panics
    /// When there is none, or it is none of this type.
    pub fn argument<T: Sample>(&self, name: &str) -> T {
        let name = name.trim_start_matches("r#");
        let mut arguments = self.operation().arguments.iter();
        let argument = arguments.find(|argument| argument.argument == name);
        let argument = argument.unwrap_or_else(|| self.fail(&format!("`{name}` has no value")));
        self.asked.borrow_mut().push(name.to_owned());
        T::sample(&argument.value).unwrap_or_else(|reason| {
            self.fail(&format!(
                "the value of `{name}` is none of its type: {reason}"
            ))
        })
    }

    /// Sends a request with what is required, where the operation has arguments that are not.
    ///
    /// # Panics
    /// When the request is refused, or the answer is not as documented.
    pub fn required<T: FromResponse, E: FromResponse, H: FromHeaders>(
        &self,
        request: impl FnOnce() -> PendingResponse<T, E, H>,
    ) {
        let mut arguments = self.operation().arguments.iter();
        if arguments.any(|argument| !argument.required) {
            self.succeeds(request());
        }
    }

    /// Sends a request with all arguments, and reads each documented answer in each of its media types.
    ///
    /// # Panics
    /// When the request is refused, or an answer is not as documented.
    pub fn all<T: FromResponse, E: FromResponse, H: FromHeaders>(
        &self,
        request: impl Fn() -> PendingResponse<T, E, H>,
    ) {
        self.succeeds(request());
        if self.mock.is_none() {
            return;
        }
        for (at, answer) in self.operation().answers.iter().enumerate() {
            for content in 0..answer.contents.len().max(1) {
                self.expect(Some((at, content)));
                let result = self.shared.runtime.block_on(request());
                if let Some(problem) = misread(answer.status, result) {
                    self.fail(&format!("the answer {}: {problem}", answer.status));
                }
            }
        }
    }

    fn succeeds<T: FromResponse, E: FromResponse, H: FromHeaders>(
        &self,
        request: PendingResponse<T, E, H>,
    ) {
        self.expect(None);
        let outcome = match self.shared.runtime.block_on(request) {
            Ok(response) => Ok((response.status(), unread_headers(&response))),
            Err(error) => Err(error.into_untyped()),
        };
        match outcome {
            Ok((_, Some(problem))) => self.fail(&problem),
            Ok((status, None)) if self.operation().documents(status) => {}
            Ok((status, None)) => self.fail(&format!("the status {status} is not documented")),
            // Nothing is known of the body, so nothing can be read.
            Err(error) if self.is_blank() && error.is_decode() => {}
            Err(error) if self.is_documented(&error) => {}
            Err(error) => self.fail(&described(&error)),
        }
    }

    /// Whether the mock has no success to answer with.
    fn is_blank(&self) -> bool {
        self.mock.is_some() && self.operation().success().is_none()
    }

    /// Whether a server that follows the description has no other answer: it documents nothing but redirects and errors.
    fn is_documented(&self, error: &Error<crate::Undocumented>) -> bool {
        let operation = self.operation();
        operation.success().is_none()
            && error
                .answer()
                .is_some_and(|answer| operation.documents(answer.status()))
    }

    fn expect(&self, answer: Option<(usize, usize)>) {
        if let Some(mock) = &self.mock {
            let call = Some((self.at, self.asked.borrow().clone()));
            mock.expect(Expected { call, answer });
        }
    }

    fn operation(&self) -> &'static Operation {
        &self.shared.table.operations[self.at]
    }

    fn fail(&self, problem: &str) -> ! {
        let Operation {
            id, method, path, ..
        } = self.operation();
        panic!("{id} ({method} {path}): {problem}")
    }
}

/// What is wrong about how an answer was taken.
fn misread<T, E, H: FromHeaders>(
    status: u16,
    result: Result<Response<T, H>, Error<E>>,
) -> Option<String> {
    let is_success = (200..300).contains(&status);
    match result {
        Ok(response) if is_success => unread_headers(&response),
        Ok(_) => Some("it was taken for a success".to_owned()),
        Err(error) if !is_success && error.api().is_some() => None,
        Err(error) => Some(described(&error.into_untyped())),
    }
}

fn unread_headers<T, H: FromHeaders>(response: &Response<T, H>) -> Option<String> {
    let error = response.typed_headers().err()?;
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| format!("\n{name}: {value}"));
    let headers: String = headers.collect();
    Some(format!("a header cannot be read: {error}{headers}"))
}

/// An error with what the server said.
fn described(error: &Error<crate::Undocumented>) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    if let Some(answer) = error.answer() {
        let body = String::from_utf8_lossy(answer.body());
        let shown = std::env::var(SHOWN_VARIABLE).ok();
        let shown = shown.and_then(|text| text.parse().ok());
        let body: String = body.chars().take(shown.unwrap_or(SHOWN)).collect();
        text.push_str(&format!("\n{body}"));
        for (name, value) in answer.headers().iter() {
            text.push_str(&format!("\n{name}: {value}"));
        }
    }
    text
}
