/// Makes a server of a description of a type: its address, and the values that vary in it, each with its default.
///
/// ```
/// #[derive(Clone, Debug, PartialEq, Eq)]
/// pub struct Production { pub region: String }
/// attache_runtime::server! {
///     Production => "https://{region}.example.com/v1" {
///         "region" => region: String = "eu",
///     }
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// pub struct Sandbox;
/// attache_runtime::server! { Sandbox => "https://sandbox.example.com/v1" }
///
/// let servers: [attache_runtime::Server; 2] = [Production::new().region("us").into(), Sandbox.into()];
/// ```
#[macro_export]
macro_rules! server {
    ($name:ident => $template:literal) => {
        impl ::std::convert::From<$name> for $crate::Server {
            fn from(_: $name) -> Self {
                $crate::Server::new($template)
            }
        }
    };
    ($name:ident => $template:literal {
        $($wire:literal => $field:ident: $ty:ty = $default:literal),* $(,)?
    }) => {
        impl $name {
            /// Creates a value with the defaults of the description.
            pub fn new() -> Self {
                Self {
                    $($field: <$ty as ::std::convert::From<&str>>::from($default),)*
                }
            }
            $(
                #[doc = ::std::concat!("Sets `", $wire, "`.")]
                pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
                    self.$field = $field.into();
                    self
                }
            )*
        }
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
        impl ::std::convert::From<$name> for $crate::Server {
            fn from(server: $name) -> Self {
                $crate::Server::new($template)
                    $(.set($wire, ::std::string::ToString::to_string(&server.$field)))*
            }
        }
    };
}
