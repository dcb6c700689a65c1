//! Keys in environment variables.

use super::{Key, KeyError, KeyRole, KeySource};
use crate::settings::Environment;
use crate::token::TokenConnection;
use crate::transport::BoxFuture;

/// Keys in environment variables: `NAME` is current, `NAME_NEXT` next, and `NAME_RETIRING` retiring. Each may be missing,
/// but not all; the keys have the names of their variables.
///
/// ```
/// use attache_runtime::Environment;
/// use attache_runtime::key_set::{KeySet, KeyVariables};
///
/// let keys = KeySet::api_keys(KeyVariables::new("PARCELS_KEY"));
/// let in_tests = KeyVariables::new("PARCELS_KEY").environment(Environment::of([("PARCELS_KEY", "sk_1")]));
/// # let _ = (keys, in_tests);
/// ```
#[derive(Clone, Debug)]
pub struct KeyVariables {
    variable: String,
    environment: Environment,
}

impl KeyVariables {
    /// Takes the name of the variable with the current key, in the environment of this process.
    pub fn new(variable: impl Into<String>) -> Self {
        Self {
            variable: variable.into(),
            environment: Environment::process(),
        }
    }

    /// Looks variables up elsewhere.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    fn read(&self) -> Result<Vec<Key>, KeyError> {
        let variable = &self.variable;
        let names = [
            (KeyRole::Current, variable.clone()),
            (KeyRole::Next, format!("{variable}_NEXT")),
            (KeyRole::Retiring, format!("{variable}_RETIRING")),
        ];
        let mut keys = Vec::new();
        for (role, name) in names {
            let value = self.environment.variable(&name).map_err(KeyError::new)?;
            keys.extend(value.map(|value| Key::new(name, role, value)));
        }
        match keys.is_empty() {
            true => Err(KeyError::new(format!(
                "the variable {variable} is not set, nor are {variable}_NEXT and {variable}_RETIRING"
            ))),
            false => Ok(keys),
        }
    }
}

impl KeySource for KeyVariables {
    fn load<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Vec<Key>, KeyError>> {
        Box::pin(async { self.read() })
    }
}
