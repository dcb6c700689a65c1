//! What went wrong, or less well than it could have, and where.
//!
//! Input: findings of every stage. Output: [`Diagnostics`], and their rendering for people and for programs.
//! Invariant: a diagnostic is plain data; its position is fixed when it is made.
//! Never: prints, or stops a stage.

mod code;
pub mod codes;
mod excerpt;
mod human;
mod json;
mod list;
mod location;

pub use code::{Code, Severity};
pub use human::{render_all_human, render_human};
pub use json::{json_string, render_json};
pub use list::{Diagnostic, Diagnostics};
pub use location::Location;

#[cfg(test)]
mod tests;
