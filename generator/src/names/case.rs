//! Splits any text into words and joins them in the case of a Rust item.
//!
//! What comes out is an ASCII identifier, whatever goes in; keywords and collisions are settled later.

use std::borrow::Cow;

use deunicode::deunicode_with_tofu;
use heck::ToSnakeCase;

/// Longest identifier and file stem, in bytes.
pub(super) const LONGEST: usize = 80;

/// How an item is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// `parcel_address`
    Snake,
    /// `ParcelAddress`
    Camel,
}

/// Spells a type: `parcel_address` → `ParcelAddress`, nothing → `Type`.
pub(super) fn type_ident(text: &str) -> String {
    camel(&words(text), "Type")
}

/// Spells a field, argument, method or module: `fooBar` → `foo_bar`, nothing → `field`.
pub(super) fn field_ident(text: &str) -> String {
    snake(&words(text), "field")
}

/// Spells a declared value: `IN_TRANSIT` → `InTransit`, `-name` → `MinusName`, `A+` → `APlus`, nothing → `Empty`.
pub(super) fn variant_ident(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let ascii = transliterate(text);
    camel(&words_of_ascii(&spell_outer_signs(&ascii)), "Value")
}

/// Joins two parts of a type's name, digits apart.
pub(super) fn join(parent: &str, child: &str) -> String {
    let digits_meet = parent.ends_with(|c: char| c.is_ascii_digit())
        && child.starts_with(|c: char| c.is_ascii_digit());
    let between = if digits_meet { "_" } else { "" };
    format!("{parent}{between}{child}")
}

/// The lower-case words of a text; none when it is empty or holds only unknown characters.
pub(super) fn words(text: &str) -> Vec<String> {
    match is_snake(text) {
        true => words_of_ascii(text),
        false => words_of_ascii(&transliterate(text)),
    }
}

/// Whether the words stand apart already, as they do in most names.
fn is_snake(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn words_of_ascii(ascii: &str) -> Vec<String> {
    let snake = match is_snake(ascii) {
        true => Cow::Borrowed(ascii),
        false => Cow::Owned(keep_acronyms(&spell_signs_of_numbers(ascii)).to_snake_case()),
    };
    let words = snake.split('_').filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_owned).collect();
    if words.is_empty() {
        symbol_words(ascii)
    } else {
        words
    }
}

fn snake(words: &[String], empty: &str) -> String {
    if words.is_empty() {
        return empty.to_owned();
    }
    // `OAuth2Token` splits into `O`, `Auth2`, `Token`, which nobody writes as `o_auth2_token`.
    let joined = format!("_{}", words.join("_")).replace("_o_auth", "_oauth");
    lead_with_letter(&joined[1..], 'n')
}

fn camel(words: &[String], empty: &str) -> String {
    if words.is_empty() {
        return empty.to_owned();
    }
    let joined = words.iter().fold(String::new(), |name, word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        join(&name, &first.into_iter().chain(letters).collect::<String>())
    });
    lead_with_letter(&joined, 'N')
}

fn lead_with_letter(name: &str, letter: char) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{letter}{name}")
    } else {
        name.to_owned()
    }
}

/// ASCII spelling of a text: `Größe` → `Grosse`; apostrophes vanish, so `user's` stays one word.
fn transliterate(text: &str) -> String {
    deunicode_with_tofu(text, " ")
        .chars()
        .filter(|&c| c != '\'' && c != '`')
        .collect()
}

/// Keeps `IDs` and `IPv4` one word, where a change of case would split them.
fn keep_acronyms(ascii: &str) -> String {
    let letters: Vec<char> = ascii.replace("IPv", "Ipv").chars().collect();
    let plural = |at: usize| {
        letters[at] == 's'
            && at >= 2
            && letters[at - 1].is_ascii_uppercase()
            && letters[at - 2].is_ascii_uppercase()
            && !letters.get(at + 1).is_some_and(char::is_ascii_lowercase)
    };
    (0..letters.len())
        .map(|at| if plural(at) { 'S' } else { letters[at] })
        .collect()
}

/// Turns signs that belong to a number into words: `+1` → `plus 1`, `a <=5` → `a less or equal 5`.
fn spell_signs_of_numbers(ascii: &str) -> String {
    let mut spelled = String::with_capacity(ascii.len());
    let mut rest = ascii;
    while let Some(next) = rest.chars().next() {
        let after_name =
            spelled.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let sign = SIGNS.iter().find(|(sign, _)| {
            rest.strip_prefix(sign)
                .is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))
        });
        match sign {
            Some((sign, word)) if !after_name => {
                spelled.push_str(&format!(" {word} "));
                rest = &rest[sign.len()..];
            }
            _ => {
                spelled.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    spelled
}

/// Turns the signs around a declared value into words: `-name` sorts down, `18+` is more than 18.
fn spell_outer_signs(ascii: &str) -> String {
    let text = ascii.trim();
    let core = text
        .trim_start_matches(['+', '-', '!', '~'])
        .trim_end_matches(['+', '-', '#', '*', '%']);
    if !core.contains(|c: char| c.is_ascii_alphanumeric()) {
        return ascii.to_owned();
    }
    let start = text.len() - text.trim_start_matches(['+', '-', '!', '~']).len();
    let end = start + core.len();
    let before = symbol_words(&text[..start]).join(" ");
    let after = symbol_words(&text[end..]).join(" ");
    format!("{before} {core} {after}")
}

/// Spells punctuation: `<=` → `less_or_equal`.
fn symbol_words(ascii: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = ascii;
    while let Some(next) = rest.chars().next() {
        let symbol = SIGNS
            .iter()
            .chain(SYMBOLS)
            .find(|(symbol, _)| rest.starts_with(symbol));
        words.extend(
            symbol
                .iter()
                .flat_map(|(_, word)| word.split(' '))
                .map(str::to_owned),
        );
        rest = &rest[symbol.map_or(next.len_utf8(), |(symbol, _)| symbol.len())..];
    }
    words
}

/// Symbols that say something about the number behind them, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("!=", "not equal"),
    ("<=", "less or equal"),
    (">=", "greater or equal"),
    ("<", "less"),
    (">", "greater"),
    ("=", "equal"),
    ("+", "plus"),
    ("-", "minus"),
    ("~", "tilde"),
];

const SYMBOLS: &[(&str, &str)] = &[
    ("*", "star"),
    ("/", "slash"),
    ("\\", "backslash"),
    (".", "dot"),
    (",", "comma"),
    ("%", "percent"),
    ("!", "not"),
    ("$", "dollar"),
    ("@", "at"),
    ("#", "hash"),
    ("&", "and"),
    ("|", "or"),
    ("^", "caret"),
    ("?", "question"),
    (":", "colon"),
    (";", "semicolon"),
    ("_", "underscore"),
    ("\"", "quote"),
    ("(", "open paren"),
    (")", "close paren"),
    ("[", "open bracket"),
    ("]", "close bracket"),
    ("{", "open brace"),
    ("}", "close brace"),
    (" ", "space"),
];

/// Shortens a name over [`LONGEST`] to whole words and a hash of all of it.
pub(super) fn fit(name: &str, case: Case) -> Option<String> {
    if name.len() <= LONGEST {
        return None;
    }
    let hash = format!("{:08x}", fnv(name.as_bytes()));
    let room = LONGEST - hash.len() - 1;
    let boundary = |at: &usize| match case {
        Case::Snake => name.as_bytes()[*at] == b'_',
        Case::Camel => name.as_bytes()[*at].is_ascii_uppercase(),
    };
    // A word longer than half the name is cut in itself rather than dropped.
    let at = (LONGEST / 2..=room).rev().find(boundary).unwrap_or(room);
    let kept = name[..at].trim_end_matches('_');
    Some(match case {
        Case::Snake => format!("{kept}_{hash}"),
        Case::Camel => join(kept, &hash),
    })
}

/// FNV-1a, 32 bits: the same on every platform and in every release.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_camel_case() {
        for (text, ident) in [
            ("parcel_address", "ParcelAddress"),
            ("io.k8s.api.core.v1.Pod", "IoK8sApiCoreV1Pod"),
            ("Page«User»", "PageUser"),
            ("OAuth2Token", "OAuth2Token"),
            ("HTTPServer", "HttpServer"),
            ("400", "N400"),
            ("list_3", "List3"),
            ("v1.1", "V1_1"),
            ("2024-01-01", "N2024_01_01"),
            ("Größe", "Grosse"),
            ("", "Type"),
            ("-1", "Minus1"),
            ("UserIDs", "UserIds"),
        ] {
            assert_eq!(type_ident(text), ident, "{text}");
        }
    }

    #[test]
    fn fields_are_snake_case() {
        for (text, ident) in [
            ("fooBar", "foo_bar"),
            ("foo_bar", "foo_bar"),
            ("list_3", "list_3"),
            ("list-3", "list_3"),
            ("list3", "list3"),
            ("sha256", "sha256"),
            ("1clicks", "n1clicks"),
            ("1_clicks", "n1_clicks"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("OAuth2Token", "oauth2_token"),
            ("productIDs", "product_ids"),
            ("imageURLs", "image_urls"),
            ("IPv4Address", "ipv4_address"),
            ("user's name", "users_name"),
            ("@type", "type"),
            ("$", "dollar"),
            ("e\u{301}te\u{301}", "ete"),
            ("é", "e"),
            ("", "field"),
        ] {
            assert_eq!(field_ident(text), ident, "{text}");
        }
    }

    #[test]
    fn values_keep_the_signs_that_carry_meaning() {
        for (text, ident) in [
            ("IN_TRANSIT", "InTransit"),
            ("in transit", "InTransit"),
            ("=", "Equal"),
            ("!=", "NotEqual"),
            ("<", "Less"),
            ("<=", "LessOrEqual"),
            (">", "Greater"),
            (">=", "GreaterOrEqual"),
            ("≤", "LessOrEqual"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("-created_at", "MinusCreatedAt"),
            ("A+", "APlus"),
            ("C#", "CHash"),
            ("18+", "N18Plus"),
            ("*", "Star"),
            ("...", "DotDotDot"),
            ("", "Empty"),
            (" ", "Space"),
            ("\u{1}", "Value"),
            ("2xx", "N2xx"),
            ("1.5", "N1_5"),
        ] {
            assert_eq!(variant_ident(text), ident, "{text}");
        }
    }

    #[test]
    fn emoji_are_transliterated() {
        assert_eq!(variant_ident("❤"), "Heart");
        assert_ne!(type_ident("日本"), "Type");
    }

    #[test]
    fn long_names_are_cut_at_a_word() {
        let long = "VeryLongName".repeat(12);
        let fitted = fit(&long, Case::Camel).expect("longer than the limit");
        assert!(
            fitted.len() <= LONGEST && fitted.starts_with("VeryLongName"),
            "{fitted}"
        );
        assert_ne!(fit(&format!("{long}A"), Case::Camel), Some(fitted));
        assert_eq!(fit("Short", Case::Camel), None);
        assert!(
            fit(&"a".repeat(300), Case::Snake)
                .expect("longer than the limit")
                .len()
                <= LONGEST
        );
    }
}
