/// States which strings the variants of an enum are; any other string is its `Unknown`.
///
/// With `or any` behind the name of the enum, any other string is as good as those. Values are compared, hashed, printed
/// and cloned as their texts: what could be derived is code for each variant, which a large client has thousands of.
///
/// ```
/// pub enum Status { Open, InTransit, Unknown(String) }
/// attache_runtime::string_enum! { Status { Open => "open", InTransit => "in-transit" } }
///
/// assert_eq!(Status::from("in-transit"), Status::InTransit);
/// assert_eq!(Status::from("lost").as_str(), "lost");
/// assert_eq!(format!("{:?}", Status::Open), r#"Status "open""#);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident $(or $any:ident)? { $($variant:ident => $text:literal),* $(,)? }) => {
        impl $name {
            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Unknown(other.into()),
                }
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                text.as_str().into()
            }
        }
        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                self.as_str().into()
            }
        }
        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        impl ::std::cmp::Eq for $name {}
        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state)
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::json::debug(self, ::std::stringify!($name), f)
            }
        }
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                $crate::blank_enum!(::std::string::String::new(), $($variant)*)
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.string_enum(self, $crate::is_unlisted!($($any)?))
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.string(self.as_str());
            }
            $crate::check! { enum $($any)? }
        }
    };
}

/// Whether a value is one that an enum does not list, unless any value is as good.
#[doc(hidden)]
#[macro_export]
macro_rules! is_unlisted {
    () => {
        |value| ::std::matches!(value, Self::Unknown(_))
    };
    ($any:ident) => {
        |_| false
    };
}

/// States which integers the variants of an enum are; any other integer is its `Unknown`.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub enum Level { Low, High, Unknown(i64) }
/// attache_runtime::integer_enum! { Level { Low => 1, High => -2 } }
///
/// assert_eq!(Level::from(-2), Level::High);
/// assert_eq!(Level::from(7).as_i64(), 7);
/// ```
#[macro_export]
macro_rules! integer_enum {
    ($name:ident $(or $any:ident)? { $($variant:ident => $number:literal),* $(,)? }) => {
        impl $name {
            /// Returns the value as it is sent.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => *number,
                }
            }
        }
        impl ::std::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                $crate::blank_enum!(0, $($variant)*)
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                *self = <Self as ::std::convert::From<i64>>::from(decoder.integer()?);
                $crate::note_unlisted!(self decoder $($any)?);
                ::std::result::Result::Ok(())
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                $crate::json::Encode::encode(&self.as_i64(), encoder);
            }
            $crate::check! { enum $($any)? }
        }
    };
}

/// States which JSON values the variants of an enum are, each as JSON text; any other is its `Unknown`.
///
/// ```
/// use attache_runtime::Json;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Limit { Unlimited, None, Unknown(Json) }
/// attache_runtime::json_enum! { Limit { Unlimited => "\"unlimited\"", None => "0" } }
///
/// assert_eq!(attache_runtime::json::from_str::<Limit>("0").unwrap(), Limit::None);
/// assert_eq!(attache_runtime::json::to_string(&Limit::Unlimited), "\"unlimited\"");
/// assert_eq!(Limit::from(Json::from(7_i64)), Limit::Unknown(7_i64.into()));
/// ```
#[macro_export]
macro_rules! json_enum {
    ($name:ident $(or $any:ident)? { $($variant:ident => $text:literal),* $(,)? }) => {
        impl ::std::convert::From<$crate::json::Json> for $name {
            fn from(json: $crate::json::Json) -> Self {
                $(if json.is_literal($text) {
                    return Self::$variant;
                })*
                Self::Unknown(json)
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str($text),)*
                    Self::Unknown(json) => ::std::fmt::Display::fmt(json, f),
                }
            }
        }
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                $crate::blank_enum!($crate::json::Json::Null, $($variant)*)
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                *self = <Self as ::std::convert::From<$crate::json::Json>>::from(decoder.value()?);
                $crate::note_unlisted!(self decoder $($any)?);
                ::std::result::Result::Ok(())
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                match self {
                    $(Self::$variant => encoder.raw($text),)*
                    Self::Unknown(json) => $crate::json::Encode::encode(json, encoder),
                }
            }
            $crate::check! { enum $($any)? }
        }
    };
}

/// Counts a value that an enum does not list, unless any value is as good.
#[doc(hidden)]
#[macro_export]
macro_rules! note_unlisted {
    ($value:ident $decoder:ident) => {
        if let Self::Unknown(_) = $value {
            $decoder.note_unknown();
        }
    };
    ($value:ident $decoder:ident $any:ident) => {};
}

/// The blank value of an enum: its only variant (then it is a constant), or an empty unknown.
#[doc(hidden)]
#[macro_export]
macro_rules! blank_enum {
    ($empty:expr, $only:ident) => {
        Self::$only
    };
    ($empty:expr, $($variant:ident)*) => {
        Self::Unknown($empty)
    };
}
