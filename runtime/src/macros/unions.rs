/// States which variant of a union belongs to which value of its tag.
///
/// A known tag decides: then the payload has to fit. An unknown tag keeps the JSON in `Unknown`,
/// or takes the variant of a last `_ => …` line; so does a payload that does not fit what its tag
/// names. Without a tag that line comes first, and the other variants are tried in order.
/// The payload is written with its tag, whether or not its type declares it.
/// The payload types may be written with or without the `Box` around them.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct Card { pub last4: String }
/// attache_runtime::object! { Card { required "last4" => last4 } }
///
/// #[derive(Debug, PartialEq)]
/// pub enum Payment { Card(Box<Card>), Unknown(attache_runtime::Json) }
/// attache_runtime::tagged_union! { Payment by "kind" { "card" | "credit" => Card(Card) } }
///
/// let payment: Payment = attache_runtime::json::from_str(r#"{"last4":"4242","kind":"credit"}"#).unwrap();
/// assert_eq!(attache_runtime::json::to_string(&payment), r#"{"kind":"card","last4":"4242"}"#);
/// ```
#[macro_export]
macro_rules! tagged_union {
    ($name:ident $(or $any:ident)? by $tag:literal $(where $($own:ident $bound:tt)+)? {
        $($first:literal $(| $more:literal)* => $variant:ident($ty:ty)),*
        $(, _ => $fallback:ident($fallback_ty:ty))? $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self::Unknown($crate::json::Json::Null)
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.tagged_union(
                    self,
                    $tag,
                    &[$(&[$first $(, $more)*]),*],
                    &[
                        $(|decoder, attempts| decoder.variant(attempts, Self::$variant),)*
                        $(|decoder, attempts| decoder.variant(attempts, Self::$fallback))?
                    ],
                    Self::Unknown,
                )
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                match self {
                    $(Self::$variant(payload) => encoder.tagged($tag, $first, payload),)*
                    $(Self::$fallback(payload) => $crate::json::Encode::encode(payload, encoder),)?
                    Self::Unknown(json) => $crate::json::Encode::encode(json, encoder),
                }
            }
            $crate::check! {
                union $($any)? [$($($own $bound)+)?]
                $($variant [],)* $($fallback [],)?
            }
        }
    };
}

/// States the variants of a union that nothing but their shape tells apart.
///
/// All are tried on the same text; the one that leaves the fewest members and values unknown
/// wins, the first of several equal ones. What fits none stays JSON, in `Unknown`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Filter { Text(String), List(Vec<String>), Unknown(attache_runtime::Json) }
/// attache_runtime::untagged_union! { Filter { Text(String), List(Vec<String>) } }
///
/// let filter: Filter = attache_runtime::json::from_str(r#"["a"]"#).unwrap();
/// assert_eq!(filter, Filter::List(vec!["a".into()]));
/// ```
#[macro_export]
macro_rules! untagged_union {
    ($name:ident $(or $any:ident)? $(where $($own:ident $bound:tt)+)? {
        $($variant:ident($ty:ty) $(where $($rule:ident $limit:tt)+)?),* $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self::Unknown($crate::json::Json::Null)
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.untagged_union(
                    self,
                    &[$(|decoder, attempts| decoder.variant(attempts, Self::$variant)),*],
                    Self::Unknown,
                )
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                match self {
                    $(Self::$variant(payload) => $crate::json::Encode::encode(payload, encoder),)*
                    Self::Unknown(json) => $crate::json::Encode::encode(json, encoder),
                }
            }
            $crate::check! {
                union $($any)? [$($($own $bound)+)?]
                $($variant as $ty [$($($rule $limit)+)?],)*
            }
        }
    };
}
