//! Decodes 10 MB into generated types and into derived ones: `cargo xtask bench decode` compares the two.
#![allow(
    missing_docs,
    reason = "the macros of criterion write functions without docs"
)]

use std::hint::black_box;
use std::time::Duration;

use attache_bench::{derived, documents, generated};
use attache_runtime::json::{self, Blank, Decode};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde::de::DeserializeOwned;

const BYTES: usize = 10_000_000;

fn decode(criterion: &mut Criterion) {
    compare::<generated::Issue, derived::Issue>(criterion, "issues", &documents::issues(BYTES));
    compare::<generated::Event, derived::Event>(criterion, "events", &documents::events(BYTES));
    compare::<generated::Reference, derived::Reference>(
        criterion,
        "references",
        &documents::references(BYTES),
    );
}

fn compare<G: Blank + Decode, D: DeserializeOwned>(
    criterion: &mut Criterion,
    name: &str,
    document: &str,
) {
    let text = document.as_bytes();
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    group.bench_function(BenchmarkId::from_parameter("generated"), |bencher| {
        bencher
            .iter_with_large_drop(|| json::from_slice::<Vec<G>>(black_box(text)).expect("it fits"));
    });
    group.bench_function(BenchmarkId::from_parameter("derived"), |bencher| {
        bencher.iter_with_large_drop(|| {
            serde_json::from_slice::<Vec<D>>(black_box(text)).expect("it fits")
        });
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
