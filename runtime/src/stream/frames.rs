//! The frames of one call, over all the connections that it takes.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::framing::{Frame, Framing};
use super::meta::StreamMeta;
use crate::call::{Arrived, Call, Outcome};
use crate::error::{Failure, FailureKind};
use crate::response::{Answer, Arriving};
use crate::transport::{BoxFuture, TransportError, TransportErrorKind};

/// How long nothing may come: five minutes, since servers are quiet while nothing happens.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
/// How long to wait before connecting again, unless the server says otherwise.
const RETRY: Duration = Duration::from_secs(3);

pub(super) struct Frames {
    call: Call,
    meta: &'static StreamMeta,
    state: State,
    ready: VecDeque<Frame>,
    last_event_id: Option<String>,
    idle: Duration,
    retry: Duration,
    reconnects: u32,
}

enum State {
    New,
    Connecting(BoxFuture<'static, Outcome>),
    Reading(Box<Reading>),
    Waiting(BoxFuture<'static, ()>),
    Over,
}

struct Reading {
    answer: Answer,
    arriving: Arriving,
    framing: Framing,
    limit: usize,
}

/// What the caller of a stream is to be told next.
pub(super) enum Next {
    /// A frame, the answer it is part of, and whether it is an event.
    Frame(Frame, Answer, bool),
    Refused(Answer),
    Failed(Box<Failure>),
}

impl Frames {
    pub(super) fn new(mut call: Call, meta: &'static StreamMeta) -> Self {
        call.prepare_stream(meta.accept, meta.flag);
        Self {
            call,
            meta,
            state: State::New,
            ready: VecDeque::new(),
            last_event_id: None,
            idle: IDLE_TIMEOUT,
            retry: RETRY,
            reconnects: 0,
        }
    }

    pub(super) fn set_idle(&mut self, idle: Duration) {
        self.idle = idle;
    }

    pub(super) fn set_reconnects(&mut self, reconnects: u32) {
        self.reconnects = reconnects;
    }

    pub(super) fn set_last_event_id(&mut self, id: String) {
        self.last_event_id = Some(id);
    }

    pub(super) fn last_event_id(&self) -> Option<&str> {
        self.last_event_id.as_deref().filter(|id| !id.is_empty())
    }

    /// Ends the stream, whatever is still to come.
    pub(super) fn close(&mut self) {
        self.state = State::Over;
        self.ready.clear();
    }

    pub(super) async fn next(&mut self) -> Option<Next> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Next>> {
        loop {
            match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::New => self.state = self.connect(),
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    self.state = self.connect();
                }
                State::Connecting(arrival) => match ready!(arrival.as_mut().poll(context)) {
                    Ok(arrived) => {
                        let Arrived { answer, body } = *arrived;
                        let Some(body) = body else {
                            self.state = State::Over;
                            return Poll::Ready(Some(Next::Refused(answer)));
                        };
                        let (clock, limit) = self.call.for_reading();
                        let framing = Framing::of(answer.media_type(), self.meta.accept);
                        let arriving = Arriving::new(body, clock, self.idle);
                        self.state = State::Reading(Box::new(Reading {
                            answer,
                            arriving,
                            framing,
                            limit,
                        }));
                    }
                    Err(failure) => {
                        self.state = State::Over;
                        match failure.is_retryable().then(|| self.reconnect()).flatten() {
                            Some(state) => self.state = state,
                            None => return Poll::Ready(Some(Next::Failed(failure))),
                        }
                    }
                },
                State::Reading(reading) => {
                    if let Some(frame) = self.ready.pop_front() {
                        let (answer, is_event) =
                            (reading.answer.clone(), reading.framing.is_events());
                        if let Some(frame) = self.take(frame) {
                            return Poll::Ready(Some(Next::Frame(frame, answer, is_event)));
                        }
                        continue;
                    }
                    match ready!(reading.poll(&mut self.ready, context)) {
                        Ok(true) => {}
                        // What ends as it should ends, when all of it has been taken.
                        Ok(false) if self.ready.is_empty() => self.state = State::Over,
                        Ok(false) => {}
                        Err(kind) => {
                            let answer = reading.answer.clone();
                            match self.reconnect() {
                                Some(state) => self.state = state,
                                None => {
                                    self.state = State::Over;
                                    let failure = Failure::interrupted(answer, kind);
                                    return Poll::Ready(Some(Next::Failed(Box::new(failure))));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn connect(&self) -> State {
        let mut call = self.call.clone();
        if let Some(id) = self.last_event_id() {
            call.extra_header("Last-Event-ID", id);
        }
        State::Connecting(Box::pin(call.begin()))
    }

    /// Waits, to connect again: for a call that may be repeated, as long as there are attempts left.
    fn reconnect(&mut self) -> Option<State> {
        if self.reconnects == 0 || !self.call.is_safe() {
            return None;
        }
        self.reconnects -= 1;
        let (clock, _) = self.call.for_reading();
        Some(State::Waiting(clock.sleep(self.retry)))
    }

    /// Notes what a frame says of the stream; none if it says nothing else.
    fn take(&mut self, frame: Frame) -> Option<Frame> {
        if let Some(id) = &frame.id {
            self.last_event_id = Some(id.clone());
        }
        if let Some(milliseconds) = frame.retry {
            self.retry = Duration::from_millis(milliseconds);
        }
        (!frame.is_empty).then_some(frame)
    }
}

impl Reading {
    /// Reads one piece. False at the end, after which there are no more.
    fn poll(
        &mut self,
        ready: &mut VecDeque<Frame>,
        context: &mut Context<'_>,
    ) -> Poll<Result<bool, FailureKind>> {
        let mut frames = Vec::new();
        let piece = ready!(self.arriving.poll_piece(context)).transpose()?;
        match &piece {
            Some(piece) => self.framing.read(piece, &mut frames),
            None => self.framing.finish(&mut frames),
        }
        ready.extend(frames);
        if self.framing.held() > self.limit {
            let message = format!("one value of the stream has more than {} bytes", self.limit);
            let kind = TransportErrorKind::BodyTooLarge;
            return Poll::Ready(Err(FailureKind::Transport(TransportError::new(
                kind, message,
            ))));
        }
        Poll::Ready(Ok(piece.is_some()))
    }
}
