//! The responses of an operation: what a success yields, what errors hold, what arrives bit by bit.

use super::body;
use super::docs;
use super::media::{Family, family, is_xml};
use super::model::{Answer, Content, OperationId, Origin, ResponseHeader, Role, Status, Stream};
use super::types::Types;
use super::{response_header, stream};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{self, MediaType, Response};

/// The responses of one operation, apart by what they mean.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) success: Vec<Answer>,
    pub(super) errors: Vec<Answer>,
    pub(super) stream: Option<Stream>,
    pub(super) headers: Vec<ResponseHeader>,
}

impl Answers {
    pub(super) fn read<'t>(
        id: OperationId,
        operation: &document::Operation<'t>,
        types: &mut Types<'_, 't>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut answers = Answers::default();
        let has_success = operation
            .responses
            .iter()
            .any(|response| is_success(response.status));
        for response in &operation.responses {
            let read = Reader {
                id,
                response,
                has_body: has_body(operation, response),
            };
            // `default` alone stands for success and failure alike.
            let default_success = response.status == document::Status::Default && !has_success;
            let found = read.answers(types, diagnostics);
            if is_success(response.status) || default_success {
                answers.success.extend(found.clone());
                if answers.stream.is_none() {
                    answers.stream = stream::stream(id, operation, response, types);
                }
                response_header::add(id, response, types, &mut answers.headers);
            }
            if !is_success(response.status) {
                answers.errors.extend(found);
            }
        }
        // Sorting keeps the order of the bodies of one status.
        answers.success.sort_by_key(|answer| answer.status);
        let same = |pair: &[Answer]| pair[0].content == pair[1].content;
        if answers.success.windows(2).all(same) {
            // The same body under several statuses is one body; the status stays readable on the response.
            let others = answers.success.split_off(answers.success.len().min(1));
            let others = others.into_iter().flat_map(|answer| answer.media_types);
            if let Some(first) = answers.success.first_mut() {
                others.for_each(|name| add_name(&mut first.media_types, name));
            }
        }
        answers.errors.sort_by_key(|answer| answer.status);
        answers
    }

    /// The `Accept` header: what a success is documented to be. Of several bodies of one status the first is preferred.
    pub(super) fn accept(&self) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let mut seen = Vec::new();
        for answer in &self.success {
            let is_first = !seen.contains(&answer.status);
            seen.push(answer.status);
            for name in &answer.media_types {
                // Of two ways to write one value, JSON loses less.
                let is_second = matches!(answer.content, Some(Content::Json(_))) && is_xml(name);
                let name = match is_first && !is_second {
                    true => name.clone(),
                    false => format!("{name};q=0.5"),
                };
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }
}

fn is_success(status: document::Status) -> bool {
    matches!(
        status,
        document::Status::Code(200..=299) | document::Status::Range(2)
    )
}

/// Whether there can be a body at all (RFC 9110, section 6.4.1).
fn has_body(operation: &document::Operation<'_>, response: &Response<'_>) -> bool {
    let never = matches!(
        response.status,
        document::Status::Code(100..=199 | 204 | 205 | 304) | document::Status::Range(1)
    );
    operation.method != "HEAD" && !never
}

struct Reader<'r, 't> {
    id: OperationId,
    response: &'r Response<'t>,
    has_body: bool,
}

impl<'t> Reader<'_, 't> {
    /// One answer for each body that differs, the one that says most first.
    fn answers(&self, types: &mut Types<'_, 't>, diagnostics: &mut Diagnostics) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for media in self.spoken() {
            let content = self.content(media, types, diagnostics);
            let is_same = |answer: &&mut Answer| match (&answer.content, &content) {
                // One value, written in two ways.
                (Some(Content::Json(one)), Content::Xml(other)) => one == other,
                (known, content) => known.as_ref() == Some(content),
            };
            let known = answers.iter_mut().find(is_same);
            match known {
                Some(known) => add_name(&mut known.media_types, media.name.to_owned()),
                None => answers.push(self.answer(Some(content), vec![media.name.to_owned()])),
            }
        }
        match answers.is_empty() {
            true => vec![self.whole_stream()],
            false => answers,
        }
    }

    /// What is left where nothing but a stream is documented: all its bytes; or where nothing is.
    fn whole_stream(&self) -> Answer {
        let names = self.response.content.iter().filter(|_| self.has_body);
        let names: Vec<_> = names.map(|media| media.name.to_owned()).collect();
        self.answer((!names.is_empty()).then_some(Content::Bytes), names)
    }

    /// The media types that are read as a whole, by how much they say.
    fn spoken(&self) -> Vec<&MediaType<'t>> {
        if !self.has_body {
            return Vec::new();
        }
        let content = self.response.content.iter();
        let mut spoken: Vec<_> = content
            .filter(|media| family(media) != Family::Stream)
            .collect();
        spoken.sort_by_key(|media| family(media));
        spoken
    }

    fn content(
        &self,
        media: &MediaType<'t>,
        types: &mut Types<'_, 't>,
        diagnostics: &mut Diagnostics,
    ) -> Content {
        let origin = match self.response.component {
            Some(component) => Origin::Named(format!("{component} response")),
            None => Origin::Of(self.id, Role::Response(status(self.response.status))),
        };
        let content = match self.json_like(media, types) {
            // The schema may be written out a second time; the type is one.
            Some(json) if body::is_xml_value(media, types) && family(media) == Family::Xml => {
                Content::Xml(body::schema_type(json, &origin, types))
            }
            _ if self.is_json_in_disguise(media, types) => {
                Content::Json(body::schema_type(media, &origin, types))
            }
            _ => body::content(media, &origin, types),
        };
        if let (Content::Bytes, Some(what)) = (&content, body::degraded(media)) {
            let message = format!(
                "a body of type `{}` is read as bytes: {what} is not supported yet",
                media.name
            );
            diagnostics.at(&codes::BODY_DEGRADED, media.node, message);
        }
        content
    }

    /// The JSON body with the schema of a body of XML, which may be written out a second time.
    fn json_like(&self, media: &MediaType<'t>, types: &Types<'_, 't>) -> Option<&MediaType<'t>> {
        let node = |media: &MediaType<'t>| Some(types.resolved.shape(media.schema?).node);
        let own = node(media)?;
        let mut content = self.response.content.iter();
        content.find(|other| {
            let is_json = family(other) == Family::Json;
            is_json && node(other).is_some_and(|other| own.is_like(other))
        })
    }

    /// Whether a body of text is documented with the schema of a JSON body beside it, as .NET's generators do:
    /// the server sends the same JSON under any of these names.
    fn is_json_in_disguise(&self, media: &MediaType<'_>, types: &Types<'_, '_>) -> bool {
        let meant = |media: &MediaType<'_>| {
            let schema = media.schema?;
            Some(types.resolved.follow(schema).0.id)
        };
        let own = meant(media);
        family(media) == Family::Text
            && own.is_some()
            && self
                .response
                .content
                .iter()
                .any(|other| family(other) == Family::Json && meant(other) == own)
    }

    fn answer(&self, content: Option<Content>, media_types: Vec<String>) -> Answer {
        Answer {
            status: status(self.response.status),
            media_types,
            content,
            docs: docs::of(None, self.response.description, false),
        }
    }
}

pub(super) fn status(status: document::Status) -> Status {
    match status {
        document::Status::Code(code) => Status::Code(code),
        document::Status::Range(digit) => Status::Range(digit),
        document::Status::Default => Status::Default,
    }
}

fn add_name(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}
