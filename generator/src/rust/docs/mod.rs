//! Turns the texts of a description into documentation that rustc and rustdoc take without a word.
//!
//! Input: summary, description and remarks, in Markdown or HTML, from anybody. Output: lines to stand behind `/// `.
//! Invariants: no code block is Rust, every bracket and tag is a link with an absolute address or plain text, no
//! line holds a control character. Never: drops words of the text.

mod blocks;
mod containers;
mod html;
mod inline;

use crate::ir::Docs;

/// The documentation of one item; empty when nothing is known about it.
pub(super) fn doc_lines(docs: &Docs) -> Vec<String> {
    let description = docs.description.as_deref().map(cleaned).unwrap_or_default();
    let summary = docs.summary.as_deref().map(cleaned).unwrap_or_default();
    let summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = Vec::new();
    if starts_with_words(&description, &summary) {
        parts.push(text_lines(&with_first_sentence_apart(&description)));
    } else {
        parts.push(text_lines(&summary));
        parts.push(text_lines(&description));
    }
    parts.extend(docs.remarks.iter().map(|remark| text_lines(remark)));
    parts.retain(|lines| !lines.is_empty());
    parts.join(&String::new())
}

/// A text of its own, for example the description on the front page.
pub(super) fn text_lines(text: &str) -> Vec<String> {
    blocks::lines(&html::to_markdown(&cleaned(text)))
}

/// The text with `\n` as the only control character, without what steers the direction of writing.
fn cleaned(text: &str) -> String {
    let is_clean = |byte: u8| byte == b'\n' || byte == b' ' || byte.is_ascii_graphic();
    if text.bytes().all(is_clean) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    text.chars().filter_map(clean_char).collect()
}

/// The character as it may stand in a comment: a line break of any kind as `\n`; none for one that nobody sees.
pub(super) fn clean_char(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Whether a description says what the summary says, so that the summary would only repeat it.
fn starts_with_words(description: &str, summary: &str) -> bool {
    let mut words = description.split_whitespace().map(bare_word);
    summary
        .split_whitespace()
        .map(bare_word)
        .all(|word| words.next() == Some(word))
}

fn bare_word(word: &str) -> String {
    word.trim_end_matches(['.', ':', '!']).to_lowercase()
}

/// A first paragraph longer than this shows in lists of items as a wall of text.
const LONG_PARAGRAPH: usize = 120;

/// Makes the first sentence of a long first paragraph the summary.
fn with_first_sentence_apart(description: &str) -> String {
    let text = description.trim_start();
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let plain = text.starts_with(|c: char| c.is_alphanumeric()) && !paragraph.contains(['<', '|']);
    if paragraph.len() <= LONG_PARAGRAPH || !plain {
        return description.to_owned();
    }
    match sentence_end(paragraph) {
        Some(end) => format!("{}\n\n{}", &text[..end], text[end..].trim_start()),
        None => description.to_owned(),
    }
}

/// Where the first sentence ends, if another follows it in the paragraph.
fn sentence_end(paragraph: &str) -> Option<usize> {
    let line_with_list = |line: &str| {
        line.trim_start()
            .starts_with(['-', '*', '+', '#', '>', '`', '~'])
    };
    if paragraph.lines().any(line_with_list) {
        return None;
    }
    paragraph
        .match_indices(['.', '!', '?'])
        .map(|(at, _)| at + 1)
        .find(|&end| {
            let (sentence, rest) = paragraph.split_at(end);
            let word = sentence
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or_default();
            let abbreviation = word.len() <= 3 || word[..word.len() - 1].contains('.');
            let balanced = sentence.matches('`').count() % 2 == 0
                && sentence.matches('[').count() == sentence.matches(']').count()
                && sentence.matches('(').count() == sentence.matches(')').count()
                && sentence.matches('*').count() % 2 == 0;
            let next = rest.trim_start();
            !abbreviation
                && balanced
                && next.len() < rest.len()
                && next.starts_with(char::is_uppercase)
        })
}

#[cfg(test)]
mod tests;
