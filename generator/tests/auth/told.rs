//! What is told where something is missing or wrong, and the exit status that comes with it.

use std::path::Path;

use crate::browser::Browser;
use crate::flows::{BROWSER, DEVICE, ITSELF, log_in, profile};
use crate::program::{Home, Run};

/// The exit status and all that is printed, for a snapshot.
fn shown(home: &Home, server: &str, run: &Run) -> String {
    let status = run.status.expect("nobody killed it");
    home.plain(
        &format!("exit {status}\n{}{}", run.out, run.messages),
        server,
    )
}

#[test]
fn wrong_usage() {
    let (home, _server) = profile(DEVICE);
    let mut told = String::new();
    for arguments in [
        &["status"] as &[&str],
        &["status", "--profile", "production"],
        &["status", "--profile", "staging", "--scheme", "other"],
        &[
            "status",
            "--profile",
            "staging",
            "--profiles",
            "/no/such/file",
        ],
        &["login", "--profile", "staging", "--timeout", "0"],
    ] {
        let run = home.run(arguments);
        assert_eq!(run.out, "");
        told.push_str(&format!(
            "$ attache auth {}\n{}\n",
            arguments.join(" "),
            shown(&home, "none", &run)
        ));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn nobody_has_logged_in() {
    let (home, server) = profile(DEVICE);
    let mut told = String::new();
    for action in ["status", "refresh", "revoke"] {
        let run = home.run(&[action, "--profile", "staging"]);
        told.push_str(&format!(
            "$ attache auth {action}\n{}\n",
            shown(&home, server.url(), &run)
        ));
    }
    insta::assert_snapshot!(told);
    assert!(server.requests().is_empty());
    // Nothing but a login makes a store.
    assert!(!home.path().join(".local").exists() && !home.path().join(".config").exists());
}

#[test]
fn somebody_refuses_or_does_not_come() {
    let (home, server) = profile(&format!(
        "{BROWSER}\nparameters = {{ login_hint = \"nobody\" }}"
    ));
    let waiting = home.begin(&["login", "--profile", "staging", "--quiet"]);
    let page = waiting.address().to_owned();
    Browser::default().open(&page);
    let refused = waiting.end();
    let late = home.run(&["login", "--profile", "staging", "--quiet", "--timeout", "1"]);
    let mut told = String::new();
    for run in [refused, late] {
        assert_eq!(run.status, Some(1));
        // The first line is the address, which is another one each time.
        let rest = run.messages.split_once('\n').expect("there are two").1;
        told.push_str(&home.plain(rest, server.url()));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_login_that_has_expired_or_is_over() {
    let (home, server) = profile(DEVICE);
    server.give_no_refresh_tokens();
    server.set_lifetime(1);
    let entered = format!("{}/entered", server.url());
    Browser::default().open(&entered);
    assert_eq!(
        home.run(&["login", "--profile", "staging", "--quiet"])
            .status,
        Some(0)
    );
    let mut told = String::new();
    // The token that there is was valid for a second.
    let expired = loop {
        let run = home.run(&["status", "--profile", "staging"]);
        if run.status == Some(1) {
            break run;
        }
    };
    told.push_str(&home.without_ages(&expired.out, server.url()));
    let run = home.run(&["refresh", "--profile", "staging"]);
    told.push_str(&shown(&home, server.url(), &run));
    insta::assert_snapshot!(told);
}

#[test]
fn a_login_that_the_server_has_ended() {
    let (home, server) = profile(BROWSER);
    let waiting = home.begin(&["login", "--profile", "staging", "--quiet"]);
    Browser::default().open(waiting.address());
    assert_eq!(waiting.end().status, Some(0));
    server.take_back();
    let run = home.run(&["refresh", "--profile", "staging"]);
    insta::assert_snapshot!(shown(&home, server.url(), &run));
}

#[test]
fn a_server_that_takes_nothing_back() {
    let (home, server) = profile(ITSELF);
    log_in(&home);
    let profiles = home.path().join("profiles.toml");
    let text = std::fs::read_to_string(&profiles).expect("it is there");
    let without = text
        .lines()
        .filter(|line| !line.starts_with("revocation_url"));
    home.write("profiles.toml", &without.collect::<Vec<_>>().join("\n"));
    let run = home.run(&["revoke", "--profile", "staging"]);
    insta::assert_snapshot!(shown(&home, server.url(), &run));
    // Nothing is left to be taken back.
    assert_eq!(
        home.run(&["revoke", "--profile", "staging"]).status,
        Some(0)
    );
}

#[test]
fn a_store_that_cannot_be_trusted() {
    let (home, server) = profile(ITSELF);
    log_in(&home);
    let (key, store) = (".config/attache/key", ".local/state/attache/logins");
    let right = std::fs::read_to_string(home.path().join(key)).expect("it was made");
    let (id, _) = right.split_once(':').expect("it has an id");
    home.write(key, &format!("{id}:{}A=\n", "B".repeat(42)));
    let mut told = String::new();
    let mut tell = |what: &str| {
        for action in ["status", "login", "revoke"] {
            let run = home.run(&[action, "--profile", "staging"]);
            assert_eq!(run.status, Some(1), "{run:?}");
            let shown = shown(&home, server.url(), &run).replace(id, "ID");
            told.push_str(&format!("{what}\n$ attache auth {action}\n{shown}\n"));
        }
    };
    tell("another key of the same id");
    std::fs::remove_file(home.path().join(key)).expect("it is there");
    tell("no key");
    private(&home.path().join(key), &right);
    home.write(store, "attache");
    tell("a store that is cut off");
    insta::assert_snapshot!(told);
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
