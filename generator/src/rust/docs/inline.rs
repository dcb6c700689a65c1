//! Escapes a line of Markdown so that only emphasis, code spans and links with an absolute address are left.

/// Longest link, and deepest brackets in it, that are looked for, which keeps the search linear.
const LONGEST_LINK: usize = 2_000;
const DEEPEST_BRACKET: usize = 4;

/// Escapes one line that is no row of a table.
pub(super) fn escape(line: &str) -> String {
    escape_in(line, Links::Kept)
}

/// Escapes one row of a table: cells end at `|` even inside code.
pub(super) fn escape_row(line: &str) -> String {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else {
            cells.last_mut().expect("starts with one cell").push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells
        .iter()
        .map(|cell| escape(cell))
        .collect::<Vec<_>>()
        .join("|")
}

/// A code span on one line, with as many backticks as its content needs.
pub(super) fn code_span(content: &str) -> String {
    let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
    if content.is_empty() {
        return content;
    }
    let ticks = "`".repeat(longest_run(&content, '`') + 1);
    let space = if content.starts_with('`') || content.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{space}{content}{space}{ticks}")
}

/// The length of a code span that a text starts with.
pub(super) fn code_span_len(text: &str) -> Option<usize> {
    let ticks = leading(text, '`');
    if ticks == 0 {
        return None;
    }
    let line = text.split('\n').next().unwrap_or(text);
    let mut at = ticks;
    loop {
        at += line[at..].find('`')?;
        let run = leading(&line[at..], '`');
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

pub(super) fn leading(text: &str, of: char) -> usize {
    text.len() - text.trim_start_matches(of).len()
}

/// Whether a text may become links; the text of a link may not.
#[derive(Clone, Copy, PartialEq)]
enum Links {
    Kept,
    TextOnly,
}

fn escape_in(line: &str, links: Links) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    loop {
        let plain = rest.find(MEANS_SOMETHING).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(next) = rest.chars().next() else {
            return out;
        };
        let (text, len) = match next {
            '`' => code_or_ticks(rest),
            '\\' => backslash(rest),
            '<' => autolink(rest, links),
            '&' => entity(rest),
            '!' => image(rest, links),
            '[' => link(rest, links).unwrap_or_else(|| ("\\[".to_owned(), 1)),
            ']' => ("\\]".to_owned(), 1),
            // An `h`, which may begin an address.
            _ => url(rest, links).unwrap_or_else(|| ("h".to_owned(), 1)),
        };
        out.push_str(&text);
        rest = &rest[len..];
    }
}

/// Characters that begin something, or have to be escaped.
const MEANS_SOMETHING: [char; 8] = ['`', '\\', '<', '&', '!', '[', ']', 'h'];

fn code_or_ticks(rest: &str) -> (String, usize) {
    match code_span_len(rest) {
        Some(len) => (rest[..len].to_owned(), len),
        None => {
            let ticks = leading(rest, '`');
            ("\\`".repeat(ticks), ticks)
        }
    }
}

fn backslash(rest: &str) -> (String, usize) {
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => (format!("\\{next}"), 2),
        Some(_) => ("\\\\".to_owned(), 1),
        None => ("\\".to_owned(), 1),
    }
}

fn autolink(rest: &str, links: Links) -> (String, usize) {
    let address = rest[1..].split_once('>').map(|(address, _)| address);
    match address.filter(|address| is_address(address)) {
        Some(address) if links == Links::Kept => {
            (format!("<{}>", encoded(address)), address.len() + 2)
        }
        _ => ("\\<".to_owned(), 1),
    }
}

fn entity(rest: &str) -> (String, usize) {
    match decode_entity(rest) {
        Some((c, len)) if c.is_ascii_punctuation() => (format!("\\{c}"), len),
        Some((c, len)) => (c.to_string(), len),
        None => ("&".to_owned(), 1),
    }
}

/// An image becomes a link to it: documentation loads nothing from elsewhere.
fn image(rest: &str, links: Links) -> (String, usize) {
    match parse_link(&rest[1..]) {
        Some((alt, address, len)) => {
            let alt = if alt.trim().is_empty() { "image" } else { alt };
            (render_link(alt, address, links), len + 1)
        }
        None => ("!".to_owned(), 1),
    }
}

fn link(rest: &str, links: Links) -> Option<(String, usize)> {
    let (text, address, len) = parse_link(rest)?;
    let elsewhere = is_address(address)
        || address.starts_with(['/', '#', '.'])
        || address.starts_with("mailto:");
    (elsewhere && !text.trim().is_empty()).then(|| (render_link(text, address, links), len))
}

/// A link whose address is not absolute leads nowhere from here; its text stays.
fn render_link(text: &str, address: &str, links: Links) -> String {
    if links == Links::TextOnly || !is_address(address) {
        return escape_in(text, links);
    }
    format!(
        "[{}]({})",
        escape_in(text.trim(), Links::TextOnly),
        encoded(address)
    )
}

/// Text, address and length of `[text](address "title")`.
fn parse_link(rest: &str) -> Option<(&str, &str, usize)> {
    let text_end = closing(rest, '[', ']')?;
    let target = &rest[text_end + 1..];
    let target_end = closing(target, '(', ')')?;
    let address = target[1..target_end]
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let address = address
        .strip_prefix('<')
        .and_then(|it| it.strip_suffix('>'))
        .unwrap_or(address);
    Some((&rest[1..text_end], address, text_end + 1 + target_end + 1))
}

/// Where the bracket that a text starts with is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    if !text.starts_with(open) {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len().min(LONGEST_LINK) {
        let next = text[at..].chars().next()?;
        match next {
            '\\' => at += 1,
            '`' if open == '[' => at += code_span_len(&text[at..]).unwrap_or(1) - 1,
            c if c == open => depth += 1,
            c if c == close => depth -= 1,
            _ => {}
        }
        match depth {
            0 => return Some(at),
            DEEPEST_BRACKET.. => return None,
            _ => {}
        }
        at += text[at..].chars().next()?.len_utf8();
    }
    None
}

/// A bare address, which rustdoc wants in angle brackets.
fn url(rest: &str, links: Links) -> Option<(String, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| rest.starts_with(scheme))?;
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '|' | '[' | ']' | '^')
    };
    let run = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let mut address = run.trim_end_matches(TRAILING);
    while address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
        address = address[..address.len() - 1].trim_end_matches(TRAILING);
    }
    if address.len() <= scheme.len() {
        return None;
    }
    let text = if links == Links::Kept {
        format!("<{address}>")
    } else {
        address.to_owned()
    };
    Some((text, address.len()))
}

/// Punctuation that ends the sentence rather than the address.
const TRAILING: [char; 10] = ['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~'];

fn is_address(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

/// Takes what could end a link out of an address.
fn encoded(address: &str) -> String {
    address.chars().fold(String::new(), |mut out, c| {
        match c {
            '<' | '>' | '(' | ')' | '`' | '\\' | '|' | '"' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
        out
    })
}

/// Stands for every white space that an entity gives, as it never becomes indentation.
const NO_BREAK_SPACE: char = '\u{a0}';

/// The character of an entity that a text starts with, and the entity's length.
pub(super) fn decode_entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => NO_BREAK_SPACE,
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "rarr" => '→',
        "larr" => '←',
        "times" => '×',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "le" => '≤',
        "ge" => '≥',
        "euro" => '€',
        _ => numeric_entity(name)?,
    };
    Some((decoded, end + 1))
}

fn numeric_entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = super::clean_char(char::from_u32(code)?).unwrap_or(NO_BREAK_SPACE);
    Some(if c.is_whitespace() { NO_BREAK_SPACE } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_links_stay_links() {
        for (line, escaped) in [
            ("[a](https://a.io)", "[a](https://a.io)"),
            ("[a](https://a.io \"Title\") b", "[a](https://a.io) b"),
            ("[a](https://a.io/(b)) c", "[a](https://a.io/%28b%29) c"),
            ("[a](#section)", "a"),
            ("[a](/docs) and [b](Foo)", "a and \\[b\\](Foo)"),
            ("[Foo]", "\\[Foo\\]"),
            ("[foo]: bar", "\\[foo\\]: bar"),
            ("[^1] [ ] [!NOTE]", "\\[^1\\] \\[ \\] \\[!NOTE\\]"),
            ("[`T`](https://a.io)", "[`T`](https://a.io)"),
            ("[a]`](https://a.io)`", "\\[a\\]`](https://a.io)`"),
            ("![logo](https://a.io/l.png)", "[logo](https://a.io/l.png)"),
            ("[![b](https://a.io/b)](https://a.io)", "[b](https://a.io)"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("[[a]]", "\\[\\[a\\]\\]"),
            ("a[0] = [", "a\\[0\\] = \\["),
        ] {
            assert_eq!(escape(line), escaped, "{line}");
        }
    }

    #[test]
    fn bare_addresses_get_angle_brackets() {
        for (line, escaped) in [
            ("see https://a.io/b.", "see <https://a.io/b>."),
            ("(https://a.io)", "(<https://a.io>)"),
            ("https://a.io/(b)", "<https://a.io/(b)>"),
            ("<https://a.io>", "<https://a.io>"),
            ("**https://a.io**", "**<https://a.io>**"),
            ("https:// http", "https:// http"),
            (
                "[https://a.io](https://a.io)",
                "[https://a.io](https://a.io)",
            ),
            ("`https://a.io`", "`https://a.io`"),
        ] {
            assert_eq!(escape(line), escaped, "{line}");
        }
    }

    #[test]
    fn tags_backticks_and_entities_are_text() {
        for (line, escaped) in [
            ("Vec<T> <script>", "Vec\\<T> \\<script>"),
            ("<!-- x -->", "\\<!-- x -->"),
            ("`Vec<[T]>` and ` open", "`Vec<[T]>` and \\` open"),
            ("``a`b`` ```", "``a`b`` \\`\\`\\`"),
            (
                "&lt;b&gt; &#91;a&#93; &nope; & &#x202e;",
                "\\<b\\> \\[a\\] &nope; & \u{a0}",
            ),
            ("a\\b \\[c\\]", "a\\\\b \\[c\\]"),
        ] {
            assert_eq!(escape(line), escaped, "{line}");
        }
    }

    #[test]
    fn cells_end_inside_code() {
        assert_eq!(
            escape_row("| `a|[b]` | c \\| d |"),
            "| \\`a|\\[b\\]\\` | c \\| d |"
        );
    }
}
