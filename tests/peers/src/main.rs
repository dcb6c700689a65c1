//! What a call costs in the runtimes of other clients, beside a transport that answers at once: nanoseconds, the best of
//! several runs, and allocations, measured as `tests/bench/benches/call.rs` does for the own runtime.

mod azure;
mod smithy;

use attache_allocations::{Counting, finish};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let _guard = runtime.as_ref().expect("a runtime").enter();
    smithy::measure();
    azure::measure();
}

/// Prints time and allocations of one turn: `smithy 9800 59.00`.
fn report(name: &str, turn: impl FnMut()) {
    let (time, allocations) = ALLOCATOR.measure(turn);
    println!("{name} {} {allocations:.2}", time.as_nanos());
}
