//! A call that begins when it is awaited.

use std::task::{Context, Poll};
use std::time::Duration;

use super::Call;
use super::arrived::Outcome;
use super::path::carry_out;
use crate::transport::BoxFuture;

/// A call, and from its first poll on the future that carries it out.
pub(crate) enum Begun {
    /// None only while it begins.
    Waiting(Option<Call>),
    Running(BoxFuture<'static, Outcome>),
}

impl Begun {
    pub(super) fn new(call: Call) -> Self {
        Begun::Waiting(Some(call))
    }

    /// Goes on with the call: to the end of its answer, or to the head of a success where that is not `whole`.
    pub(super) fn poll(&mut self, context: &mut Context<'_>, whole: bool) -> Poll<Outcome> {
        if let Begun::Waiting(call) = self
            && let Some(call) = call.take()
        {
            *self = Begun::Running(Box::pin(carry_out(call, whole)));
        }
        match self {
            Begun::Running(outcome) => outcome.as_mut().poll(context),
            Begun::Waiting(_) => Poll::Pending,
        }
    }

    /// How long the call would have to wait for its quotas; one that has begun does so by itself.
    pub(crate) fn quota_wait(&self) -> Duration {
        let Begun::Waiting(Some(call)) = self else {
            return Duration::ZERO;
        };
        let shared = call.client.shared();
        let Some(limiter) = &shared.limiter else {
            return Duration::ZERO;
        };
        let buckets = limiter.buckets(&call.operation, &call.station.bucket, call.settled().weight);
        buckets.wait(shared.clock.now())
    }

    /// What wakes a task after a time, by the clock of the call's client.
    pub(crate) fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match self {
            Begun::Waiting(Some(call)) => call.client.shared().clock.sleep(duration),
            _ => Box::pin(std::future::ready(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::carry_out;
    use crate::call::OperationMeta;
    use crate::client::{ApiMeta, ClientBuilder};
    use crate::transport::replay::Replay;

    static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
    static GET: OperationMeta = OperationMeta::new("getParcels", "GET", "/parcels");

    /// The allocator of glibc keeps no more than that at hand.
    #[test]
    fn a_call_is_small() {
        let builder = ClientBuilder::new(&API).transport(Replay::new());
        let client = builder.build().expect("the settings are valid");
        let call = client.call(&GET);
        let size = size_of_val(&carry_out(call, true));
        assert!(size <= 1_032, "{size} bytes");
    }
}
