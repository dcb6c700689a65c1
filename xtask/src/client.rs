//! The client of one description, for tasks that need no more than that.

use attache_generator::Generated;
use attache_generator::config::Config;
use attache_generator::diagnostic::{Diagnostic, Diagnostics};
use attache_generator::spec::{self, DiskLoader, Options};

/// Reads and generates; the client is missing where the description has errors. The findings are sorted.
pub(crate) fn generate(path: &str, config: &Config) -> (Option<Generated>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let loader = DiskLoader::new(&options);
    let tree = spec::read(path, &loader, &options, &mut diagnostics);
    let generated =
        tree.and_then(|tree| attache_generator::generate(&tree, config, &mut diagnostics));
    let generated = generated.filter(|_| !diagnostics.has_errors());
    (generated, diagnostics.into_sorted())
}
