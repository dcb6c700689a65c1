/// Gives a request builder its pages, and their items: the table, and how items are taken out of a page.
///
/// The builder is a struct with a field `call`; the items may be left out.
///
/// ```
/// # use attache_runtime::{Call, Client};
/// # #[derive(Debug)]
/// # pub struct ParcelPage { pub items: Vec<String>, pub next: Option<String> }
/// # attache_runtime::object! { ParcelPage { required "items" => items, optional "next" => next } }
/// #[derive(Clone, Debug)]
/// pub struct ListParcels { call: Call }
/// attache_runtime::paged! {
///     ListParcels => ParcelPage, attache_runtime::Undocumented;
///     attache_runtime::Pagination::token("/next").to_parameter(0).items("/items");
///     String: |page| Some(page.items)
/// }
///
/// async fn first(request: ListParcels) -> Option<String> {
///     request.items().next().await?.ok()
/// }
/// ```
#[macro_export]
macro_rules! paged {
    ($name:ident => $page:ty, $error:ty; $scheme:expr $(; $item:ty: $items:expr)? $(;)?) => {
        impl $name {
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
