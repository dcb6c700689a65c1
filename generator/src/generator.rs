//! Generation from a description in memory.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::spec::{self, MemoryLoader, Options};
use crate::{Generated, generate};

/// A description in memory, and the choices for its client.
#[derive(Clone, Debug)]
pub struct Generator {
    name: String,
    text: Vec<u8>,
    config: Config,
}

impl Generator {
    /// Takes the text of a description, YAML or JSON; `name` is what messages call it.
    pub fn from_text(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Generator {
            name: name.into(),
            text: text.into(),
            config: Config::default(),
        }
    }

    /// Takes a description that another library built.
    #[cfg(feature = "openapiv3")]
    pub fn from_openapiv3(api: &openapiv3::OpenAPI) -> Self {
        let text = serde_json::to_vec(api)
            .expect("the model of openapiv3 has string keys and finite numbers only");
        Generator::from_text("openapi.json", text)
    }

    /// Sets the choices.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Generates the client; None when the text is no API description, which a diagnostic explains.
    pub fn generate(&self, diagnostics: &mut Diagnostics) -> Option<Generated> {
        let loader = MemoryLoader::new().with(self.name.clone(), self.text.clone());
        let tree = spec::read(&self.name, &loader, &Options::default(), diagnostics)?;
        generate(&tree, &self.config, diagnostics)
    }
}
