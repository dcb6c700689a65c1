//! What the APIs of some vendors want of a client, as data.
//!
//! Input: a vendor, and the settings that its users have: keys, ids, tokens.
//! Output: credentials and headers for a [`ClientBuilder`](crate::ClientBuilder), endpoints for a login.
//! Invariants: a vendor is one constant; nothing else in the runtime knows any of them.
//! Never: a setting that is unknown or missing and passes in silence.
//!
//! | preset | ways | headers |
//! |---|---|---|
//! | [`AMAZON_SP_API`] | Login with Amazon: a refresh token, or a scope for operations without a seller | `x-amz-access-token` |
//! | [`GOOGLE`] | a refresh token of an installed app, a service account | |
//! | [`GOOGLE_ADS`] | the same | `developer-token`, `login-customer-id` |
//! | [`STRIPE`] | a key | `Stripe-Version`, `Stripe-Account` |
//! | [`GITHUB`] | a token, an installation of an App | `X-GitHub-Api-Version` |
//! | [`N8N`] | a key | |
//! | [`WORDPRESS`] | an application password | |
//! | [`WOOCOMMERCE`] | a consumer key and its secret | |

mod amazon;
mod applied;
mod github;
mod google;
mod preset;
mod stripe;
mod web_shop;

pub use amazon::{AMAZON_SP_API, restricted_data_token};
pub use applied::AppliedPreset;
pub use github::GITHUB;
pub use google::{GOOGLE, GOOGLE_ADS};
pub use preset::{Identity, LoginServer, Preset, PresetHeader, Way};
pub use stripe::STRIPE;
pub use web_shop::{N8N, WOOCOMMERCE, WORDPRESS};

/// All of them, by name.
pub const PRESETS: &[&Preset] = &[
    &AMAZON_SP_API,
    &GITHUB,
    &GOOGLE,
    &GOOGLE_ADS,
    &N8N,
    &STRIPE,
    &WOOCOMMERCE,
    &WORDPRESS,
];

/// Finds a preset by its name: `google-ads`.
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().copied().find(|preset| preset.name == name)
}
