//! Logins of profiles, at an authorization server on loopback.

#[path = "kept/folder.rs"]
#[allow(dead_code, unreachable_pub)]
mod folder;
mod login_server;

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use attache_runtime::oauth::StoredLogin;
use attache_runtime::profiles::{LoginFlow, LoginSettings};
use attache_runtime::token::TokenConnection;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Client, ClientBuilder, Environment, Error, OperationMeta, SecurityScheme, Undocumented,
};
use folder::Folder;
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
    let connection = TokenConnection::open().expect("there is a transport");
    profile
        .stored()
        .refresh(&connection)
        .await
        .expect("it is renewed");
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
    let connection = TokenConnection::open().expect("there is a transport");
    let error = profile
        .stored()
        .refresh(&connection)
        .await
        .expect_err("it is over");
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
    let connection = TokenConnection::open().expect("there is a transport");
    profile
        .stored()
        .refresh(&connection)
        .await
        .expect("it is renewed");
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
        let connection = TokenConnection::open().expect("there is a transport");
        call(&client).await.expect("the token is good");
        profile
            .stored()
            .refresh(&connection)
            .await
            .expect("it is renewed");
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

/// What is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
    let log = log.0.lock().expect("no writer panics");
    let log = String::from_utf8_lossy(&log);
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

#[test]
fn logins_that_cannot_be_used() {
    let folder = Folder::new();
    let path = folder.join("profiles.toml");
    let environment = || Environment::of([("HOME", "/home/ada")]);
    let check = |login: &str, expected: &str| {
        let text = format!("[parcels.x.credentials]\noauth = {{ login = \"ada\", {login} }}\n");
        std::fs::write(&path, text).expect("it is written");
        let builder = ClientBuilder::new(&API).environment(environment());
        let error = builder.profiles_file(&path).profile("x").build();
        let error = error.expect_err(login).to_string();
        let shown = error.strip_prefix(&format!("{}: ", path.display()));
        assert_eq!(shown, Some(expected), "{login}");
        // The command says the same.
        let same = LoginSettings::of_profile("x", Some(&path), &environment());
        assert_eq!(same.expect_err(login).to_string(), error);
        assert!(!error.contains("s3cret"));
    };
    let key = "parcels.x.credentials.oauth";
    check("", &format!("{key} has no `flow`"));
    check(
        "flow = \"password\"",
        &format!(
            "{key}.flow is none of authorization-code, device-code, client-credentials, refresh-token"
        ),
    );
    check(
        "flow = \"device-code\"",
        &format!("{key} has no `client_id`"),
    );
    check(
        "flow = \"device-code\", secret = \"s3cret\"",
        &format!(
            "there is no key {key}.secret; there are login, flow, preset, issuer, authorization_url, pushed_authorization_url, \
             device_authorization_url, token_url, revocation_url, client_id, client_secret, token_endpoint_auth_method, scopes, \
             parameters, redirect_port, refresh_token"
        ),
    );
    check(
        "flow = \"client-credentials\", client_id = \"shop\"",
        &format!("{key} has no `client_secret`"),
    );
    let flow =
        format!("{key} has to have `refresh_token` with the flow refresh-token, and with no other");
    check("flow = \"refresh-token\", client_id = \"shop\"", &flow);
    check(
        "flow = \"device-code\", client_id = \"shop\", refresh_token = \"s3cret\"",
        &flow,
    );
    check(
        "flow = \"device-code\", client_id = \"shop\", client_secret = { env = \"UNSET\" }",
        &format!("{key}.client_secret is in the variable UNSET, which is not set"),
    );
    check(
        "flow = \"device-code\", client_id = \"shop\", token_endpoint_auth_method = \"s3cret\"",
        &format!(
            "{key}.token_endpoint_auth_method is none of client_secret_basic, client_secret_post"
        ),
    );
    check(
        "flow = \"device-code\", client_id = \"shop\", scopes = \"read\"",
        &format!("{key}.scopes has to be a list of texts"),
    );
    check(
        "flow = \"device-code\", client_id = \"shop\", redirect_port = 70000",
        &format!("{key}.redirect_port is no port"),
    );
    check(
        "flow = \"device-code\", client_id = \"shop\", preset = \"stripe\"",
        &format!(
            "{key}.preset is no preset with logins; there are amazon-sp-api, github, google, google-ads"
        ),
    );
    check(
        "flow = \"device-code\", client_id = \"shop\" }\n[parcels.x.store]\npath = \"x\"\nkey = \"s3cret\"\nkeys = { file = \"x\"",
        "there is no key parcels.x.store.keys; there are path, key",
    );
}

#[test]
fn which_profile_is_meant() {
    let folder = Folder::new();
    let path = folder.join("profiles.toml");
    let login =
        "{ login = \"ada\", flow = \"device-code\", preset = \"google\", client_id = \"shop\" }";
    let text = format!(
        "[parcels.x.credentials]\noauth = {login}\nother = {login}\napiKey = \"s3cret\"\n[parcels.y]\n[depots.x]\n[depots.z]\nbase_ulr = \"s3cret\"\n[depots.w.store]\npath = \"here\"\nkey = {{ file = \"/keys\" }}\n[depots.w.credentials]\noauth = {login}\n"
    );
    std::fs::write(&path, text).expect("it is written");
    let environment = Environment::of([("XDG_STATE_HOME", "/state"), ("HOME", "/home/ada")]);
    let read = |name: &str| LoginSettings::of_profile(name, Some(&path), &environment);
    let found = read("parcels.x").expect("it is valid");
    let schemes: Vec<&str> = found.iter().map(|login| login.scheme.as_str()).collect();
    assert_eq!(schemes, ["oauth", "other"]);
    assert_eq!(found[0].flow, LoginFlow::DeviceCode);
    assert_eq!(found[0].store.path, Path::new("/state/attache/logins"));
    let found = read("w").expect("there is one of that name");
    assert_eq!(found[0].profile, "depots.w");
    assert_eq!(found[0].store.path, folder.join("here"));
    for (name, expected) in [
        (
            "v",
            "there is no profile \"v\"; there are depots.w, depots.x, depots.z, parcels.x, parcels.y",
        ),
        ("x", "there are several profiles \"x\": depots.x, parcels.x"),
        (
            "parcels.y",
            "parcels.y has no login; one is `credentials.SCHEME = { login = \"NAME\", flow = \"device-code\", … }`",
        ),
        (
            "z",
            "there is no key depots.z.base_ulr; there are base_url, timeout, attempt_timeout, attempts, retry_budget, concurrency, quota, credentials, store, operation_servers, groups, operations",
        ),
    ] {
        let error = read(name).expect_err(name).to_string();
        assert_eq!(error, format!("{}: {expected}", path.display()));
    }
}
