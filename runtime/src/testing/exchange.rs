//! One operation: its arguments with a value each, and the answers it documents.

use super::table::{list, text};
use crate::json::Json;

/// An operation, as a description has it.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// The group and the method of the client: `parcels.create`.
    pub(super) test: String,
    /// The name in the description.
    pub(super) id: String,
    pub(super) method: String,
    /// The template, and the fixed part of the query.
    pub(super) path: String,
    pub(super) query: String,
    /// Alternatives of schemes; an empty one allows to send none.
    pub(super) security: Vec<Vec<String>>,
    pub(super) arguments: Vec<Argument>,
    /// Media types of the body.
    pub(super) consumes: Vec<String>,
    /// Documented statuses: `200`, `4XX`, `default`.
    pub(super) statuses: Vec<String>,
    /// The first one is a success, where one is known.
    pub(super) answers: Vec<Answer>,
}

#[derive(Clone, Debug)]
pub(super) struct Argument {
    /// The argument or setter of the client.
    pub(super) argument: String,
    /// `path`, `query`, `header`, `cookie`, `part` or `body`.
    pub(super) place: String,
    /// The name on the wire; the media type of a body.
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) style: String,
    pub(super) explode: bool,
    pub(super) value: Json,
}

#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) contents: Vec<Content>,
}

#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) media_type: String,
    pub(super) body: String,
}

impl Operation {
    pub(super) fn read(json: &Json) -> Result<Self, String> {
        let texts = |items: &[Json]| -> Vec<String> {
            let texts = items.iter().filter_map(Json::as_str);
            texts.map(str::to_owned).collect()
        };
        let operation = Operation {
            test: text(json, "test"),
            id: text(json, "id"),
            method: text(json, "method"),
            path: text(json, "path"),
            query: text(json, "query"),
            security: list(json, "security")
                .iter()
                .map(|schemes| texts(schemes.as_array().unwrap_or_default()))
                .collect(),
            arguments: list(json, "arguments").iter().map(Argument::read).collect(),
            consumes: texts(list(json, "consumes")),
            statuses: texts(list(json, "statuses")),
            answers: list(json, "answers")
                .iter()
                .filter_map(Answer::read)
                .collect(),
        };
        match operation.method.is_empty() {
            true => Err(format!("the operation {:?} has no method", operation.test)),
            false => Ok(operation),
        }
    }

    /// Whether the description has this status.
    pub(super) fn documents(&self, status: u16) -> bool {
        let (exact, range) = (status.to_string(), format!("{}XX", status / 100));
        let mut statuses = self.statuses.iter();
        statuses.any(|known| {
            *known == exact || known.eq_ignore_ascii_case(&range) || known == "default"
        })
    }

    /// The answer that stands for success, and all others.
    pub(super) fn success(&self) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|answer| (200..300).contains(&answer.status))
    }
}

impl Argument {
    fn read(json: &Json) -> Self {
        let flag = |name: &str| json.get(name).and_then(Json::as_bool).unwrap_or_default();
        Argument {
            argument: text(json, "argument"),
            place: text(json, "in"),
            name: text(json, "name"),
            required: flag("required"),
            style: text(json, "style"),
            explode: flag("explode"),
            value: json.get("value").cloned().unwrap_or(Json::Null),
        }
    }
}

impl Answer {
    fn read(json: &Json) -> Option<Self> {
        let headers = json.get("headers").and_then(Json::as_object);
        let headers = headers.into_iter().flat_map(|headers| headers.iter());
        Some(Answer {
            status: u16::try_from(json.get("status")?.as_i64()?).ok()?,
            headers: headers
                .filter_map(|(name, value)| Some((name.to_owned(), value.as_str()?.to_owned())))
                .collect(),
            contents: list(json, "contents").iter().map(Content::read).collect(),
        })
    }
}

impl Content {
    fn read(json: &Json) -> Self {
        let body = match json.get("json") {
            Some(value) => value.to_string(),
            None => text(json, "text"),
        };
        Content {
            media_type: text(json, "type"),
            body,
        }
    }
}
