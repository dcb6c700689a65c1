//! What a call costs in the runtimes of other clients, beside a transport that answers at once: nanoseconds, the best of
//! several runs, and allocations, measured as `tests/bench/benches/call.rs` does for the own runtime.

mod azure;
mod smithy;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use attache_allocations::Counting;

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

/// What is here never waits.
fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// Prints time and allocations of one turn: `smithy 9800 59.00`.
fn report(name: &str, mut turn: impl FnMut()) {
    const TURNS: u32 = 100_000;
    let mut best = Duration::MAX;
    let mut allocations = 0.0;
    for _ in 0..7 {
        let before = ALLOCATOR.count();
        let begun = Instant::now();
        (0..TURNS).for_each(|_| turn());
        best = best.min(begun.elapsed() / TURNS);
        let made = ALLOCATOR.count() - before;
        allocations = made as f64 / f64::from(TURNS);
    }
    println!("{name} {} {allocations:.2}", best.as_nanos());
}
