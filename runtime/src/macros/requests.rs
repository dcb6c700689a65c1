/// Makes the request of a module's operations: a type with a parameter for the operation, which says what it yields.
///
/// One type for all of them is compiled once, where a type for each would be compiled as often as there are operations.
/// Arguments of an operation are methods of the request with that operation.
///
/// ```
/// # use attache_runtime::{Client, OperationMeta, Parameter};
/// static COUNT: OperationMeta = OperationMeta::new("countParcels", "GET", "/parcels/count")
///     .parameters(&[Parameter::query("depot")]);
///
/// attache_runtime::requests! { Request }
///
/// /// The operation `countParcels`.
/// pub enum CountParcels {}
/// attache_runtime::operation! { CountParcels => i64, attache_runtime::Undocumented }
///
/// impl Request<CountParcels> {
///     pub fn depot(mut self, depot: impl Into<String>) -> Self {
///         self.call.query::<String>("depot", depot);
///         self
///     }
/// }
///
/// fn count_parcels(client: &Client) -> Request<CountParcels> {
///     Request::new(client.call(&COUNT))
/// }
///
/// async fn count(client: &Client) -> Result<i64, attache_runtime::Error<attache_runtime::Undocumented>> {
///     count_parcels(client).depot("north").timeout(std::time::Duration::from_secs(5)).send().await
/// }
/// ```
#[macro_export]
macro_rules! requests {
    ($name:ident) => {
        /// A request of an operation `O`, before it is sent: its optional arguments, and what else there is to say.
        #[must_use = "a request does nothing until it is sent"]
        pub struct $name<O> {
            call: $crate::Call,
            operation: ::std::marker::PhantomData<fn() -> O>,
        }

        impl<O> $name<O> {
            #[allow(dead_code)]
            fn new(call: $crate::Call) -> Self {
                Self {
                    call,
                    operation: ::std::marker::PhantomData,
                }
            }
            /// Sends the request and yields the answer undecoded, whatever its status.
            pub fn send_raw(self) -> $crate::PendingRaw {
                self.call.send_raw()
            }
            /// Limits how long this request may take, from sending it to its whole answer.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }
            /// Adds a pair to the query, beside those that the operation declares.
            pub fn extra_query(
                mut self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.call.extra_query(name, value);
                self
            }
            /// Sends this request to another server than the client's, without what the client was given for its own.
            pub fn base_url(
                mut self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.call.base_url(base_url);
                self
            }
            /// Sends a further header, in place of one with the same name.
            pub fn header(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.call.extra_header(name, value);
                self
            }
            /// Sends this credential instead of the client's.
            pub fn auth(
                mut self,
                credential: impl ::std::convert::Into<$crate::Credential>,
            ) -> Self {
                self.call.auth(credential);
                self
            }
            /// Changes what else there is to say about this call; see `attache_runtime::Call`.
            pub fn with(mut self, change: impl ::std::ops::FnOnce(&mut $crate::Call)) -> Self {
                change(&mut self.call);
                self
            }
        }

        impl<O: $crate::ApiOperation> $name<O> {
            /// Sends the request and yields what the answer holds.
            pub fn send(self) -> $crate::Pending<O::Success, O::Error> {
                self.call.send()
            }
            /// Sends the request and yields the whole response.
            pub fn send_full(self) -> $crate::PendingResponse<O::Success, O::Error, O::Headers> {
                self.call.send_full()
            }
        }

        impl<O> ::std::clone::Clone for $name<O> {
            fn clone(&self) -> Self {
                Self::new(::std::clone::Clone::clone(&self.call))
            }
        }

        impl<O> ::std::fmt::Debug for $name<O> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.call, f)
            }
        }
    };
}

/// States what an operation yields, its documented errors, and its documented headers, if there are any.
///
/// See [`requests!`](crate::requests).
#[macro_export]
macro_rules! operation {
    ($name:ident => $success:ty, $error:ty) => {
        $crate::operation! { $name => $success, $error, () }
    };
    ($name:ident => $success:ty, $error:ty, $headers:ty) => {
        impl $crate::ApiOperation for $name {
            type Success = $success;
            type Error = $error;
            type Headers = $headers;
        }
    };
}

/// States which variant of an enum holds the answer to which status, and to which media type where one status has
/// several; the first that fits counts.
///
/// ```
/// #[derive(Debug)]
/// pub enum GetParcelError { NotFound(String), Gone, GoneHtml(attache_runtime::Text), Other(attache_runtime::Json) }
/// attache_runtime::responses! {
///     GetParcelError {
///         404 => NotFound(String),
///         410 if "text/html" | "application/xhtml+xml" => GoneHtml(attache_runtime::Text),
///         410 => Gone,
///         400..=499 => Other(attache_runtime::Json),
///     }
/// }
/// ```
#[macro_export]
macro_rules! responses {
    ($name:ident {
        $($status:pat $(if $($media:literal)|+)? => $variant:ident $(($ty:ty))?),* $(,)?
    }) => {
        impl $crate::FromResponse for $name {
            #[allow(unreachable_patterns)]
            fn from_response(
                answer: &$crate::Answer,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::DecodeError>> {
                match answer.status() {
                    $($status $(if answer.is_media_type(&[$($media),+]))? => $crate::response_variant!(answer, $variant $(($ty))?),)*
                    _ => ::std::option::Option::None,
                }
            }
        }
    };
}

/// One line of [`responses!`](crate::responses).
#[doc(hidden)]
#[macro_export]
macro_rules! response_variant {
    ($answer:ident, $variant:ident) => {
        ::std::option::Option::Some(::std::result::Result::Ok(Self::$variant))
    };
    ($answer:ident, $variant:ident($ty:ty)) => {
        <$ty as $crate::FromResponse>::from_response($answer).map(|body| body.map(Self::$variant))
    };
}

/// Sets many arguments of a call, for operations that require more than reads well as statements.
///
/// ```
/// # use attache_runtime::{Call, Client, OperationMeta, Parameter};
/// static LOCATE: OperationMeta = OperationMeta::new("locate", "GET", "/{country}/places")
///     .parameters(&[Parameter::path("country"), Parameter::query("near")]);
///
/// fn locate(client: &Client, country: &str, near: [f64; 2]) -> Call {
///     let mut call = client.call(&LOCATE);
///     attache_runtime::arguments! {
///         call: set::<String>(0, country), set_list::<f64>(1, near),
///     }
///     call
/// }
/// ```
#[macro_export]
macro_rules! arguments {
    ($call:ident: $($method:ident $(::<$ty:ty>)? ($($argument:expr),*)),* $(,)?) => {
        $($call.$method $(::<$ty>)? ($($argument),*);)*
    };
}

/// Lets a request yield the values of its answer one by one: their type, the documented errors, the media
/// types, what of an event a value is ([`EventShape`](crate::stream::EventShape)), and the member of the body that
/// asks for it, if there is one.
///
/// ```
/// # attache_runtime::requests! { Request }
/// # pub enum Chat {}
/// # attache_runtime::operation! { Chat => attache_runtime::Json, attache_runtime::Undocumented }
/// attache_runtime::stream! {
///     Request<Chat> => attache_runtime::Json, attache_runtime::Undocumented;
///     "text/event-stream", Json, "stream"
/// }
/// ```
#[macro_export]
macro_rules! stream {
    ($request:ty => $item:ty, $error:ty; $accept:literal, $shape:ident $(, $flag:literal)?) => {
        impl $request {
            /// Sends the request, once the first is asked for, and yields the values of its answer one by one.
            pub fn stream(self) -> $crate::EventStream<$item, $error> {
                static STREAM: $crate::stream::StreamMeta =
                    $crate::stream::StreamMeta::new($accept, $crate::stream::EventShape::$shape)
                        $(.flag($flag))?;
                self.call.stream(&STREAM)
            }
        }
    };
}

/// Lets a request yield the body of its answer piece by piece, or save it in a file.
///
/// ```
/// # attache_runtime::requests! { Request }
/// # pub enum GetLabel {}
/// # attache_runtime::operation! { GetLabel => attache_runtime::Bytes, attache_runtime::Undocumented }
/// attache_runtime::download! { Request<GetLabel> => attache_runtime::Undocumented }
///
/// async fn save(request: Request<GetLabel>) -> Result<u64, attache_runtime::Error<attache_runtime::Undocumented>> {
///     request.download().await?.to_file("label.pdf").await
/// }
/// ```
#[macro_export]
macro_rules! download {
    ($request:ty => $error:ty) => {
        impl $request {
            /// Sends the request and yields the body of a success piece by piece.
            pub fn download(self) -> $crate::PendingDownload<$error> {
                self.call.download()
            }
        }
    };
}

/// States how the fields of a struct stand in the headers of an answer; each is an `Option`.
///
/// `plain` is a text, a number or a truth value, `list` such values with commas between them, `json` JSON text.
///
/// ```
/// #[derive(Debug)]
/// pub struct ListParcelsHeaders { pub total: Option<i64>, pub tags: Option<Vec<String>> }
/// attache_runtime::headers! {
///     ListParcelsHeaders { plain "X-Total" => total, list "X-Tags" => tags }
/// }
///
/// let headers = attache_runtime::Headers::from_iter([("x-total", "3"), ("x-tags", "a, b")]);
/// let documented: ListParcelsHeaders = headers.read().unwrap();
/// assert_eq!(documented.total, Some(3));
/// assert_eq!(documented.tags.unwrap(), ["a", "b"]);
/// ```
#[macro_export]
macro_rules! headers {
    ($name:ident { $($form:ident $wire:literal => $field:ident),* $(,)? }) => {
        impl $crate::response::FromHeaders for $name {
            fn from_headers(
                headers: &$crate::Headers,
            ) -> ::std::result::Result<Self, $crate::DecodeError> {
                ::std::result::Result::Ok(Self {
                    $($field: $crate::response::HeaderForm::$form(headers, $wire)?,)*
                })
            }
        }
    };
}
