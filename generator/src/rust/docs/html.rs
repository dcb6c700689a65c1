//! Translates the HTML that descriptions use for formatting into Markdown.
//!
//! Whatever is no known tag stays as it is; escaping it is the business of the inline step.

use super::containers::Fence;
use super::inline::{code_span, code_span_len, decode_entity, longest_run};

/// Longest tag that is looked for, which keeps the search linear.
const LONGEST_TAG: usize = 2_000;

/// Deepest nesting of elements that is followed.
const DEEPEST: usize = 16;

/// Rewrites formatting tags outside of code.
pub(super) fn to_markdown(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut translation = Translation::default();
    let mut at = 0;
    while at < text.len() {
        let at_line_start = at == 0 || text[..at].ends_with('\n');
        let fenced = if at_line_start {
            Fence::block_len(&text[at..])
        } else {
            None
        };
        at += match fenced {
            Some(len) => translation.keep(&text[at..at + len]),
            None => translation.step(&text[at..]),
        };
    }
    translation.out
}

#[derive(Default)]
struct Translation {
    out: String,
    open: Vec<Element>,
    /// The number of the last item in each open list; absent in bulleted ones.
    lists: Vec<Option<usize>>,
    /// Elements that are known to have no end in the rest of the text.
    endless: Vec<String>,
}

/// An element whose content is needed when it ends.
struct Element {
    name: String,
    /// Where its content starts in the output.
    start: usize,
    address: String,
}

impl Translation {
    fn keep(&mut self, text: &str) -> usize {
        self.out.push_str(text);
        text.len()
    }

    /// Takes one tag, code span or character; gives its length.
    fn step(&mut self, rest: &str) -> usize {
        let next = rest.chars().next().map_or(0, char::len_utf8);
        if rest.starts_with('`') {
            return self.keep(&rest[..code_span_len(rest).unwrap_or(next)]);
        }
        let tag = if rest.starts_with('<') {
            Tag::parse(rest)
        } else {
            None
        };
        let taken = tag.and_then(|tag| Some(tag.len + self.tag(&tag, &rest[tag.len..])?));
        taken.unwrap_or_else(|| self.keep(&rest[..next]))
    }

    /// Whether the current line is a row of a Markdown table, which a line break would end.
    fn in_row(&self) -> bool {
        self.out
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.trim_start().starts_with('|'))
    }

    fn line_break(&mut self, text: &str) {
        let text = if self.in_row() { " " } else { text };
        self.out.push_str(text);
    }

    /// Translates a tag; gives the length of content that went with it, nothing for an unknown tag.
    fn tag(&mut self, tag: &Tag<'_>, content: &str) -> Option<usize> {
        match tag.name.as_str() {
            "br" => self.line_break("\\\n"),
            "hr" => self.line_break("\n\n---\n\n"),
            "p" | "div" | "section" | "details" | "summary" | "blockquote" | "table" | "dl"
            | "dt" | "dd" | "center" => {
                self.line_break("\n\n");
            }
            "tr" if !tag.closes => self.line_break("\n- "),
            "td" | "th" if !tag.closes && !self.out.ends_with("- ") => self.out.push_str(" · "),
            "span" | "font" | "u" | "small" | "sub" | "sup" | "thead" | "tbody" | "tr" | "td"
            | "th" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closes => self.line_break("\n\n"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.line_break("\n\n### "),
            "ul" | "ol" | "menu" => self.list(tag),
            "li" if tag.closes => {}
            "li" => self.item(),
            "img" => self.image(tag),
            "b" | "strong" | "i" | "em" | "a" if tag.closes => self.close(&tag.name),
            "b" | "strong" | "i" | "em" | "a" => self.open(tag),
            "code" | "tt" | "kbd" | "samp" if !tag.closes => return self.code(&tag.name, content),
            "pre" if !tag.closes => return self.code_block(content),
            _ => return None,
        }
        Some(0)
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if self.open.len() < DEEPEST {
            let address = tag.attribute("href").unwrap_or_default().to_owned();
            self.open.push(Element {
                name: tag.name.clone(),
                start: self.out.len(),
                address,
            });
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else {
            return;
        };
        let element = self.open.swap_remove(at);
        self.open.truncate(at);
        let content = self.out[element.start..].to_owned();
        let inner = content.trim();
        if inner.is_empty() || inner.contains("\n\n") {
            return;
        }
        let wrapped = match name {
            "a" => linked(inner, &element.address),
            "b" | "strong" => format!("**{inner}**"),
            _ => format!("*{inner}*"),
        };
        let before = &content[..content.len() - content.trim_start().len()];
        let after = &content[content.trim_end().len()..];
        self.out.truncate(element.start);
        self.out.push_str(&format!("{before}{wrapped}{after}"));
    }

    fn list(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            self.lists.pop();
        } else if self.lists.len() < DEEPEST {
            self.lists.push((tag.name == "ol").then_some(0));
        }
        let nested = !self.lists.is_empty() && (tag.closes || self.lists.len() > 1);
        self.line_break(if nested { "\n" } else { "\n\n" });
    }

    fn item(&mut self) {
        let indent = " ".repeat(4 * self.lists.len().saturating_sub(1));
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}.")
            }
            _ => "-".to_owned(),
        };
        if self.in_row() {
            self.out.push_str(" • ");
        } else {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push_str(&format!("\n{indent}{marker} "));
        }
    }

    fn image(&mut self, tag: &Tag<'_>) {
        let alt = tag.attribute("alt").unwrap_or_default().trim();
        let alt = if alt.is_empty() { "image" } else { alt };
        self.out
            .push_str(&linked(alt, tag.attribute("src").unwrap_or_default()));
    }

    fn code(&mut self, name: &str, content: &str) -> Option<usize> {
        let (inside, len) = self.until_end(name, content)?;
        self.out.push_str(&code_span(&plain(inside)));
        Some(len)
    }

    fn until_end<'t>(&mut self, name: &str, content: &'t str) -> Option<(&'t str, usize)> {
        if self.endless.iter().any(|endless| endless == name) {
            return None;
        }
        let found = until_end(name, content);
        if found.is_none() {
            self.endless.push(name.to_owned());
        }
        found
    }

    fn code_block(&mut self, content: &str) -> Option<usize> {
        let (inside, len) = self.until_end("pre", content)?;
        let code = plain(inside);
        if self.in_row() {
            self.out.push_str(&code_span(&code));
        } else {
            let fence = "`".repeat(longest_run(&code, '`').max(2) + 1);
            self.out.push_str(&format!(
                "\n\n{fence}text\n{}\n{fence}\n\n",
                code.trim_matches('\n')
            ));
        }
        Some(len)
    }
}

fn linked(text: &str, address: &str) -> String {
    let address = address.trim();
    if text == address || !address.starts_with("http") || address.contains(char::is_whitespace) {
        return text.to_owned();
    }
    let text = text
        .replace('\n', " ")
        .replace('[', "\\[")
        .replace(']', "\\]");
    format!("[{text}](<{address}>)")
}

/// The content up to the end tag, and the length of both.
fn until_end<'t>(name: &str, content: &'t str) -> Option<(&'t str, usize)> {
    let end = format!("</{name}");
    let at = content.match_indices("</").map(|(at, _)| at).find(|&at| {
        content.as_bytes()[at..]
            .get(..end.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(end.as_bytes()))
    })?;
    let len = content[at..].find('>')? + 1;
    Some((&content[..at], at + len))
}

/// The text of an HTML fragment: tags gone, entities decoded.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(next) = rest.chars().next() {
        let known = Tag::parse(rest).filter(|tag| INLINE.contains(&tag.name.as_str()));
        let len = match (next, known) {
            ('<', Some(tag)) => {
                if tag.name == "br" {
                    out.push('\n');
                }
                tag.len
            }
            ('&', _) if decode_entity(rest).is_some() => {
                let (c, len) = decode_entity(rest).expect("the guard has seen it");
                out.push(c);
                len
            }
            _ => {
                out.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[len..];
    }
    out
}

/// Tags that only style the text of a code element.
const INLINE: &[&str] = &[
    "a", "b", "br", "code", "em", "font", "i", "span", "strong", "u", "pre",
];

/// A start or end tag.
struct Tag<'t> {
    name: String,
    closes: bool,
    attributes: &'t str,
    len: usize,
}

impl<'t> Tag<'t> {
    fn parse(text: &'t str) -> Option<Tag<'t>> {
        let inner = text.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name_len = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (name, rest) = inner.split_at(name_len);
        let letter_first = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !letter_first || !rest.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>') {
            return None;
        }
        let end = tag_end(rest)?;
        let len = text.len() - rest.len() + end + 1;
        Some(Tag {
            name: name.to_ascii_lowercase(),
            closes,
            attributes: &rest[..end],
            len,
        })
    }

    fn attribute(&self, name: &str) -> Option<&'t str> {
        let (_, value) = self.attributes.split_once(&format!("{name}="))?;
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        }
    }
}

/// Where a tag ends, which is not inside quotes.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in attributes.char_indices().take(LONGEST_TAG) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_tags_become_markdown() {
        for (html, markdown) in [
            ("<b>a</b> <i> b </i>", "**a**  *b* "),
            ("<strong>a<em>b</em></strong>", "**a*b***"),
            ("a<br/>b<BR>c", "a\\\nb\\\nc"),
            ("<code>Vec&lt;<b>T</b>&gt;</code>", "`Vec<T>`"),
            ("<code>a`b</code>", "``a`b``"),
            (
                "<a href=\"https://a.io\">x [1]</a>",
                "[x \\[1\\]](<https://a.io>)",
            ),
            ("<a href='/docs'>x</a>", "x"),
            (
                "<pre>a\n  &lt;b&gt;</pre>",
                "\n\n```text\na\n  <b>\n```\n\n",
            ),
            (
                "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
                "\n\n\n- a\n- b\n\n    1. c\n\n\n",
            ),
            ("| a<br>b |", "| a b |"),
            ("<h2>T</h2>", "\n\n### T\n\n"),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
    }

    #[test]
    fn the_rest_stays() {
        for text in [
            "`<b>x</b>`",
            "```\n<b>\n```\n",
            "a < b > c",
            "<id>",
            "<script>x</script>",
            "<b",
            "</code>",
            "<!-- -->",
        ] {
            assert_eq!(to_markdown(text), text);
        }
        assert_eq!(to_markdown("<b>open"), "open");
    }
}
