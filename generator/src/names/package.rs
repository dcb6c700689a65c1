//! Names the package after the user's choice, else after the title.

use super::case;
use super::model::Rename;
use super::reserved;
use super::scope::Renames;
use crate::config::Config;
use crate::ir;

/// Longest name that crates.io takes.
const LONGEST: usize = 64;

/// The package's name: `Parcels API v2` → `parcels-client`.
pub(super) fn package(client: &ir::Client, config: &Config, renames: &mut Renames) -> String {
    let Some(chosen) = &config.name else {
        return from_title(&client.info.title);
    };
    let given = from_choice(chosen);
    if given != *chosen {
        let reason = "not a package name";
        renames.note(Rename {
            pointer: "#/info/title".to_owned(),
            wanted: chosen.clone(),
            given: given.clone(),
            reason,
        });
    }
    given
}

/// The crate's name in paths: `parcels-client` → `parcels_client`.
pub(super) fn library(package: &str) -> String {
    package.replace('-', "_")
}

fn from_choice(chosen: &str) -> String {
    let plain = chosen.starts_with(|c: char| c.is_ascii_alphabetic())
        && chosen
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let name = if plain {
        chosen.to_owned()
    } else {
        kebab(&case::words(chosen))
    };
    let name = if name.is_empty() {
        "api".to_owned()
    } else {
        name
    };
    let name = shortened(&name, LONGEST);
    let library = library(&name).to_ascii_lowercase();
    match reserved::PACKAGE.holds(&library) || reserved::PACKAGE.holds(&name) {
        true => format!("{name}-client"),
        false => name,
    }
}

fn from_title(title: &str) -> String {
    let telling = without_versions(title);
    let mut words: Vec<String> = telling.into_iter().flat_map(title_words).collect();
    words.retain(|word| !NOISE.contains(&word.as_str()));
    if words.is_empty() {
        words = case::words(title);
    }
    while words.last().is_some_and(|last| last == "client") {
        words.pop();
    }
    let has_letters = words
        .iter()
        .any(|word| word.contains(|c: char| c.is_ascii_alphanumeric()));
    let name = if has_letters {
        kebab(&words)
    } else {
        "api".to_owned()
    };
    format!("{}-client", shortened(&name, LONGEST - "-client".len()))
}

/// The words of one word of a title: brands such as `GitHub` and `OpenAI`, which show by a short part, stay whole.
fn title_words(word: &str) -> Vec<String> {
    if !word.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let words = case::words(word);
    let brand = word.chars().all(|c| c.is_ascii_alphanumeric())
        && words.iter().any(|part| part.len() <= 3)
        && !words.iter().any(|part| NOISE.contains(&part.as_str()));
    if brand { vec![words.concat()] } else { words }
}

/// Words that say what every description is.
const NOISE: &[&str] = &[
    "the",
    "api",
    "apis",
    "rest",
    "restful",
    "openapi",
    "swagger",
    "specification",
    "spec",
];

/// The words of a title that are no version: `Parcels (v2)`, `Parcels 1.1`, `Parcels version 3`.
fn without_versions(title: &str) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut words = title
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ','))
        .peekable();
    while let Some(word) = words.next() {
        let announces = word.eq_ignore_ascii_case("version")
            && words
                .peek()
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if announces {
            words.next();
        } else if !is_version(word) && !word.eq_ignore_ascii_case("openapi") {
            kept.push(word);
        }
    }
    kept
}

/// Whether a word is a version; a plain number is none, as in `Route 53`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let versionlike = number
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'x'));
    digits && versionlike && (number.len() < word.len() || number.contains('.'))
}

fn kebab(words: &[String]) -> String {
    let name = words.join("-");
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("n{name}")
    } else {
        name
    }
}

/// Cuts an ASCII name at a word.
fn shortened(name: &str, longest: usize) -> String {
    let Some(head) = name.get(..longest) else {
        return name.to_owned();
    };
    if name.len() == longest {
        return name.to_owned();
    }
    let end = head
        .rfind('-')
        .filter(|&end| end > longest / 2)
        .unwrap_or(longest);
    head[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_package_names() {
        for (title, name) in [
            ("Parcels", "parcels-client"),
            ("Parcels API", "parcels-client"),
            ("Parcels REST API (v2)", "parcels-client"),
            ("Parcels OpenAPI 1.1", "parcels-client"),
            ("Parcels Client", "parcels-client"),
            ("Route 53", "route-53-client"),
            ("The Parcels - API", "parcels-client"),
            ("OpenAI API", "openai-client"),
            ("GitHub's v3 REST API", "github-client"),
            ("AccountAPI", "account-client"),
            (
                "Digital-Ocean BankAccounts",
                "digital-ocean-bank-accounts-client",
            ),
            ("API", "api-client"),
            ("", "api-client"),
            ("日本", "ri-ben-client"),
            ("***", "star-star-star-client"),
            ("3scale", "n3scale-client"),
            ("Client", "api-client"),
        ] {
            assert_eq!(from_title(title), name, "{title}");
        }
        assert!(from_title(&"word ".repeat(100)).len() <= LONGEST);
    }

    #[test]
    fn a_chosen_name_stays_when_it_is_one() {
        for (chosen, name) in [
            ("parcels-client", "parcels-client"),
            ("parcels_sdk", "parcels_sdk"),
            ("test", "test-client"),
            ("core", "core-client"),
            ("type", "type-client"),
            ("My Parcels", "my-parcels"),
            ("../../etc", "etc"),
            ("", "api"),
        ] {
            assert_eq!(from_choice(chosen), name, "{chosen}");
        }
    }
}
