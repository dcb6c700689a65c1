//! Spells every identifier of the generated crate.
//!
//! | What it names               | From                                | Gives                                   |
//! |-----------------------------|-------------------------------------|-----------------------------------------|
//! | package, library            | `Parcels API (v2)`                  | `parcels-client`, `parcels_client`      |
//! | component → type            | `parcel_address`                    | `ParcelAddress`                         |
//! | inline field → type         | `address` of `Parcel`               | `ParcelAddress`                         |
//! | inline item, map value      | items of `Parcels`                  | `ParcelsItem`, `ParcelsValue`           |
//! | inline variant → type       | tag `card` of `Payment`             | `PaymentCard`                           |
//! | request body → type         | `createParcel`                      | `CreateParcelBody`                      |
//! | response → type             | `listParcels`, 200 and 404          | `ListParcelsResponse`, `…Response404`   |
//! | parameter → type            | `status` of `listParcels`           | `ListParcelsStatus`                     |
//! | type → module               | `ParcelAddress`                     | `parcel_address`                        |
//! | property → field            | `createdAt`, `type`                 | `created_at`, `type_`                   |
//! | other properties → field    |                                     | `additional_properties`                 |
//! | enum value → variant        | `IN_TRANSIT`, `<=`, `-1`, ``        | `InTransit`, `LessOrEqual`, `Minus1`, `Empty` |
//! | union → variant             | `Card`, a list, text                | `Card`, `List`, `String`                |
//! | security scheme → setter, variable | `apiKey`                        | `api_key`, `PARCELS_API_KEY`            |
//! | server → type, setter, enum   | `Sandbox server`, variable `region`  | `Sandbox`, `region`, `SandboxRegion`    |
//! | group → accessor, handle    | `bank-accounts`                     | `bank_accounts`, `BankAccounts`         |
//! | operation → method          | `getParcel` in `parcels`            | `get`                                   |
//! | operation → marker, table   | `getParcel`                         | `GetParcel`, `GET_PARCEL`               |
//! | further body → method, marker  | a file beside the JSON of `createParcel` | `create_multipart`, `CreateParcelMultipart` |
//! | parameter → setter          | `id` in path and in query           | `id`, `id_query`                        |
//! | answers → enums             | 404 of `getParcel`                  | `GetParcelError::NotFound`              |
//! | answers alike → one enum    | 404 and 5XX of several operations   | `Errors404Or5xx`                        |
//! | headers → struct            | `getParcel`                         | `GetParcelHeaders`                      |
//! | link → trait, method        | `owner` of `getParcel`              | `GetParcelLinks::owner`             |
//! | callback → type             | `onEvent` of `registerWebhook`      | `RegisterWebhookOnEvent`                |
//! | leading digit               | `1_clicks`, `400`                   | `n1_clicks`, `N400`                     |
//! | reserved                    | `type`, `Option`, `unknown`         | `type_`, `OptionType`, `UnknownValue`   |
//! | taken                       | `list`, `Foo`, `Foo3`               | `list_2`, `Foo2`, `Foo3_2`              |
//! | over 80 characters          | `VeryLong…Name`                     | whole words and a hash: `VeryLong…3f2a91c0` |
//!
//! Input: the client and the configuration. Output: [`Names`].
//! Invariants: every name is an ASCII identifier (the package a crate name), unique in its scope, the same in
//! every run. Never: changes the client, or looks at anything but names, kinds and order.

mod case;
mod reserved;
mod scope;

mod groups;
mod links;
mod members;
mod method;
mod model;
mod operations;
mod package;
mod schemes;
mod servers;
mod shared_errors;
mod status;
mod types;

#[cfg(test)]
mod tests;

pub use model::*;
pub use reserved::is_identifier;

use crate::config::Config;
use crate::ir::Client;

/// Names everything of one client.
pub fn assign(client: &Client, config: &Config) -> Names {
    let mut renames = scope::Renames::new(&config.names);
    let package = package::package(client, config, &mut renames);
    let library = package::library(&package);
    let idents = types::idents(client, &mut renames);
    let types = client
        .types
        .iter()
        .map(|ty| members::members(client, ty, &idents, &mut renames))
        .collect();
    let type_modules = types::modules(client, &mut renames);
    let environment = schemes::prefix(&library);
    let schemes = schemes::schemes(client, &environment, &mut renames);
    let servers = servers::servers(client, &mut renames);
    let groups = groups::groups(client, &mut renames);
    let operations = operations::operations(client, &groups, &mut renames);
    let shared_errors = shared_errors::shared_errors(client, &operations, &mut renames);
    let callbacks = operations::callbacks(client, &operations, &mut renames);
    let links = links::links(client, &operations, &mut renames);
    Names {
        package,
        library,
        types,
        type_modules,
        environment,
        schemes,
        servers,
        groups,
        operations,
        shared_errors,
        callbacks,
        links,
        renames: renames.into_noted(),
    }
}
