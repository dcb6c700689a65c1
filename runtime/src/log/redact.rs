//! Bodies without their secrets.

use std::collections::BTreeSet;

use crate::json::{Json, JsonObject};

pub(crate) const HIDDEN: &str = "***";

/// What names of secrets end with, without separators.
const ENDINGS: [&str; 22] = [
    "accesskey",
    "apikey",
    "assertion",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "cvc",
    "cvv",
    "encryptionkey",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "privatekey",
    "secret",
    "secretkey",
    "signature",
    "token",
];

/// The names of members whose values nobody may see.
#[derive(Clone, Debug)]
pub(crate) struct Secrets {
    names: BTreeSet<String>,
    /// Numbers stay numbers, and so on, so that what is left can be read like the whole.
    keeps_kinds: bool,
    /// Whatever ends with `key` is one as well.
    with_keys: bool,
}

impl Secrets {
    /// Takes names besides those that are known.
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            names: names.into_iter().map(plain).collect(),
            keeps_kinds: false,
            with_keys: false,
        }
    }

    #[cfg(feature = "testing")]
    pub(crate) fn keeping_kinds(mut self) -> Self {
        self.keeps_kinds = true;
        self
    }

    #[cfg(feature = "testing")]
    pub(crate) fn and_keys(mut self) -> Self {
        self.with_keys = true;
        self
    }

    #[cfg(feature = "testing")]
    pub(crate) fn and(mut self, name: &str) -> Self {
        self.names.insert(plain(name));
        self
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        let name = plain(name);
        self.names.contains(&name)
            || (self.with_keys && name.ends_with("key"))
            || ENDINGS.iter().any(|ending| name.ends_with(ending))
    }
}

/// A name in lower case and without separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// JSON without its secrets, or nothing where it is none. A string that no member names may be anything.
pub(crate) fn json(body: &[u8], secrets: &Secrets) -> Option<String> {
    let value = Json::from_slice(body).ok()?;
    Some(without(value, secrets, secrets.keeps_kinds).to_string())
}

fn without(value: Json, secrets: &Secrets, is_named: bool) -> Json {
    match value {
        Json::String(_) if !is_named => Json::String(HIDDEN.to_owned()),
        Json::Array(items) => {
            let items = items.into_iter();
            Json::Array(items.map(|item| without(item, secrets, is_named)).collect())
        }
        Json::Object(members) => Json::Object(of_members(&members, secrets)),
        value => value,
    }
}

fn of_members(members: &JsonObject, secrets: &Secrets) -> JsonObject {
    let mut shown = JsonObject::new();
    for (name, value) in members.iter() {
        let value = match secrets.contains(name) && !value.is_null() {
            true => hidden(value, secrets),
            false => without(value.clone(), secrets, true),
        };
        shown.insert(name, value);
    }
    shown
}

/// What stands in the place of a secret.
fn hidden(value: &Json, secrets: &Secrets) -> Json {
    match value {
        Json::Number(_) if secrets.keeps_kinds => Json::from_slice(b"0").unwrap_or_default(),
        Json::Bool(_) if secrets.keeps_kinds => Json::Bool(false),
        Json::Array(items) if secrets.keeps_kinds => {
            Json::Array(items.iter().map(|item| hidden(item, secrets)).collect())
        }
        Json::Object(members) if secrets.keeps_kinds => {
            let mut shown = JsonObject::new();
            for (name, value) in members.iter() {
                shown.insert(name, hidden(value, secrets));
            }
            Json::Object(shown)
        }
        Json::Null => Json::Null,
        _ => Json::String(HIDDEN.to_owned()),
    }
}

/// A form without its secrets.
pub(crate) fn form(body: &[u8], secrets: &Secrets) -> String {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').map(|pair| match pair.split_once('=') {
        // Names of nested members are in brackets.
        Some((name, _))
            if name
                .split(['[', ']', '.', '%'])
                .any(|it| secrets.contains(it)) =>
        {
            format!("{name}={HIDDEN}")
        }
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}
