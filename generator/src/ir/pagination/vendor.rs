//! What other tools' extensions say, in our words.

use super::Cx;
use super::extension::Stated;
use super::words::plain;
use crate::config::{Pages, PagesStatement};
use crate::ir::model::{self, Place};
use crate::spec::Node;

/// `x-ms-pageable` (AutoRest): `nextLinkName`, `itemName`, `operationName`.
pub(super) fn azure(cx: &Cx<'_, '_>, node: Node<'_>) -> Stated {
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    let token = |name: &str| format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut stated = PagesStatement {
        items: Some(token(text("itemName").unwrap_or("value"))),
        ..PagesStatement::default()
    };
    let Some(link) = text("nextLinkName").filter(|link| !link.is_empty()) else {
        stated.single = true;
        return Ok(stated_pages(stated));
    };
    let Some(by) = text("operationName") else {
        stated.next_url = Some(token(link));
        // Azure's links may lack the version, or have another; the client's counts.
        let parameters = cx.operation.parameters.iter();
        let is_version = |it: &&model::Parameter| {
            it.place == Place::Query && it.wire.eq_ignore_ascii_case("api-version")
        };
        stated.keeping = parameters
            .filter(is_version)
            .map(|it| it.wire.clone())
            .collect();
        return Ok(stated_pages(stated));
    };
    let mut all = cx.all.iter();
    let further = all
        .find(|operation| operation.name == by)
        .ok_or_else(|| format!("there is no operation `{by}`"))?;
    let is_link = |parameter: &&model::Parameter| {
        let name = plain(&parameter.wire);
        parameter.place != Place::Part && (name == plain(link) || name == "nextlink")
    };
    let parameter = further.parameters.iter().find(is_link);
    stated.parameter = parameter.map(|parameter| parameter.wire.clone());
    stated.token = Some(token(link));
    // What fetches the further pages of others may fetch its own.
    stated.by = (by != cx.operation.name).then(|| by.to_owned());
    Ok(stated_pages(stated))
}

/// `x-dropshot-pagination`: all such operations continue alike.
pub(super) fn dropshot() -> Pages {
    stated_pages(PagesStatement {
        token: Some("/next_page".to_owned()),
        parameter: Some("page_token".to_owned()),
        items: Some("/items".to_owned()),
        ..PagesStatement::default()
    })
}

/// `x-speakeasy-pagination`: `type`, `inputs`, `outputs`.
pub(super) fn speakeasy(cx: &Cx<'_, '_>, node: Node<'_>) -> Stated {
    let output = |key: &str| {
        let text = node
            .get("outputs")
            .and_then(|outputs| outputs.get(key))?
            .as_str()?;
        Some(json_path(text))
    };
    let input = |kind: &str| {
        let inputs = node.get("inputs")?;
        let mut inputs = inputs.items();
        inputs.find(|input| input.get("type").and_then(Node::as_str) == Some(kind))
    };
    let mut stated = PagesStatement {
        items: output("results").transpose()?,
        total_pages: output("numPages").transpose()?,
        ..PagesStatement::default()
    };
    match node.get("type").and_then(Node::as_str) {
        Some("url") => stated.next_url = output("nextUrl").transpose()?,
        Some("cursor") => {
            let next = output("nextCursor").transpose()?;
            let next = next.ok_or("it has no output `nextCursor`")?;
            match next.split_once("/-1") {
                Some((list, member)) => {
                    stated.items.get_or_insert(list.to_owned());
                    stated.last_item = Some(member.to_owned());
                }
                None => stated.token = Some(next),
            }
            carry(
                &mut stated,
                input("cursor").ok_or("it has no input `cursor`")?,
            )?;
        }
        Some("offsetLimit") => {
            let name =
                |input: Node<'_>| input.get("name").and_then(Node::as_str).map(str::to_owned);
            let (page, offset) = (input("page"), input("offset"));
            let sent = page
                .or(offset)
                .ok_or("it has neither an input `page` nor one `offset`")?;
            if is_body(sent) {
                stated.body = name(sent).map(|name| format!("/{name}"));
            }
            stated.first = name(sent).and_then(|name| first(cx, &name));
            stated.page = page.and_then(name);
            stated.offset = if page.is_none() {
                offset.and_then(name)
            } else {
                None
            };
        }
        _ => return Err("its type is none of `offsetLimit`, `cursor` and `url`".to_owned()),
    }
    Ok(stated_pages(stated))
}

fn carry(stated: &mut PagesStatement, input: Node<'_>) -> Result<(), String> {
    let name = input.get("name").and_then(Node::as_str);
    let name = name.ok_or("an input has no name")?;
    match is_body(input) {
        true => stated.body = Some(format!("/{name}")),
        false => stated.parameter = Some(name.to_owned()),
    }
    Ok(())
}

fn is_body(input: Node<'_>) -> bool {
    input.get("in").and_then(Node::as_str) == Some("requestBody")
}

/// `x-fern-pagination`: `cursor` and `next_cursor`, `offset` and `step`, `next_uri`, `next_path`, `results`.
pub(super) fn fern(cx: &Cx<'_, '_>, node: Node<'_>) -> Stated {
    // `true` refers to what the root of the description says.
    let node = match node.as_bool() {
        Some(true) => node
            .root()
            .get("x-fern-pagination")
            .ok_or("the description says nothing about it at its root")?,
        Some(false) => return Ok(Pages::Off),
        None => node,
    };
    let place = |key: &str| {
        let text = node.get(key)?.as_str()?;
        let (whole, path) = text.split_once('.').unwrap_or((text, ""));
        let is_request = whole == "$request";
        Some((is_request, path.to_owned()))
    };
    let of_answer = |key: &str| {
        let path = place(key)?.1;
        Some(dotted(&path))
    };
    let sent = |stated: &mut PagesStatement, key: &str| {
        let (_, path) = place(key)?;
        let is_parameter = cx.operation.parameters.iter().any(|it| it.wire == path);
        match is_parameter {
            true => stated.parameter = Some(path.clone()),
            false => stated.body = Some(dotted(&path)),
        }
        Some(path)
    };
    let mut stated = PagesStatement {
        items: of_answer("results"),
        while_true: of_answer("has-next-page"),
        ..PagesStatement::default()
    };
    if node.get("next_cursor").is_some() {
        stated.token = of_answer("next_cursor");
        sent(&mut stated, "cursor").ok_or("it has no `cursor`")?;
    } else if node.get("offset").is_some() {
        let path = sent(&mut stated, "offset").ok_or("`offset` is no text")?;
        stated.parameter = None;
        // With a step the offset counts items, else it counts pages.
        match node.get("step") {
            Some(_) => stated.offset = Some(path.clone()),
            None => stated.page = Some(path.clone()),
        }
        stated.first = first(cx, &path);
    } else {
        stated.next_url = of_answer("next_uri").or_else(|| of_answer("next_path"));
    }
    Ok(stated_pages(stated))
}

fn stated_pages(stated: PagesStatement) -> Pages {
    Pages::Stated(Box::new(stated))
}

/// Where the numbers of a parameter start, if the description says so.
fn first(cx: &Cx<'_, '_>, name: &str) -> Option<i64> {
    let candidates = cx.candidates();
    let is_this = |index: usize| cx.operation.parameters[index].wire == name;
    candidates.iter().find(|it| is_this(it.index))?.first()
}

/// `/a/b` of `a.b`.
fn dotted(path: &str) -> String {
    match path {
        "" => String::new(),
        path => format!("/{}", path.replace('.', "/")),
    }
}

/// `/a/b` of `$.a.b`, and `/a/-1/id` of `$.a[-1].id`.
fn json_path(path: &str) -> Result<String, String> {
    let unknown = || format!("`{path}` is no path that leads to one place");
    let rest = path.trim().strip_prefix('$').ok_or_else(unknown)?;
    let rest = rest.replace("[-1:]", ".-1").replace("[-1]", ".-1");
    match rest.contains(['[', '*', '?', '(']) || rest.contains("..") {
        true => Err(unknown()),
        false => Ok(rest.replace('.', "/")),
    }
}

#[cfg(test)]
mod tests {
    use super::json_path;

    #[test]
    fn paths_of_others() {
        for (path, pointer) in [
            ("$.data.next", Some("/data/next")),
            ("$", Some("")),
            ("$.items[-1].id", Some("/items/-1/id")),
            ("$.items[*].id", None),
            ("$..id", None),
            ("data", None),
        ] {
            assert_eq!(json_path(path).ok().as_deref(), pointer, "{path}");
        }
    }
}
