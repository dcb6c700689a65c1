//! `x-stainless-pagination-property`: parameters and members that say what they are for.

use super::Cx;
use super::answer::Answer;
use crate::config::{Pages, PagesStatement};
use crate::document::SchemaId;
use crate::spec::Node;

pub(super) const NAME: &str = "x-stainless-pagination-property";

/// What the parameters and the members of the success body say together; nothing where none of the parameters does.
pub(super) fn read(cx: &Cx<'_, '_>) -> Option<Pages> {
    let answer = cx.answer()?;
    let candidates = cx.candidates();
    let sent = |purpose: &str| {
        let mut candidates = candidates.iter();
        let found = candidates.find(|candidate| is_for(candidate.keyword(NAME), purpose))?;
        Some(cx.operation.parameters[found.index].wire.clone())
    };
    let given = |purpose: &str| given(&answer, purpose);
    let mut stated = PagesStatement {
        items: given("items"),
        while_true: given("has_next_page"),
        total_items: given("offset_total_count_field"),
        total_pages: given("total_page_count_field"),
        ..PagesStatement::default()
    };
    if let Some(parameter) = sent("next_cursor_param") {
        stated.token = given("next_cursor_field");
        stated.header_token = from_header(&answer, "next_cursor_field");
        stated.token = stated.token.filter(|_| stated.header_token.is_none());
        stated.parameter = Some(parameter);
    } else if let Some(parameter) = sent("next_cursor_id_param") {
        stated.last_item = Some("/id".to_owned());
        stated.parameter = Some(parameter);
    } else if let Some(parameter) = sent("page_number_param") {
        let first = candidates
            .iter()
            .find(|it| cx.operation.parameters[it.index].wire == parameter);
        stated.first = first.and_then(|it| it.first());
        stated.page = Some(parameter);
    } else if let Some(parameter) = sent("offset_count_param") {
        stated.offset = Some(parameter);
    } else {
        stated.next_url = Some(given("cursor_url_field")?);
    }
    Some(Pages::Stated(Box::new(stated)))
}

fn is_for(property: Option<Node<'_>>, purpose: &str) -> bool {
    let found = property.and_then(|property| property.get("purpose"));
    found.and_then(Node::as_str) == Some(purpose)
}

fn property<'t>(answer: &Answer<'_, 't>, schema: SchemaId) -> Option<Node<'t>> {
    let own = answer.resolved.shape(schema).node.get(NAME);
    own.or_else(|| answer.resolved.follow(schema).0.node.get(NAME))
}

/// The pointer to the member with a purpose.
fn given(answer: &Answer<'_, '_>, purpose: &str) -> Option<String> {
    let mut members = answer.members.iter();
    let found = members.find(|member| is_for(property(answer, member.schema), purpose))?;
    let steps = found.path.iter();
    let steps = steps.map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
    Some(steps.collect())
}

/// The header that a purpose is found in, whichever member says so.
fn from_header(answer: &Answer<'_, '_>, purpose: &str) -> Option<String> {
    let members = answer.members.iter().map(|member| member.schema);
    let all = members.chain([answer.schema]).chain(answer.own_items());
    let mut found = all.filter_map(|schema| property(answer, schema));
    let found = found.find(|property| is_for(Some(*property), purpose))?;
    found.get("from_header")?.as_str().map(str::to_owned)
}
