//! Servers that a description names.

use std::borrow::Cow;

/// A server of an API, with values for what varies in its address.
///
/// Generated crates have a type for each server of the description; it converts into this one.
///
/// ```
/// # use attache_runtime::transport::replay::Replay;
/// # use attache_runtime::{ApiMeta, ClientBuilder, Server};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://eu.example.com");
/// let server = Server::new("https://{region}.example.com").set("region", "us");
/// let builder = ClientBuilder::new(&API).server(server);
/// # builder.transport(Replay::new()).build().unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    template: Cow<'static, str>,
    values: Vec<(Cow<'static, str>, String)>,
}

impl Server {
    /// Takes the address, with what varies in braces.
    pub fn new(template: impl Into<Cow<'static, str>>) -> Self {
        Self {
            template: template.into(),
            values: Vec::new(),
        }
    }

    /// Sets what stands in place of a name in braces.
    pub fn set(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// The address, with all that varies filled in; what is not set stays.
    pub(super) fn url(&self) -> String {
        let mut url = String::new();
        let mut rest = &*self.template;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((name, after)) = tail.split_once('}') else {
                break;
            };
            url.push_str(before);
            match self.values.iter().rev().find(|(known, _)| known == name) {
                Some((_, value)) => url.push_str(value),
                None => url.push_str(&rest[before.len()..rest.len() - after.len()]),
            }
            rest = after;
        }
        url + rest
    }
}

#[cfg(test)]
mod tests {
    use super::Server;

    #[test]
    fn values_take_the_place_of_names() {
        let server = Server::new("{scheme}://{host}/{base}/{host}").set("host", "a{scheme}");
        assert_eq!(
            server.set("scheme", "http").set("scheme", "https").url(),
            "https://a{scheme}/{base}/a{scheme}"
        );
        assert_eq!(Server::new("https://a/{b").url(), "https://a/{b");
    }
}
