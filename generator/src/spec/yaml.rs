//! YAML events to nodes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser as Events, ScalarStyle, ScanError, Tag};

use super::arena::Text;
use super::builder::{Builder, Subtree};
use super::file::Span;
use super::finding::{Failure, Finding};
use super::node::Kind;
use super::read::Options;
use super::scalar::kind_of_plain;
use crate::diagnostic::codes;

/// Parses the first document of a YAML stream.
pub(super) fn parse(builder: &mut Builder<'_>, options: &Options) -> Result<(), Failure> {
    let source = builder.source;
    let limits = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        // Long keys are legal JSON, and paths with long queries exist.
        simple_key_max_lookahead: 1 << 20,
        flow_nesting_limit: options.max_depth,
        block_nesting_limit: options.max_depth,
    };
    let events = Events::new_from_str_with_options(source, limits);
    let mut parser = Parser {
        builder,
        anchors: BTreeMap::new(),
        open: Vec::new(),
        end: 0,
    };
    let mut documents = 0;
    for event in events {
        let (event, span) = match event {
            Ok((event, span)) => (event, span_of(span, source)),
            // What is wrong after the first document is nobody's concern.
            Err(_) if documents > 1 => break,
            Err(error) => return Err(failure(&error, source)),
        };
        match event {
            Event::DocumentStart(..) => documents += 1,
            Event::DocumentEnd | Event::StreamStart => {}
            Event::StreamEnd => break,
            event if documents > 1 => {
                // A last `---` with nothing behind it begins an empty document.
                if !matches!(&event, Event::Scalar(..) if span.start == span.end) {
                    parser
                        .builder
                        .findings
                        .push(Finding::SecondDocument { span });
                }
                break;
            }
            event => parser.node(event, span)?,
        }
    }
    Ok(())
}

struct Parser<'a, 'b> {
    builder: &'a mut Builder<'b>,
    /// None while the anchored value is not complete.
    anchors: BTreeMap<usize, Option<Subtree>>,
    open: Vec<Open>,
    /// Where the last value ended; block collections end with their last child.
    end: usize,
}

/// A collection that is not complete yet.
struct Open {
    anchor: usize,
    /// Where it begins, if it stands where a key is expected.
    as_key: Option<Span>,
}

impl Parser<'_, '_> {
    fn node(&mut self, event: Event<'_>, span: Span) -> Result<(), Failure> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag, span),
            Event::SequenceStart(_, anchor, tag) => self.begin(Kind::Sequence, anchor, tag, span),
            Event::MappingStart(_, anchor, tag) => self.begin(Kind::Mapping, anchor, tag, span),
            Event::SequenceEnd | Event::MappingEnd => self.finish(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                let node = self.null(span)?;
                self.builder.findings.push(Finding::UndefinedAlias {
                    node,
                    name: name.into_owned(),
                });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        span: Span,
    ) -> Result<(), Failure> {
        self.end = span.end as usize;
        // The parser reports an absent value as `~`.
        let value = if span.start == span.end { "" } else { value };
        let text = self.text(value);
        if self.builder.expects_key() {
            if value == "<<" && style == ScalarStyle::Plain {
                self.builder.merge_key(text, span);
            } else {
                self.builder.key(text, span);
            }
            if anchor != 0 {
                // Aliases of a key need a value to lead to, though none holds it.
                let node = self.builder.detached(Kind::String, text, span)?;
                self.anchors.insert(anchor, Some(node));
            }
            return Ok(());
        }
        let plain = style == ScalarStyle::Plain;
        let untagged = if plain {
            kind_of_plain(value)
        } else {
            Kind::String
        };
        let kind = match tag {
            Some(tag) => self.tagged(&tag, value, untagged, span),
            None => untagged,
        };
        let node = self.builder.scalar(kind, text, span)?;
        if anchor != 0 {
            self.anchors.insert(anchor, Some(node));
        }
        Ok(())
    }

    /// The kind of a tagged scalar; a tag that does not fit its value has no effect.
    fn tagged(&mut self, tag: &Tag, value: &str, untagged: Kind, span: Span) -> Kind {
        let plain = kind_of_plain(value);
        match yaml_name(tag).as_deref() {
            Some("str" | "binary") => return Kind::String,
            Some("int" | "float") if plain == Kind::Number => return plain,
            Some("bool") if plain == Kind::Bool => return plain,
            Some("null") if plain == Kind::Null => return plain,
            // A lone `!` makes any scalar a string.
            None if tag.original() == "!" => return Kind::String,
            _ => {}
        }
        self.builder.findings.push(Finding::UnknownTag {
            span,
            tag: tag.original(),
        });
        untagged
    }

    fn begin(
        &mut self,
        kind: Kind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        span: Span,
    ) -> Result<(), Failure> {
        self.end = span.end as usize;
        let as_key = self.builder.expects_key().then_some(span);
        self.builder.open(kind, span)?;
        self.open.push(Open { anchor, as_key });
        if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        if let Some(tag) = tag {
            let fits = match yaml_name(&tag).as_deref() {
                Some("map" | "set" | "omap") => kind == Kind::Mapping,
                Some("seq") => kind == Kind::Sequence,
                _ => tag.original() == "!",
            };
            if !fits {
                self.builder.findings.push(Finding::UnknownTag {
                    span,
                    tag: tag.original(),
                });
            }
        }
        Ok(())
    }

    fn finish(&mut self, span: Span) -> Result<(), Failure> {
        // Flow collections end with their bracket; the end of block collections is an empty span
        // somewhere after the last child.
        if span.start != span.end {
            self.end = span.end as usize;
        }
        let open = self.open.pop();
        let Some(subtree) = self.builder.close(self.end)? else {
            return Ok(());
        };
        let Some(open) = open else { return Ok(()) };
        if open.anchor != 0 {
            self.anchors.insert(open.anchor, Some(subtree));
        }
        if let Some(start) = open.as_key {
            let span = Span {
                end: self.builder.span_of(subtree.node).end,
                ..start
            };
            self.builder
                .key(Text::source(span.start as usize, span.end as usize), span);
            self.builder
                .findings
                .push(Finding::CollectionAsKey { span });
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Failure> {
        self.end = span.end as usize;
        let Some(Some(target)) = self.anchors.get(&anchor).copied() else {
            let node = self.null(span)?;
            self.builder.findings.push(Finding::AliasCycle { node });
            return Ok(());
        };
        if self.builder.expects_key() {
            let text = match self.builder.kind_of(target.node) {
                Kind::Mapping | Kind::Sequence => {
                    self.builder
                        .findings
                        .push(Finding::CollectionAsKey { span });
                    Text::source(span.start as usize, span.end as usize)
                }
                _ => self.builder.text_of(target.node),
            };
            self.builder.key(text, span);
            return Ok(());
        }
        self.builder.alias(target, span)
    }

    /// Puts null where something cannot be read.
    fn null(&mut self, span: Span) -> Result<u32, Failure> {
        self.end = span.end as usize;
        let text = Text::source(span.start as usize, span.end as usize);
        if self.builder.expects_key() {
            self.builder.key(text, span);
            return Ok(self.builder.detached(Kind::Null, text, span)?.node);
        }
        Ok(self.builder.scalar(Kind::Null, text, span)?.node)
    }

    /// Where the text is in the source, or a copy when it was unescaped or folded.
    fn text(&mut self, value: &str) -> Text {
        let source = self.builder.source;
        // The parser borrows from the source where it can; the distance of the two is the position.
        let start = (value.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
        match source.get(start..start.wrapping_add(value.len())) {
            Some(same) if same == value => Text::source(start, start + value.len()),
            _ if value.is_empty() => Text::EMPTY,
            _ => self.builder.keep(value),
        }
    }
}

/// The name of one of YAML's own tags: `str` for `!!str`.
fn yaml_name(tag: &Tag) -> Option<Cow<'_, str>> {
    tag.suffix_in_namespace("tag:yaml.org,2002:")
}

fn span_of(span: granit_parser::Span, source: &str) -> Span {
    let range = span.byte_range().unwrap_or(source.len()..source.len());
    Span::new(range.start, range.end.min(source.len()))
}

fn failure(error: &ScanError, source: &str) -> Failure {
    let at = error
        .marker()
        .byte_offset()
        .unwrap_or(source.len())
        .min(source.len());
    let width = source
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let span = Span::new(at, at + width);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => Failure::new(&codes::TOO_DEEP, span, error.info()),
        _ => Failure::syntax(span, error.info()),
    }
}
