//! The rules, the surest first, and what they have in common.

use super::answer::Answer;
use super::outline::{Member, Value};
use super::url::is_envelope;
use super::{Cx, list, number, token, url};
use crate::ir::model::{Pagination, Target};

/// Booleans that are true while there is more.
const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "more",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "hasmoredata",
    "moreresults",
    "moreavailable",
    "ismore",
    "istruncated",
    "truncated",
];
/// Booleans that are true on the last page.
const LAST: &[&str] = &[
    "last",
    "islast",
    "islastpage",
    "done",
    "lastpage",
    "isend",
    "finalpage",
];
/// Numbers of all pages.
const PAGES: &[&str] = &[
    "totalpages",
    "pagecount",
    "numpages",
    "totalpagecount",
    "pagestotal",
    "numberofpages",
];
/// Numbers of all items; a plain `total` may be that of the page.
const TOTAL: &[&str] = &[
    "totalcount",
    "totalitems",
    "totalelements",
    "totalresults",
    "totalrecords",
    "totalhits",
    "totalrows",
];

/// What the parameters and the body say.
pub(super) fn find<'t>(cx: &Cx<'_, 't>, answer: &Answer<'_, 't>) -> Option<Pagination> {
    let candidates = cx.candidates();
    let items = list::items(cx, answer);
    let is_get = cx.operation.method == "GET";
    let get = |rule: &dyn Fn() -> Option<Pagination>| if is_get { rule() } else { None };
    // The lists of one thing are seldom what its parameters count.
    let counted = |rule: &dyn Fn() -> Option<Pagination>| match is_resource(answer) {
        true => None,
        false => get(rule),
    };
    let mut found = token::of_body(cx, answer, &candidates)
        .or_else(|| get(&|| url::of_body(answer, items.as_ref())))
        .or_else(|| get(&|| token::of_last_item(answer, &candidates, items.as_ref())))
        .or_else(|| get(&|| url::of_link(answer, &candidates, items.as_ref())))
        .or_else(|| counted(&|| number::page(answer, &candidates, items.as_ref())))
        .or_else(|| counted(&|| number::offset(&candidates, items.as_ref())))?;
    found.items = items.map(|(path, _)| path);
    ends(answer, &mut found);
    if let Some(Target::Parameter(index)) = &found.target {
        let sent = candidates
            .iter()
            .find(|candidate| candidate.index == *index);
        if sent.is_some_and(|sent| goes_alone(&sent.description)) {
            found.only_with = Some(Vec::new());
        }
    }
    Some(found)
}

/// What else says that a page is the last.
///
/// A flag that is absent says nothing, so one that a server never sends does no harm. Numbers of all items
/// only end walks by number, which otherwise end with an empty page.
pub(super) fn ends(answer: &Answer<'_, '_>, found: &mut Pagination) {
    use crate::ir::model::Step;
    // One of another part of the body would end a walk too early.
    let parent_of = |path: &[String]| path[..path.len().saturating_sub(1)].to_vec();
    let step = match &found.step {
        Step::Token(path) | Step::NextUrl(path) => parent_of(path),
        _ => Vec::new(),
    };
    let beside = [
        step,
        found.items.as_deref().map(parent_of).unwrap_or_default(),
    ];
    let is_near = |member: &Member<'_>| {
        let parents = &member.path[..member.path.len() - 1];
        parents.iter().all(|parent| is_envelope(parent))
            || beside.iter().any(|path| parents == path)
    };
    let near = |value, names: &[&str]| answer.named(value, names).filter(|member| is_near(member));
    let flag = |names: &[&str], means_more: bool| {
        let member = near(Value::Flag, names)?;
        Some((member.owned_path(), means_more))
    };
    let number = |names: &[&str]| Some(near(Value::Whole, names)?.owned_path());
    if found.more.is_none() && !matches!(found.step, Step::Single) {
        found.more = flag(MORE, true).or_else(|| flag(LAST, false));
    }
    if matches!(found.step, Step::Page(_)) && found.total_pages.is_none() {
        found.total_pages = number(PAGES);
    }
    if matches!(found.step, Step::Offset(_)) && found.total_items.is_none() {
        found.total_items = number(TOTAL);
    }
}

/// Whether it says that there is more.
pub(super) fn has_flag(answer: &Answer<'_, '_>) -> bool {
    answer.named(Value::Flag, MORE).is_some()
}

/// Whether it says that there is more, or that there is no more.
pub(super) fn has_any_flag(answer: &Answer<'_, '_>) -> bool {
    has_flag(answer) || answer.named(Value::Flag, LAST).is_some()
}

/// Whether the body is one thing of its own, of which a list is only a part.
fn is_resource(answer: &Answer<'_, '_>) -> bool {
    let mut members = answer.members.iter();
    members.any(|member| member.path == ["id"])
}

/// Whether it says how many pages or items there are, or whether there is more.
pub(super) fn has_end(answer: &Answer<'_, '_>) -> bool {
    let numbers = [PAGES, TOTAL, &["total"]];
    has_any_flag(answer)
        || numbers
            .iter()
            .any(|names| answer.named(Value::Whole, names).is_some())
}

/// Whether a token is to be sent without other parameters, as some operations of SP-API ask.
fn goes_alone(description: &str) -> bool {
    const PHRASES: [&str; 4] = [
        "as the only parameter",
        "with any other parameter",
        "no other parameters",
        "cannot be used with other parameters",
    ];
    PHRASES.iter().any(|phrase| description.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::goes_alone;

    #[test]
    fn tokens_that_go_alone() {
        assert!(goes_alone("include this token as the only parameter."));
        assert!(!goes_alone("a token for the next page"));
    }
}
