//! Logins at an identity server that others made, and that is certified: `cargo xtask idp --test`.

use attache_runtime::{
    ApiMeta, ClientBuilder, Environment, Json, OperationMeta, SecurityScheme, Undocumented,
};

use crate::browser::Browser;
use crate::program::{Home, Waiting};

static API: ApiMeta = ApiMeta::new("me", "http://127.0.0.1")
    .environment("ME")
    .security_schemes(&[SecurityScheme::other("login", "openIdConnect")]);
static ME: OperationMeta = OperationMeta::new("me", "GET", "/me").security(&[&["login"]]);

fn profile(flow: &str) -> Home {
    let issuer = std::env::var("ATTACHE_IDP").expect("`cargo xtask idp --test` says where it is");
    Home::new(&format!(
        "[me.x]\nbase_url = \"{issuer}\"\n[me.x.credentials.login]\nlogin = \"ada\"\nflow = \"{flow}\"\nissuer = \"{issuer}\"\n\
         client_id = \"public\"\nscopes = [\"openid\", \"parcels:read\"]\n"
    ))
}

/// Somebody logs in; a client of the profile makes a call, also with a token that was renewed, until all is taken back.
fn log_in(flow: &str, follow: impl Fn(&Waiting) -> String, expected: &str) {
    let home = profile(flow);
    let waiting = home.begin(&["login", "--profile", "x", "--message-format", "json"]);
    let shown = follow(&waiting);
    assert!(shown.contains(expected), "{shown}");
    let run = waiting.end();
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let scopes = "\"scopes\":[\"openid\",\"parcels:read\"],\"renewable\":true";
    assert!(run.messages.contains(scopes), "{}", run.messages);
    call(&home).expect("the token is good");
    let run = home.run(&["refresh", "--profile", "x"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    call(&home).expect("the new token is good");
    let run = home.run(&["revoke", "--profile", "x"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert_eq!(home.run(&["status", "--profile", "x"]).status, Some(1));
    let error = call(&home).expect_err("nobody is logged in");
    assert!(
        error.contains("attache auth login --profile me.x"),
        "{error}"
    );
}

fn call(home: &Home) -> Result<(), String> {
    let environment = Environment::of([("HOME", home.path().to_str().expect("it is UTF-8"))]);
    let builder = ClientBuilder::new(&API).environment(environment);
    let builder = builder.profiles_file(home.path().join("profiles.toml"));
    let client = builder.profile("x").build().expect("it is valid");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let called = client.call(&ME).send::<Json, Undocumented>();
    let somebody = runtime.expect("a runtime").block_on(called);
    let somebody =
        somebody.map_err(|error| format!("{error}; {:?}", std::error::Error::source(&error)))?;
    assert_eq!(somebody.get("sub").and_then(Json::as_str), Some("ada"));
    Ok(())
}

#[test]
#[ignore = "cargo xtask idp --test"]
fn at_a_browser() {
    let follow = |waiting: &Waiting| Browser::default().open(waiting.address());
    log_in("authorization-code", follow, "Done.");
}

#[test]
#[ignore = "cargo xtask idp --test"]
fn at_another_device() {
    // The address with the code in it, as in a link that somebody got.
    let follow = |waiting: &Waiting| {
        let (_, complete) = waiting
            .request
            .split_once("\"complete_url\":\"")
            .expect("there is one");
        let complete = complete.split('"').next().expect("it ends");
        Browser::default().open(complete)
    };
    log_in("device-code", follow, "200 done");
}
