//! What a server asks for: its realm, a nonce, and how to hash.

use aws_lc_rs::digest::{SHA256, SHA512_256, digest};
use md5::{Digest as _, Md5};

use crate::signing::canonical::hex;

/// What a server asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// The hash is of the user and the password with the nonces (`-sess`).
    pub(super) is_of_session: bool,
    /// It takes a counter and a nonce of the client; servers before RFC 2617 did not.
    pub(super) has_qop: bool,
    /// It wants the hash of the user's name.
    pub(super) hashes_user: bool,
}

/// How is hashed; the later the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    /// For servers that have nothing else.
    #[default]
    Md5,
    Sha256,
    Sha512_256,
}

impl Algorithm {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
            Self::Sha512_256 => "SHA-512-256",
        }
    }

    /// The hash of a text, in hexadecimal digits.
    pub(super) fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(digest(&SHA256, text.as_bytes()).as_ref()),
            Self::Sha512_256 => hex(digest(&SHA512_256, text.as_bytes()).as_ref()),
        }
    }
}

impl Challenge {
    /// The best of those in a header `WWW-Authenticate` that is understood.
    pub(super) fn best<'h>(headers: impl Iterator<Item = &'h str>) -> Option<Self> {
        let all = headers.flat_map(challenges);
        // Of two that are as good, the first: the server prefers it.
        all.reduce(|best, other| match other.algorithm > best.algorithm {
            true => other,
            false => best,
        })
    }

    fn of(parameters: &[(String, String)]) -> Option<Self> {
        let get = |name: &str| {
            let found = parameters
                .iter()
                .find(|(it, _)| it.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        };
        let name = get("algorithm").unwrap_or("MD5").to_ascii_uppercase();
        let (name, is_of_session) = match name.strip_suffix("-SESS") {
            Some(name) => (name.to_owned(), true),
            None => (name, false),
        };
        let known = [Algorithm::Md5, Algorithm::Sha256, Algorithm::Sha512_256];
        let algorithm = known.into_iter().find(|it| it.name() == name)?;
        let qop = get("qop");
        // `auth-int` alone would hash the body as well.
        if qop.is_some_and(|all| {
            all.split(',')
                .all(|it| !it.trim().eq_ignore_ascii_case("auth"))
        }) {
            return None;
        }
        Some(Self {
            realm: get("realm")?.to_owned(),
            nonce: get("nonce")?.to_owned(),
            opaque: get("opaque").map(str::to_owned),
            algorithm,
            is_of_session,
            has_qop: qop.is_some(),
            hashes_user: get("userhash").is_some_and(|it| it.eq_ignore_ascii_case("true")),
        })
    }
}

/// The challenges of one header, which may have several, of other schemes too (RFC 9110, section 11.6.1).
fn challenges(header: &str) -> Vec<Challenge> {
    let mut found = Vec::new();
    let mut current: Option<Vec<(String, String)>> = None;
    for part in parts(header) {
        let (name, value) = part.split_once('=').unwrap_or((part.as_str(), ""));
        // A scheme stands before the first of its parameters.
        let (scheme, name) = match name.trim().split_once(' ') {
            Some((scheme, name)) => (Some(scheme), name.trim()),
            None if value.is_empty() => (Some(name.trim()), ""),
            None => (None, name.trim()),
        };
        if let Some(scheme) = scheme {
            found.extend(current.take().and_then(|it| Challenge::of(&it)));
            current = scheme.eq_ignore_ascii_case("digest").then(Vec::new);
        }
        if let Some(parameters) = &mut current {
            parameters.push((name.to_owned(), unquoted(value.trim())));
        }
    }
    found.extend(current.and_then(|it| Challenge::of(&it)));
    found
}

/// What stands between commas that are in no quotes.
fn parts(header: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for character in header.chars() {
        match character {
            ',' if !is_quoted => parts.push(std::mem::take(&mut part)),
            _ => {
                is_quoted ^= character == '"' && !is_escaped;
                is_escaped = character == '\\' && is_quoted && !is_escaped;
                part.push(character);
            }
        }
    }
    parts.push(part);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        text.extend(match character {
            '\\' => characters.next(),
            other => Some(other),
        });
    }
    text
}
