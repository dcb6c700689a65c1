//! Pages: how an operation continues, and where the items are.

use super::OperationId;

/// Members from the body down, by their names in JSON; none is the body itself.
pub type Path = Vec<String>;

#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    pub step: Step,
    /// Where the next request carries the token or number; an address needs no place.
    pub target: Option<Target>,
    pub items: Option<Path>,
    /// A boolean of the body, and the value of it that means there is more.
    pub more: Option<(Path, bool)>,
    pub total_items: Option<Path>,
    pub total_pages: Option<Path>,
    /// The only parameters that go with a token, as indexes.
    pub only_with: Option<Vec<usize>>,
    /// Parameters that are set in the address of the next page too, as indexes.
    pub keeping: Vec<usize>,
    /// What fetches further pages, where the operation itself does not.
    pub by: Option<OperationId>,
    pub source: PaginationSource,
}

/// What makes the next page.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A value of the body.
    Token(Path),
    HeaderToken(String),
    /// A value of the last item.
    LastItem(Path),
    /// How many items there were; the number of the first.
    Offset(i64),
    /// The number of the page; that of the first.
    Page(i64),
    /// An address in the body.
    NextUrl(Path),
    /// An address in the header `Link`.
    Link,
    /// Nothing, there is one page.
    Single,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// By index; of the operation in `by`, where there is one.
    Parameter(usize),
    Body(Path),
}

/// What says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationSource {
    /// Parameters and body look like it.
    Rule,
    /// An extension, by its name.
    Extension(String),
    Settings,
}
