//! The table of a stream.

/// What a call needs to know of the stream that an operation can answer with.
///
/// ```
/// use attache_runtime::stream::{EventShape, StreamMeta};
///
/// static TOKENS: StreamMeta = StreamMeta::new("text/event-stream", EventShape::Json).flag("stream");
/// ```
#[derive(Debug)]
pub struct StreamMeta {
    pub(super) accept: &'static str,
    pub(super) shape: EventShape,
    pub(super) flag: &'static str,
}

impl StreamMeta {
    /// Says which media types the stream has, and what of a server-sent event its values are.
    pub const fn new(accept: &'static str, shape: EventShape) -> Self {
        Self {
            accept,
            shape,
            flag: "",
        }
    }

    /// Names the member of the JSON body that asks the server for a stream; it is set to `true`.
    pub const fn flag(mut self, member: &'static str) -> Self {
        self.flag = member;
        self
    }
}

/// What of a server-sent event a value is made of.
///
/// It has no meaning for sequences of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventShape {
    /// The data, which is JSON. Data of `[DONE]`, as OpenAI and others send it, ends the stream.
    Json,
    /// The data, which is text.
    Text,
    /// The whole event as an object with `data`, `event`, `id` and `retry`; the data is JSON, or text where it is none.
    Event,
    /// The whole event as such an object; the data is text.
    EventOfText,
}
