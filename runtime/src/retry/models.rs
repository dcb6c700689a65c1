use loom::thread;

use super::Budget;
use crate::sync::Arc;

/// Retries and successes at the same time: nothing is paid twice, nothing is lost, and the capacity holds.
#[test]
fn tokens_are_conserved() {
    loom::model(|| {
        let budget = Arc::new(Budget::new(20));
        let retry = |budget: &Arc<Budget>| {
            let budget = budget.clone();
            thread::spawn(move || u32::from(budget.take(14)))
        };
        let retries = [retry(&budget), retry(&budget)];
        budget.give(3);
        let taken: u32 = retries.map(|it| it.join().unwrap()).iter().sum();
        assert_eq!(taken, 1, "there are tokens for one");
        // What was given before anything was taken is above the capacity.
        assert!([6, 9].contains(&budget.left()), "{}", budget.left());
    });
}
