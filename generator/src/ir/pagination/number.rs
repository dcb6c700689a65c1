//! Pages by number: of the page, or of the items that were there.
//!
//! A walk by number ends with an empty page, so no page is left out as long as the first number is right: it has
//! to be known, except for an offset, which counts what is left out. A server that ignores the number answers
//! alike twice, which ends the walk with an error.

use super::answer::Answer;
use super::outline::Value;
use super::pagination;
use super::parameters::Candidate;
use super::rules::has_end;
use crate::document::SchemaId;
use crate::ir::model::{Pagination, PaginationSource, Step, Target};

const PAGE: &[&str] = &[
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "pageid",
];

/// What says how much a page holds.
const SIZE: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "size",
    "count",
    "top",
    "take",
    "maxresults",
    "pagelimit",
    "itemsperpage",
    "max",
    "maxitems",
    "resultsperpage",
    "maxpagesize",
    "rows",
    "num",
];

/// The list and the parameter stand for themselves; that it is about pages, a size or an end has to say.
pub(super) fn page<'t>(
    answer: &Answer<'_, 't>,
    candidates: &[Candidate<'_, 't>],
    items: Option<&(Vec<String>, SchemaId)>,
) -> Option<Pagination> {
    items?;
    let sent = whole(candidates, PAGE)?;
    let first = sent.first()?;
    if !has_size(candidates) && !has_end(answer) {
        return None;
    }
    let target = Target::Parameter(sent.index);
    Some(pagination(
        Step::Page(first),
        Some(target),
        PaginationSource::Rule,
    ))
}

pub(super) fn offset<'t>(
    candidates: &[Candidate<'_, 't>],
    items: Option<&(Vec<String>, SchemaId)>,
) -> Option<Pagination> {
    items?;
    let (sent, first) = match whole(candidates, &["offset", "skip"]) {
        Some(sent) => (sent, sent.first().unwrap_or(0)),
        // Of these the first may be 0 or 1.
        None => {
            let names = [
                "startindex",
                "startat",
                "start",
                "startposition",
                "firstresult",
            ];
            let sent = whole(candidates, &names)?;
            (sent, sent.first()?)
        }
    };
    let counts_pages = [
        "page number",
        "number of pages",
        "page offset",
        "pages to skip",
        "offset of the page",
    ];
    if !has_size(candidates)
        || counts_pages
            .iter()
            .any(|words| sent.description.contains(words))
    {
        return None;
    }
    let target = Target::Parameter(sent.index);
    Some(pagination(
        Step::Offset(first),
        Some(target),
        PaginationSource::Rule,
    ))
}

fn whole<'c, 'a, 't>(
    candidates: &'c [Candidate<'a, 't>],
    names: &[&str],
) -> Option<&'c Candidate<'a, 't>> {
    candidates
        .iter()
        .find(|candidate| candidate.value == Value::Whole && names.contains(&&*candidate.name))
}

fn has_size(candidates: &[Candidate<'_, '_>]) -> bool {
    candidates
        .iter()
        .any(|candidate| SIZE.contains(&&*candidate.name))
}
