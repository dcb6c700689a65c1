/// Lets types be printed and compared by the JSON that they are, in place of `derive(Debug, PartialEq)`.
///
/// What is derived is code for each field of each type, which a large client has thousands of; this is a line for each
/// type. Values are equal where their JSON is: the order of members does not count, and what is not sent does not either.
///
/// ```
/// pub struct Parcel { pub id: String, pub weight: Option<i64> }
/// attache_runtime::object! { Parcel { required "id" => id, optional "weight" => weight } }
/// attache_runtime::json_values! { Parcel }
///
/// let parcel = Parcel { id: "p_1".into(), weight: None };
/// assert_eq!(format!("{parcel:?}"), r#"Parcel {"id":"p_1"}"#);
/// assert_eq!(parcel, attache_runtime::json::from_str(r#"{"id":"p_1","color":"red"}"#).unwrap());
/// ```
#[macro_export]
macro_rules! json_values {
    ($($name:ident),* $(,)?) => {
        $(
            impl ::std::fmt::Debug for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    $crate::json::debug(self, ::std::stringify!($name), f)
                }
            }
            impl ::std::cmp::PartialEq for $name {
                fn eq(&self, other: &Self) -> bool {
                    $crate::json::is_same(self, other)
                }
            }
        )*
    };
}
