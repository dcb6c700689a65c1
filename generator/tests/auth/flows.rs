//! Each flow, from the command to a client that gets in.

use attache_runtime::{
    ApiMeta, ClientBuilder, Environment, Json, OperationMeta, SecurityScheme, Undocumented,
};

use crate::browser::Browser;
use crate::login_server::LoginServer;
use crate::program::Home;

static API: ApiMeta = ApiMeta::new("parcels_client", "https://api.example.com")
    .environment("PARCELS")
    .security_schemes(&[SecurityScheme::other("oauth", "oauth2")]);
static LIST: OperationMeta = OperationMeta::new("list", "GET", "/api").security(&[&["oauth"]]);

/// A profile at a server, whose tokens are valid for somewhat more than 90 minutes.
pub(crate) fn profile(login: &str) -> (Home, LoginServer) {
    let server = LoginServer::start();
    server.set_lifetime(5_430);
    let home = Home::new(&format!(
        "[parcels.staging]\nbase_url = \"{}\"\n[parcels.staging.credentials.oauth]\nlogin = \"parcels/ada\"\nclient_id = \"shop\"\n{}{login}\n",
        server.url(),
        server.addresses()
    ));
    (home, server)
}

pub(crate) const BROWSER: &str = "flow = \"authorization-code\"\nscopes = [\"read\", \"write\"]";
pub(crate) const DEVICE: &str = "flow = \"device-code\"";
pub(crate) const ITSELF: &str =
    "flow = \"client-credentials\"\nclient_secret = { env = \"SHOP_SECRET\" }";

/// A client of the same profile makes a call.
fn call(home: &Home) {
    let path = home.path().to_str().expect("it is UTF-8");
    let environment = Environment::of([
        ("HOME", path),
        ("SHOP_SECRET", "cs-s3cret"),
        ("FIRST_TOKEN", "rt-s3cret-0"),
    ]);
    let builder = ClientBuilder::new(&API).environment(environment);
    let builder = builder.profiles_file(home.path().join("profiles.toml"));
    let client = builder.profile("staging").build().expect("it is valid");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let called = client.call(&LIST).send::<Json, Undocumented>();
    runtime
        .expect("a runtime")
        .block_on(called)
        .expect("the token is good");
}

/// Logs in by the flow for which nobody is needed.
pub(crate) fn log_in(home: &Home) {
    let run = home.run(&["login", "--profile", "staging", "--quiet"]);
    assert_eq!((run.status, run.messages.as_str()), (Some(0), ""));
}

#[test]
fn at_a_browser() {
    let (home, server) = profile(BROWSER);
    let waiting = home.begin(&["login", "--profile", "parcels.staging"]);
    let page = waiting.address().to_owned();
    assert!(
        page.contains("&code_challenge_method=S256&scope=read+write"),
        "{page}"
    );
    let shown = Browser::default().open(&page);
    assert!(shown.contains("Done."), "{shown}");
    let run = waiting.end();
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let messages = home.plain(&run.messages.replace(&page, "PAGE"), server.url());
    insta::assert_snapshot!(messages);
    assert!(
        server
            .requests()
            .iter()
            .any(|it| it.contains("&code_verifier="))
    );
    call(&home);
    assert_eq!(server.requests(), ["GET /api"]);
    let status = home.run(&["status", "--profile", "staging"]);
    assert_eq!((status.status, status.messages.as_str()), (Some(0), ""));
    insta::assert_snapshot!(home.without_ages(&status.out, server.url()));
}

#[test]
fn at_another_device() {
    let (home, server) = profile(DEVICE);
    let arguments = ["login", "--profile", "staging", "--message-format", "json"];
    let waiting = home.begin(&arguments);
    let entered = format!("{}/entered", server.url());
    Browser::default().open(&entered);
    let run = waiting.end();
    assert_eq!(run.status, Some(0), "{}", run.messages);
    insta::assert_snapshot!(home.plain(&run.messages, server.url()));
    call(&home);
    let status = home.run(&["status", "--profile", "staging", "--message-format", "json"]);
    assert_eq!(status.status, Some(0));
    insta::assert_snapshot!(home.plain(&status.out, server.url()));
}

#[test]
fn the_client_itself() {
    let (home, server) = profile(ITSELF);
    let run = home.run(&["login", "--profile", "staging"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    insta::assert_snapshot!(home.plain(&run.messages, server.url()));
    server.requests();
    call(&home);
    assert_eq!(server.requests(), ["GET /api"]);
}

/// What there is counts more than what the profile begins with, until it is over.
#[test]
fn by_a_refresh_token_from_elsewhere() {
    let (home, server) =
        profile("flow = \"refresh-token\"\nrefresh_token = { env = \"FIRST_TOKEN\" }");
    for _ in 0..2 {
        log_in(&home);
    }
    call(&home);
    let sent = server.requests();
    let token = |index: usize| sent[index].split("&refresh_token=").nth(1);
    assert_eq!(
        (token(0), token(1)),
        (
            Some("rt-s3cret-0&client_id=shop"),
            Some("rt-s3cret-1&client_id=shop")
        )
    );
}

#[test]
fn renewed_on_demand() {
    let (home, server) = profile(ITSELF);
    log_in(&home);
    let run = home.run(&["refresh", "--profile", "staging"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    insta::assert_snapshot!(home.plain(&run.messages, server.url()));
    // The token before is none any more.
    call(&home);
    let status = home.run(&["status", "--profile", "staging", "--message-format", "json"]);
    assert!(status.out.contains("\"renewals\":2,"), "{}", status.out);
}

#[test]
fn taken_back() {
    let (home, server) = profile(BROWSER);
    let waiting = home.begin(&["login", "--profile", "staging"]);
    Browser::default().open(waiting.address());
    assert_eq!(waiting.end().status, Some(0));
    server.requests();
    let mut told = String::new();
    for _ in 0..2 {
        let run = home.run(&["revoke", "--profile", "staging"]);
        assert_eq!(run.status, Some(0));
        told.push_str(&run.messages);
    }
    insta::assert_snapshot!(home.plain(&told, server.url()));
    let expected =
        "POST /revocation token=rt-s3cret-1&token_type_hint=refresh_token&client_id=shop";
    assert_eq!(server.requests(), [expected]);
    assert_eq!(
        home.run(&["status", "--profile", "staging"]).status,
        Some(1)
    );
}

/// The program of the system gets the address, and nothing else of the login.
#[cfg(target_os = "linux")]
#[test]
fn in_the_browser_of_this_machine() {
    use std::os::unix::fs::PermissionsExt;

    let (home, _server) = profile(BROWSER);
    let opener = home.path().join("xdg-open");
    let opened = home.path().join("opened");
    let script = format!(
        "#!/bin/sh\nprintf '%s' \"$*\" > {0}.new\nmv {0}.new {0}\n",
        opened.display()
    );
    std::fs::write(&opener, script).expect("it is written");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755))
        .expect("it is its own");
    let path = format!("{}:/usr/bin:/bin", home.path().display());
    let waiting = home.begin_with(
        &["login", "--profile", "staging", "--open"],
        &[("PATH", &path)],
    );
    let address = loop {
        match std::fs::read_to_string(&opened) {
            Ok(address) => break address,
            Err(_) => std::thread::yield_now(),
        }
    };
    assert_eq!(address, waiting.address());
    Browser::default().open(&address);
    assert_eq!(waiting.end().status, Some(0));
}
