//! Clients generated in memory.

use std::path::Path;

use attache_generator::config::{Config, Layout};
use attache_generator::diagnostic::{Diagnostic, Diagnostics};
use attache_generator::spec::{self, DiskLoader, Loader, MemoryLoader, Options};
use attache_generator::{Generated, generate};

/// A client, where the description allows for one, and what was found.
pub struct Client {
    /// The generated files; none when the description can not be read.
    pub generated: Option<Generated>,
    /// The findings, sorted.
    pub findings: Vec<Diagnostic>,
}

impl Client {
    /// Generates from files in memory, of which the first is the entry.
    pub fn of_texts(files: &[(String, String)], config: &Config) -> Self {
        let mut loader = MemoryLoader::new();
        for (name, text) in files {
            loader.insert(name.clone(), text.clone());
        }
        Client::read(&files[0].0, &loader, config)
    }

    /// Generates from a file on disk.
    pub fn of_file(path: &Path, config: &Config) -> Self {
        Client::read(&path.to_string_lossy(), &DiskLoader::default(), config)
    }

    /// Generates from what a loader gives.
    pub fn read(entry: &str, loader: &dyn Loader, config: &Config) -> Self {
        let mut diagnostics = Diagnostics::new();
        let tree = spec::read(entry, loader, &Options::default(), &mut diagnostics);
        let generated = tree.and_then(|tree| generate(&tree, config, &mut diagnostics));
        Client {
            generated,
            findings: diagnostics.into_sorted(),
        }
    }

    /// Path and text of the generated files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.generated
            .iter()
            .flat_map(|generated| generated.files.iter())
    }

    /// The text of a generated file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.generated.as_ref()?.files.get(path)
    }
}

/// The choices of a golden crate: as the command line has them, with its tests and the runtime of this project.
pub fn crate_config() -> Config {
    let mut config = Config {
        wire_tests: true,
        ..Config::default()
    };
    config.runtime.path = Some("../../../runtime".to_owned());
    config
}

/// The choices for a module tree, whose paths are short.
pub fn module_config() -> Config {
    Config {
        layout: Layout::Module,
        ..Config::default()
    }
}
