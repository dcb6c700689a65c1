//! Google's APIs.

use super::preset::{Identity, LoginServer, Preset, PresetHeader, Way};

/// Google's APIs: an installed app of somebody who has logged in, or a service account.
///
/// Settings: `client_id`, `client_secret` and `refresh_token`; or `client_email`, `private_key`, `scope`, and `subject` for
/// the user of a domain it acts for.
///
/// Source: Google, "OAuth 2.0 for Mobile & Desktop Apps", "Using OAuth 2.0 for Server to Server Applications".
pub const GOOGLE: Preset = Preset {
    name: "google",
    ways: WAYS,
    headers: &[],
    server: Some(SERVER),
};

/// Google Ads, which wants to know the developer, and the manager account that the call goes by.
///
/// Settings: those of [`GOOGLE`], `developer_token`, and `login_customer_id` and `linked_customer_id`, digits alone. The scope is
/// `https://www.googleapis.com/auth/adwords`.
///
/// Source: Google Ads API, "API call structure".
pub const GOOGLE_ADS: Preset = Preset {
    name: "google-ads",
    ways: WAYS,
    headers: &[
        PresetHeader::of_setting("developer-token", "developer_token").required(),
        PresetHeader::of_setting("login-customer-id", "login_customer_id"),
        PresetHeader::of_setting("linked-customer-id", "linked_customer_id"),
    ],
    server: Some(SERVER),
};

const WAYS: &[Way] = &[Way::RefreshToken, Way::ServiceAccount];

const SERVER: LoginServer = LoginServer {
    issuer: "https://accounts.google.com",
    authorization_url: "https://accounts.google.com/o/oauth2/v2/auth",
    device_authorization_url: "https://oauth2.googleapis.com/device/code",
    revocation_url: "https://oauth2.googleapis.com/revoke",
    // Without these there is a refresh token the first time only.
    parameters: &[("access_type", "offline"), ("prompt", "consent")],
    ..LoginServer::new("https://oauth2.googleapis.com/token", Identity::Post)
};
