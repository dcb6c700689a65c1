//! `wire.json`: the operations of an API, as data.

use super::exchange::Operation;
use crate::json::Json;

/// The operations of an API, and the ways in which it takes credentials.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) schemes: Vec<Scheme>,
    pub(super) operations: Vec<Operation>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub(super) struct Scheme {
    pub(super) name: String,
    /// `header`, `query`, `cookie`, `bearer`, `basic`, or another kind.
    pub(super) kind: String,
    /// The name of the header, the query parameter or the cookie.
    pub(super) key: String,
}

impl Table {
    /// `Err` says what of the text is no such table.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let json = Json::from_slice(text.as_bytes()).map_err(|error| error.to_string())?;
        let schemes = json.get("schemes").and_then(Json::as_array);
        let operations = json.get("operations").and_then(Json::as_array);
        let operations = operations.ok_or("it has no list `operations`")?;
        let operations: Result<_, String> = operations.iter().map(Operation::read).collect();
        Ok(Table {
            schemes: schemes
                .unwrap_or_default()
                .iter()
                .map(Scheme::read)
                .collect(),
            operations: operations?,
        })
    }
}

impl Scheme {
    fn read(json: &Json) -> Self {
        Scheme {
            name: text(json, "name"),
            kind: text(json, "kind"),
            key: text(json, "key"),
        }
    }
}

/// The text of a member; empty where there is none.
pub(super) fn text(json: &Json, name: &str) -> String {
    let text = json.get(name).and_then(Json::as_str);
    text.unwrap_or_default().to_owned()
}

/// The items of a member; none where there is none.
pub(super) fn list<'j>(json: &'j Json, name: &str) -> &'j [Json] {
    json.get(name).and_then(Json::as_array).unwrap_or_default()
}
