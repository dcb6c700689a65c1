//! Addresses that an answer gives: resolved, and held against the origin of the request.

use super::Url;
use crate::call::as_is;

impl Url {
    /// The address that a reference (RFC 3986) leads to from this one.
    ///
    /// `Err` says why it must not be followed: an address of another origin would be sent the
    /// credentials of this one.
    pub(crate) fn follow(&self, reference: &str) -> Result<Self, String> {
        let found = self.resolve(reference)?;
        if self.has_origin_of(&found) {
            return Ok(found);
        }
        // Servers behind a proxy that ends TLS often write `http`; nothing is sent in clear all the same.
        let upgraded = found.text.strip_prefix("http://").and_then(|rest| {
            let path = found.path + 1;
            let text = format!("https://{rest}");
            Some(Url { text, path }).filter(|url| found.port() == 80 && self.has_origin_of(url))
        });
        upgraded.ok_or_else(|| {
            format!(
                "its address is on {}, and the request was for {}: credentials are not carried to another origin; \
                 if it is to be trusted, build a client with that `base_url`, with credentials that are meant for it, \
                 and fetch the page with that",
                found.origin(),
                self.origin()
            )
        })
    }

    /// The address with these pairs in place of those of a name, whose case does not count.
    pub(crate) fn with_pairs(&self, name: &str, pairs: &[String]) -> Self {
        let is_other = |pair: &&str| {
            let given = pair.split('=').next().unwrap_or_default();
            !given.is_empty() && !given.eq_ignore_ascii_case(name)
        };
        let query = self.query().unwrap_or_default();
        let others = query.split('&').filter(is_other);
        let query: Vec<&str> = others.chain(pairs.iter().map(String::as_str)).collect();
        self.root().join(self.path(), &query.join("&"))
    }

    pub(super) fn resolve(&self, reference: &str) -> Result<Self, String> {
        let reference = reference.split('#').next().unwrap_or_default();
        let (scheme, _) = self.text.split_once(':').unwrap_or(("https", ""));
        if let Some(rest) = reference.strip_prefix("//") {
            return absolute(&format!("{scheme}://{rest}"));
        }
        if has_scheme(reference) {
            return absolute(reference);
        }
        let (path, query) = split_query(reference);
        let directory = self.path().rsplit_once('/').map_or("", |(start, _)| start);
        let path = match path {
            "" => self.path().to_owned(),
            path if path.starts_with('/') => without_dots(path),
            path => without_dots(&format!("{directory}/{path}")),
        };
        Ok(self.root().join(&as_is(&path), &as_is(query)))
    }

    /// Returns true if the other has the same scheme, host and port.
    pub(crate) fn has_origin_of(&self, other: &Url) -> bool {
        let scheme = |url: &Url| url.text.starts_with("https:");
        scheme(self) == scheme(other)
            && self.host().eq_ignore_ascii_case(other.host())
            && self.port() == other.port()
    }
}

fn has_scheme(reference: &str) -> bool {
    let end = reference.find([':', '/', '?']);
    let scheme = end.filter(|&end| reference[end..].starts_with(':'));
    scheme.is_some_and(|end| {
        let scheme = &reference[..end];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn absolute(text: &str) -> Result<Url, String> {
    let fail = |reason: &str| Err(format!("its address cannot be followed: {reason}"));
    let Some((scheme, rest)) = text.split_once("://") else {
        return fail("it is neither http nor https");
    };
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return fail("it is neither http nor https");
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    // Readers of URLs differ in what they make of anything else.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    if authority.is_empty() || authority.starts_with(':') || !authority.chars().all(is_plain) {
        return fail("it names no plain host");
    }
    let (path, query) = split_query(rest);
    let root = format!("{scheme}://{authority}");
    let root = Url {
        path: root.len(),
        text: root,
    };
    Ok(root.join(&as_is(&without_dots(path)), &as_is(query)))
}

fn split_query(text: &str) -> (&str, &str) {
    text.split_once('?').unwrap_or((text, ""))
}

/// Removes `.` and `..` from a path, as RFC 3986 says.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::Url;

    fn follow(reference: &str) -> Result<String, String> {
        let base = Url::parse_base("https://api.example.com/v1").expect("it is one");
        let request = base.join("/parcels/all", "limit=2");
        request.follow(reference).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn references_are_resolved() {
        for (reference, url) in [
            ("https://api.example.com/v2/x?c=1#end", "/v2/x?c=1"),
            ("HTTPS://API.example.com:443/v2", ""),
            ("//api.example.com/x", "/x"),
            ("/x/./y/../z?q", "/x/z?q"),
            (
                "?cursor=a b&f=%20ü",
                "/v1/parcels/all?cursor=a%20b&f=%20%C3%BC",
            ),
            ("more?page=2", "/v1/parcels/more?page=2"),
            ("../x/..", "/v1/"),
            ("../../../../x", "/x"),
            ("x:y/z", ""),
            ("./x:y/z", "/v1/parcels/x:y/z"),
            ("http://api.example.com/x?y=//z", "/x?y=//z"),
            ("http://api.example.com:80/x", ""),
        ] {
            let found = follow(reference);
            match reference {
                "x:y/z" => assert!(found.is_err()),
                "HTTPS://API.example.com:443/v2" => {
                    assert_eq!(found.as_deref(), Ok("https://API.example.com:443/v2"));
                }
                "http://api.example.com:80/x" => {
                    assert!(found.is_err(), "port 80 speaks no TLS");
                }
                _ => assert_eq!(found, Ok(format!("https://api.example.com{url}"))),
            }
        }
    }

    #[test]
    fn other_origins_are_refused() {
        for reference in [
            "https://evil.example/v1",
            "https://api.example.com.evil.example/",
            "https://api.example.com@evil.example/",
            "https://api.example.com\\@evil.example/",
            "https://evil.example\t/",
            "//evil.example",
            "https://api.example.com:8443/",
            "http://api.example.com:8080/",
            "ftp://api.example.com/",
            "javascript:x",
            "https://",
            "https:///x",
        ] {
            assert!(follow(reference).is_err(), "{reference}");
        }
        let refusal = follow("https://evil.example/?key=s").expect_err("another host");
        assert!(refusal.contains("https://evil.example, and"), "{refusal}");
        assert!(!refusal.contains("key=s"));
        let plain = Url::parse_base("http://a").expect("it is one");
        assert!(plain.follow("https://a/x").is_err());
    }
}
