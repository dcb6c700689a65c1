//! What of a profile is read, by the client and by the command, and what cannot be used.

use std::path::Path;

use attache_runtime::profiles::{LoginFlow, LoginSettings};
use attache_runtime::{ClientBuilder, Environment};

use super::API;
use super::folder::Folder;

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
