//! The client of one description, for tasks that need no more than that.

use attache_generator::Generated;
use attache_generator::config::Config;
use attache_generator::diagnostic::{Diagnostic, Diagnostics};
use attache_generator::spec::{self, DiskLoader, Options, Tree};

/// Reads a description and all that it refers to, from disk alone.
pub(crate) fn read(path: &str, diagnostics: &mut Diagnostics) -> Option<Tree> {
    let options = Options::default();
    spec::read(path, &DiskLoader::new(&options), &options, diagnostics)
}

/// Reads and generates; the client is missing where the description has errors. The findings are sorted.
pub(crate) fn generate(path: &str, config: &Config) -> (Option<Generated>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new();
    let tree = read(path, &mut diagnostics);
    let generated =
        tree.and_then(|tree| attache_generator::generate(&tree, config, &mut diagnostics));
    let generated = generated.filter(|_| !diagnostics.has_errors());
    (generated, diagnostics.into_sorted())
}
