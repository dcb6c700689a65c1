/// States which members the JSON object of a struct has.
///
/// One line for each field: `required` or `optional`, the name on the wire, the field. A last
/// `..field` takes all other members; without it they are skipped and counted.
/// Behind a field, and behind the name of the struct, `where` lists what the description asks of the
/// value: `where minimum(1) maximum(5)`. Only the feature `validate` looks at it.
///
/// ```
/// use std::collections::BTreeMap;
///
/// #[derive(Debug)]
/// struct Parcel {
///     id: String,
///     weight_grams: Option<i64>,
///     labels: BTreeMap<String, String>,
/// }
/// attache_runtime::object! {
///     Parcel {
///         required "id" => id,
///         optional "weightGrams" => weight_grams,
///         ..labels,
///     }
/// }
///
/// let text = r#"{"id":"p_1","weightGrams":20,"color":"red"}"#;
/// let parcel: Parcel = attache_runtime::json::from_str(text).unwrap();
/// assert_eq!(parcel.labels["color"], "red");
/// assert_eq!(attache_runtime::json::to_string(&parcel), text);
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident $(where $($own:ident $bound:tt)+)? {
        $($presence:ident $wire:literal => $field:ident $(where $($rule:ident $limit:tt)+)?),*
        $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self { $($field: $crate::json::Blank::blank()),* }
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.object::<Self>(&mut [$(&mut self.$field),*])
            }
            fn members() -> &'static $crate::json::Members {
                &[$(($wire, $crate::is_required!($presence))),*]
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.object::<Self>(&[$(&self.$field),*])
            }
            $crate::check! {
                object [$($($own $bound)+)?]
                $($wire => $field [$($($rule $limit)+)?],)*
            }
        }
    };
    ($name:ident $(where $($own:ident $bound:tt)+)? {
        $($presence:ident $wire:literal => $field:ident $(where $($rule:ident $limit:tt)+)?,)*
        ..$rest:ident $(where $($value_rule:ident $value_limit:tt)+)? $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self {
                    $($field: $crate::json::Blank::blank(),)*
                    $rest: $crate::json::Blank::blank(),
                }
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.object_with_rest::<Self>(&mut [$(&mut self.$field),*], &mut self.$rest)
            }
            fn members() -> &'static $crate::json::Members {
                &[$(($wire, $crate::is_required!($presence))),*]
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.object_with_rest::<Self>(&[$(&self.$field),*], &self.$rest)
            }
            $crate::check! {
                object [$($($own $bound)+)?]
                $($wire => $field [$($($rule $limit)+)?],)*
                ..$rest [$($($value_rule $value_limit)+)?]
            }
        }
    };
}

/// Turns the first word of a line of [`object!`](crate::object) into a boolean.
#[doc(hidden)]
#[macro_export]
macro_rules! is_required {
    (required) => {
        true
    };
    (optional) => {
        false
    };
}

/// Gives a struct that requests use its `new` and one setter for each optional field.
///
/// In parentheses stand the arguments of `new`, in braces the optional fields, both with the type
/// of the value, without the `Option`, `Maybe` or `Box` around it.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct NewParcel {
///     pub city: String,
///     pub weight_grams: Option<i64>,
///     pub parent: Option<Box<NewParcel>>,
/// }
/// attache_runtime::object! {
///     NewParcel {
///         required "city" => city,
///         optional "weightGrams" => weight_grams,
///         optional "parent" => parent,
///     }
/// }
/// attache_runtime::setters! {
///     NewParcel(city: String) {
///         weight_grams: i64,
///         parent: NewParcel,
///     }
/// }
///
/// let parcel = NewParcel::new("Rome").weight_grams(20).parent(NewParcel::new("Bari"));
/// assert_eq!(parcel.weight_grams, Some(20));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident () { $($field:ident: $ty:ty),* $(,)? }) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
        #[allow(clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $name {
            /// Creates a value with everything unset.
            pub fn new() -> Self {
                <Self as $crate::json::Blank>::blank()
            }
            $crate::optional_setters! { $($field: $ty),* }
        }
    };
    ($name:ident ($($argument:ident: $argument_ty:ty),+ $(,)?) { $($field:ident: $ty:ty),* $(,)? }) => {
        #[allow(clippy::should_implement_trait, clippy::too_many_arguments, clippy::wrong_self_convention)]
        impl $name {
            /// Creates a value from what is required; everything else is unset.
            pub fn new($($argument: impl ::std::convert::Into<$argument_ty>),+) -> Self {
                let mut value = <Self as $crate::json::Blank>::blank();
                $(value.$argument = $crate::json::Fill::<$argument_ty>::fill($argument.into());)+
                value
            }
            $crate::optional_setters! { $($field: $ty),* }
        }
    };
}

/// The setters of [`setters!`](crate::setters): all in one, since a macro for each would be expanded for each.
#[doc(hidden)]
#[macro_export]
macro_rules! optional_setters {
    ($($field:ident: $ty:ty),*) => {
        $(
            #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
            pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
                self.$field = $crate::json::Fill::<$ty>::fill($field.into());
                self
            }
        )*
    };
}

/// Gives a struct around one value the codec of that value.
///
/// ```
/// #[derive(Debug)]
/// pub struct Tree(pub Vec<Tree>);
/// attache_runtime::newtype! { Tree(Vec<Tree>) }
///
/// let tree: Tree = attache_runtime::json::from_str("[[],[[]]]").unwrap();
/// assert_eq!(tree.len(), 2);
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident($ty:ty) $(where $($rule:ident $limit:tt)+)?) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self($crate::json::Blank::blank())
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                $crate::json::Decode::decode(&mut self.0, decoder)
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                $crate::json::Encode::encode(&self.0, encoder)
            }
            fn is_absent(&self) -> bool {
                $crate::json::Encode::is_absent(&self.0)
            }
            $crate::check! { newtype $($($rule $limit)+)? }
        }
        impl ::std::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self(value)
            }
        }
        impl ::std::ops::Deref for $name {
            type Target = $ty;
            fn deref(&self) -> &$ty {
                &self.0
            }
        }
    };
}

/// Makes what requests carry out of what a response carried: read, change, send back.
///
/// All members are taken over, also those that only the server sets.
///
/// ```
/// #[derive(Debug)]
/// pub struct Parcel { pub id: String, pub city: String }
/// attache_runtime::object! { Parcel { required "id" => id, required "city" => city } }
///
/// #[derive(Debug)]
/// pub struct ParcelRequest { pub id: Option<String>, pub city: String }
/// attache_runtime::object! { ParcelRequest { optional "id" => id, required "city" => city } }
/// attache_runtime::request_view! { ParcelRequest of Parcel }
///
/// let parcel = Parcel { id: "p_1".into(), city: "Rome".into() };
/// let mut request = ParcelRequest::try_from(&parcel).unwrap();
/// request.city = "Bari".into();
/// assert_eq!(attache_runtime::json::to_string(&request), r#"{"id":"p_1","city":"Bari"}"#);
/// ```
#[macro_export]
macro_rules! request_view {
    ($view:ident of $whole:ident) => {
        /// Fails when a response lacks a member that requests must have.
        impl ::std::convert::TryFrom<&$whole> for $view {
            type Error = $crate::json::DecodeError;
            fn try_from(whole: &$whole) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                $crate::json::from_slice(&$crate::json::to_vec(whole))
            }
        }
    };
}
