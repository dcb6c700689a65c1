//! The rules of the description, as the tables of generated types state them.

/// One thing that the description asks of a value, by the keyword of JSON Schema.
///
/// Tables name it in snake case: `where minimum(1) items(max_length(5))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A number is this or more; like the other numbers, as it is written.
    Minimum(&'static str),
    /// A number is more than this.
    ExclusiveMinimum(&'static str),
    /// A number is this or less.
    Maximum(&'static str),
    /// A number is less than this.
    ExclusiveMaximum(&'static str),
    /// A number is a whole multiple of this.
    MultipleOf(&'static str),
    /// A string has this many characters or more.
    MinLength(usize),
    /// A string has this many characters or fewer.
    MaxLength(usize),
    /// A string matches this expression of ECMA-262 somewhere.
    Pattern(&'static str),
    /// An array has this many items or more.
    MinItems(usize),
    /// An array has this many items or fewer.
    MaxItems(usize),
    /// No two items of an array are the same.
    UniqueItems,
    /// All items of an array keep these.
    Items(&'static [Rule]),
    /// An object has this many members or more.
    MinProperties(usize),
    /// An object has this many members or fewer.
    MaxProperties(usize),
    /// The names of all members keep these.
    PropertyNames(&'static [Rule]),
    /// An object with the first member has the others too.
    DependentRequired(&'static str, &'static [&'static str]),
    /// The values of all members keep these.
    Values(&'static [Rule]),
}
