//! What a program says when it fails.

use std::fs;
use std::path::Path;

/// The first line that tells of an error, or else how the program ended.
pub(crate) fn first_words(log: &Path, ending: &str) -> String {
    const MOST: usize = 160;
    let bytes = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let words = match telling(&text) {
        Some(line) if ending.starts_with("ended") => format!("{ending}: {line}"),
        Some(line) => line,
        None => ending.to_owned(),
    };
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// A line that begins with an error, or what a panic says; colours are left out.
fn telling(text: &str) -> Option<String> {
    let lines: Vec<String> = text.lines().map(plain).collect();
    let panic = lines.iter().position(|line| line.contains("panicked at"));
    if let Some(at) = panic {
        return lines.get(at..at + 2).map(|lines| lines.join(" "));
    }
    let tells = |line: &&String| {
        let line = line.to_ascii_lowercase();
        ["error", "gen fail", "exception", "memory allocation"]
            .iter()
            .any(|word| line.trim_start().starts_with(word) || line.contains(&format!(" {word}")))
    };
    let ends = |line: &&String| line.starts_with("error: could not compile");
    let line = lines.iter().find(|line| tells(line) && !ends(line));
    line.map(|line| line.trim().to_owned())
}

/// Without the sequences that colour a terminal.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_tells_is_found() {
        let compiler = "warning: unused\nerror[E0592]: duplicate definitions\n  --> src/lib.rs";
        let panic = "reading\nthread 'main' panicked at src/a.rs:1:2:\nnot yet\nnote: run";
        let coloured = "\u{1b}[31mERROR\u{1b}[0m no such thing";
        for (text, telling_line) in [
            (compiler, Some("error[E0592]: duplicate definitions")),
            (
                panic,
                Some("thread 'main' panicked at src/a.rs:1:2: not yet"),
            ),
            (coloured, Some("ERROR no such thing")),
            ("all is well", None),
        ] {
            assert_eq!(telling(text).as_deref(), telling_line);
        }
    }
}
