//! What a server asks for: its realm, a nonce, and how to hash.

use aws_lc_rs::digest::{SHA256, SHA512_256, digest};
use md5::{Digest as _, Md5};

use crate::credential;
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
    /// What is hashed; servers before RFC 2617 did not say.
    pub(super) quality: Option<Quality>,
    /// The nonce was one that is not good any more, and the password may be right.
    pub(super) is_stale: bool,
    /// It wants the hash of the user's name.
    pub(super) hashes_user: bool,
}

/// What is hashed with a counter and a nonce of the client: the request alone, or its body as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quality {
    Auth,
    AuthInt,
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

    /// The hash of a text, or of bytes, in hexadecimal digits.
    pub(super) fn hash(self, text: impl AsRef<[u8]>) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(digest(&SHA256, text.as_ref()).as_ref()),
            Self::Sha512_256 => hex(digest(&SHA512_256, text.as_ref()).as_ref()),
        }
    }
}

impl Quality {
    /// Without the body where the server leaves the choice, since not every body is in memory.
    fn best(offered: &str) -> Option<Self> {
        let known = [Self::Auth, Self::AuthInt].into_iter();
        let mut known = known.filter(|known| {
            let mut offered = offered.split(',').map(str::trim);
            offered.any(|it| it.eq_ignore_ascii_case(known.name()))
        });
        known.next()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::AuthInt => "auth-int",
        }
    }
}

impl Challenge {
    /// The best of those in a header `WWW-Authenticate` that is understood.
    pub(super) fn best<'h>(headers: impl Iterator<Item = &'h str>) -> Option<Self> {
        let all = headers.flat_map(credential::Challenge::all);
        let all = all.filter_map(|it| Self::of(&it));
        // Of two that are as good, the first: the server prefers it.
        all.reduce(|best, other| match other.algorithm > best.algorithm {
            true => other,
            false => best,
        })
    }

    fn of(challenge: &credential::Challenge) -> Option<Self> {
        if !challenge.scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let get = |name: &str| challenge.get(name);
        let name = get("algorithm").unwrap_or("MD5").to_ascii_uppercase();
        let (name, is_of_session) = match name.strip_suffix("-SESS") {
            Some(name) => (name.to_owned(), true),
            None => (name, false),
        };
        let known = [Algorithm::Md5, Algorithm::Sha256, Algorithm::Sha512_256];
        let algorithm = known.into_iter().find(|it| it.name() == name)?;
        let quality = match get("qop") {
            Some(all) => Some(Quality::best(all)?),
            None => None,
        };
        Some(Self {
            realm: get("realm")?.to_owned(),
            nonce: get("nonce")?.to_owned(),
            opaque: get("opaque").map(str::to_owned),
            algorithm,
            is_of_session,
            quality,
            is_stale: get("stale").is_some_and(|it| it.eq_ignore_ascii_case("true")),
            hashes_user: get("userhash").is_some_and(|it| it.eq_ignore_ascii_case("true")),
        })
    }
}
