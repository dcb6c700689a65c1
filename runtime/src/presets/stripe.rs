//! Stripe.

use super::preset::{Preset, PresetHeader, Way};

/// Stripe: a secret or restricted key, the version of the API, and the connected account that a call is for.
///
/// Settings: `api_key`, `version` (`2026-10-29.clover`), `account` (`acct_…`), `context`.
///
/// Source: Stripe, "Authentication", "Versioning", "Making API calls for connected accounts".
pub const STRIPE: Preset = Preset {
    name: "stripe",
    ways: &[Way::Bearer("api_key")],
    headers: &[
        PresetHeader::of_setting("Stripe-Version", "version"),
        PresetHeader::of_setting("Stripe-Account", "account"),
        PresetHeader::of_setting("Stripe-Context", "context"),
    ],
    server: None,
};
