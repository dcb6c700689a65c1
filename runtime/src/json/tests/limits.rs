//! Input that is made to take all the stack or all the time.

use super::error;
use super::objects::{Order, Total};
use crate::json::{Attempts, Blank, Decode, Decoder, Fault, Json, Members, from_str, to_string};

#[test]
fn nesting_is_limited_and_does_not_overflow_the_stack() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_str::<Json>(&nested(256)).is_ok());
    assert_eq!(
        error::<Json>(&nested(257)),
        format!(
            "…{}: expected less nesting, found deeper nesting (byte 256)",
            "[0]".repeat(32)
        )
    );
    assert!(from_str::<Json>(&"[".repeat(1_000_000)).is_err());
    assert!(
        from_str::<Total>(&format!(
            r#"{{"amount":1,"x":{}"#,
            "{\"a\":".repeat(1_000_000)
        ))
        .is_err()
    );

    let mut text = r#"{"id":"a","total":{"amount":1},"insurance":null}"#.to_owned();
    for _ in 0..254 {
        text = format!(r#"{{"id":"a","total":{{"amount":1}},"insurance":null,"parent":{text}}}"#);
    }
    assert!(from_str::<Order>(&text).is_ok());
}

/// A type of so many members that one level of it takes a lot of stack.
macro_rules! wide {
    ($($field:ident)*) => {
        #[derive(Debug, PartialEq)]
        struct Wide { $($field: [Option<String>; 8],)* next: Option<Box<Wide>> }

        impl Blank for Wide {
            fn blank() -> Self {
                Self { $($field: Default::default(),)* next: None }
            }
        }

        impl Decode for Wide {
            fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
                decoder.object::<Self>(&mut [$(&mut self.$field[0],)* &mut self.next])
            }

            fn members() -> &'static Members {
                &[$((stringify!($field), false),)* ("next", false)]
            }
        }
    };
}
wide! { a b c d e f g h i j k l m n o p q r s t u v w x y z }

#[test]
fn wide_types_do_not_overflow_the_stack_either() {
    let nested = |depth: usize| format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
    assert!(from_str::<Wide>(&nested(20)).is_ok());
    // Whether this is too deep depends on how the compiler lays out the stack; it must not overflow.
    if let Err(error) = from_str::<Wide>(&nested(255)) {
        assert_eq!(error.found(), "deeper nesting");
    }
}

/// A union that contains itself in two ways which differ only at the end of the text.
#[derive(Debug, PartialEq)]
enum Nested {
    Left(Box<Left>),
    Right(Box<Right>),
    Unknown(Json),
}
crate::untagged_union! { Nested { Left(Box<Left>), Right(Box<Right>) } }

#[derive(Debug, PartialEq)]
struct Left {
    next: Option<Nested>,
    left: bool,
}
crate::object! { Left { optional "next" => next, required "left" => left } }

#[derive(Debug, PartialEq)]
struct Right {
    next: Option<Nested>,
}
crate::object! { Right { optional "next" => next } }

#[test]
fn unions_in_unions_do_not_take_for_ever() {
    let nested = |depth| format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
    let shallow: Nested = from_str(&nested(5)).expect("a union is open");
    assert!(matches!(shallow, Nested::Right(_)));
    let deep = nested(100);
    let value: Nested = from_str(&deep).expect("a union is open");
    assert_eq!(to_string(&value), deep);
}

/// A union of which both variants fit, the second one better.
#[derive(Debug, PartialEq)]
enum Similar {
    Plain(Box<Plain>),
    Marked(Box<Marked>),
    Unknown(Json),
}
crate::untagged_union! { Similar { Plain(Box<Plain>), Marked(Box<Marked>) } }

#[derive(Debug, PartialEq)]
struct Plain {
    next: Option<Similar>,
}
crate::object! { Plain { optional "next" => next } }

#[derive(Debug, PartialEq)]
struct Marked {
    mark: bool,
    next: Option<Similar>,
}
crate::object! { Marked { required "mark" => mark, optional "next" => next } }

#[test]
fn variants_that_fit_all_the_same_do_not_take_for_ever_either() {
    let nested = |depth| {
        format!(
            "{}{{}}{}",
            r#"{"mark":true,"next":"#.repeat(depth),
            "}".repeat(depth)
        )
    };
    assert!(matches!(from_str(&nested(5)), Ok(Similar::Marked(_))));
    let deep = nested(60);
    let value: Similar = from_str(&deep).expect("a union is open");
    assert_eq!(to_string(&value), deep);
}

#[test]
fn attempts_leave_the_decoder_behind_the_value() {
    #[derive(Debug, PartialEq)]
    struct Pair(Option<i64>, Option<String>);
    impl Blank for Pair {
        fn blank() -> Self {
            Pair(None, None)
        }
    }
    impl Decode for Pair {
        fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
            let mut attempts: Attempts = decoder.attempts()?;
            self.0 = decoder.variant(Some(&mut attempts), |number: i64| number)?;
            self.1 = decoder.variant(Some(&mut attempts), |text: String| text)?;
            attempts.finish(decoder).map(drop)
        }
    }
    let pairs: Vec<Pair> = from_str(r#"[1, "a", [2]]"#).expect("pairs");
    assert_eq!(
        pairs,
        [
            Pair(Some(1), None),
            Pair(None, Some("a".into())),
            Pair(None, None)
        ]
    );
}
