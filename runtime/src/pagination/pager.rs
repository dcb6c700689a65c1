//! The state of a walk through pages; the same for all operations.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::Continuation;
use super::outline::Outline;
use super::position::Position;
use super::scheme::{Pagination, Step, Target};
use crate::call::{self, Call, carry_out};
use crate::error::{Failure, FailureKind};
use crate::response::Answer;
use crate::transport::{BoxFuture, Url};

type Outcome = Result<Answer, Box<Failure>>;

/// Fetches one page after the other.
pub(super) struct Pager {
    call: Call,
    scheme: &'static Pagination,
    /// The page that is fetched next, or is being fetched.
    number: u64,
    position: Option<Position>,
    state: State,
    /// The positions so far, by their fingerprints.
    seen: HashSet<u64>,
    /// The body of the last page, by its fingerprint.
    last_body: Option<u64>,
    /// The number and the position of the page that arrived last.
    arrived: (u64, Option<Position>),
    /// The address of the page that is fetched, where the next one is an address too.
    address: Option<Url>,
    /// How many pages may still be fetched.
    left: u64,
}

enum State {
    /// The next page can be fetched.
    Ready,
    Fetching(BoxFuture<'static, call::Outcome>),
    /// The next page cannot be fetched.
    Blocked(String),
    /// The last page has arrived.
    Ended,
    Failed,
}

impl Pager {
    pub(super) fn new(call: Call, scheme: &'static Pagination) -> Self {
        let position = Position::of_call(&call, scheme);
        Self {
            seen: position.iter().map(Position::fingerprint).collect(),
            call,
            scheme,
            number: 1,
            position: None,
            state: State::Ready,
            last_body: None,
            arrived: (1, None),
            address: None,
            left: u64::MAX,
        }
    }

    pub(super) fn limit(&mut self, pages: u64) {
        self.left = pages;
    }

    pub(super) fn resume(&mut self, from: Continuation) {
        let operation = self.call.operation().id();
        if from.operation != operation {
            self.state = State::Blocked(format!(
                "the continuation is of the operation {}, not of {operation}",
                from.operation
            ));
            return;
        }
        self.number = from.page;
        self.seen = from.position.iter().map(Position::fingerprint).collect();
        self.position = from.position;
    }

    /// Where the page begins that comes next; nothing after the last.
    pub(super) fn continuation(&self) -> Option<Continuation> {
        match self.state {
            State::Ended => None,
            _ => Some(self.place(self.number, self.position.clone())),
        }
    }

    /// The same, but nothing where it is known already that the page cannot be fetched.
    pub(super) fn next_place(&self) -> Option<Continuation> {
        match self.state {
            State::Blocked(_) => None,
            _ => self.continuation(),
        }
    }

    /// Where the page begins that arrived last.
    pub(super) fn beginning(&self) -> Continuation {
        let (number, position) = self.arrived.clone();
        self.place(number, position)
    }

    /// The number of the page that comes next.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Ends with the page that arrived last, which turned out to be none; its position is kept.
    pub(super) fn fail(&mut self) {
        if !matches!(self.state, State::Failed) {
            (self.number, self.position) = self.arrived.clone();
            self.state = State::Failed;
        }
    }

    /// The next page, or why there is none; nothing at the end.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome>> {
        loop {
            match &mut self.state {
                State::Ended | State::Failed => return Poll::Ready(None),
                State::Blocked(reason) => {
                    let reason = std::mem::take(reason);
                    return Poll::Ready(Some(Err(self.refusal(reason))));
                }
                State::Ready if self.left == 0 => return Poll::Ready(None),
                State::Ready => match self.next_call() {
                    Ok(call) => self.state = State::Fetching(Box::pin(carry_out(call, true))),
                    Err(reason) => self.state = State::Blocked(reason),
                },
                State::Fetching(pending) => {
                    let outcome = ready!(pending.as_mut().poll(context));
                    let outcome = outcome.map(|arrived| arrived.answer);
                    return Poll::Ready(Some(self.arrived(outcome)));
                }
            }
        }
    }

    fn place(&self, page: u64, position: Option<Position>) -> Continuation {
        Continuation {
            operation: self.call.operation().id().to_owned(),
            page,
            position,
        }
    }

    fn next_call(&mut self) -> Result<Call, String> {
        let mut call = self.call.clone();
        if let Some(position) = &self.position {
            position.apply(&mut call, self.scheme)?;
        }
        if self.scheme.follows_addresses() {
            let address = call.url()?;
            let own = Position::Url(address.as_str().to_owned());
            self.seen.insert(own.fingerprint());
            self.address = Some(address);
        }
        Ok(call)
    }

    /// Takes an answer in, and finds out what comes after it.
    fn arrived(&mut self, outcome: Outcome) -> Outcome {
        self.state = State::Failed;
        let answer = outcome?;
        if !answer.is_success() {
            return Ok(answer);
        }
        if let Some(reason) = self.repeats(&answer) {
            return Err(Box::new(Failure::paging(answer, reason)));
        }
        self.state = State::Ended;
        self.arrived = (self.number, self.position.clone());
        self.left = self.left.saturating_sub(1);
        let given = Position::of_call(&self.call, self.scheme);
        let current = self.position.as_ref().or(given.as_ref());
        if self.scheme.reads_body() && !Outline::of(answer.body()).is_json() {
            let reason = "the answer is no JSON, so nobody knows where the next page begins";
            self.state = State::Blocked(reason.to_owned());
        } else if let Some(next) = Position::after(&answer, self.scheme, current) {
            self.number += 1;
            self.go_on(next);
        }
        Ok(answer)
    }

    /// Makes a position the next one, unless it leads astray.
    fn go_on(&mut self, mut next: Position) {
        let mut refusal = None;
        if let (Position::Url(url), Some(address)) = (&mut next, &self.address) {
            match address.follow(url) {
                Ok(whole) => *url = whole.as_str().to_owned(),
                Err(reason) => refusal = Some(reason),
            }
        }
        if refusal.is_none() && !self.seen.insert(next.fingerprint()) {
            refusal = Some(self.loop_reason(&next));
        }
        self.state = refusal.map_or(State::Ready, State::Blocked);
        self.position = Some(next);
    }

    /// Whether a page that was asked for by number is the one before once more.
    fn repeats(&mut self, answer: &Answer) -> Option<String> {
        if !matches!(self.scheme.step, Step::Offset(_) | Step::Page(_)) {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        let body: &[u8] = answer.body();
        body.hash(&mut hasher);
        let fingerprint = Some(hasher.finish());
        let before = std::mem::replace(&mut self.last_body, fingerprint);
        (before == fingerprint).then(|| {
            let name = match self.scheme.target {
                Target::Parameter(index) => self.call.parameter_name(index),
                Target::Body(pointer) => pointer,
                Target::None => "the position",
            };
            format!("it is the page before once more, so the server does not heed {name:?}")
        })
    }

    fn loop_reason(&self, next: &Position) -> String {
        let what = match next {
            Position::Token(_) => "token",
            Position::Number(_) => "number",
            Position::Url(_) => "address",
        };
        format!(
            "the server gave the same {what} for it as for a page before, which would never end"
        )
    }

    fn refusal(&mut self, reason: String) -> Box<Failure> {
        self.state = State::Failed;
        let kind = FailureKind::Paging(reason);
        Box::new(Failure::new(
            self.call.operation().clone(),
            kind,
            0,
            Duration::ZERO,
        ))
    }
}
