//! Generates the client of the issues API, whose types are measured.

fn main() {
    attache_generator::Builder::new("../../specs/issues/openapi.yaml")
        .name("issues")
        .generate()
        .unwrap();
}
