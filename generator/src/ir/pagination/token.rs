//! Tokens: a value of the body, or of the last item, that the next request carries.
//!
//! Sound because a wrong pair shows: a server that heeds the parameter refuses a value that is no token of its
//! own, and one that ignores it answers with the first page and the same token again, which ends the walk with
//! an error. No page is left out silently.

use super::answer::Answer;
use super::outline::{self, Member, Value, members};
use super::parameters::Candidate;
use super::rules::{has_any_flag, has_flag};
use super::words::plain;
use super::{Cx, pagination};
use crate::document::SchemaId;
use crate::ir::media::preferred;
use crate::ir::model::{Content, Pagination, PaginationSource, Step, Target};
use crate::resolved::Kind;

/// Names of parameters that carry a token, and do nothing else.
const SENT: &[&str] = &[
    "cursor",
    "pagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "continuation",
    "after",
    "marker",
    "startcursor",
    "pagecursor",
    "nextcursor",
    "nextpagetoken",
    "pageafter",
    "next",
    "bookmark",
    "paginationcursor",
    "nextpagecursor",
    "aftercursor",
    "cursorafter",
    "skiptoken",
    "startkey",
    "pagingtoken",
    "scrollid",
    "nextmarker",
    "nextpage",
    "continue",
    "iterator",
];

/// Names of members that hold the next token, whatever the parameter is called.
const GIVEN: &[&str] = &[
    "nextcursor",
    "nexttoken",
    "nextpagetoken",
    "nextpagecursor",
    "nextmarker",
    "nextcontinuationtoken",
    "endcursor",
    "nextbookmark",
    "nextscrollid",
    "nextskiptoken",
    "nextstartkey",
    "cursornext",
    "nextpagekey",
];

/// Names that hold it in an object about pages: `paging.next.after`, `cursors.after`.
const IN_PAGING: &[&str] = &["next", "after", "nextpage", "cursor"];

/// A token of the body, sent as a parameter or in the body of the request.
pub(super) fn of_body<'t>(
    cx: &Cx<'_, 't>,
    answer: &Answer<'_, 't>,
    candidates: &[Candidate<'_, 't>],
) -> Option<Pagination> {
    if !matches!(&*cx.operation.method, "GET" | "POST" | "QUERY") {
        return None;
    }
    for candidate in candidates {
        if let Some(given) = given(
            answer,
            &candidate.name,
            candidate.value,
            &candidate.description,
        ) {
            let target = Target::Parameter(candidate.index);
            return Some(found(given, target));
        }
    }
    let body = cx.source.request_body.as_ref()?;
    let is_json = matches!(cx.operation.body.as_ref()?.content, Content::Json(_));
    let schema = preferred(&body.content)?.schema.filter(|_| is_json)?;
    for member in members(cx.resolved, schema) {
        let text = outline::description(cx.resolved, member.schema);
        if let Some(given) = given(answer, &plain(member.name()), member.value, &text) {
            return Some(found(given, Target::Body(member.owned_path())));
        }
    }
    None
}

fn found(given: &Member<'_>, target: Target) -> Pagination {
    let step = Step::Token(given.owned_path());
    pagination(step, Some(target), PaginationSource::Rule)
}

/// The member that holds the next value of what is sent under a name.
fn given<'m, 't>(
    answer: &'m Answer<'_, 't>,
    sent: &str,
    kind: Value,
    description: &str,
) -> Option<&'m Member<'t>> {
    if !matches!(kind, Value::Text | Value::Whole) {
        return None;
    }
    let all = || {
        let members = answer.members.iter();
        members.filter(move |member| member.value == kind)
    };
    let is_address = |member: &&Member<'t>| kind == Value::Text && is_address(answer, member);
    let is_position = NUMBERED.contains(&sent) || SENT.contains(&sent);
    if is_position {
        let next = format!("next{sent}");
        let is_next = |member: &&Member<'t>| {
            let name = plain(member.name());
            name == next || (sent.starts_with("next") && name == sent)
        };
        if let Some(member) = all().filter(is_next).find(|member| !is_address(member)) {
            return Some(member);
        }
    }
    // Of the same name, in an object that is about what comes next.
    let is_of_next = |member: &&Member<'t>| {
        let parent = member.path.iter().rev().nth(1).map(|parent| plain(parent));
        let is_next = matches!(parent.as_deref(), Some("next" | "nextpage"));
        is_position
            && plain(member.name()) == sent
            && (is_next || (kind == Value::Whole && in_paging(member)))
    };
    if let Some(member) = all().find(is_of_next) {
        return Some(member);
    }
    // Numbers are told apart from tokens by their names alone, so only equal names will do for them.
    let is_token =
        SENT.contains(&sent) || TOKEN_WORDS.iter().any(|words| description.contains(words));
    if kind != Value::Text || !is_token {
        return None;
    }
    let by_name = all().find(|member| GIVEN.contains(&&*plain(member.name())));
    by_name
        .or_else(|| all().find(|member| in_paging(member) && !is_address(member)))
        .or_else(|| all().find(|member| is_bare_next(member) && !is_address(member)))
        .or_else(|| all().find(|member| is_named_alike(answer, member, sent)))
}

/// Names of parameters that carry a position of any kind, where the body says which is the next.
const NUMBERED: &[&str] = &[
    "page",
    "offset",
    "skip",
    "start",
    "startat",
    "startindex",
    "pageid",
    "sinceid",
];

/// What descriptions call a parameter that carries a token, whatever its name is.
const TOKEN_WORDS: &[&str] = &[
    "continuation token",
    "pagination token",
    "page token",
    "paging token",
    "pagination cursor",
];

fn is_bare_next(member: &Member<'_>) -> bool {
    member.path.len() == 1 && plain(member.name()) == "next"
}

/// `paging.next.after`, `cursors.after`, `cursor.next`, `response_metadata.next_cursor`.
fn in_paging(member: &Member<'_>) -> bool {
    let name = plain(member.name());
    let parents = &member.path[..member.path.len() - 1];
    let is_paging = |parent: &&str| {
        let parent = plain(parent);
        ["paging", "pagination", "cursor", "pageinfo"]
            .iter()
            .any(|word| parent.contains(word))
    };
    let is_past = |parent: &&str| plain(parent).contains("prev") || plain(parent) == "before";
    let is_next = name != "cursor" || parents.iter().any(|parent| plain(parent) == "next");
    IN_PAGING.contains(&&*name)
        && is_next
        && parents.iter().any(is_paging)
        && !parents.iter().any(is_past)
}

/// The same name on both sides is the next token, and not an echo, only where the description says so, or where
/// a boolean says whether there is more: then an echo on the last page does no harm.
fn is_named_alike(answer: &Answer<'_, '_>, member: &Member<'_>, sent: &str) -> bool {
    let text = outline::description(answer.resolved, member.schema);
    let says_next = [
        "next",
        "subsequent",
        "following",
        "more results",
        "continue",
    ]
    .iter()
    .any(|word| text.contains(word));
    plain(member.name()) == sent && (says_next || has_any_flag(answer))
}

/// Whether a text is an address rather than a token.
pub(super) fn is_address(answer: &Answer<'_, '_>, member: &Member<'_>) -> bool {
    let shape = answer.resolved.shape(member.schema);
    let target = answer.resolved.follow(member.schema).0;
    let format = [shape, target]
        .iter()
        .find_map(|shape| shape.node.get("format")?.as_str());
    let text = outline::description(answer.resolved, member.schema);
    let says = |word: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|found| found == word)
    };
    matches!(format, Some("uri" | "url" | "uri-reference" | "iri"))
        || ["url", "uri", "link", "href", "hyperlink"]
            .iter()
            .any(|word| says(word))
}

/// The identity of the last item, sent as `starting_after` and the like, where a boolean says whether there is more.
///
/// The boolean is what makes it sound: without it nobody knows whether the parameter is about pages at all.
pub(super) fn of_last_item<'t>(
    answer: &Answer<'_, 't>,
    candidates: &[Candidate<'_, 't>],
    items: Option<&(Vec<String>, SchemaId)>,
) -> Option<Pagination> {
    let sent = candidates.iter().find(|candidate| {
        let by_name = matches!(&*candidate.name, "startingafter" | "afterid");
        let by_words = candidate.name == "after" && candidate.description.contains("id");
        candidate.value == Value::Text && (by_name || by_words)
    })?;
    if !has_flag(answer) {
        return None;
    }
    let target = Target::Parameter(sent.index);
    if let Some(last) = answer.named(Value::Text, &["lastid"]) {
        return Some(found(last, target));
    }
    if !has_identity(answer, items?.1) {
        return None;
    }
    let step = Step::LastItem(vec!["id".to_owned()]);
    Some(pagination(step, Some(target), PaginationSource::Rule))
}

/// Whether an item has an `id`, of whatever kind it is.
fn has_identity(answer: &Answer<'_, '_>, item: SchemaId) -> bool {
    if let Kind::Union(union) = &answer.resolved.follow(item).0.kind {
        let mut variants = union.variants.iter();
        return variants.all(|variant| own_identity(answer, variant.schema));
    }
    own_identity(answer, item)
}

fn own_identity(answer: &Answer<'_, '_>, item: SchemaId) -> bool {
    let mut members = members(answer.resolved, item).into_iter();
    members.any(|member| member.path == ["id"] && member.value == Value::Text)
}
