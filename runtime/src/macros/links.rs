/// States what the answers of an operation lead to: a trait for its whole response, with a method for each link.
///
/// A link has the name that the description gives it, the client that it calls, further arguments, and makes a request.
///
/// ```
/// # use attache_runtime::{Call, OperationMeta, Response};
/// # #[derive(Clone, Debug)]
/// # pub struct Client { inner: attache_runtime::Client }
/// # static GET_OWNER: OperationMeta = OperationMeta::new("getOwner", "GET", "/owners/{id}");
/// pub struct GetOwner { call: Call }
/// impl Client {
///     fn get_owner(&self, id: impl Into<String>) -> GetOwner {
///         let mut call = self.inner.call(&GET_OWNER);
///         call.path::<String>("id", id);
///         GetOwner { call }
///     }
/// }
///
/// #[derive(Debug)]
/// pub struct Parcel { pub owner: String }
/// attache_runtime::links! {
///     /// What a parcel leads to.
///     GetParcelLinks for Parcel {
///         /// Its owner.
///         owner(link = "owner", client: Client) -> GetOwner {
///             client.get_owner(link.value::<String>("$response.body#/owner")?)
///         }
///     }
/// }
/// ```
#[macro_export]
macro_rules! links {
    (
        $(#[$about:meta])*
        $name:ident for $answer:ty {
            $(
                $(#[$doc:meta])*
                $method:ident(
                    $link:ident = $wire:literal, $client:ident: $client_type:ty $(, $argument:ident: $type:ty)*
                ) -> $request:ty $body:block
            )*
        }
    ) => {
        $(#[$about])*
        pub trait $name {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// The answer lacks a value that the link takes from it, or it is none of the argument's type.
                fn $method(
                    &self,
                    $client: &$client_type,
                    $($argument: $type),*
                ) -> ::std::result::Result<$request, $crate::links::LinkError>;
            )*
        }

        impl<H> $name for $crate::Response<$answer, H> {
            $(
                #[allow(unused_variables)]
                fn $method(
                    &self,
                    $client: &$client_type,
                    $($argument: $type),*
                ) -> ::std::result::Result<$request, $crate::links::LinkError> {
                    let $link = self.link($wire);
                    ::std::result::Result::Ok($body)
                }
            )*
        }
    };
}
