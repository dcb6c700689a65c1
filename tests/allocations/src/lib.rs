//! An allocator that counts, for measurements.
//!
//! It is the one place with unsafe code, since no allocator can do without: it hands everything to the system's as it
//! is.
//!
//! ```
//! #[global_allocator]
//! static ALLOCATOR: attache_allocations::Counting = attache_allocations::Counting::new();
//!
//! let before = ALLOCATOR.count();
//! drop(Box::new(1));
//! assert!(ALLOCATOR.count() > before);
//! ```

mod turns;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

pub use turns::{Cost, finish};

/// Counts what is asked of the system's allocator.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl Counting {
    /// Begins at nothing.
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// Returns how often memory has been asked for, growing included.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

// SAFETY: each method does what the system's allocator does, and touches nothing of what it is given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add();
        // SAFETY: the caller keeps the contract of this method, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.add();
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.add();
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
