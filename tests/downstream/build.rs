//! Generates the client of the parcels API, with the operations that this program calls.

fn main() {
    attache_generator::Builder::new("../../specs/parcels/openapi.yaml")
        .name("parcels")
        .tag("parcels")
        .operation("listDepots")
        .generate()
        .unwrap();
}
