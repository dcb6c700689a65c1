//! Nothing that logins, tokens and stores print or log holds a secret: each has a mark, and the marks are looked for.

mod log;

use std::error::Error as _;
use std::fmt::Debug;
use std::io::Write;
use std::sync::Arc;

use attache_runtime::key_set::{Key, KeySet};
use attache_runtime::oauth::{
    AuthorizationCode, AuthorizationServer, ClientCredentials, ClientIdentity, DeviceCode,
    RefreshToken, StoredLogin, TokenExchange, TokenKind,
};
use attache_runtime::presets::{AMAZON_SP_API, STRIPE};
use attache_runtime::signing::Digest;
use attache_runtime::store::{Encrypted, EncryptionKeys, MemoryStore, RecordStore};
use attache_runtime::token::{TokenCall, TokenConnection, TokenError, TokenSource};
use attache_runtime::transport::TransportErrorKind;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{ApiMeta, Bearer, Bytes, Client, ClientBuilder};
use log::Log as Seen;

const MARK: &str = "CANARY";

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");

fn marked(name: &str) -> String {
    format!("{MARK}{name}")
}

/// What was logged, and what was printed.
impl Seen {
    fn print(&self, what: impl Debug) {
        let _ = writeln!(self.clone(), "{what:?} {what:#?}");
    }

    /// An error, as it is printed, with all that caused it.
    fn error(&self, error: &TokenError) {
        self.print(error);
        let _ = writeln!(self.clone(), "{error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            let _ = writeln!(self.clone(), "{error} {error:?}");
            cause = error.source();
        }
    }

    fn outcome<T: Debug>(&self, outcome: Result<T, TokenError>) -> Option<T> {
        match outcome {
            Ok(value) => {
                self.print(&value);
                Some(value)
            }
            Err(error) => {
                self.error(&error);
                None
            }
        }
    }
}

fn granted() -> String {
    format!(
        r#"{{"access_token":"{0}at","refresh_token":"{0}rt","id_token":"{0}id","expires_in":3600,"device_code":"{0}dc","user_code":"{0}uc","verification_uri":"https://x","interval":1,"active":true,"token":"{0}t"}}"#,
        MARK
    )
}

/// Answers of success, of refusal, and none at all.
fn scripts() -> Vec<Replay> {
    let many =
        |add: &dyn Fn(Replay) -> Replay| (0..40).fold(Replay::new(), |replay, _| add(replay));
    let refused =
        format!(r#"{{"error":"invalid_grant","token":"{MARK}t","refresh_token":"{MARK}rt"}}"#);
    vec![
        many(&|replay| replay.json(200, &granted())),
        many(&|replay| replay.json(400, &refused)),
        many(&|replay| replay.json(401, &refused)),
        many(&|replay| replay.json(500, &granted())),
        many(&|replay| replay.fail(TransportErrorKind::MaybeSent)),
    ]
}

fn server() -> AuthorizationServer {
    let at = |path: &str| format!("https://login.example.com/{path}?key={MARK}");
    AuthorizationServer::default()
        .authorization_url("https://login.example.com/page")
        .device_authorization_url(at("device"))
        .introspection_url(at("introspect"))
        .revocation_url(at("revoke"))
        .token_url(at("token"))
}

async fn grants(seen: &Seen, connection: &TokenConnection) {
    let identity = || ClientIdentity::post("shop", marked("secret"));
    let credentials = ClientCredentials::new(identity()).server(server());
    let refresh = RefreshToken::new(identity(), marked("rt")).server(server());
    let exchange = TokenExchange::new(TokenExchange::JWT, marked("subject"));
    let exchange = exchange.identity(identity()).server(server());
    let call = TokenCall::new(format!("https://api.example.com/token?key={MARK}"));
    let call = call.auth(Bearer::new(marked("bearer")));
    let store = Encrypted::new(
        MemoryStore::new(),
        EncryptionKeys::new("k1", [7; 32]).expect("a key"),
    );
    let store = Arc::new(store);
    let login = StoredLogin::new(identity(), store.clone(), "parcels/ada").server(server());
    let login = login.or_refresh_token(marked("first"));
    let sources: [&dyn TokenSource; 5] = [&credentials, &refresh, &exchange, &call, &login];
    for source in sources {
        seen.print(source);
        seen.outcome(source.fetch(connection).await);
    }
    seen.print(store.read("parcels/ada").await);
    seen.print(login.status().await);
    seen.outcome(login.revoke(connection).await);
    let token = marked("at").into();
    for kind in [TokenKind::Access, TokenKind::Refresh] {
        let (server, identity) = (server(), identity());
        let asked = server.introspect(connection, &identity, &token, kind);
        // Whoever asks gets the whole answer, which is for him; the rest is not.
        let said = asked.await.map(|said| said.is_active);
        seen.outcome(said);
        seen.outcome(server.revoke(connection, &identity, &token, kind).await);
    }
}

async fn logins(seen: &Seen, connection: &TokenConnection) {
    let identity = ClientIdentity::basic("shop", marked("secret"));
    let login = AuthorizationCode::new(identity.clone(), "http://127.0.0.1/callback");
    let login = login.server(server());
    let begun = login.begin(connection).await.expect("all is known");
    seen.print((&login, &begun, begun.keep()));
    let state = begun.url().split("state=").nth(1).expect("it has one");
    let state = state.split('&').next().expect("it has a value").to_owned();
    for answer in [
        format!("code={MARK}&state={state}"),
        format!("code={MARK}&state={MARK}"),
        format!("error=access_denied&state={state}"),
    ] {
        seen.outcome(begun.finish(connection, &answer).await);
    }
    let device = DeviceCode::new(identity).server(server());
    if let Some(begun) = seen.outcome(device.begin(connection).await) {
        seen.outcome(begun.wait(connection).await);
    }
}

async fn clients(seen: &Seen, replay: &Replay) {
    let amazon = [
        ("client_id", "amzn1".to_owned()),
        ("client_secret", marked("secret")),
        ("refresh_token", marked("rt")),
    ];
    let amazon = AMAZON_SP_API.with(amazon).expect("all is given");
    let stripe = STRIPE
        .with([("api_key", marked("key"))])
        .expect("all is given");
    let digest = Digest::new("ada", marked("password")).credential();
    seen.print((&amazon, &stripe, &digest));
    let keys = || {
        let key = marked("user:password");
        let keys = [
            Key::current("2026-11", key.clone()),
            Key::next("2026-12", key),
        ];
        seen.print((&keys, KeySet::bearer(keys.clone())));
        keys
    };
    let build = |builder: ClientBuilder| -> Client {
        let client = builder.transport(replay.clone()).build();
        client.expect("it is valid")
    };
    let builder = || ClientBuilder::new(&API);
    for client in [
        builder().preset(amazon),
        builder().preset(stripe),
        builder().auth(digest),
        builder().auth(KeySet::bearer(keys())),
        builder().auth(KeySet::basic(keys())),
    ]
    .map(build)
    {
        seen.print(&client);
        let called = client.request("GET", "/x").send::<Bytes>().await;
        if let Err(error) = called {
            // The body of an answer is at hand for whoever asks.
            seen.print(error.to_string());
            seen.print(error.trace());
        }
        seen.print((client.usage(), client.health()));
    }
    seen.print(replay.requests());
}

#[tokio::test]
async fn no_mark_is_seen() {
    let seen = Seen::default();
    let log = seen.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    for replay in scripts() {
        let connection = TokenConnection::new(replay.clone());
        grants(&seen, &connection).await;
        logins(&seen, &connection).await;
        clients(&seen, &replay).await;
    }
    let seen = seen.text();
    assert!(
        seen.contains("invalid_grant")
            && seen.contains("login.example.com")
            && seen.contains("attache.key")
            && seen.contains("a key was refused"),
        "{seen}"
    );
    for line in seen.lines() {
        assert!(!line.contains(MARK), "{line}");
    }
}
