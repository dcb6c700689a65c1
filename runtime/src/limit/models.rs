use loom::thread;

use super::Quota;
use super::bucket::Bucket;
use crate::sync::Arc;

/// Requests that ask at the same time get places one after the other.
#[test]
fn no_place_is_given_twice() {
    loom::model(|| {
        let bucket = Arc::new(Bucket::new(Some(Quota::per_second(1.0, 2))));
        let ask = |bucket: &Arc<Bucket>| {
            let bucket = bucket.clone();
            thread::spawn(move || bucket.reserve(0, 1) / 1_000_000_000)
        };
        let others = [ask(&bucket), ask(&bucket)];
        let own = bucket.reserve(0, 1) / 1_000_000_000;
        let mut waits: Vec<u64> = others.map(|it| it.join().unwrap()).to_vec();
        waits.push(own);
        waits.sort_unstable();
        assert_eq!(waits, [0, 0, 1]);
    });
}

/// A server that closes the bucket is heeded by whoever asks afterwards.
#[test]
fn closing_is_seen() {
    loom::model(|| {
        let bucket = Arc::new(Bucket::new(Some(Quota::per_second(1.0, 2))));
        let closing = bucket.clone();
        let closing = thread::spawn(move || closing.close(5_000_000_000));
        bucket.reserve(0, 1);
        closing.join().unwrap();
        assert!(bucket.wait(0, 1) >= 5_000_000_000);
    });
}
