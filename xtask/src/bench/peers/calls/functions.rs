//! The API of a client by openapi-generator: functions that take the configuration first.

use super::Api;
use super::argument::expression;
use super::sources::{Source, arguments};

/// Finds operations: the functions of `src/apis/*_api.rs`.
pub(super) fn read(sources: &[Source], library: &str) -> Api {
    let client = format!("{library}::apis::configuration::Configuration");
    let mut api = Api {
        construct: format!("{client}::default()"),
        client,
        ..Api::default()
    };
    for source in sources {
        let module = source.path.strip_prefix("apis/");
        let Some(module) = module.and_then(|file| file.strip_suffix("_api.rs")) else {
            continue;
        };
        for function in source.functions() {
            let (signature, generics) = (&function.sig, &function.sig.generics);
            if signature.asyncness.is_none() {
                continue;
            }
            let (arguments, ident) = (arguments(signature), &signature.ident);
            let values: Result<Vec<_>, _> = arguments
                .iter()
                .skip(1)
                .map(|ty| expression(ty, generics))
                .collect();
            match values {
                Ok(values) => {
                    let values: String = values.iter().map(|value| format!(", {value}")).collect();
                    let path = format!("{library}::apis::{module}_api::{ident}");
                    api.calls.push(format!("{path}(client{values})"));
                }
                Err(reason) => api.others.push(format!("{ident}: {reason}")),
            }
        }
    }
    api
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_take_the_configuration_and_values() {
        let text = "
            pub async fn get_pet(configuration: &configuration::Configuration, id: i64) -> R {}
            pub fn parse(text: &str) -> R {}
            async fn inner(text: &str) -> R {}";
        let items = syn::parse_file(text).unwrap().items;
        let path = "apis/pet_api.rs".to_owned();
        let api = read(&[Source { path, items }], "pets");
        assert_eq!(api.calls, ["pets::apis::pet_api::get_pet(client, value())"]);
    }
}
