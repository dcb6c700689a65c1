//! The API of clients whose operations are asynchronous methods of one type.

use super::super::peer::Peer;
use super::Api;
use super::argument::expression;
use super::sources::{Source, arguments};

/// Finds operations: the asynchronous methods of the client.
pub(super) fn read(sources: &[Source], library: &str, peer: Peer) -> Api {
    let is_client = |name: &str| match peer {
        Peer::OpenapiToRust => name == "HttpClient",
        Peer::Oas3Gen => name.ends_with("Client"),
        // A handle for each tag, which is given the client.
        Peer::OpenapiNexus => name.ends_with("Api"),
        _ => name == "Client",
    };
    let mut api = Api::default();
    for source in sources {
        for (name, method) in source.methods(is_client) {
            let (signature, generics) = (&method.sig, &method.sig.generics);
            if signature.asyncness.is_none() {
                continue;
            }
            if api.client.is_empty() {
                api.client = client(peer, library, &name);
                api.construct = construct(peer, &api.client);
            }
            let (arguments, ident) = (arguments(signature), &signature.ident);
            let values: Result<Vec<_>, _> = arguments
                .iter()
                .map(|ty| expression(ty, generics))
                .collect();
            match values {
                Ok(values) => {
                    let values = outside(&values.join(", "), library);
                    let called = called(peer, library, &name);
                    api.calls.push(format!("{called}.{ident}({values})"));
                }
                Err(reason) => api.others.push(format!("{ident}: {reason}")),
            }
        }
    }
    api
}

/// Paths inside the crate, as they are from outside; ploidy's clients hand on the runtime that they need.
fn outside(values: &str, library: &str) -> String {
    let values = values.replace("crate::", &format!("{library}::"));
    values.replace("::ploidy_util::", &format!("{library}::util::"))
}

/// What has the methods.
fn called(peer: Peer, library: &str, name: &str) -> String {
    match peer {
        Peer::OpenapiNexus => format!("{library}::apis::{name}::new(client)"),
        _ => "client".to_owned(),
    }
}

/// Where the type is.
fn client(peer: Peer, library: &str, name: &str) -> String {
    match peer {
        Peer::OpenapiNexus => format!("{library}::runtime::client::Client"),
        Peer::OpenapiToRust => format!("{library}::generated::client::{name}"),
        _ => format!("{library}::{name}"),
    }
}

/// How a value of it is made.
fn construct(peer: Peer, client: &str) -> String {
    match peer {
        Peer::Progenitor | Peer::OpenapiNexus => format!("{client}::new(\"http://localhost\")"),
        Peer::Ploidy => {
            format!("{client}::new(\"http://localhost\").expect(\"the address is one\")")
        }
        _ => format!("{client}::new()"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asynchronous_methods_are_operations() {
        let text = "
            impl Client {
                pub fn new(base: &str) -> Self {}
                pub async fn get<'a>(&'a self, id: &'a str) -> R {}
                pub async fn put<B: Into<reqwest::Body>>(&self, body: B) -> R {}
                pub async fn post(&self, query: impl Into<crate::types::Q>) -> R {}
                pub async fn any(&self, body: impl Serialize) -> R {}
            }
            impl Other { pub async fn get(&self) -> R {} }
            impl Trait for Client { async fn hidden(&self) -> R {} }";
        let items = syn::parse_file(text).unwrap().items;
        let path = "lib.rs".to_owned();
        let api = read(&[Source { path, items }], "pets", Peer::Progenitor);
        let expected = [
            "client.get(value())",
            "client.put(value::<Vec<u8>>())",
            "client.post(value::<pets::types::Q>())",
        ];
        assert_eq!(api.calls, expected);
        assert_eq!(api.others, ["any: an argument of any type"]);
        assert_eq!(api.client, "pets::Client");
    }

    #[test]
    fn methods_of_handles_are_operations() {
        let text = "impl<'a> PetsApi<'a> { pub async fn get(&self, id: &str) -> R {} }";
        let items = syn::parse_file(text).unwrap().items;
        let path = "apis/pets.rs".to_owned();
        let api = read(&[Source { path, items }], "pets", Peer::OpenapiNexus);
        assert_eq!(api.calls, ["pets::apis::PetsApi::new(client).get(value())"]);
        assert_eq!(api.client, "pets::runtime::client::Client");
    }
}
