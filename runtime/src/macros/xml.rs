/// States which XML the members of a struct are, beside their table of [`object!`](crate::object).
///
/// One line for each field: what node it is, its name in JSON, the field; behind `=` its name in XML,
/// behind `in` its namespace, behind `of` the name of the items inside its element. A last `..field`
/// takes all other elements.
///
/// ```
/// #[derive(Debug)]
/// pub struct Pet { id: i64, name: Option<String>, tags: Vec<String> }
/// attache_runtime::object! { Pet { required "id" => id, optional "name" => name, required "tags" => tags } }
/// attache_runtime::xml_object! {
///     Pet {
///         attribute "id" => id,
///         element "name" => name = "sample:name" in "https://example.com/schema/sample",
///         wrapped "tags" => tags of "tag",
///     }
/// }
/// ```
#[macro_export]
macro_rules! xml_object {
    ($name:ident {
        $($node:ident $wire:literal => $field:ident
            $(= $xml:literal)? $(in $namespace:literal)?
            $(of $item:literal $(from $item_namespace:literal)?)?),* $(,)?
        $(..$rest:ident $(,)?)?
    }) => {
        impl $crate::xml::XmlShape for $name {
            fn shape() -> $crate::xml::Shape {
                static OBJECT: $crate::xml::Object = $crate::xml::Object {
                    members: &[$($crate::xml::Member {
                        wire: $wire,
                        node: $crate::xml::Node::$node,
                        name: $crate::xml_name!($($xml)? $wire),
                        namespace: $crate::xml_name!($($namespace)? ""),
                        item: $crate::xml_name!($($item)? $($xml)? $wire),
                        item_namespace: $crate::xml_name!($($($item_namespace)?)? ""),
                        shape: $crate::xml::shape_of(|value: &$name| &value.$field),
                    }),*],
                    rest: $crate::xml_rest!($name $($rest)?),
                };
                $crate::xml::Shape::Object(&OBJECT)
            }
        }
    };
}

/// States that a type looks in XML like one of these, or like text, a number, a list.
///
/// ```
/// pub enum Animal { Cat(String), Count(i64) }
/// attache_runtime::xml_shape! { Animal: OneOf(String, i64) }
/// pub enum Status { Open }
/// attache_runtime::xml_shape! { Status: Text }
/// ```
#[macro_export]
macro_rules! xml_shape {
    ($name:ident: $shape:ident) => {
        impl $crate::xml::XmlShape for $name {
            fn shape() -> $crate::xml::Shape {
                $crate::xml::Shape::$shape
            }
        }
    };
    ($name:ident: as $ty:ty) => {
        impl $crate::xml::XmlShape for $name {
            fn shape() -> $crate::xml::Shape {
                <$ty as $crate::xml::XmlShape>::shape()
            }
        }
    };
    ($name:ident: $shape:ident($($ty:ty),* $(,)?)) => {
        impl $crate::xml::XmlShape for $name {
            fn shape() -> $crate::xml::Shape {
                $crate::xml::Shape::$shape(&[$(<$ty as $crate::xml::XmlShape>::shape),*])
            }
        }
    };
}

/// The first of several names.
#[doc(hidden)]
#[macro_export]
macro_rules! xml_name {
    ($first:literal $($other:literal)*) => {
        $first
    };
}

/// The shape of the elements that are no members.
#[doc(hidden)]
#[macro_export]
macro_rules! xml_rest {
    ($name:ident) => {
        ::std::option::Option::None
    };
    ($name:ident $rest:ident) => {
        ::std::option::Option::Some($crate::xml::rest_of(|value: &$name| &value.$rest))
    };
}
