//! `attache auth` as people and scripts see it, at an authorization server on loopback.

#[path = "../../../runtime/tests/identity_server/browser.rs"]
mod browser;
mod flows;
mod identity_server;
#[path = "../../../runtime/tests/login_server/mod.rs"]
mod login_server;
mod program;
mod told;
