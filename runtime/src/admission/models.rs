use loom::future::block_on;
use loom::thread;

use super::{Admission, Gate, Priority};
use crate::sync::Arc;

/// A permit goes from one call to the next, and comes back at the end, also from one that gives up while it waits.
#[test]
fn permits_are_conserved() {
    loom::model(|| {
        let gate = Arc::new(Gate::new(Admission::at_once(1)));
        let other = gate.clone();
        let other = thread::spawn(move || {
            let entering = other
                .enter(Priority::Normal)
                .expect("there is room to wait");
            drop(block_on(entering));
        });
        // Asks, and gives up at once.
        drop(gate.enter(Priority::Interactive));
        let entering = gate.enter(Priority::Normal).expect("there is room to wait");
        drop(block_on(entering));
        other.join().unwrap();
        assert_eq!((gate.free(), gate.waiting()), (1, 0));
    });
}
