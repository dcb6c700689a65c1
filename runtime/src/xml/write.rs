//! The JSON of a type to a document.

use super::XSI;
use super::shape::{Document, Member, Node, Object, Shape};
use crate::json::{Json, JsonObject};

/// Writes a document.
///
/// `Err` says what XML cannot hold.
pub(crate) fn write(document: &Document, value: &Json) -> Result<String, String> {
    let mut writer = Writer {
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
        scope: Vec::new(),
    };
    let tag = Tag {
        name: document.root,
        namespace: document.namespace,
        item: (document.item, ""),
    };
    writer.element(&tag, value, (document.shape)())?;
    Ok(writer.text)
}

struct Writer {
    text: String,
    /// Prefixes with their namespaces, the innermost last; the prefix of the default one is empty.
    scope: Vec<(String, String)>,
}

/// What an element is called, and the items of a list in it, each with its namespace.
struct Tag<'t> {
    name: &'t str,
    namespace: &'t str,
    item: (&'t str, &'t str),
}

impl Writer {
    fn element(&mut self, tag: &Tag<'_>, value: &Json, shape: Shape) -> Result<(), String> {
        check_name(tag.name)?;
        let outer = self.scope.len();
        self.text.push_str(&format!("<{}", tag.name));
        self.declare(tag.name, tag.namespace)?;
        if value.is_null() {
            self.declare("xsi:nil", XSI)?;
            self.text.push_str(" xsi:nil=\"true\"/>");
        } else {
            let members = members(value, shape);
            self.attributes(&members)?;
            self.text.push('>');
            self.content(tag, value, shape, &members)?;
            self.text.push_str(&format!("</{}>", tag.name));
        }
        self.scope.truncate(outer);
        Ok(())
    }

    fn content(
        &mut self,
        tag: &Tag<'_>,
        value: &Json,
        shape: Shape,
        members: &[(&Member, &Json)],
    ) -> Result<(), String> {
        match value {
            Json::Object(object) => {
                for (member, value) in members {
                    self.member(member, value)?;
                }
                let known = |name: &str| members.iter().any(|(member, _)| member.wire == name);
                let rest = object.iter().filter(|(name, _)| !known(name));
                for (name, value) in rest {
                    self.repeated(&Tag::plain(name), value, rest_shape(shape))?;
                }
                Ok(())
            }
            Json::Array(items) => {
                let (name, namespace) = tag.item;
                for (at, item) in items.iter().enumerate() {
                    let inner = Tag {
                        name,
                        namespace,
                        item: tag.item,
                    };
                    self.element(&inner, item, item_shape(shape, at))?;
                }
                Ok(())
            }
            plain => self.plain(&plain.plain_text()),
        }
    }

    fn member(&mut self, member: &Member, value: &Json) -> Result<(), String> {
        let shape = (member.shape)();
        let tag = Tag {
            name: member.name,
            namespace: member.namespace,
            item: (member.item, member.item_namespace),
        };
        match member.node {
            Node::attribute => Ok(()),
            Node::text => self.plain(&value.plain_text()),
            Node::cdata => self.cdata(&value.plain_text()),
            Node::wrapped => self.element(&tag, value, shape),
            Node::element => self.repeated(&tag, value, shape),
            Node::none => self.content(&tag, value, shape, &self::members(value, shape)),
        }
    }

    /// An element, or one for each item of a list.
    fn repeated(&mut self, tag: &Tag<'_>, value: &Json, shape: Shape) -> Result<(), String> {
        let Json::Array(items) = value else {
            return self.element(tag, value, shape);
        };
        for (at, item) in items.iter().enumerate() {
            self.element(tag, item, item_shape(shape, at))?;
        }
        Ok(())
    }

    /// Also those of members that are no nodes themselves.
    fn attributes(&mut self, members: &[(&Member, &Json)]) -> Result<(), String> {
        for (member, value) in members {
            match member.node {
                Node::attribute => self.attribute(member, value)?,
                Node::none => self.attributes(&self::members(value, (member.shape)()))?,
                _ => {}
            }
        }
        Ok(())
    }

    fn attribute(&mut self, member: &Member, value: &Json) -> Result<(), String> {
        if value.is_null() {
            return Ok(());
        }
        check_name(member.name)?;
        let text = match value {
            Json::Array(items) => {
                let items: Vec<_> = items.iter().map(Json::plain_text).collect();
                items.join(" ")
            }
            value => value.plain_text(),
        };
        if member.name.contains(':') {
            self.declare(member.name, member.namespace)?;
        }
        self.text.push_str(&format!(" {}=\"", member.name));
        self.escaped(&text, true)?;
        self.text.push('"');
        Ok(())
    }

    /// Declares the namespace of a name, where it is not in scope already.
    fn declare(&mut self, name: &str, namespace: &str) -> Result<(), String> {
        if namespace.is_empty() {
            return Ok(());
        }
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let mut scope = self.scope.iter().rev();
        let current = scope.find(|(known, _)| known == prefix);
        if current.is_some_and(|(_, known)| known == namespace) {
            return Ok(());
        }
        let colon = if prefix.is_empty() { "" } else { ":" };
        self.text.push_str(&format!(" xmlns{colon}{prefix}=\""));
        self.escaped(namespace, true)?;
        self.text.push('"');
        self.scope.push((prefix.to_owned(), namespace.to_owned()));
        Ok(())
    }

    fn plain(&mut self, text: &str) -> Result<(), String> {
        self.escaped(text, false)
    }

    fn cdata(&mut self, text: &str) -> Result<(), String> {
        text.chars().try_for_each(check_character)?;
        // The end of a section cannot be inside one.
        let text = text.replace("]]>", "]]]]><![CDATA[>");
        self.text.push_str(&format!("<![CDATA[{text}]]>"));
        Ok(())
    }

    fn escaped(&mut self, text: &str, in_attribute: bool) -> Result<(), String> {
        for c in text.chars() {
            check_character(c)?;
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                // A parser turns these into spaces, or drops them.
                '\n' | '\t' if in_attribute => self.text.push_str(&format!("&#{};", u32::from(c))),
                '\r' => self.text.push_str("&#13;"),
                c => self.text.push(c),
            }
        }
        Ok(())
    }
}

impl<'t> Tag<'t> {
    fn plain(name: &'t str) -> Self {
        Self {
            name,
            namespace: "",
            item: (name, ""),
        }
    }
}

/// The members of a value that its shape knows, in the order of the shape.
fn members(value: &Json, shape: Shape) -> Vec<(&'static Member, &Json)> {
    let Json::Object(object) = value else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match shape {
        Shape::Object(table) => add_members(table, object, &mut found),
        Shape::OneOf(shapes) => {
            for shape in shapes {
                if let Shape::Object(table) = shape() {
                    add_members(table, object, &mut found);
                }
            }
        }
        _ => {}
    }
    found
}

fn add_members<'v>(
    table: &'static Object,
    object: &'v JsonObject,
    found: &mut Vec<(&'static Member, &'v Json)>,
) {
    for member in table.members {
        let is_new = !found.iter().any(|(known, _)| known.wire == member.wire);
        if let (true, Some(value)) = (is_new, object.get(member.wire)) {
            found.push((member, value));
        }
    }
}

fn rest_shape(shape: Shape) -> Shape {
    match shape {
        Shape::Object(Object {
            rest: Some(rest), ..
        }) => rest(),
        Shape::Map(item) => item(),
        _ => Shape::Any,
    }
}

fn item_shape(shape: Shape, at: usize) -> Shape {
    match shape {
        Shape::List(item) => item(),
        Shape::Tuple(shapes) => shapes.get(at).map_or(Shape::Any, |shape| shape()),
        _ => Shape::Any,
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    let is_other = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{B7}');
    let is_part = |part: &str| part.starts_with(is_first) && part.chars().all(is_other);
    match name.split(':').all(is_part) && name.split(':').count() <= 2 {
        true => Ok(()),
        false => Err(format!("{name:?} is no name in XML")),
    }
}

/// XML 1.0 has no way to write most control characters.
fn check_character(c: char) -> Result<(), String> {
    let is_out = matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    match is_out {
        true => Err(format!(
            "the character U+{:04X} cannot be written in XML",
            u32::from(c)
        )),
        false => Ok(()),
    }
}
