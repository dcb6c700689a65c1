//! A stream of typed values.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::frames::{Frames, Next};
use super::framing::Frame;
use super::meta::{EventShape, StreamMeta};
use crate::call::Call;
use crate::error::{Error, Failure};
use crate::json::{self, Blank, Decode, Json, JsonObject, to_vec};
use crate::response::{Answer, FromResponse};

/// What marks the end of a stream whose data is JSON.
const DONE: &[u8] = b"[DONE]";

/// The values that a server sends one after the other, each as soon as it is there.
///
/// The request is sent when the first value is asked for. A value that cannot be read is an error
/// that has its bytes as [`body`](Error::body); the values after it still come. Any other error is
/// the last item. Dropping the stream closes the connection.
///
/// ```
/// # use attache_runtime::stream::EventStream;
/// # use attache_runtime::{Error, Json, Undocumented};
/// async fn follow(mut events: EventStream<Json, Undocumented>) -> Result<(), Error<Undocumented>> {
///     while let Some(event) = events.next().await {
///         println!("{}", event?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "a stream does nothing until it is asked for values"]
pub struct EventStream<T, E> {
    frames: Frames,
    shape: EventShape,
    decoded: PhantomData<fn() -> (T, E)>,
}

impl<T, E> EventStream<T, E> {
    pub(crate) fn new(call: Call, meta: &'static StreamMeta) -> Self {
        Self {
            frames: Frames::new(call, meta),
            shape: meta.shape,
            decoded: PhantomData,
        }
    }

    /// Limits how long the server may send nothing at all, comments included; the default is five minutes.
    ///
    /// How long the answer may take to begin is limited by the timeout of the call.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.frames.set_idle(timeout);
        self
    }

    /// Connects again, so many times at most, when the connection breaks; without, that is an error.
    ///
    /// The server is told the id of the last event, as `Last-Event-ID`, and waited for as long as it asks, or three
    /// seconds. Requests that may change something (other than GET, HEAD, OPTIONS, TRACE and QUERY) are never repeated.
    pub fn reconnect(mut self, times: u32) -> Self {
        self.frames.set_reconnects(times);
        self
    }

    /// Begins after the event with this id, as saved from [`last_event_id`](Self::last_event_id).
    pub fn resume_after(mut self, id: impl Into<String>) -> Self {
        self.frames.set_last_event_id(id.into());
        self
    }

    /// Returns the id of the last event that had one, with which a later stream can resume.
    pub fn last_event_id(&self) -> Option<&str> {
        self.frames.last_event_id()
    }
}

impl<T: Blank + Decode, E: FromResponse> EventStream<T, E> {
    /// Waits for the next value; none at the end.
    ///
    /// # Errors
    /// The request was refused or did not get through, the connection broke, or the value is not what the API describes.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        let next = self.frames.next().await?;
        self.item(next)
    }

    fn item(&mut self, next: Next) -> Option<Result<T, Error<E>>> {
        Some(match next {
            Next::Failed(failure) => Err(Error::new(*failure, None)),
            Next::Refused(answer) => Err(Error::refused(answer)),
            Next::Frame(frame, _, true) if self.shape == EventShape::Json && is_done(&frame) => {
                self.frames.close();
                return None;
            }
            Next::Frame(frame, answer, is_event) => {
                let document = match is_event {
                    true => document(&frame, self.shape),
                    false => None,
                };
                let text = document.as_deref().unwrap_or(&frame.data);
                json::from_slice(text).map_err(|error| unreadable(answer, frame.data, error))
            }
        })
    }
}

impl<T: Blank + Decode, E: FromResponse> Stream for EventStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.frames.poll_next(context));
        Poll::Ready(next.and_then(|next| self.item(next)))
    }
}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}

fn unreadable<E>(mut answer: Answer, data: Vec<u8>, error: json::DecodeError) -> Error<E> {
    answer.set_body(data.into());
    Error::new(Failure::unreadable(answer, error), None)
}

fn is_done(frame: &Frame) -> bool {
    frame.data.trim_ascii() == DONE
}

/// The JSON that an event stands for, where it is not just its data.
fn document(frame: &Frame, shape: EventShape) -> Option<Vec<u8>> {
    let text = || Json::from(String::from_utf8_lossy(&frame.data).into_owned());
    let data = match shape {
        EventShape::Json => return None,
        EventShape::Text => return Some(to_vec(&text())),
        EventShape::Event => Json::from_slice(&frame.data).unwrap_or_else(|_| text()),
        EventShape::EventOfText => text(),
    };
    let mut event = JsonObject::new();
    event.insert("data", data);
    if let Some(name) = &frame.event {
        event.insert("event", name.as_str());
    }
    if let Some(id) = &frame.id {
        event.insert("id", id.as_str());
    }
    if let Some(retry) = frame.retry.and_then(|retry| i64::try_from(retry).ok()) {
        event.insert("retry", retry);
    }
    Some(to_vec(&Json::Object(event)))
}
