//! What a call costs in the runtimes of other clients, beside a transport that answers at once: nanoseconds in the best
//! window, and allocations, measured as `tests/bench/benches/call.rs` does for the own runtime.

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
fn report(name: &str, mut turn: impl FnMut()) {
    let [cost] = ALLOCATOR.measure([&mut turn]);
    println!("{name} {} {:.2}", cost.time.as_nanos(), cost.allocations);
}
