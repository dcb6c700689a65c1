//! Extensions that state how an operation continues.

use super::{Cx, stainless, vendor};
use crate::config::{Pages, PagesStatement};
use crate::spec::Node;

/// A statement, or why there is none.
pub(super) type Stated = Result<Pages, String>;

/// The name of the extension, where it stands, and what it says; ours comes first.
pub(super) fn read<'t>(cx: &Cx<'_, 't>) -> Option<(&'static str, Node<'t>, Stated)> {
    type Reader = fn(&Cx<'_, '_>, Node<'_>) -> Stated;
    const READERS: [(&str, Reader); 5] = [
        ("x-attache-pagination", |_, node| own(node)),
        ("x-ms-pageable", vendor::azure),
        ("x-speakeasy-pagination", vendor::speakeasy),
        ("x-fern-pagination", vendor::fern),
        ("x-dropshot-pagination", |_, _| Ok(vendor::dropshot())),
    ];
    for (name, reader) in READERS {
        let mut extensions = cx.source.extensions.iter();
        if let Some((_, node)) = extensions.find(|(key, _)| *key == name) {
            return Some((name, *node, reader(cx, *node)));
        }
    }
    let stated = stainless::read(cx)?;
    Some((stainless::NAME, cx.source.node, Ok(stated)))
}

/// `x-attache-pagination`: `off`, or the same as in the settings.
fn own(node: Node<'_>) -> Stated {
    if node.as_bool() == Some(false) || node.as_str() == Some("off") {
        return Ok(Pages::Off);
    }
    if !node.is_mapping() {
        return Err("it is neither `off` nor a mapping".to_owned());
    }
    let mut stated = PagesStatement::default();
    for (key, value) in node.entries() {
        let text = || match value.as_str() {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(format!("`{}` is no text", key.text)),
        };
        let flag = || match value.as_bool() {
            Some(flag) => Ok(flag),
            None => Err(format!("`{}` is neither true nor false", key.text)),
        };
        match key.text {
            "token" => stated.token = text()?,
            "header_token" => stated.header_token = text()?,
            "last_item" => stated.last_item = text()?,
            "offset" => stated.offset = text()?,
            "page" => stated.page = text()?,
            "next_url" => stated.next_url = text()?,
            "link" => stated.link = flag()?,
            "single" => stated.single = flag()?,
            "parameter" => stated.parameter = text()?,
            "body" => stated.body = text()?,
            "items" => stated.items = text()?,
            "while_true" => stated.while_true = text()?,
            "until_true" => stated.until_true = text()?,
            "total_items" => stated.total_items = text()?,
            "total_pages" => stated.total_pages = text()?,
            "by" => stated.by = text()?,
            "first" => {
                let number = value.scalar().and_then(|text| text.parse().ok());
                stated.first = Some(number.ok_or("`first` is no integer")?);
            }
            "only_with" => stated.only_with = Some(names(value)),
            "keeping" => stated.keeping = names(value),
            other => return Err(format!("it has no key `{other}`")),
        }
    }
    Ok(Pages::Stated(Box::new(stated)))
}

fn names(list: Node<'_>) -> Vec<String> {
    let names = list.items().filter_map(|item| item.as_str());
    names.map(str::to_owned).collect()
}
