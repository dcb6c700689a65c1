//! A tree to the JSON of a type.

use super::element::{Element, QName};
use super::shape::{Member, Node, Object, Shape};
use crate::json::{Json, JsonNumber, JsonObject};

/// The value that an element holds.
pub(super) fn value(element: &Element, shape: Shape) -> Json {
    if element.is_nil() {
        return Json::Null;
    }
    match shape {
        Shape::Any => any(element),
        Shape::Text | Shape::Number | Shape::Boolean => scalar(&element.text, shape),
        Shape::Object(table) => Json::Object(object(element, table)),
        Shape::List(item) => items(&element.children.iter().collect::<Vec<_>>(), item()),
        Shape::Map(item) => {
            let children = element.children.iter();
            let member = |child: &Element| (child.name.local.clone(), value(child, item()));
            Json::Object(children.map(member).collect())
        }
        Shape::Tuple(shapes) => {
            let children = element.children.iter().enumerate();
            let item = |(at, child): (usize, &Element)| {
                value(child, shapes.get(at).map_or(Shape::Any, |shape| shape()))
            };
            Json::Array(children.map(item).collect())
        }
        Shape::OneOf(shapes) => one_of(element, shapes),
    }
}

fn object(element: &Element, table: &Object) -> JsonObject {
    let mut object = JsonObject::new();
    let mut taken = vec![false; element.children.len()];
    add_members(element, table, &mut object, &mut taken);
    // A list without items cannot be seen, so it is there.
    for member in table.members.iter().filter(|it| it.node == Node::element) {
        if matches!((member.shape)(), Shape::List(_)) && object.get(member.wire).is_none() {
            object.insert(member.wire, Json::Array(Vec::new()));
        }
    }
    if let Some(rest) = table.rest {
        for (child, _) in element
            .children
            .iter()
            .zip(taken)
            .filter(|(_, taken)| !taken)
        {
            object.insert(&*child.name.local, value(child, rest()));
        }
    }
    object
}

fn add_members(element: &Element, table: &Object, object: &mut JsonObject, taken: &mut [bool]) {
    for member in table.members {
        let found = match member.node {
            Node::attribute => attribute(element, member),
            // Between other nodes there is white space for the eye.
            Node::text | Node::cdata if is_blank(element) => None,
            Node::text | Node::cdata => Some(scalar(&element.text, (member.shape)())),
            Node::element | Node::wrapped => elements(element, member, taken),
            Node::none => {
                // What the member is made of are nodes of this very element.
                Some(value(element, (member.shape)()))
            }
        };
        if let Some(found) = found {
            object.insert(member.wire, found);
        }
    }
}

fn is_blank(element: &Element) -> bool {
    !element.children.is_empty() && element.text.trim().is_empty()
}

fn attribute(element: &Element, member: &Member) -> Option<Json> {
    let is_this = |(name, _): &&(QName, String)| is_named(name, member.name, member.namespace);
    let (_, text) = element.attributes.iter().find(is_this)?;
    Some(match (member.shape)() {
        // XML Schema separates the items of a list by white space.
        Shape::List(item) => {
            let words = text.split_whitespace();
            Json::Array(words.map(|word| scalar(word, item())).collect())
        }
        shape => scalar(text, shape),
    })
}

fn elements(element: &Element, member: &Member, taken: &mut [bool]) -> Option<Json> {
    let mut found = Vec::new();
    for (child, taken) in element.children.iter().zip(taken) {
        if !*taken && is_named(&child.name, member.name, member.namespace) {
            *taken = true;
            found.push(child);
        }
    }
    let shape = (member.shape)();
    match shape {
        Shape::List(item) if member.node == Node::element => {
            (!found.is_empty()).then(|| items(&found, item()))
        }
        _ => found.last().map(|child| value(child, shape)),
    }
}

fn items(elements: &[&Element], shape: Shape) -> Json {
    Json::Array(elements.iter().map(|item| value(item, shape)).collect())
}

/// Objects are read by the members of all; of texts, a number or a truth value says most.
fn one_of(element: &Element, shapes: &[fn() -> Shape]) -> Json {
    let has_nodes = !element.children.is_empty() || !element.attributes.is_empty();
    let mut object = JsonObject::new();
    let mut taken = vec![false; element.children.len()];
    let mut plain = Vec::new();
    for shape in shapes {
        match shape() {
            Shape::Object(table) => {
                // A child that two variants know belongs to both, and is read the same way.
                let mut own = vec![false; element.children.len()];
                add_members(element, table, &mut object, &mut own);
                taken.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
            }
            shape => plain.push(shape),
        }
    }
    let nested = plain.iter().find(|shape| is_nested(**shape));
    match nested {
        Some(shape) if has_nodes && object.is_empty() => value(element, *shape),
        _ if has_nodes || plain.is_empty() => Json::Object(object),
        _ => {
            let mut read = plain.iter().map(|shape| scalar(&element.text, *shape));
            let is_exact = |value: &Json| !matches!(value, Json::String(_));
            read.clone()
                .find(is_exact)
                .or_else(|| read.next_back())
                .unwrap_or_default()
        }
    }
}

fn is_nested(shape: Shape) -> bool {
    !matches!(shape, Shape::Text | Shape::Number | Shape::Boolean)
}

/// Whatever is there: text, or attributes and elements by name, those of one name in a list.
fn any(element: &Element) -> Json {
    if element.children.is_empty() && element.attributes.is_empty() {
        return Json::String(element.text.clone());
    }
    let mut object = JsonObject::new();
    for (name, text) in &element.attributes {
        object.insert(&*name.local, text.as_str());
    }
    for child in &element.children {
        let value = any(child);
        let value = match object.get(&child.name.local) {
            None => value,
            Some(Json::Array(items)) => Json::Array(items.iter().cloned().chain([value]).collect()),
            Some(first) => Json::Array(vec![first.clone(), value]),
        };
        object.insert(&*child.name.local, value);
    }
    Json::Object(object)
}

/// Text that cannot be read as what it should be stays text, so that decoding says what is wrong.
fn scalar(text: &str, shape: Shape) -> Json {
    let trimmed = text.trim();
    let read = match shape {
        Shape::Number => number(trimmed).map(Json::Number),
        Shape::Boolean => match trimmed {
            "true" | "1" => Some(Json::Bool(true)),
            "false" | "0" => Some(Json::Bool(false)),
            _ => None,
        },
        Shape::OneOf(shapes) => {
            let read = shapes.iter().map(|shape| scalar(text, shape()));
            let mut exact = read.filter(|value| !matches!(value, Json::String(_)));
            exact.next()
        }
        _ => None,
    };
    read.unwrap_or_else(|| Json::String(text.to_owned()))
}

/// XML Schema allows a sign and zeros that JSON does not.
fn number(text: &str) -> Option<JsonNumber> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let (sign, digits) = match unsigned.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", unsigned),
    };
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    let exact = format!("{sign}{zero}{digits}");
    exact.trim_end_matches('.').parse().ok()
}

fn is_named(name: &QName, wanted: &str, namespace: &str) -> bool {
    let local = wanted.split_once(':').map_or(wanted, |(_, local)| local);
    let has_namespace = namespace.is_empty() || name.namespace.is_empty();
    name.local == local && (has_namespace || name.namespace == namespace)
}
