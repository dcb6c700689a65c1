//! n8n, WordPress and WooCommerce, each on a server of one's own.

use super::preset::{Preset, Way};

/// n8n: a key in `X-N8N-API-KEY`, as its description says.
///
/// Setting: `api_key`.
pub const N8N: Preset = Preset {
    name: "n8n",
    ways: &[Way::ApiKey("api_key")],
    headers: &[],
    server: None,
};

/// WordPress: a user and one of his application passwords, whose spaces do not matter.
///
/// Settings: `username`, `application_password`.
///
/// Source: WordPress, "Application Passwords: Integration Guide".
pub const WORDPRESS: Preset = Preset {
    name: "wordpress",
    ways: &[Way::Basic {
        user: "username",
        password: "application_password",
    }],
    headers: &[],
    server: None,
};

/// WooCommerce: a consumer key and its secret, over TLS.
///
/// Settings: `consumer_key`, `consumer_secret`.
///
/// Source: WooCommerce REST API, "Authentication over HTTPS".
pub const WOOCOMMERCE: Preset = Preset {
    name: "woocommerce",
    ways: &[Way::Basic {
        user: "consumer_key",
        password: "consumer_secret",
    }],
    headers: &[],
    server: None,
};
