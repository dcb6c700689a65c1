//! What is stated about the pages of an operation, in the settings or by an extension.

/// How an operation gives pages, or that it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// It has no pages, whatever it looks like.
    Off,
    /// It has pages, and this is how it continues.
    Stated(Box<PagesStatement>),
}

/// How an operation continues after a page; places in bodies are JSON pointers, parameters go by their names.
///
/// One of `token`, `header_token`, `last_item`, `offset`, `page`, `next_url`, `link` and `single` says what
/// makes the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "settings",
    derive(serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct PagesStatement {
    /// The token in the body: `/next_cursor`.
    pub token: Option<String>,
    /// The header of the answer with the token: `X-Next-Cursor`.
    pub header_token: Option<String>,
    /// The member of the last item that the next page begins after: `/id`.
    pub last_item: Option<String>,
    /// The parameter that says how many items are left out: `offset`.
    pub offset: Option<String>,
    /// The parameter with the number of the page: `page`.
    pub page: Option<String>,
    /// The address of the next page in the body: `/links/next`.
    pub next_url: Option<String>,
    /// The header `Link` has the address of the next page.
    pub link: bool,
    /// There is one page.
    pub single: bool,
    /// The parameter that the token is sent as.
    pub parameter: Option<String>,
    /// The member of the request's JSON body that the token is sent as: `/cursor`.
    pub body: Option<String>,
    /// The number of the first page (1) or item (0).
    pub first: Option<i64>,
    /// Where the items are: `/items`; nothing where the body is the list.
    pub items: Option<String>,
    /// A boolean of the body that is true when there is more.
    pub while_true: Option<String>,
    /// A boolean of the body that is true when there is no more.
    pub until_true: Option<String>,
    /// The number of all items.
    pub total_items: Option<String>,
    /// The number of all pages.
    pub total_pages: Option<String>,
    /// The parameters that may be sent beside a token, where not all may.
    pub only_with: Option<Vec<String>>,
    /// The parameters of the query that are set in the address of the next page too, whatever it has for them.
    pub keeping: Vec<String>,
    /// The operation that fetches further pages, by its id.
    pub by: Option<String>,
}
