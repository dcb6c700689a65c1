//! The form of a preset.

/// What the APIs of a vendor want of a client.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("ads", "https://googleads.googleapis.com");
/// use attache_runtime::presets::GOOGLE_ADS;
///
/// let google = GOOGLE_ADS.with([
///     ("client_id", "1234.apps.googleusercontent.com"),
///     ("client_secret", "secret"),
///     ("refresh_token", "1//04…"),
///     ("developer_token", "dev"),
///     ("login_customer_id", "1234567890"),
/// ])?;
/// let builder = ClientBuilder::new(&API).preset(google);
/// # Ok::<(), attache_runtime::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Preset {
    /// How it is named in a profile.
    pub name: &'static str,
    /// The ways to say who calls; the first counts whose settings are all given.
    pub ways: &'static [Way],
    /// What every request carries besides.
    pub headers: &'static [PresetHeader],
    /// Where somebody logs in, and where tokens come from.
    pub server: Option<LoginServer>,
}

/// A way to say who calls, by the names of the settings that it takes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Way {
    /// A key where the description says: the setting that has it.
    ApiKey(&'static str),
    /// A token in the header `Authorization`: the setting that has it.
    Bearer(&'static str),
    /// A name and a password.
    Basic {
        /// The setting that has the name.
        user: &'static str,
        /// The setting that has the password.
        password: &'static str,
    },
    /// `client_id`, `refresh_token` and, unless the client is public, `client_secret`, at the preset's server.
    RefreshToken,
    /// `client_id`, `client_secret` and `scope`, at the preset's server.
    ClientCredentials,
    /// A service account: `client_email`, `private_key` in PEM, `scope`, and `subject` for whom it acts, if for anybody.
    ServiceAccount,
    /// A GitHub App at one of its installations: `app_id`, `private_key` in PEM, `installation_id`.
    Installation,
}

/// A header of every request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PresetHeader {
    /// Its name.
    pub name: &'static str,
    /// The setting that has its value; empty where there is none.
    pub setting: &'static str,
    /// What is sent where the setting is not given; empty for nothing.
    pub value: &'static str,
    /// Whether the vendor refuses requests without it.
    pub is_required: bool,
}

/// Where somebody logs in, and where tokens come from. What is empty is not there.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LoginServer {
    /// Who the server says that it is, in identity tokens and metadata.
    pub issuer: &'static str,
    /// The page.
    pub authorization_url: &'static str,
    /// What gives tokens.
    pub token_url: &'static str,
    /// Where a device begins.
    pub device_authorization_url: &'static str,
    /// What takes tokens back.
    pub revocation_url: &'static str,
    /// Further parameters of the page.
    pub parameters: &'static [(&'static str, &'static str)],
    /// How the client says who it is.
    pub identity: Identity,
    /// The header that tokens are sent in, by themselves; `Authorization` where it is empty.
    pub token_header: &'static str,
}

/// How a client says who it is to the server that gives tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// In the header `Authorization`.
    Basic,
    /// In the form.
    Post,
}

impl Way {
    /// The settings that it needs.
    pub(super) fn required(&self) -> Vec<&'static str> {
        match self {
            Self::ApiKey(setting) | Self::Bearer(setting) => vec![setting],
            Self::Basic { user, password } => vec![user, password],
            Self::RefreshToken => vec!["client_id", "refresh_token"],
            Self::ClientCredentials => vec!["client_id", "client_secret", "scope"],
            Self::ServiceAccount => vec!["client_email", "private_key", "scope"],
            Self::Installation => vec!["app_id", "private_key", "installation_id"],
        }
    }

    /// Those that it takes besides.
    pub(super) fn optional(&self) -> &'static [&'static str] {
        match self {
            Self::RefreshToken => &["client_secret", "scope"],
            Self::ServiceAccount => &["subject"],
            Self::Installation => &["api_url"],
            _ => &[],
        }
    }
}

impl PresetHeader {
    pub(super) const fn of_setting(name: &'static str, setting: &'static str) -> Self {
        Self {
            name,
            setting,
            value: "",
            is_required: false,
        }
    }

    pub(super) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Sends a value where the setting is not given.
    pub(super) const fn or(mut self, value: &'static str) -> Self {
        self.value = value;
        self
    }
}

impl LoginServer {
    pub(super) const fn new(token_url: &'static str, identity: Identity) -> Self {
        Self {
            issuer: "",
            authorization_url: "",
            token_url,
            device_authorization_url: "",
            revocation_url: "",
            parameters: &[],
            identity,
            token_header: "",
        }
    }
}
