//! A body that is read piece by piece, by whoever waits for it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use crate::clock::Clock;
use crate::error::FailureKind;
use crate::transport::{BoxFuture, Bytes, ResponseBody};

/// The pieces of a body, none of which may take longer than the idle limit.
///
/// Nothing is read ahead: who takes no piece makes the server wait.
pub(crate) struct Arriving {
    body: ResponseBody,
    clock: Arc<dyn Clock>,
    idle: Duration,
    limit: Option<BoxFuture<'static, ()>>,
}

impl Arriving {
    pub(crate) fn new(body: ResponseBody, clock: Arc<dyn Clock>, idle: Duration) -> Self {
        Self {
            body,
            clock,
            idle,
            limit: None,
        }
    }

    /// Sets how long one piece may take.
    pub(crate) fn set_idle(&mut self, idle: Duration) {
        self.idle = idle;
        self.limit = None;
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, FailureKind>>> {
        if let Poll::Ready(piece) = Pin::new(&mut self.body).poll_next(context) {
            self.limit = None;
            return Poll::Ready(piece.map(|piece| piece.map_err(FailureKind::Transport)));
        }
        // The wait is measured from when someone waits: a slow reader is not the server's fault.
        let (clock, idle) = (&self.clock, self.idle);
        let limit = self.limit.get_or_insert_with(|| clock.sleep(idle));
        limit
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(FailureKind::Silent(idle))))
    }
}
