//! The success body of an operation, as far as pages are concerned.

use super::outline::{Member, Value, members, value};
use super::words::plain;
use crate::document::{self, SchemaId, Status};
use crate::ir::media::preferred;
use crate::ir::model;
use crate::resolved::Resolved;

pub(super) struct Answer<'a, 't> {
    pub(super) resolved: &'a Resolved<'t>,
    pub(super) schema: SchemaId,
    pub(super) members: Vec<Member<'t>>,
    /// The names of the headers it documents.
    pub(super) headers: Vec<&'t str>,
}

impl<'a, 't> Answer<'a, 't> {
    /// The JSON body of the response with a status.
    pub(super) fn of(
        status: model::Status,
        operation: &document::Operation<'t>,
        resolved: &'a Resolved<'t>,
    ) -> Option<Self> {
        let mut responses = operation.responses.iter();
        let response = responses.find(|response| match response.status {
            Status::Code(code) => status == model::Status::Code(code),
            Status::Range(digit) => status == model::Status::Range(digit),
            Status::Default => status == model::Status::Default,
        })?;
        let schema = preferred(&response.content)?.schema?;
        Some(Answer {
            resolved,
            schema,
            members: members(resolved, schema),
            headers: response.headers.iter().map(|header| header.name).collect(),
        })
    }

    /// The item's schema when the body itself is a list.
    pub(super) fn own_items(&self) -> Option<SchemaId> {
        match value(self.resolved, self.schema) {
            Value::List(item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn member(&self, path: &[String]) -> Option<&Member<'t>> {
        self.members.iter().find(|member| member.path == *path)
    }

    /// The first member of a kind with one of these names, plain ones.
    pub(super) fn named(&self, value: Value, names: &[&str]) -> Option<&Member<'t>> {
        let mut members = self.members.iter();
        members.find(|member| member.value == value && names.contains(&&*plain(member.name())))
    }
}
