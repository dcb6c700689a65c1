//! Logins of profiles, at an authorization server on loopback.

#[path = "../kept/folder.rs"]
#[allow(dead_code, unreachable_pub)]
mod folder;
#[path = "../log/mod.rs"]
mod log;
#[path = "../login_server/mod.rs"]
mod login_server;
mod read;

use std::path::Path;

use attache_runtime::oauth::StoredLogin;
use attache_runtime::profiles::LoginSettings;
use attache_runtime::token::{TokenConnection, TokenError};
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Client, ClientBuilder, Environment, Error, OperationMeta, SecurityScheme, Undocumented,
};
use folder::Folder;
use log::Log;
use login_server::LoginServer;

static API: ApiMeta = ApiMeta::new("parcels_client", "https://api.example.com/v1")
    .environment("PARCELS")
    .security_schemes(&[
        SecurityScheme::other("oauth", "oauth2")
            .token_url("https://login.example.com/token")
            .given_by("oauth", "PARCELS_OAUTH"),
        SecurityScheme::api_key_header("apiKey", "X-Api-Key"),
    ]);
static LIST: OperationMeta = OperationMeta::new("list", "GET", "/api").security(&[&["oauth"]]);

/// A profile with a login, and variables that say where the store is.
struct Profile {
    folder: Folder,
    server: LoginServer,
}

impl Profile {
    fn new(login: &str) -> Self {
        let (folder, server) = (Folder::new(), LoginServer::start());
        let text = format!(
            "[parcels.x]\nbase_url = \"{}\"\n[parcels.x.credentials.oauth]\nlogin = \"parcels/ada\"\nclient_id = \"shop\"\n{}{login}",
            server.url(),
            server.addresses()
        );
        std::fs::write(folder.join("profiles.toml"), text).expect("it is written");
        Self { folder, server }
    }

    fn environment(&self) -> Environment {
        let home = self.folder.path().to_str().expect("it is UTF-8");
        let file = format!("{home}/profiles.toml");
        Environment::of([
            ("ATTACHE_PROFILES", file.as_str()),
            ("HOME", home),
            ("FIRST_TOKEN", "rt-s3cret-0"),
            ("SHOP_SECRET", "cs-s3cret"),
        ])
    }

    fn client(&self) -> Client {
        let builder = ClientBuilder::new(&API).environment(self.environment());
        builder.profile("x").build().expect("it is valid")
    }

    fn settings(&self) -> LoginSettings {
        let read = LoginSettings::of_profile("parcels.x", None, &self.environment());
        read.expect("it is valid").remove(0)
    }

    fn stored(&self) -> StoredLogin {
        self.settings().open_or_new().expect("the store is good")
    }

    /// Renews the login, as another process would.
    async fn refresh(&self) -> Result<(), TokenError> {
        let connection = TokenConnection::open().expect("there is a transport");
        self.stored().refresh(&connection).await
    }

    fn store(&self) -> std::path::PathBuf {
        self.folder.join(".local/state/attache/logins")
    }
}

async fn call(client: &Client) -> Result<(), Error<Undocumented>> {
    let called = client
        .call(&LIST)
        .send::<attache_runtime::Json, Undocumented>();
    called.await.map(drop)
}

/// An error and its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        told.push_str(&format!("; {error}"));
        source = error.source();
    }
    told
}

async fn log_in(profile: &Profile) {
    let connection = TokenConnection::open().expect("there is a transport");
    let pending = profile.settings().device_code().begin(&connection).await;
    let pending = pending.expect("it gives a code");
    let entered = ClientBuilder::new(&API)
        .base_url(profile.server.url())
        .build();
    let entered = entered.expect("valid").request("GET", "/entered");
    entered.anonymous().send_raw().await.expect("it is entered");
    let tokens = pending.wait(&connection).await.expect("somebody logs in");
    let saved = profile.stored();
    saved.save(&connection, &tokens).await.expect("it is kept");
    profile.server.requests();
}

#[tokio::test]
async fn a_client_gets_in_with_the_login_of_its_profile() {
    let profile = Profile::new("flow = \"device-code\"\nscopes = [\"read\"]\n");
    let error = call(&profile.client())
        .await
        .expect_err("nobody has logged in");
    let expected =
        "nobody has logged in as parcels/ada: log in with `attache auth login --profile parcels.x`";
    assert!(told(&error).contains(expected), "{}", told(&error));
    assert!(profile.server.requests().is_empty());
    // A store that only a login may make.
    assert!(!profile.store().exists());
    log_in(&profile).await;
    let client = profile.client();
    call(&client).await.expect("the token is good");
    assert_eq!(profile.server.requests(), ["GET /api"]);
    // Another process renews it, and this one takes what it got.
    profile.refresh().await.expect("it is renewed");
    call(&client).await.expect("the new token is there");
    let status = profile
        .stored()
        .status()
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(
        (status.renewals, status.scopes),
        (1, vec!["read".to_owned()])
    );
    assert!(status.renewed.expect("it is known") < status.expires.expect("it is known"));
    let requests = profile.server.requests();
    assert_eq!(
        requests,
        [
            "POST /token grant_type=refresh_token&refresh_token=rt-s3cret-1&scope=read&client_id=shop",
            "GET /api",
            "GET /api"
        ]
    );
    let kept = std::fs::read(profile.store()).expect("it is there");
    assert!(!String::from_utf8_lossy(&kept).contains("s3cret"));
}

/// A login that was ended at the server is told, with what to do.
#[tokio::test]
async fn a_login_that_is_over() {
    let profile = Profile::new("flow = \"device-code\"\n");
    profile.server.set_lifetime(1);
    log_in(&profile).await;
    profile.server.take_back();
    let error = profile.refresh().await.expect_err("it is over");
    assert_eq!(error.code(), Some("invalid_grant"));
    assert_eq!(
        error.to_string(),
        "the server says invalid_grant. The login parcels/ada is over: log in again with `attache auth login --profile parcels.x`"
    );
}

#[tokio::test]
async fn clients_share_the_token_of_the_client_itself() {
    let secret = "flow = \"client-credentials\"\nclient_secret = { env = \"SHOP_SECRET\" }\n";
    let profile = Profile::new(&format!(
        "{secret}token_endpoint_auth_method = \"client_secret_post\"\nparameters = {{ audience = \"parcels\" }}\n"
    ));
    for _ in 0..2 {
        call(&profile.client()).await.expect("the token is good");
    }
    let requests = profile.server.requests();
    assert_eq!(
        requests,
        [
            "POST /token grant_type=client_credentials&audience=parcels&client_id=shop&client_secret=cs-s3cret",
            "GET /api",
            "GET /api"
        ]
    );
    // Nothing of it is sent again when it is renewed.
    profile.refresh().await.expect("it is renewed");
    assert!(profile.server.requests()[0].contains("grant_type=client_credentials"));
    assert!(!format!("{:?}", profile.settings()).contains("s3cret"));
}

/// A refresh token in a variable is good for one time; what came of it is kept.
#[tokio::test]
async fn a_refresh_token_from_elsewhere() {
    let profile =
        Profile::new("flow = \"refresh-token\"\nrefresh_token = { env = \"FIRST_TOKEN\" }\n");
    for _ in 0..2 {
        let client = profile.client();
        call(&client).await.expect("the token is good");
        profile.refresh().await.expect("it is renewed");
    }
    let sent = profile.server.requests();
    let tokens: Vec<&str> = sent
        .iter()
        .filter_map(|it| it.split("&refresh_token=").nth(1))
        .collect();
    assert_eq!(
        tokens,
        [
            "rt-s3cret-0&client_id=shop",
            "rt-s3cret-1&client_id=shop",
            "rt-s3cret-2&client_id=shop"
        ]
    );
}

/// A vendor whose description names no scheme, and who wants tokens in a header of their own.
#[tokio::test]
async fn a_login_of_a_vendor() {
    static PLAIN: ApiMeta =
        ApiMeta::new("sellers", "https://api.example.com").environment("SELLERS");
    static ORDERS: OperationMeta = OperationMeta::new("orders", "GET", "/orders");
    let folder = Folder::new();
    let file = "[sellers.x.credentials.amazon]\nlogin = \"seller\"\nflow = \"refresh-token\"\npreset = \"amazon-sp-api\"\n\
                client_id = \"shop\"\nclient_secret = \"cs-s3cret\"\nrefresh_token = \"rt-s3cret-0\"\n";
    std::fs::write(folder.join("profiles.toml"), file).expect("it is written");
    let home = folder.path().to_str().expect("it is UTF-8");
    let granted = r#"{"access_token":"at-s3cret-1","expires_in":3600}"#;
    let replay = Replay::new().json(200, granted).json(200, "{}");
    let builder = ClientBuilder::new(&PLAIN).environment(Environment::of([("HOME", home)]));
    let builder = builder
        .profiles_file(folder.join("profiles.toml"))
        .profile("x");
    let client = builder.transport(replay.clone()).build().expect("valid");
    let called = client
        .call(&ORDERS)
        .send::<attache_runtime::Json, Undocumented>();
    called.await.expect("the token is good");
    let requests = replay.requests();
    assert_eq!(
        requests[0].url.as_str(),
        "https://api.amazon.com/auth/o2/token"
    );
    let form = requests[0].body.as_bytes().expect("it is in memory");
    let form = String::from_utf8_lossy(&form).into_owned();
    assert!(
        form.ends_with("&client_id=shop&client_secret=cs-s3cret"),
        "{form}"
    );
    let header = |name: &str| requests[1].headers.get(name).map(str::to_owned);
    assert_eq!(header("x-amz-access-token").as_deref(), Some("at-s3cret-1"));
    assert_eq!(header("authorization"), None);
}

/// Variables cannot be written, so that what a server replaced is told, once.
#[tokio::test]
async fn a_refresh_token_that_is_replaced_and_cannot_be_kept() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let variables = [
        ("PARCELS_OAUTH_CLIENT_ID", "shop"),
        ("PARCELS_OAUTH_REFRESH_TOKEN", "rt-s3cret-0"),
    ];
    let granted = |number: u32| {
        format!(r#"{{"access_token":"at-s3cret-{number}","refresh_token":"rt-s3cret-{number}"}}"#)
    };
    let replay = Replay::new()
        .json(200, &granted(1))
        .json(401, "")
        .json(200, &granted(2))
        .json(200, "{}");
    let builder = ClientBuilder::new(&API).environment(Environment::of(variables));
    let client = builder.transport(replay.clone()).build().expect("valid");
    call(&client).await.expect("the second token is good");
    assert_eq!(replay.requests().len(), 4);
    let log = log.text();
    assert_eq!(
        log.matches("the server replaced the refresh token").count(),
        1,
        "{log}"
    );
    assert!(!log.contains("s3cret"), "{log}");
}

#[tokio::test]
async fn a_store_that_cannot_be_trusted() {
    let profile = Profile::new("flow = \"device-code\"\n");
    log_in(&profile).await;
    let error = async || told(&call(&profile.client()).await.expect_err("it is refused"));
    let key = profile.folder.join(".config/attache/key");
    let right = std::fs::read_to_string(&key).expect("it was made");
    let (id, _) = right.split_once(':').expect("it has an id");
    let wrong = format!("{id}:{}A=\n", "B".repeat(42));
    std::fs::write(&key, wrong).expect("it is written");
    let message = error().await;
    assert!(
        message.contains("is not the one that encrypted it"),
        "{message}"
    );
    std::fs::remove_file(&key).expect("it is there");
    let message = error().await;
    assert!(message.contains("there is no such file"), "{message}");
    assert!(!key.exists());
    std::fs::write(profile.store(), "cut off").expect("it is written");
    private(&key, &right);
    let message = error().await;
    assert!(
        message.contains("log in again") || message.contains("start anew"),
        "{message}"
    );
    assert!(profile.server.requests().is_empty());
}

fn private(path: &Path, text: &str) {
    std::fs::write(path, text).expect("it is written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(path, mode).expect("it is the test's own");
    }
}
