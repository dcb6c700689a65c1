//! Expectations in files, and their only way to change.

use std::fs;
use std::path::Path;

/// Whether this run accepts what it finds; `cargo xtask bless` sets the variable.
pub fn blessing() -> bool {
    std::env::var_os("ATTACHE_BLESS").is_some_and(|value| value == "1")
}

/// Compares a text with a file, or writes the file when blessing; gives the difference in words.
pub fn compare(path: &Path, actual: &str) -> Result<(), String> {
    if blessing() {
        let unchanged = fs::read_to_string(path).is_ok_and(|text| text == actual);
        if !unchanged {
            let folder = path.parent().expect("expectations lie in folders");
            fs::create_dir_all(folder).expect("the project is writable");
            fs::write(path, actual).expect("the project is writable");
        }
        return Ok(());
    }
    let expected = fs::read_to_string(path)
        .map_err(|error| format!("{}: {error}; `cargo xtask bless` writes it", path.display()))?;
    match difference(&expected, actual) {
        None => Ok(()),
        Some(difference) => Err(format!(
            "{} differs; `cargo xtask bless` accepts the new text\n{difference}",
            path.display()
        )),
    }
}

/// Shows where two texts part, with two lines before.
pub fn difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut text = format!("from line {}:\n", same + 1);
    for line in &old[same.saturating_sub(2)..same] {
        text.push_str(&format!("  {line}\n"));
    }
    for (sign, lines) in [('-', &old), ('+', &new)] {
        for line in lines.iter().skip(same).take(8) {
            text.push_str(&format!("{sign} {line}\n"));
        }
    }
    Some(text)
}
