//! The types of the client. Names of the prelude are taken on purpose.

/// A type that hides `Option` of the prelude.
pub struct Option;
/// A type that hides `Some` of the prelude.
pub struct Some;
/// A type that hides `Result` of the prelude.
pub struct Result;
/// A type that hides `Box` of the prelude.
pub struct Box;
/// A type that hides `Default` of the prelude.
pub struct Default;
/// A type that hides `From` of the prelude.
pub struct From;

use std::string::String;

/// A parcel.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parcel {
    /// The id.
    pub id: String,
    /// The weight.
    pub weight_grams: std::option::Option<i64>,
    /// A note that can be taken away.
    pub note: attache_runtime::Maybe<String>,
    /// When it was made.
    pub created: attache_runtime::DateTime,
    /// What it is part of.
    pub parent: std::option::Option<std::boxed::Box<Parcel>>,
    /// Counts by name.
    pub additional_properties: std::collections::BTreeMap<String, i64>,
}
attache_runtime::object! {
    Parcel {
        required "id" => id,
        optional "weightGrams" => weight_grams,
        optional "note" => note,
        required "created" => created,
        optional "parent" => parent,
        ..additional_properties,
    }
}
attache_runtime::setters! {
    Parcel(id: String, created: attache_runtime::DateTime) {
        weight_grams: i64,
        note: String,
        parent: Parcel,
    }
}

/// A parcel to make.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NewParcel {
    /// Where to.
    pub city: String,
    /// What is known of its status.
    pub status: std::option::Option<Status>,
    /// How it is paid for.
    pub payment: std::option::Option<Payment>,
    /// May be null, but has to be there.
    pub insurance: std::option::Option<f64>,
}
attache_runtime::object! {
    NewParcel {
        required "city" => city,
        optional "status" => status,
        optional "payment" => payment,
        required "insurance" => insurance,
    }
}
attache_runtime::setters! {
    NewParcel(city: String, insurance: std::option::Option<f64>) {
        status: Status,
        payment: Payment,
    }
}

/// Everything is optional here.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Labels {
    /// A field whose setter looks like a conversion.
    pub from_day: std::option::Option<attache_runtime::Date>,
    /// A field whose name is a keyword.
    pub r#type: std::option::Option<String>,
    /// A field whose setter looks like an operator.
    pub not: std::option::Option<Filter>,
}
attache_runtime::object! {
    Labels {
        optional "fromDay" => from_day,
        optional "type" => r#type,
        optional "not" => not,
    }
}
attache_runtime::setters! {
    Labels() {
        from_day: attache_runtime::Date,
        r#type: String,
        not: Filter,
    }
}

/// A type with more required fields than a function has arguments in good taste.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Address {
    /// A field.
    pub a: String,
    /// A field.
    pub b: String,
    /// A field.
    pub c: String,
    /// A field.
    pub d: String,
    /// A field.
    pub e: String,
    /// A field.
    pub f: String,
    /// A field.
    pub g: String,
    /// A field named like what the macro uses.
    pub value: std::boxed::Box<Level>,
}
attache_runtime::object! {
    Address {
        required "a" => a,
        required "b" => b,
        required "c" => c,
        required "d" => d,
        required "e" => e,
        required "f" => f,
        required "g" => g,
        required "value" => value,
    }
}
attache_runtime::setters! {
    Address(a: String, b: String, c: String, d: String, e: String, f: String, g: String, value: Level) {}
}

/// Nothing is known of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Empty {}
attache_runtime::object! { Empty {} }
attache_runtime::setters! { Empty() {} }

/// Only names that are not known.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Names {
    /// The names.
    pub names: std::collections::BTreeMap<String, std::option::Option<Empty>>,
}
attache_runtime::object! { Names { ..names } }
attache_runtime::setters! { Names(names: std::collections::BTreeMap<String, std::option::Option<Empty>>) {} }

/// A change, whose members can be set to null.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Patch {
    /// A note that can be taken away.
    pub note: attache_runtime::Maybe<String>,
}
attache_runtime::object! { Patch { optional "note" => note } }
attache_runtime::setters! { Patch() { note: attache_runtime::Maybe<String> } }

/// An open enum.
#[non_exhaustive]
pub enum Status {
    /// Waiting.
    Open,
    /// Moving.
    InTransit,
    /// Any other.
    Unknown(String),
}
attache_runtime::string_enum! { Status { Open => "open", InTransit => "in-transit" } }

/// A constant.
#[non_exhaustive]
pub enum CardKind {
    /// The only one.
    Card,
    /// Any other.
    Unknown(String),
}
attache_runtime::string_enum! { CardKind { Card => "card" } }

/// An open enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// Low.
    Low,
    /// High.
    High,
    /// Any other.
    Unknown(i64),
}
attache_runtime::integer_enum! { Level { Low => 1, High => -2 } }

/// A payment.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Payment {
    /// By card.
    Card(std::boxed::Box<Card>),
    /// By transfer.
    Transfer(Transfer),
    /// Any other.
    Unknown(attache_runtime::Json),
}
attache_runtime::tagged_union! {
    Payment by "kind" { "card" => Card(Card), "sepa" | "transfer" => Transfer(Transfer) }
}

/// A payment with a default.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Refund {
    /// By transfer.
    Transfer(Transfer),
    /// What is meant when nothing is said.
    Other(std::collections::BTreeMap<String, i64>),
    /// Any other.
    Unknown(attache_runtime::Json),
}
attache_runtime::tagged_union! {
    Refund by "kind" { "transfer" => Transfer(Transfer), _ => Other(std::collections::BTreeMap<String, i64>) }
}

/// A card.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Card {
    /// The tag.
    pub kind: CardKind,
    /// The last digits.
    pub last4: String,
}
attache_runtime::object! { Card { required "kind" => kind, required "last4" => last4 } }
attache_runtime::setters! { Card(last4: String) { kind: CardKind } }

/// A transfer, which does not declare its tag.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Transfer {
    /// The account.
    pub iban: String,
}
attache_runtime::object! { Transfer { required "iban" => iban } }
attache_runtime::setters! { Transfer(iban: String) {} }

/// A filter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// A word.
    Text(String),
    /// Several words.
    List(std::vec::Vec<String>),
    /// A range.
    Range(std::boxed::Box<Range>),
    /// A wider range.
    Window(Window),
    /// Any other.
    Unknown(attache_runtime::Json),
}
attache_runtime::untagged_union! {
    Filter { Text(String), List(std::vec::Vec<String>), Range(std::boxed::Box<Range>), Window(Window) }
}

/// A range.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Range {
    /// Where it begins.
    pub from: std::option::Option<i64>,
}
attache_runtime::object! { Range { optional "from" => from } }

/// A range with an end.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Window {
    /// Where it begins.
    pub from: std::option::Option<i64>,
    /// Where it ends.
    pub to: i64,
}
attache_runtime::object! { Window { optional "from" => from, required "to" => to } }

/// A recursive alias.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub std::vec::Vec<Tree>);
attache_runtime::newtype! { Tree(std::vec::Vec<Tree>) }

/// A documented error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// What went wrong.
    pub title: String,
}
attache_runtime::object! { Problem { required "title" => title } }
