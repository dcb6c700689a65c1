//! The API of a client by Attaché: handles per group, which give requests.

use std::collections::BTreeMap;

use syn::{ImplItemFn, ReturnType};

use super::Api;
use super::argument::expression;
use super::sources::{Source, arguments, name};

/// Finds operations: what a handle of `src/api/` gives that can be sent, with all its setters.
pub(super) fn read(sources: &[Source], library: &str) -> Api {
    let mut api = Api {
        imports: vec![format!("{library}::types")],
        client: format!("{library}::Client"),
        construct: format!(
            "{library}::Client::builder().build().expect(\"the defaults are a client\")"
        ),
        ..Api::default()
    };
    let handles = handles(sources);
    for source in sources.iter().filter(|file| file.path.starts_with("api/")) {
        for (accessor, handle) in &handles {
            let setters = setters(source, handle);
            for (_, method) in source.methods(|name| name == handle) {
                let Some(setters) = returned(method).and_then(|builder| setters.get(&builder))
                else {
                    continue;
                };
                match call(accessor, method, setters) {
                    Ok(call) => api.calls.push(call),
                    Err(reason) => api.others.push(format!("{}: {reason}", method.sig.ident)),
                }
            }
        }
    }
    api
}

/// `parcels` and `Parcels`, of the methods of the client.
fn handles(sources: &[Source]) -> Vec<(String, String)> {
    let client = sources.iter().filter(|source| source.path == "client.rs");
    let methods = client.flat_map(|source| source.methods(|name| name == "Client"));
    methods
        .filter_map(|(_, method)| Some((method.sig.ident.to_string(), returned(method)?)))
        .collect()
}

/// The setters of each request of a file.
fn setters<'s>(source: &'s Source, handle: &str) -> BTreeMap<String, Vec<&'s ImplItemFn>> {
    let mut builders: BTreeMap<String, Vec<&ImplItemFn>> = BTreeMap::new();
    for (_, method) in source.methods(|name| name == handle) {
        if let Some(builder) = returned(method) {
            builders.entry(builder).or_default();
        }
    }
    for (builder, method) in source.methods(|name| name != handle) {
        let is_setter = returned(method).is_some_and(|name| name == "Self");
        if let Some(setters) = builders.get_mut(&builder).filter(|_| is_setter) {
            setters.push(method);
        }
    }
    builders
}

fn call(accessor: &str, method: &ImplItemFn, setters: &[&ImplItemFn]) -> Result<String, String> {
    let mut text = format!("client.{accessor}()");
    for step in [method].into_iter().chain(setters.iter().copied()) {
        let arguments = arguments(&step.sig);
        let values: Result<Vec<_>, _> = arguments
            .into_iter()
            .map(|ty| expression(ty, &step.sig.generics))
            .collect();
        text.push_str(&format!(".{}({})", step.sig.ident, values?.join(", ")));
    }
    Ok(format!("{text}.send()"))
}

fn returned(method: &ImplItemFn) -> Option<String> {
    match &method.sig.output {
        ReturnType::Type(_, ty) => name(ty),
        ReturnType::Default => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        let items = syn::parse_file(text).unwrap().items;
        Source {
            path: path.to_owned(),
            items,
        }
    }

    #[test]
    fn operations_are_called_with_all_setters() {
        let client = "impl Client { pub fn parcels(&self) -> api::parcels::Parcels<'_> {} }";
        let group = "
            impl<'c> Parcels<'c> {
                pub(in super::super) fn new(client: &'c Client) -> Self {}
                pub fn list(&self) -> Request<ListParcels> {}
                pub fn get(&self, id: impl Into<String>) -> Request<GetParcel> {}
            }
            impl Request<ListParcels> {
                pub fn limit(mut self, limit: impl Into<i32>) -> Self {}
            }";
        let sources = [source("client.rs", client), source("api/parcels.rs", group)];
        let api = read(&sources, "parcels_client");
        assert_eq!(
            api.calls,
            [
                "client.parcels().list().limit(value::<i32>()).send()",
                "client.parcels().get(value::<String>()).send()",
            ]
        );
        assert_eq!(api.others, Vec::<String>::new());
    }
}
