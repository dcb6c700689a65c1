//! The grants of a login, and the login in its store.

use super::{LoginFlow, LoginSettings};
use crate::oauth::StoredLogin;
#[cfg(feature = "login")]
use crate::oauth::{AuthorizationCode, DeviceCode};
use crate::store::{RecordStore, StoreError};

impl LoginSettings {
    /// Makes the grant of somebody at a browser, who comes back to the address.
    #[cfg(feature = "login")]
    pub fn authorization_code(&self, redirect_uri: impl Into<String>) -> AuthorizationCode {
        let grant = AuthorizationCode::new(self.identity.clone(), redirect_uri);
        let grant = grant.server(self.server.server.clone());
        let parameters = self.parameters.iter();
        parameters.fold(grant.scopes(self.scopes.clone()), |grant, (name, value)| {
            grant.parameter(name, value)
        })
    }

    /// Makes the grant of somebody at another device.
    #[cfg(feature = "login")]
    pub fn device_code(&self) -> DeviceCode {
        let grant = DeviceCode::new(self.identity.clone());
        let grant = grant.server(self.server.server.clone());
        let parameters = self.parameters.iter();
        parameters.fold(grant.scopes(self.scopes.clone()), |grant, (name, value)| {
            grant.parameter(name, value)
        })
    }

    /// Opens the store, and returns the login in it; none where there is no store yet. It reads the disk, and may wait for
    /// another process.
    ///
    /// # Errors
    /// The store or its keys cannot be read, others may read them, or they are damaged.
    pub fn open(&self) -> Result<Option<StoredLogin>, StoreError> {
        let store = self.store.open()?;
        Ok(store.map(|store| self.stored(store)))
    }

    /// Opens the store as [`open`](Self::open) does, or makes it, with its folders and its file of keys.
    ///
    /// # Errors
    /// As there; or it cannot be made.
    pub fn open_or_new(&self) -> Result<StoredLogin, StoreError> {
        let store = self.store.open_or_new()?;
        Ok(self.stored(store))
    }

    /// Opens the store as a client does: as [`open`](Self::open) where somebody has to log in first, else as
    /// [`open_or_new`](Self::open_or_new).
    ///
    /// # Errors
    /// As there.
    pub fn open_as_client(&self) -> Result<Option<StoredLogin>, StoreError> {
        match self.flow.needs_somebody() {
            true => self.open(),
            false => self.open_or_new().map(Some),
        }
    }

    /// Says that nobody has logged in, and by which command somebody does.
    pub fn nobody(&self) -> String {
        let (record, command) = (&self.record, self.command());
        format!("nobody has logged in as {record}: log in with `{command}`")
    }

    fn stored(&self, store: impl RecordStore) -> StoredLogin {
        let login = StoredLogin::new(self.identity.clone(), store, &self.record);
        let login = login.server(self.server.server.clone());
        let login = login.scopes(self.scopes.clone());
        let login = login.login_command(self.command());
        let parameters = self.parameters.iter();
        let login = parameters.fold(login, |login, (name, value)| login.parameter(name, value));
        let login = match &self.refresh_token {
            Some(token) => login.or_refresh_token(token.clone()),
            None => login,
        };
        match self.flow {
            LoginFlow::ClientCredentials => login.or_client_credentials(),
            _ => login,
        }
    }
}
