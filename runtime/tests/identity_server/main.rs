//! Logins at an identity server that others made, and that is certified: `cargo xtask idp --test`.

mod browser;
mod flows;
mod processes;
