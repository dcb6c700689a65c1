//! Generates the client of a description with each type of security scheme.

fn main() {
    attache_generator::Builder::new("openapi.yaml")
        .name("schemes")
        .generate()
        .unwrap();
}
