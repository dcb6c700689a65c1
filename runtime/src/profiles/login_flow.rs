//! How a login begins.

/// How a login begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginFlow {
    /// Somebody at a browser of this machine (RFC 6749, section 4.1; RFC 7636).
    AuthorizationCode,
    /// Somebody at another device (RFC 8628).
    DeviceCode,
    /// The client itself, by its secret (RFC 6749, section 4.4).
    ClientCredentials,
    /// A refresh token from elsewhere (RFC 6749, section 6).
    RefreshToken,
}

impl LoginFlow {
    pub(crate) const ALL: [Self; 4] = [
        Self::AuthorizationCode,
        Self::DeviceCode,
        Self::ClientCredentials,
        Self::RefreshToken,
    ];

    /// Returns its name in a profile: `device-code`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization-code",
            Self::DeviceCode => "device-code",
            Self::ClientCredentials => "client-credentials",
            Self::RefreshToken => "refresh-token",
        }
    }

    /// Returns true if somebody has to log in; a client begins the others by itself.
    pub const fn needs_somebody(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::DeviceCode)
    }
}
