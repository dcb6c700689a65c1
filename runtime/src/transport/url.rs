//! The address of a request.

use std::fmt;

/// An absolute `http` or `https` address; `Debug` leaves the query out, since it may hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Url {
    pub(super) text: String,
    /// Where the path begins: after scheme, host and port.
    pub(super) path: usize,
}

impl Url {
    /// Checks an address that paths are to be appended to: no query, no fragment, no user.
    pub(crate) fn parse_base(text: &str) -> Result<Self, String> {
        // What stands before an `@` may be a password, which no error may show.
        let shown = text.rsplit_once('@').map_or(text, |(_, rest)| rest);
        let fail = |reason: &str| Err(format!("{shown:?} is not a base URL: {reason}"));
        let Some(rest) = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
        else {
            return fail("it has to begin with https:// or http://");
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return fail(
                "it must not hold a user name or a password; credentials are given with `auth`",
            );
        }
        if authority.is_empty() || authority.starts_with(':') {
            return fail("it names no host");
        }
        if text.contains(['?', '#']) {
            return fail("it must not have a query or a fragment");
        }
        if text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '\\')
        }) {
            return fail("it holds a character that no URL holds");
        }
        let path = text.len() - rest.len() + authority.len();
        let text = text.trim_end_matches('/').to_owned();
        Ok(Self { path, text })
    }

    /// Takes an address whose path begins at a place.
    pub(crate) fn of_parts(text: String, path: usize) -> Self {
        Self { text, path }
    }

    /// Appends a path and a query; a relative reference is not resolved, so the base keeps its path.
    pub(crate) fn join(&self, path: &str, query: &str) -> Self {
        let slash = if path.starts_with('/') || path.is_empty() {
            ""
        } else {
            "/"
        };
        let mark = if query.is_empty() { "" } else { "?" };
        Self {
            text: format!("{}{slash}{path}{mark}{query}", self.text),
            path: self.path,
        }
    }

    /// Finds the base URL that a relative one means, as seen from this one.
    pub(crate) fn base_at(&self, relative: &str) -> Result<Self, String> {
        if relative.contains(['{', '}']) {
            return Self::parse_base(relative);
        }
        let found = self.join("/", "").resolve(relative)?;
        Self::parse_base(found.as_str())
    }

    /// Takes scheme, host and port off an absolute address and gives the rest; nothing for one that is a path.
    pub(crate) fn split_root(address: &str) -> Option<(Result<Self, String>, &str)> {
        let (scheme, rest) = address.split_once("://")?;
        if scheme.contains(['/', '{']) {
            return None;
        }
        let length = rest.find('/').unwrap_or(rest.len());
        let (root, path) = address.split_at(scheme.len() + "://".len() + length);
        Some((Url::parse_base(root), path))
    }

    /// Puts another query in place of its own.
    pub(crate) fn with_query(&self, query: &str) -> Self {
        self.root().join(self.path(), query)
    }

    /// Returns the whole address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the address without path and query.
    pub(crate) fn root(&self) -> Self {
        Self {
            text: self.origin().to_owned(),
            path: self.path,
        }
    }

    /// Returns scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.text[..self.path]
    }

    /// Returns the host.
    pub fn host(&self) -> &str {
        self.authority().0
    }

    /// Returns the port, also when it is the usual one and not written.
    pub fn port(&self) -> u16 {
        let usual = if self.text.starts_with("https:") {
            443
        } else {
            80
        };
        self.authority()
            .1
            .and_then(|port| port.parse().ok())
            .unwrap_or(usual)
    }

    /// Returns the path, percent-encoded.
    pub fn path(&self) -> &str {
        let rest = &self.text[self.path..];
        rest.split_once('?').map_or(rest, |(path, _)| path)
    }

    /// Returns the query, percent-encoded.
    pub fn query(&self) -> Option<&str> {
        self.text.split_once('?').map(|(_, query)| query)
    }

    fn authority(&self) -> (&str, Option<&str>) {
        let authority = self
            .origin()
            .split_once("://")
            .map_or("", |(_, authority)| authority);
        match authority.rsplit_once(':') {
            // The colons inside an IPv6 address are followed by its closing bracket.
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        }
    }
}

/// Scheme, host and port of an address.
pub(crate) fn origin_of(address: &str) -> &str {
    match Url::split_root(address) {
        Some((_, path)) => &address[..address.len() - path.len()],
        None => address,
    }
}

/// An address without its query and its fragment, which may hold secrets.
pub(crate) fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path())?;
        match self.query() {
            Some(_) => f.write_str("?***"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn joining_appends() {
        let base = Url::parse_base("https://api.example.com:8443/v1/").expect("a base URL");
        let url = base.join("/parcels/p%2F1", "a=1&b=2");
        assert_eq!(
            url.as_str(),
            "https://api.example.com:8443/v1/parcels/p%2F1?a=1&b=2"
        );
        assert_eq!((url.host(), url.port()), ("api.example.com", 8443));
        assert_eq!(
            (url.path(), url.query()),
            ("/v1/parcels/p%2F1", Some("a=1&b=2"))
        );
        assert_eq!(
            format!("{url:?}"),
            "https://api.example.com:8443/v1/parcels/p%2F1?***"
        );
    }

    #[test]
    fn relative_base_urls() {
        let base = Url::parse_base("https://a:1/v1/x").expect("a base URL");
        for (relative, resolved) in [
            ("/", "https://a:1"),
            ("/v2/", "https://a:1/v2"),
            ("y", "https://a:1/v1/x/y"),
            ("../y", "https://a:1/v1/y"),
            ("./../../../z", "https://a:1/z"),
            ("//b/c", "https://b/c"),
            ("?x", ""),
        ] {
            let url = base.base_at(relative);
            let url = url.as_ref().map_or("", Url::as_str);
            assert_eq!(url, resolved, "{relative}");
        }
        assert!(base.base_at("/{version}").is_err());
    }

    #[test]
    fn the_same_origin() {
        let url = |text| Url::parse_base(text).expect(text);
        let own = url("https://API.example.com/v1");
        assert!(own.has_origin_of(&url("https://api.example.com:443")));
        for other in [
            "http://api.example.com",
            "https://api.example.com:8443",
            "https://example.com",
        ] {
            assert!(!own.has_origin_of(&url(other)), "{other}");
        }
    }

    #[test]
    fn hosts_and_ports() {
        for (text, host, port) in [
            ("http://[::1]:80", "[::1]", 80),
            ("http://[::1]", "[::1]", 80),
            ("https://a/b:c", "a", 443),
        ] {
            let url = Url::parse_base(text).expect(text);
            assert_eq!((url.host(), url.port()), (host, port));
        }
    }

    #[test]
    fn what_is_no_base_url() {
        for text in [
            "",
            "/",
            "example.com",
            "ftp://a",
            "https://",
            "https://:80/",
            "https://a?b",
            "https://a/ b",
            "https://a/{v}",
        ] {
            assert!(Url::parse_base(text).is_err(), "{text}");
        }
        let refusal = Url::parse_base("https://user:hunter2@a").unwrap_err();
        assert!(refusal.contains("`auth`") && !refusal.contains("hunter2"));
        assert!(
            !Url::parse_base("user:hunter2@a")
                .unwrap_err()
                .contains("hunter2")
        );
        assert!(Url::parse_base("https://a/@scope").is_ok());
    }
}
