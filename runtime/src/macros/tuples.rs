/// States which items of a JSON array the fields of a tuple struct are.
///
/// One line for each position: `required` or `optional`. A last `..position` takes all items
/// behind; without it they are skipped and counted.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct Position(pub f64, pub f64, pub Option<f64>, pub Vec<String>);
/// attache_runtime::tuple! { Position { required 0, required 1, optional 2, ..3 } }
///
/// let position: Position = attache_runtime::json::from_str("[12.5, 41.9]").unwrap();
/// assert_eq!(position, Position(12.5, 41.9, None, Vec::new()));
/// assert_eq!(attache_runtime::json::to_string(&position), "[12.5,41.9]");
/// ```
#[macro_export]
macro_rules! tuple {
    ($name:ident $(where $($own:ident $bound:tt)+)? {
        $($presence:ident $position:tt $(where $($rule:ident $limit:tt)+)?),* $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self { $($position: $crate::json::Blank::blank()),* }
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.tuple(&mut [$(($crate::is_required!($presence), &mut self.$position)),*])
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.tuple(&[$(($crate::is_required!($presence), &self.$position)),*])
            }
            $crate::check! {
                tuple [$($($own $bound)+)?]
                $(at $position [$($($rule $limit)+)?],)*
            }
        }
    };
    ($name:ident $(where $($own:ident $bound:tt)+)? {
        $($presence:ident $position:tt $(where $($rule:ident $limit:tt)+)?,)*
        ..$rest:tt $(where $($item_rule:ident $item_limit:tt)+)? $(,)?
    }) => {
        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self {
                    $($position: $crate::json::Blank::blank(),)*
                    $rest: $crate::json::Blank::blank(),
                }
            }
        }
        impl $crate::json::Decode for $name {
            fn decode(
                &mut self,
                decoder: &mut $crate::json::Decoder<'_>,
            ) -> ::std::result::Result<(), $crate::json::Fault> {
                decoder.tuple_with_rest(
                    &mut [$(($crate::is_required!($presence), &mut self.$position)),*],
                    &mut self.$rest,
                )
            }
        }
        impl $crate::json::Encode for $name {
            fn encode(&self, encoder: &mut $crate::json::Encoder) {
                encoder.tuple_with_rest(
                    &[$(($crate::is_required!($presence), &self.$position)),*],
                    &self.$rest,
                )
            }
            $crate::check! {
                tuple [$($($own $bound)+)?]
                $(at $position [$($($rule $limit)+)?],)*
                ..$rest [$($($item_rule $item_limit)+)?]
            }
        }
    };
}
