//! `cargo xtask idp`: logins at an identity server that others made, and that is certified.
//!
//! Input: `oidc-provider` from npm, Node.js.
//! Output: a server on loopback, until it is stopped; with `--test` the tests of all flows against it.
//! Invariants: what the server is told stands in `server.mjs`, and all else is as it is published.
//! Never: a request beyond this machine, once the server is installed.

mod server;

use std::io;

use crate::{Outcome, project};
use server::Server;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Runs the tests against it, and stops it
    #[arg(long)]
    test: bool,
    /// How often a login that processes share is renewed while they are killed
    #[arg(long, default_value_t = 1_000)]
    rotations: u32,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let server = Server::start(&project::target("idp"))?;
    if !arguments.test {
        println!("{} until the end of the input", server.url());
        let end = io::copy(&mut io::stdin(), &mut io::sink());
        return end.map(|_| true).map_err(|error| error.to_string());
    }
    let suites = [
        ("attache-runtime", "--all-features", "identity_server"),
        ("attache-generator", "--features=auth", "auth"),
    ];
    let mut all_is_well = true;
    for (package, features, test) in suites {
        let status = project::cargo(["test", "--package", package, features])
            .args(["--test", test, "--", "--ignored", "--nocapture"])
            .env("ATTACHE_IDP", server.url())
            .env("ATTACHE_IDP_KEY", server.key()?)
            .env("ATTACHE_IDP_ROTATIONS", arguments.rotations.to_string())
            .status()
            .map_err(|error| format!("cargo cannot be run: {error}"))?;
        all_is_well &= status.success();
    }
    Ok(all_is_well)
}
