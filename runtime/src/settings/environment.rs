//! Where variables and files come from.

use std::env::{self, VarError};
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

type Variable = dyn Fn(&str) -> Result<String, VarError> + Send + Sync;
type File = dyn Fn(&Path) -> io::Result<String> + Send + Sync;

/// A way to look up variables and to read files: those of the process, or a test's.
///
/// ```
/// use attache_runtime::Environment;
///
/// let process = Environment::process();
/// let test = Environment::of([("PARCELS_TIMEOUT", "5s")]);
/// ```
#[derive(Clone)]
pub struct Environment {
    variable: Arc<Variable>,
    file: Arc<File>,
}

impl Environment {
    /// The variables of this process, and the files of this machine.
    pub fn process() -> Self {
        Self::new(|name| env::var(name))
    }

    /// Looks variables up with a function, in which [`std::env::var`] is the usual one.
    pub fn new(
        variable: impl Fn(&str) -> Result<String, VarError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            variable: Arc::new(variable),
            file: Arc::new(|path| fs::read_to_string(path)),
        }
    }

    /// These variables and no others.
    pub fn of<N: Into<String>, V: Into<String>>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables: Vec<(String, String)> = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self::new(move |name| {
            let found = variables.iter().find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.clone())
                .ok_or(VarError::NotPresent)
        })
    }

    /// Reads files with a function.
    pub fn files(
        mut self,
        file: impl Fn(&Path) -> io::Result<String> + Send + Sync + 'static,
    ) -> Self {
        self.file = Arc::new(file);
        self
    }

    /// The value of a variable; one that is empty counts as not set.
    pub(crate) fn variable(&self, name: &str) -> Result<Option<String>, String> {
        match (self.variable)(name) {
            Ok(value) if value.is_empty() => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(format!("the variable {name} is not UTF-8")),
        }
    }

    #[cfg(feature = "profiles")]
    pub(super) fn file(&self, path: &Path) -> Result<String, String> {
        (self.file)(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
    }
}

/// Shows nothing: what is in it may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}
