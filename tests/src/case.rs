//! Cases: prose, a minimal description, and what comes of it, in one Markdown page.
//!
//! Fenced blocks are told apart by the words behind the fence:
//! ```text
//! yaml [FILE]          a file of the description; the first one is the entry (`openapi.yaml`)
//! json [FILE]          the same in JSON
//! rust FILE [ITEM]…    generated text: a whole file, or the items whose names are listed
//! text diagnostics     what is found, as people see it
//! ```
//! The last two are what a case expects; `cargo xtask bless` rewrites their content.

use std::fmt::Write as _;
use std::path::Path;

use attache_generator::diagnostic::render_human;

use crate::client::{self, Client};
use crate::items;

const DIAGNOSTICS: &str = "text diagnostics";

/// A part of a page.
enum Part {
    /// Prose, line ends included.
    Prose(String),
    /// A fenced block: the words behind the fence, and what stands in it.
    Block(String, String),
}

/// Gives the page as it has to be: its prose and descriptions with what is generated from them now.
pub fn rewrite(page: &str) -> Result<String, String> {
    let parts = parts(page)?;
    let files = inputs(&parts);
    if files.is_empty() {
        return Err("the page has no `yaml` or `json` block".to_owned());
    }
    let client = Client::of_texts(&files, &client::module_config());
    let mut found = findings(&client);
    let mut text = String::new();
    for part in &parts {
        match part {
            Part::Prose(prose) => text.push_str(prose),
            Part::Block(head, _) if head == DIAGNOSTICS => {
                fence(&mut text, head, &std::mem::take(&mut found));
            }
            Part::Block(head, content) => match head.strip_prefix("rust ") {
                Some(what) => fence(&mut text, head, &generated(&client, what)?),
                None => fence(&mut text, head, content),
            },
        }
    }
    // What the page does not expect shows up at its end.
    if !found.is_empty() {
        text.push('\n');
        fence(&mut text, DIAGNOSTICS, &found);
    }
    Ok(text)
}

/// The names of pages are those of their files, without the ending.
pub fn name(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn parts(page: &str) -> Result<Vec<Part>, String> {
    let mut parts = vec![Part::Prose(String::new())];
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            if let Some(Part::Prose(prose)) = parts.last_mut() {
                let _ = writeln!(prose, "{line}");
            }
            continue;
        }
        let (fence, head) = line.split_at(ticks);
        let mut content = String::new();
        loop {
            match lines.next() {
                Some(line) if line == fence => break,
                Some(line) => {
                    let _ = writeln!(content, "{line}");
                }
                None => return Err(format!("the block `{head}` is not closed")),
            }
        }
        parts.push(Part::Block(head.to_owned(), content));
        parts.push(Part::Prose(String::new()));
    }
    Ok(parts)
}

fn inputs(parts: &[Part]) -> Vec<(String, String)> {
    let input = |part: &Part| match part {
        Part::Block(head, content) => {
            let (format, name) = head.split_once(' ').unwrap_or((head, ""));
            let name = if name.is_empty() {
                format!("openapi.{format}")
            } else {
                name.to_owned()
            };
            matches!(format, "yaml" | "json").then(|| (name, content.clone()))
        }
        Part::Prose(_) => None,
    };
    parts.iter().filter_map(input).collect()
}

fn findings(client: &Client) -> String {
    let rendered = client
        .findings
        .iter()
        .map(|finding| render_human(finding, false));
    rendered
        .map(|text| format!("{}\n", text.trim_end()))
        .collect::<Vec<_>>()
        .join("\n")
}

/// `types/parcel.rs`, or `types/parcel.rs Parcel Status`.
fn generated(client: &Client, what: &str) -> Result<String, String> {
    let mut words = what.split(' ');
    let path = words.next().unwrap_or_default();
    let text = client.file(path).ok_or_else(|| {
        let paths: Vec<_> = client.files().map(|(path, _)| path).collect();
        format!(
            "no file {path} is generated; there are {}",
            paths.join(", ")
        )
    })?;
    let wanted: Vec<_> = words.collect();
    if wanted.is_empty() {
        let text = text.split_once("\n\n").map_or(text, |(_, rest)| rest);
        return Ok(text.to_owned());
    }
    let mut found = Vec::new();
    for name in wanted {
        let items = items::named(text, name);
        if items.is_empty() {
            return Err(format!("{path} has no item `{name}`"));
        }
        found.extend(items);
    }
    Ok(found.join("\n"))
}

fn fence(text: &mut String, head: &str, content: &str) {
    let inner = content
        .lines()
        .map(|line| line.len() - line.trim_start_matches('`').len());
    let ticks = "`".repeat(inner.max().unwrap_or_default().max(2) + 1);
    let _ = write!(text, "{ticks}{head}\n{content}{ticks}\n");
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    const PAGE: &str = "# T\n```yaml\nopenapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string}, B: {type: object, extra: 1}}}\n```\n";

    #[test]
    fn expectations_are_filled_in() {
        let page = format!("{PAGE}```rust types/a.rs A\n```\n");
        let page = rewrite(&page).expect("the page is well-formed");
        assert!(page.contains("pub type A = String;\n```\n"), "{page}");
        assert!(
            page.contains("```text diagnostics\nwarning[unread-key]"),
            "{page}"
        );
        assert_eq!(rewrite(&page).as_ref(), Ok(&page), "a rewritten page stays");
    }

    #[test]
    fn what_is_not_there_is_named() {
        let error = rewrite(&format!("{PAGE}```rust types/c.rs\n```\n")).unwrap_err();
        assert!(error.starts_with("no file types/c.rs"), "{error}");
        let error = rewrite(&format!("{PAGE}```rust types/a.rs Z\n```\n")).unwrap_err();
        assert_eq!(error, "types/a.rs has no item `Z`");
        assert_eq!(
            rewrite("```yaml\n"),
            Err("the block `yaml` is not closed".to_owned())
        );
    }
}
