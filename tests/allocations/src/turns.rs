//! Turns of what is measured: the time of the best window, and the allocations of each.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use crate::Counting;

/// Turns of a window: about a thousandth of a second, so that some windows fall between what else the machine does.
const TURNS: u32 = 1_000;
/// How long all of them are measured: machines that are shared are slower by half for seconds at a time.
const TIME: Duration = Duration::from_secs(10);

/// What one turn takes: the best of its windows, and the allocations of each turn.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Time of one turn in the best window.
    pub time: Duration,
    /// Allocations of one turn, over all windows.
    pub allocations: f64,
}

/// Runs a future that never waits.
///
/// # Panics
/// When it does.
pub fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

impl Counting {
    /// Returns the costs of turns, which are measured alternately, so that they meet the same phases of the machine.
    pub fn measure<const N: usize>(&self, mut turns: [&mut dyn FnMut(); N]) -> [Cost; N] {
        let mut best = [Duration::MAX; N];
        let mut made = [0; N];
        let mut windows = 0;
        let begun = Instant::now();
        while windows == 0 || begun.elapsed() < TIME {
            windows += 1;
            for (index, turn) in turns.iter_mut().enumerate() {
                let before = self.count();
                let begun = Instant::now();
                (0..TURNS).for_each(|_| turn());
                best[index] = best[index].min(begun.elapsed() / TURNS);
                made[index] += self.count() - before;
            }
        }
        std::array::from_fn(|index| Cost {
            time: best[index],
            allocations: made[index] as f64 / (f64::from(TURNS) * f64::from(windows)),
        })
    }
}
