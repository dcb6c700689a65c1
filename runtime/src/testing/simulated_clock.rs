//! A clock whose time passes only while nobody has anything to do.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::transport::BoxFuture;

/// A clock for tests, with the loop that drives it: hours of waiting take no time, and come out the same every time.
///
/// ```
/// use attache_runtime::Clock;
/// use attache_runtime::testing::SimulatedClock;
/// use std::time::Duration;
///
/// let clock = SimulatedClock::new();
/// let begin = clock.now();
/// clock.run(clock.sleep(Duration::from_secs(3600)));
/// assert_eq!(clock.now() - begin, Duration::from_secs(3600));
/// ```
#[derive(Clone)]
pub struct SimulatedClock {
    state: Arc<Mutex<State>>,
}

struct State {
    begun: Instant,
    now: Instant,
    /// By the time they wake at, and in the order in which they went to sleep.
    sleepers: BTreeMap<(Instant, u64), Waker>,
    count: u64,
}

impl SimulatedClock {
    /// Begins at some time.
    pub fn new() -> Self {
        let now = Instant::now();
        Self {
            state: Arc::new(Mutex::new(State {
                begun: now,
                now,
                sleepers: BTreeMap::new(),
                count: 0,
            })),
        }
    }

    /// Returns how much time has passed.
    pub fn elapsed(&self) -> Duration {
        let state = self.state();
        state.now - state.begun
    }

    /// Runs a future to its end; whenever it waits for nothing but time, the time moves on to the next sleeper.
    ///
    /// # Panics
    /// When it waits for something that no sleeper brings about.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(flag.clone());
        let mut context = Context::from_waker(&waker);
        loop {
            while flag.0.swap(false, Ordering::AcqRel) {
                if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                    return value;
                }
            }
            assert!(self.skip(), "nothing is left that could wake the future");
        }
    }

    /// Runs several futures at once, each beginning when its turn comes, and returns what they come to, in their order.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    pub fn run_all<T>(&self, futures: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
        let futures = futures.into_iter().map(Box::pin);
        let mut open: Vec<_> = futures.map(|future| (Some(future), None)).collect();
        let mut left = open.len();
        // Each is polled when it has been woken itself, since there may be thousands.
        let mut turns: Vec<Arc<Turn>> = Vec::new();
        self.run(poll_fn(|context| {
            if turns.is_empty() {
                let turn = |_| Turn::new(context.waker().clone());
                turns = (0..left).map(turn).collect();
            }
            for ((future, outcome), turn) in open.iter_mut().zip(&turns) {
                let Some(running) = future else {
                    continue;
                };
                if !turn.has_come.swap(false, Ordering::AcqRel) {
                    continue;
                }
                let waker = Waker::from(turn.clone());
                if let Poll::Ready(value) = running.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    *outcome = Some(value);
                    *future = None;
                    left -= 1;
                }
            }
            match left {
                0 => Poll::Ready(()),
                _ => Poll::Pending,
            }
        }));
        open.into_iter()
            .filter_map(|(_, outcome)| outcome)
            .collect()
    }

    /// Moves on to the next sleeper; false where there is none.
    fn skip(&self) -> bool {
        let mut state = self.state();
        let Some(((time, _), waker)) = state.sleepers.pop_first() else {
            return false;
        };
        state.now = state.now.max(time);
        drop(state);
        waker.wake();
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether one of several futures has been woken.
struct Turn {
    has_come: AtomicBool,
    all: Waker,
}

impl Turn {
    fn new(all: Waker) -> Arc<Self> {
        Arc::new(Turn {
            has_come: AtomicBool::new(true),
            all,
        })
    }
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.has_come.store(true, Ordering::Release);
        self.all.wake_by_ref();
    }
}

impl Default for SimulatedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for SimulatedClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedClock").finish_non_exhaustive()
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Instant {
        self.state().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.state();
        state.count += 1;
        // What no clock reaches is as good as a century.
        let century = Duration::from_secs(100 * 365 * 86_400);
        let until = state.now + duration.min(century);
        Box::pin(Sleep {
            clock: self.clone(),
            key: (until, state.count),
        })
    }
}

struct Sleep {
    clock: SimulatedClock,
    key: (Instant, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if state.now >= self.key.0 {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

/// A sleeper that is given up no longer moves the time.
impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.state().sleepers.remove(&self.key);
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}
