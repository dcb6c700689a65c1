//! Every kind of decode error, as a person reads it.

use super::error;
use crate::{Date, DateTime, StringInteger, Uuid};

#[derive(Debug)]
struct Amount {
    amount: f64,
}
crate::object! { Amount { required "amount" => amount } }

#[derive(Debug)]
struct Order {
    total: Amount,
    lines: Vec<i32>,
}
crate::object! { Order { required "total" => total, optional "lines" => lines } }

#[derive(Debug)]
struct Orders {
    orders: Vec<Order>,
}
crate::object! { Orders { required "orders" => orders } }

#[derive(Debug)]
struct Position(f64, f64);
crate::tuple! { Position { required 0, required 1 } }

#[test]
fn every_kind_says_where_what_and_at_which_byte() {
    let order = r#"{"total":{"amount":1}}"#;
    let text = format!(r#"{{"orders":[{order},{order},{order},{{"total":{{"amount":{{}}}}}}]}}"#);
    let table = [
        // A value of another kind.
        (
            error::<Orders>(&text),
            "orders[3].total.amount: expected a number, found object (byte 99)",
        ),
        (
            error::<crate::JsonNumber>("{}"),
            "expected a decimal, found object (byte 0)",
        ),
        // A required member that is not there.
        (
            error::<Orders>(r#"{"orders":[{}]}"#),
            "orders[0]: missing field \"total\" (byte 11)",
        ),
        // A number that the type cannot hold, or not exactly.
        (
            error::<Orders>(r#"{"orders":[{"lines":[3000000000]}]}"#),
            "orders[0].lines[0]: expected an integer of at most 32 bits, found a number out of range (byte 21)",
        ),
        (
            error::<i64>("0.5"),
            "expected an integer, found a fraction (byte 0)",
        ),
        (
            error::<f64>("1e999"),
            "expected a floating-point number, found a number out of range (byte 0)",
        ),
        // A string that is not of its format.
        (
            error::<DateTime>("\"soon\""),
            "expected an RFC 3339 date-time, found another string (byte 0)",
        ),
        (
            error::<Date>("\"24.11.2026\""),
            "expected a date (YYYY-MM-DD), found another string (byte 0)",
        ),
        (
            error::<Uuid>("\"1234\""),
            "expected a UUID, found another string (byte 0)",
        ),
        (
            error::<StringInteger>("\"many\""),
            "expected an integer in a string, found another string (byte 0)",
        ),
        // An array that lacks positions.
        (
            error::<Position>("[1]"),
            "expected more items, found an array that ends before (byte 0)",
        ),
        // No JSON.
        (
            error::<Orders>(r#"{"orders" 1}"#),
            "orders: expected `:`, found something else (byte 10)",
        ),
        // JSON that is cut off.
        (
            error::<Orders>(r#"{"orders":["#),
            "orders[0]: expected an object, found the end of the input (byte 11)",
        ),
        // Nesting beyond all measure.
        (
            error::<crate::Json>(&"[".repeat(10_000)).replace("[0]", ""),
            "…: expected less nesting, found deeper nesting (byte 256)",
        ),
    ];
    for (found, expected) in table {
        assert_eq!(found, expected);
    }
}
