//! A document to a tree, by the events of the parser.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{LocalName, ResolveResult};
use quick_xml::reader::NsReader;

use super::element::{Element, QName};
use crate::json::DecodeError;

/// As deep as JSON may nest.
const DEEPEST: usize = 128;

/// The element around the document.
pub(super) fn parse(text: &str) -> Result<Element, DecodeError> {
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = |expected| DecodeError::not_xml(at, expected);
        let event = reader.read_event();
        let event = event.map_err(|_| wrong("well-formed XML"))?;
        match event {
            Event::Start(start) if open.len() < DEEPEST => {
                let element = element(&reader, &start).ok_or_else(|| wrong("an attribute"))?;
                open.push(element);
            }
            Event::Start(_) => return Err(wrong("less nesting")),
            Event::Empty(start) => {
                let element = element(&reader, &start).ok_or_else(|| wrong("an attribute"))?;
                close(element, &mut open, &mut root).ok_or_else(|| wrong("one element"))?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| wrong("an element"))?;
                close(element, &mut open, &mut root).ok_or_else(|| wrong("one element"))?;
            }
            Event::Text(text) => add(&text.xml10_content(), &mut open)
                .ok_or_else(|| wrong("no text outside the element"))?,
            Event::CData(text) => add(&text.xml10_content(), &mut open)
                .ok_or_else(|| wrong("no text outside the element"))?,
            Event::GeneralRef(reference) => {
                let text = resolve(&reference).ok_or_else(|| wrong("an entity of XML itself"))?;
                add(&text, &mut open).ok_or_else(|| wrong("no text outside the element"))?;
            }
            Event::DocType(_) => return Err(wrong("XML without a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if open.is_empty() => return root.ok_or_else(|| wrong("an element")),
            Event::Eof => return Err(wrong("the end of an element")),
        }
    }
}

/// An element without what is inside.
fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Option<Element> {
    let resolver = reader.resolver();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key;
        let is_declaration = name.as_ref() == "xmlns" || name.as_ref().starts_with("xmlns:");
        if !is_declaration {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            let name = qualified(resolver.resolve_attribute(name));
            attributes.push((name, value.into_owned()));
        }
    }
    Some(Element {
        name: qualified(resolver.resolve_element(start.name())),
        attributes,
        ..Element::default()
    })
}

fn qualified((namespace, local): (ResolveResult<'_>, LocalName<'_>)) -> QName {
    QName {
        local: local.as_ref().to_owned(),
        namespace: match namespace {
            ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
        },
    }
}

/// Puts an element into the one around it; nothing where there is a second outermost one.
fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Option<()> {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_some() => return None,
        None => *root = Some(element),
    }
    Some(())
}

/// Adds text to the open element; outside of all there may be white space only.
fn add(text: &str, open: &mut [Element]) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

/// Characters by number, and the five entities that every document has.
fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    let text = match &**reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return None,
    };
    Some(text.to_owned())
}
