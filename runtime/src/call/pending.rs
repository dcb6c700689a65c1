//! The futures of a call, which decode at the end.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::Call;
use super::arrived::{Arrived, Outcome};
use super::begun::Begun;
use crate::clock::Clock;
use crate::error::{Error, Failure};
use crate::json::DecodeError;
use crate::response::{Answer, Arriving, Download, FromResponse, Response, Undocumented};
use crate::transport::Bytes;

/// What a future decodes at its end; it holds none yet.
type Yields<T> = PhantomData<fn() -> T>;

/// A call that yields what its answer holds.
#[must_use = "a call does nothing until it is awaited"]
pub struct Pending<T, E> {
    call: Begun,
    decoded: Yields<(T, E)>,
}

/// A call that yields its whole response.
#[must_use = "a call does nothing until it is awaited"]
pub struct PendingResponse<T, E, H = ()> {
    call: Begun,
    decoded: Yields<(T, E, H)>,
}

/// A call that yields its answer undecoded, whatever its status.
#[must_use = "a call does nothing until it is awaited"]
pub struct PendingRaw {
    call: Begun,
}

/// A call that yields the body of its answer piece by piece.
#[must_use = "a call does nothing until it is awaited"]
pub struct PendingDownload<E> {
    call: Begun,
    reading: Option<(Arc<dyn Clock>, Duration)>,
    documented: PhantomData<fn() -> E>,
}

impl<T, E> Pending<T, E> {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call: Begun::new(call),
            decoded: PhantomData,
        }
    }

    pub(crate) fn begun(&self) -> &Begun {
        &self.call
    }
}

impl<T, E, H> PendingResponse<T, E, H> {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call: Begun::new(call),
            decoded: PhantomData,
        }
    }

    pub(crate) fn begun(&self) -> &Begun {
        &self.call
    }
}

impl PendingRaw {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call: Begun::new(call),
        }
    }

    pub(crate) fn begun(&self) -> &Begun {
        &self.call
    }
}

impl<E> PendingDownload<E> {
    pub(super) fn new(call: Call) -> Self {
        let idle = call.settled().timeout;
        let clock = call.client.shared().clock.clone();
        Self {
            call: Begun::new(call),
            reading: Some((clock, idle)),
            documented: PhantomData,
        }
    }
}

impl<E: FromResponse> Future for PendingDownload<E> {
    type Output = Result<Download<E>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let arrival = ready!(self.call.poll(context, false));
        let arrival = arrival.map_err(|failure| Error::new(*failure, None))?;
        let Arrived { answer, body } = *arrival;
        Poll::Ready(match (body, self.reading.take()) {
            (Some(body), Some((clock, idle))) => {
                Ok(Download::new(answer, Arriving::new(body, clock, idle)))
            }
            _ => Err(Error::refused(answer)),
        })
    }
}

impl<T: FromResponse, E: FromResponse> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = match ready!(arrived(&mut self.call, context)) {
            Ok(answer) => answer,
            Err(unsuccessful) => return Poll::Ready(Err(unsuccessful.into_error())),
        };
        Poll::Ready(match T::from_response(&answer) {
            Some(Ok(body)) => Ok(body),
            failed => Err(unread(answer, failed.and_then(Result::err)).into_error()),
        })
    }
}

impl<T: FromResponse, E: FromResponse, H> Future for PendingResponse<T, E, H> {
    type Output = Result<Response<T, H>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(self.call.poll(context, true));
        Poll::Ready(decode(answer(outcome)))
    }
}

impl Future for PendingRaw {
    type Output = Result<Response<Bytes>, Error<Undocumented>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(self.call.poll(context, true));
        Poll::Ready(match answer(outcome) {
            Ok(answer) => {
                let body = answer.body().clone();
                Ok(Response::new(answer, body))
            }
            Err(failure) => Err(Error::new(*failure, None)),
        })
    }
}

fn answer(outcome: Outcome) -> Result<Answer, Box<Failure>> {
    outcome.map(|arrived| arrived.answer)
}

/// Decodes an answer: the success type for a status of 2xx, the error type for any other.
pub(crate) fn decode<T: FromResponse, E: FromResponse, H>(
    outcome: Result<Answer, Box<Failure>>,
) -> Result<Response<T, H>, Error<E>> {
    let answer = successful(outcome).map_err(Unsuccessful::into_error)?;
    match T::from_response(&answer) {
        Some(Ok(body)) => Ok(Response::new(answer, body)),
        failed => Err(unread(answer, failed.and_then(Result::err)).into_error()),
    }
}

/// The answer of a success, once it is there.
fn arrived(call: &mut Begun, context: &mut Context<'_>) -> Poll<Result<Answer, Unsuccessful>> {
    call.poll(context, true)
        .map(|outcome| successful(answer(outcome)))
}

/// Why a call has no body; what of it depends on the documented errors is compiled for those alone.
enum Unsuccessful {
    Failed(Box<Failure>),
    Refused(Answer),
}

impl Unsuccessful {
    fn into_error<E: FromResponse>(self) -> Error<E> {
        match self {
            Unsuccessful::Failed(failure) => Error::new(*failure, None),
            Unsuccessful::Refused(answer) => Error::refused(answer),
        }
    }
}

/// The answer of a success, not decoded yet.
fn successful(outcome: Result<Answer, Box<Failure>>) -> Result<Answer, Unsuccessful> {
    let answer = outcome.map_err(Unsuccessful::Failed)?;
    match answer.is_success() {
        true => Ok(answer),
        false => Err(Unsuccessful::Refused(answer)),
    }
}

/// A success that cannot be decoded, or whose body the description does not know.
#[cold]
fn unread(answer: Answer, error: Option<DecodeError>) -> Unsuccessful {
    let failure = match error {
        Some(error) => Failure::unreadable(answer, error),
        None => Failure::undescribed(answer),
    };
    Unsuccessful::Failed(Box::new(failure))
}

macro_rules! opaque_debug {
    ($($name:ident $(<$($parameter:ident),*>)?)*) => {$(
        impl $(<$($parameter),*>)? fmt::Debug for $name $(<$($parameter),*>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

opaque_debug! { Pending<T, E> PendingResponse<T, E, H> PendingRaw PendingDownload<E> }
