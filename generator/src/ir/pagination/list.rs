//! Which list of a body holds the items of the page.

use super::Cx;
use super::answer::Answer;
use super::outline::{Member, Value, value};
use super::words::plain;
use crate::document::SchemaId;

/// Names of lists that hold the items, whatever else there is.
const ITEMS: &[&str] = &[
    "items",
    "data",
    "results",
    "result",
    "values",
    "value",
    "records",
    "entries",
    "list",
    "elements",
    "content",
    "contents",
    "docs",
    "documents",
    "rows",
    "objects",
    "hits",
    "resources",
    "edges",
    "nodes",
    "collection",
];

/// Names of lists that stand beside the items.
const BESIDE: &[&str] = &[
    "errors",
    "error",
    "warnings",
    "messages",
    "notices",
    "links",
    "link",
    "included",
    "includes",
    "facets",
    "aggregations",
    "sort",
    "sorts",
    "orderby",
    "columns",
    "fields",
    "headers",
    "filters",
    "schemas",
    "rel",
    "tags",
    "meta",
    "metadata",
    "permissions",
    "deprecations",
];

/// The items: where they are, and their schema.
///
/// Nothing is said where two lists could be meant: a page is then given whole.
pub(super) fn items<'t>(
    cx: &Cx<'_, 't>,
    answer: &Answer<'_, 't>,
) -> Option<(Vec<String>, SchemaId)> {
    if let Some(item) = answer.own_items() {
        return Some((Vec::new(), item));
    }
    let lists: Vec<_> = answer
        .members
        .iter()
        .filter_map(|member| match member.value {
            Value::List(item) => Some((member, item)),
            _ => None,
        })
        .collect();
    let (beside, apart): (Vec<_>, Vec<_>) = lists
        .into_iter()
        .partition(|(member, _)| BESIDE.contains(&&*plain(member.name())));
    let of_objects = |lists: &[List<'_, 't>]| {
        let lists = lists.iter().copied();
        let lists: Vec<_> = lists
            .filter(|(_, item)| is_object(answer, *item))
            .map(|(member, item)| (member.owned_path(), item))
            .collect();
        lists
    };
    let plain_lists = apart
        .iter()
        .map(|(member, item)| (member.owned_path(), *item));
    // An API of tags has a list of tags.
    let groups = [
        of_objects(&apart),
        of_objects(&beside),
        plain_lists.collect(),
    ];
    let lists = groups.into_iter().find(|lists| !lists.is_empty())?;
    choose(cx, &lists)
}

type List<'m, 't> = (&'m Member<'t>, SchemaId);

/// The one list of the topmost level that has any, or the one whose name says that it is meant.
fn choose(cx: &Cx<'_, '_>, lists: &[(Vec<String>, SchemaId)]) -> Option<(Vec<String>, SchemaId)> {
    let top = lists.iter().map(|(path, _)| path.len()).min()?;
    let level: Vec<_> = lists.iter().filter(|(path, _)| path.len() == top).collect();
    if let [only] = level[..] {
        return Some(only.clone());
    }
    let resource = cx
        .operation
        .path
        .rsplit('/')
        .find(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .map(plain);
    let called = |name: &str| {
        let mut named = level
            .iter()
            .filter(|(path, _)| path.last().is_some_and(|last| plain(last) == name));
        let first = named.next();
        (first.copied(), named.next().is_some())
    };
    let mut names = resource
        .iter()
        .map(String::as_str)
        .chain(ITEMS.iter().copied());
    // Two lists of the same name say that neither is the whole page.
    let (found, is_doubtful) = names.find_map(|name| match called(name) {
        (None, _) => None,
        (found, is_doubtful) => Some((found, is_doubtful)),
    })?;
    found.filter(|_| !is_doubtful).cloned()
}

fn is_object(answer: &Answer<'_, '_>, item: SchemaId) -> bool {
    let kind = &answer.resolved.follow(item).0.kind;
    value(answer.resolved, item) == Value::Object
        || matches!(
            kind,
            crate::resolved::Kind::Union(_) | crate::resolved::Kind::Map(_)
        )
}
