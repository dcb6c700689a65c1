//! The table of a paged operation.

use crate::call::OperationMeta;

/// How an operation continues after a page, and where the items are in one.
///
/// Places in bodies are JSON pointers (RFC 6901); parameters are told by their index in the table
/// of the operation.
///
/// ```
/// use attache_runtime::{OperationMeta, Pagination, Parameter};
///
/// static LIST_PARCELS: OperationMeta = OperationMeta::new("listParcels", "GET", "/parcels")
///     .parameters(&[Parameter::query("limit"), Parameter::query("cursor")]);
///
/// // The next page begins where `next_cursor` says, sent as the parameter `cursor`.
/// static PAGES: Pagination = Pagination::token("/next_cursor").to_parameter(1).items("/items");
/// ```
#[derive(Debug)]
pub struct Pagination {
    pub(super) step: Step,
    pub(super) target: Target,
    pub(super) items: Option<&'static str>,
    pub(super) more: Option<Flag>,
    pub(super) total_items: Option<&'static str>,
    pub(super) total_pages: Option<&'static str>,
    pub(super) only_with: Option<&'static [usize]>,
    pub(super) keeping: &'static [usize],
    pub(super) operation: Option<&'static OperationMeta>,
}

/// What makes the next page out of this one.
#[derive(Debug)]
pub(super) enum Step {
    /// A value of the body.
    Token(&'static str),
    /// The value of a header.
    HeaderToken(&'static str),
    /// A value of the last item.
    LastItem(&'static str),
    /// How many items there were so far; the number of the first.
    Offset(i64),
    /// The number of the page; that of the first.
    Page(i64),
    /// An address in the body.
    NextUrl(&'static str),
    /// An address in the header `Link`, with the relation `next`.
    Link,
    /// Nothing: there is one page.
    Single,
}

/// Where the next request carries it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// Nowhere; an address needs no place.
    None,
    Parameter(usize),
    Body(&'static str),
}

/// A member of the body that says whether there is more.
#[derive(Debug)]
pub(super) struct Flag {
    pub(super) pointer: &'static str,
    /// The value that means there is more.
    pub(super) means_more: bool,
}

impl Pagination {
    /// The body has a token for the next page: a cursor, a page token, a marker.
    ///
    /// There is no next page when it is absent, null, empty, or a number that is not above zero.
    pub const fn token(pointer: &'static str) -> Self {
        Self::new(Step::Token(pointer))
    }

    /// A header of the answer has a token for the next page; there is none without it.
    pub const fn header_token(name: &'static str) -> Self {
        Self::new(Step::HeaderToken(name))
    }

    /// The next page begins after the last item, which this member of it identifies.
    ///
    /// There is no next page after an empty one.
    pub const fn last_item(pointer: &'static str) -> Self {
        Self::new(Step::LastItem(pointer))
    }

    /// The next page begins after as many items as there were; `first` is the number of the first one.
    ///
    /// There is no next page after an empty one.
    pub const fn offset(first: i64) -> Self {
        Self::new(Step::Offset(first))
    }

    /// Pages are numbered from `first`; there is no next page after an empty one.
    pub const fn page(first: i64) -> Self {
        Self::new(Step::Page(first))
    }

    /// The body has the address of the next page, which is fetched with GET; there is none without it.
    pub const fn next_url(pointer: &'static str) -> Self {
        Self::new(Step::NextUrl(pointer))
    }

    /// The header `Link` (RFC 8288) has the address of the next page, with the relation `next`.
    pub const fn link() -> Self {
        Self::new(Step::Link)
    }

    /// There is one page, always.
    pub const fn single() -> Self {
        Self::new(Step::Single)
    }

    /// Sends the token or number as the parameter with this index in the operation's table.
    pub const fn to_parameter(mut self, index: usize) -> Self {
        self.target = Target::Parameter(index);
        self
    }

    /// Sends the token or number as a member of the request's JSON body.
    pub const fn to_body(mut self, pointer: &'static str) -> Self {
        self.target = Target::Body(pointer);
        self
    }

    /// Says where the body has its items.
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = Some(pointer);
        self
    }

    /// Says which boolean of the body is true when there is more.
    pub const fn while_true(mut self, pointer: &'static str) -> Self {
        self.more = Some(Flag {
            pointer,
            means_more: true,
        });
        self
    }

    /// Says which boolean of the body is true when there is no more.
    pub const fn until_true(mut self, pointer: &'static str) -> Self {
        self.more = Some(Flag {
            pointer,
            means_more: false,
        });
        self
    }

    /// Says where the body has the number of all items, which saves asking for an empty page.
    pub const fn total_items(mut self, pointer: &'static str) -> Self {
        self.total_items = Some(pointer);
        self
    }

    /// Says where the body has the number of all pages, which saves asking for an empty one.
    pub const fn total_pages(mut self, pointer: &'static str) -> Self {
        self.total_pages = Some(pointer);
        self
    }

    /// Sends the token with these parameters of query and header only, beside those of the path.
    pub const fn only_with(mut self, parameters: &'static [usize]) -> Self {
        self.only_with = Some(parameters);
        self
    }

    /// Sets these parameters of the query in the address of the next page too, in place of what it has for them.
    pub const fn keeping(mut self, parameters: &'static [usize]) -> Self {
        self.keeping = parameters;
        self
    }

    /// Fetches further pages by another operation, whose parameters of the same names are set alike.
    pub const fn by(mut self, operation: &'static OperationMeta) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Whether the body says what comes next.
    pub(super) fn reads_body(&self) -> bool {
        !matches!(self.step, Step::HeaderToken(_) | Step::Link | Step::Single)
    }

    pub(super) fn follows_addresses(&self) -> bool {
        matches!(self.step, Step::NextUrl(_) | Step::Link)
    }

    const fn new(step: Step) -> Self {
        Self {
            step,
            target: Target::None,
            items: None,
            more: None,
            total_items: None,
            total_pages: None,
            only_with: None,
            keeping: &[],
            operation: None,
        }
    }
}
