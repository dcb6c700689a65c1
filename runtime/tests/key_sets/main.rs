//! Keys that take turns: fall-over when a server refuses one, the choice among equals by their quotas, and sources that
//! give others while the client runs.

mod kinds;
mod quotas;
mod refusals;
mod sources;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use attache_runtime::key_set::Key;
use attache_runtime::transport::{
    BoxFuture, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    ApiMeta, Bytes, Client, ClientBuilder, Clock, Credential, Error, Headers, OperationMeta,
    SecurityScheme, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com").security_schemes(&[
    SecurityScheme::api_key_header("key", "X-Key"),
    SecurityScheme::bearer("bearer"),
    SecurityScheme::basic("basic"),
    SecurityScheme::other("signed", "http hmac"),
]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x").security(&[&["key"]]);
static CREATE: OperationMeta = OperationMeta::new("create", "POST", "/x").security(&[&["key"]]);
static OTHER: OperationMeta = OperationMeta::new("other", "GET", "/y").security(&[&["key"]]);

type Answer = (u16, &'static [(&'static str, &'static str)]);

/// Answers 200, but to some keys as it is told; keeps which keys it was sent.
#[derive(Clone, Default)]
struct Server {
    answers: Arc<Mutex<BTreeMap<(String, String), Answer>>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let header = |name| request.headers.get(name);
        let key = header("X-Key").or_else(|| header("Authorization"));
        let key = key.unwrap_or_default().to_owned();
        let path = request.url.path().to_owned();
        self.seen.lock().expect("no panic").push(key.clone());
        Box::pin(async move {
            tokio::task::yield_now().await;
            let (status, headers) = {
                let answers = self.answers.lock().expect("no panic");
                let found = answers.get(&(key.clone(), path));
                let found = found.or_else(|| answers.get(&(key, String::new())));
                found.copied().unwrap_or((200, &[]))
            };
            let headers = Headers::from_iter(headers.iter().copied());
            Ok(TransportResponse::new(status, headers, Bytes::new()))
        })
    }
}

impl Server {
    /// Answers a key so from now on.
    fn answers(&self, key: &str, status: u16) {
        self.answers_with(key, "", (status, &[]));
    }

    fn answers_with(&self, key: &str, path: &str, answer: Answer) {
        let mut answers = self.answers.lock().expect("no panic");
        answers.insert((key.to_owned(), path.to_owned()), answer);
    }

    /// Which keys it was sent since this was asked last.
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().expect("no panic"))
    }

    fn count(&self, key: &str) -> usize {
        let seen = self.seen.lock().expect("no panic");
        seen.iter().filter(|seen| *seen == key).count()
    }
}

fn rotation() -> [Key; 2] {
    [Key::current("old", "k1"), Key::next("new", "k2")]
}

fn pool() -> [Key; 2] {
    [Key::current("one", "k1"), Key::current("two", "k2")]
}

fn client(keys: impl Into<Credential>, server: &Server, clock: impl Clock) -> Client {
    let builder = ClientBuilder::new(&API).transport(server.clone());
    let builder = builder.clock(clock).auth(keys);
    builder.build().expect("the settings are valid")
}

async fn call(
    client: &Client,
    operation: &'static OperationMeta,
) -> Result<u16, Error<Undocumented>> {
    let call = client.call(operation);
    let outcome = call.send_full::<Bytes, Undocumented, ()>().await;
    outcome.map(|response| response.status())
}

async fn status(client: &Client, operation: &'static OperationMeta) -> Option<u16> {
    call(client, operation)
        .await
        .map_or_else(|error| error.status(), Some)
}

/// The names of the keys, and their roles.
fn roles(client: &Client) -> Vec<(String, String)> {
    let keys = &client.health().key_sets[0].keys;
    keys.iter()
        .map(|key| (key.key.clone(), key.role.clone()))
        .collect()
}
