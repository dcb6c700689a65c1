//! Pagination: the further pages of an operation that gives its answer page by page.
//!
//! Input: a call, and the table that says how the operation continues.
//! Output: a stream of pages, or of the items in them.
//! Invariants: every page goes through the whole call path; a page is requested when it is asked for,
//! not before; a position that was there already ends the stream with an error.
//! Never: a request to another origin than that of the call, whatever an answer says.

mod continuation;
mod items;
mod link;
mod outline;
mod page;
mod pager;
mod pages;
mod position;
mod scheme;

pub use continuation::{Continuation, InvalidContinuation};
pub use items::Items;
pub use page::Page;
pub use pages::Pages;
pub use scheme::Pagination;
