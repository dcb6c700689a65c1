/// Gives a request its pages, and their items: the table, and how items are taken out of a page.
///
/// The request has a field `call`; the items may be left out.
///
/// ```
/// # #[derive(Debug)]
/// # pub struct ParcelPage { pub items: Vec<String>, pub next: Option<String> }
/// # attache_runtime::object! { ParcelPage { required "items" => items, optional "next" => next } }
/// # attache_runtime::requests! { Request }
/// # pub enum ListParcels {}
/// # attache_runtime::operation! { ListParcels => ParcelPage, attache_runtime::Undocumented }
/// attache_runtime::paged! {
///     Request<ListParcels> => ParcelPage, attache_runtime::Undocumented;
///     attache_runtime::Pagination::token("/next").to_parameter(0).items("/items");
///     String: |page| Some(page.items)
/// }
///
/// async fn first(request: Request<ListParcels>) -> Option<String> {
///     request.items().next().await?.ok()
/// }
/// ```
#[macro_export]
macro_rules! paged {
    ($request:ty => $page:ty, $error:ty; $scheme:expr $(; $item:ty: $items:expr)? $(;)?) => {
        impl $request {
            /// Sends the request, and then one for each further page that is asked for.
            pub fn pages(self) -> $crate::Pages<$page, $error> {
                static SCHEME: $crate::Pagination = $scheme;
                self.call.pages(&SCHEME)
            }
            $(
                /// Sends the request, and yields the items of its pages one by one.
                pub fn items(self) -> $crate::Items<$page, $item, $error> {
                    $crate::Items::new(self.pages(), $items)
                }
            )?
        }
    };
}
