//! Generated text is Rust that other tools read as we meant it.

use attache_tests::client::{Client, crate_config};
use attache_tests::corpus;
use attache_tests::folder::root;
use quote::ToTokens;

/// Descriptions of every version, with names and words of every kind.
const REAL: [&str; 5] = [
    "box.json",
    "amazon-sp-orders-v0.json",
    "train-travel/openapi.yaml",
    "redocly-cafe-3.2.yaml",
    "qdrant.json",
];

/// A printer that shares no code with ours puts the same tokens on paper: nothing is hidden in a comment, cut off by a
/// quote, or read in another way than it is written.
#[test]
fn every_page_survives_another_printer() {
    let own = ["parcels", "names"].map(|name| root().join(format!("specs/{name}/openapi.yaml")));
    let real = REAL.into_iter().filter_map(corpus::document);
    for description in own.into_iter().chain(real) {
        let client = Client::of_file(&description, &crate_config());
        assert!(client.generated.is_some(), "{}", description.display());
        for (path, text) in client.files().filter(|(path, _)| path.ends_with(".rs")) {
            let place = format!("{}: {path}", description.display());
            let page = syn::parse_file(text).unwrap_or_else(|error| panic!("{place}: {error}"));
            let printed = prettyplease::unparse(&page);
            let again =
                syn::parse_file(&printed).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert!(tokens(&page) == tokens(&again), "{place}");
        }
    }
}

/// Without commas, which printers put at the end of lists as they like.
fn tokens(page: &syn::File) -> String {
    page.to_token_stream().to_string().replace(" ,", "")
}
