//! Addresses of the next page, in the body or in the header `Link`.
//!
//! Sound because a server that gives no address ends the walk, and one that gives a wrong one gives it again,
//! which ends it with an error. Only operations with GET: an address says nothing about other methods.

use super::answer::Answer;
use super::outline::{Member, Value};
use super::pagination;
use super::parameters::Candidate;
use super::token::is_address;
use super::words::plain;
use crate::document::SchemaId;
use crate::ir::model::{Pagination, PaginationSource, Step};

/// Names of members that hold nothing but the address of the next page.
const ADDRESSES: &[&str] = &[
    "nextlink",
    "odatanextlink",
    "nexturl",
    "nextpageurl",
    "nexthref",
    "nextpagelink",
    "nexturi",
    "nextpageuri",
    "urlnext",
    "linknext",
    "hrefnext",
];

/// Names of objects that hold links.
const LINKS: &[&str] = &[
    "links",
    "link",
    "pagelinks",
    "paginglinks",
    "paginationlinks",
    "urls",
];

/// Parameters of operations with pages.
const PAGED: &[&str] = &[
    "page",
    "perpage",
    "pagesize",
    "limit",
    "cursor",
    "after",
    "before",
    "since",
    "offset",
    "pagetoken",
    "size",
    "count",
    "pagenumber",
    "skip",
    "marker",
];

/// `@odata.nextLink`, `links.next`, `_links.next.href`, `next` that is said to be an address.
///
/// Where it is not named as one outright, there has to be a list, and it has to belong to the whole body and not
/// to a part of it: the address of a part leads to further parts, which are no such bodies.
pub(super) fn of_body(
    answer: &Answer<'_, '_>,
    items: Option<&(Vec<String>, SchemaId)>,
) -> Option<Pagination> {
    let texts = || {
        let members = answer.members.iter();
        members.filter(|member| member.value == Value::Text)
    };
    let is_whole = |member: &&Member<'_>| belongs_to_whole(answer, member);
    let is_outright = |member: &&Member<'_>| ADDRESSES.contains(&&*plain(member.name()));
    let outright = texts().filter(is_whole).find(is_outright);
    let member = outright.or_else(|| {
        items?;
        let whole = || texts().filter(is_whole);
        whole()
            .find(|member| is_link(member))
            .or_else(|| whole().find(|member| is_said_to_be(answer, member)))
    })?;
    let step = Step::NextUrl(member.owned_path());
    Some(pagination(step, None, PaginationSource::Rule))
}

/// Whether it stands at the top, in an object about pages, or in the one object that has such a member, of a body
/// that is no thing of its own.
fn belongs_to_whole(answer: &Answer<'_, '_>, member: &Member<'_>) -> bool {
    let Some((_, parents)) = member.path.split_last() else {
        return false;
    };
    if parents.iter().all(|parent| is_envelope(parent)) {
        return true;
    }
    let is_resource = answer.members.iter().any(|other| other.path == ["id"]);
    let mut alike = answer
        .members
        .iter()
        .filter(|other| other.path.last() == member.path.last());
    !is_resource && alike.next().is_some() && alike.next().is_none()
}

/// Names of objects that are about the page, or around all of it.
pub(super) fn is_envelope(name: &str) -> bool {
    let name = plain(name);
    let words = ["paging", "pagination", "link", "meta", "pageinfo", "cursor"];
    words.iter().any(|word| name.contains(word))
        || matches!(
            name.as_str(),
            "page"
                | "pages"
                | "next"
                | "data"
                | "response"
                | "result"
                | "results"
                | "payload"
                | "d"
                | "urls"
        )
}

fn is_link(member: &Member<'_>) -> bool {
    let path: Vec<_> = member.path.iter().map(|name| plain(name)).collect();
    match &path[..] {
        [.., parent, name] if name == "next" => LINKS.contains(&parent.as_str()),
        [.., parent, name] => parent == "next" && matches!(name.as_str(), "href" | "url"),
        _ => false,
    }
}

fn is_said_to_be(answer: &Answer<'_, '_>, member: &Member<'_>) -> bool {
    matches!(&*plain(member.name()), "next" | "nextpage" | "nextresults")
        && is_address(answer, member)
}

/// The header `Link`, where the answer or a parameter mentions one, there is a list, and the operation takes a page.
pub(super) fn of_link(
    answer: &Answer<'_, '_>,
    candidates: &[Candidate<'_, '_>],
    items: Option<&(Vec<String>, SchemaId)>,
) -> Option<Pagination> {
    let has_header = answer
        .headers
        .iter()
        .any(|name| name.eq_ignore_ascii_case("link"));
    let is_paged = candidates
        .iter()
        .any(|candidate| PAGED.contains(&&*candidate.name));
    let has_header = has_header
        || candidates
            .iter()
            .any(|candidate| candidate.description.contains("link header"));
    let is_found = has_header && is_paged && items.is_some();
    is_found.then(|| pagination(Step::Link, None, PaginationSource::Rule))
}
