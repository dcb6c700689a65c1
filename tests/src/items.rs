//! The items of generated text, which is formatted: each ends where a blank line is followed by an unindented one.

/// Every item that defines, implements or tabulates a name, with its comments and attributes.
pub fn named(text: &str, name: &str) -> Vec<String> {
    items(text)
        .into_iter()
        .filter(|item| head(item).any(|word| word == name))
        .map(|item| format!("{}\n", item.trim_end()))
        .collect()
}

fn items(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices("\n\n") {
        let rest = &text[at + 2..];
        if !rest.starts_with([' ', '}', '\n']) {
            items.push(&text[start..at]);
            start = at + 2;
        }
    }
    items.push(&text[start..]);
    items
}

/// The words of the line that names an item: behind comments and attributes, and inside of a macro's braces.
fn head(item: &str) -> impl Iterator<Item = &str> {
    let lines = item.lines().map(str::trim_start);
    let mut code = lines.filter(|line| !line.starts_with("//") && !line.starts_with('#'));
    let first = code.next().unwrap_or_default();
    let line = if first.ends_with("! {") {
        code.next().unwrap_or_default()
    } else {
        first
    };
    let end = line.find(['=', '{', ':']).unwrap_or(line.len());
    line[..end].split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn an_item_comes_with_its_comments_and_its_table() {
        let text = "// Head.\n\n/// A.\n#[derive(Debug)]\npub struct A {\n    b: B,\n}\n\nobject! {\n    A {\n        x,\n    }\n}\n\npub type B = A;\n";
        assert_eq!(named(text, "A").len(), 2);
        assert_eq!(named(text, "B"), ["pub type B = A;\n"]);
    }
}
