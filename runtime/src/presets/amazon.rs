//! Amazon's Selling Partner API.

use super::preset::{Identity, LoginServer, Preset, Way};
use crate::json::{Json, JsonObject};
use crate::token::{AccessToken, TokenCall};

/// Amazon's Selling Partner API: Login with Amazon, and the token in a header of its own.
///
/// Settings: `client_id`, `client_secret`, and `refresh_token` of a seller, or `scope` for operations without one
/// (`sellingpartnerapi::notifications`). Addresses that the API gives for documents are of other origins, and get no
/// credential.
///
/// Source: Amazon, "Connecting to the Selling Partner API".
pub const AMAZON_SP_API: Preset = Preset {
    name: "amazon-sp-api",
    ways: &[Way::RefreshToken, Way::ClientCredentials],
    headers: &[],
    server: Some(LoginServer {
        token_header: HEADER,
        ..LoginServer::new("https://api.amazon.com/auth/o2/token", Identity::Post)
    }),
};

const HEADER: &str = "x-amz-access-token";

/// A token for personal data of buyers, which is sent in place of the usual one: give it to a call with `auth`.
///
/// `resources` are pairs of a method and a path, which may be a template (`/orders/v0/orders/{orderId}/address`); `elements`
/// the kinds of data: `buyerInfo`, `shippingAddress`, `buyerTaxInformation`.
///
/// ```
/// use attache_runtime::presets::{AMAZON_SP_API, restricted_data_token};
/// # use attache_runtime::token::AccessToken;
/// # fn example(token: AccessToken) {
/// let restricted = restricted_data_token(
///     token,
///     "https://sellingpartnerapi-eu.amazon.com",
///     &[("GET", "/orders/v0/orders/{orderId}/address")],
///     &["shippingAddress"],
/// );
/// # let _ = restricted;
/// # }
/// ```
///
/// Source: Amazon, "Tokens API v2021-03-01".
pub fn restricted_data_token(
    token: AccessToken,
    base_url: &str,
    resources: &[(&str, &str)],
    elements: &[&str],
) -> AccessToken {
    let elements = elements
        .iter()
        .map(|it| Json::from((*it).to_owned()))
        .collect();
    let elements = Json::Array(elements);
    let resources = resources.iter().map(|(method, path)| {
        let mut resource = JsonObject::new();
        resource.insert("method", (*method).to_owned());
        resource.insert("path", (*path).to_owned());
        resource.insert("dataElements", elements.clone());
        Json::Object(resource)
    });
    let mut body = JsonObject::new();
    body.insert("restrictedResources", Json::Array(resources.collect()));
    let base_url = base_url.trim_end_matches('/');
    TokenCall::new(format!("{base_url}/tokens/2021-03-01/restrictedDataToken"))
        .auth(token.in_header(HEADER))
        .body(Json::Object(body))
        .token_at("/restrictedDataToken")
        .expires_in_at("/expiresIn")
        .token()
        .in_header(HEADER)
}
