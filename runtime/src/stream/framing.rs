//! How a body is taken apart, by its media type.

use super::lines::Values;
use super::server_sent::Events;

/// One event, or one value.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) event: Option<String>,
    pub(super) data: Vec<u8>,
    pub(super) id: Option<String>,
    /// How long to wait before connecting again, in milliseconds.
    pub(super) retry: Option<u64>,
    /// It says nothing to the caller.
    pub(super) is_empty: bool,
}

impl Frame {
    pub(super) fn of(data: Vec<u8>) -> Self {
        Self {
            data,
            ..Self::default()
        }
    }
}

/// Takes a body apart.
pub(super) enum Framing {
    Events(Events),
    Values(Values),
    /// The server did not stream: the whole body is the one value.
    Whole(Vec<u8>),
}

impl Framing {
    /// Chooses by what the server says it sends, or else by what was asked for.
    pub(super) fn of(media_type: Option<&str>, asked_for: &str) -> Self {
        let asked_for = asked_for.split([',', ';']).next().unwrap_or_default();
        let media_type = media_type.unwrap_or(asked_for).trim().to_ascii_lowercase();
        match media_type.as_str() {
            "text/event-stream" => Self::Events(Events::default()),
            "application/json-seq" | "application/geo+json-seq" => Self::Values(Values::sequence()),
            "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson"
            | "application/stream+json"
            | "application/x-json-stream"
            | "text/x-ndjson" => Self::Values(Values::lines()),
            _ => Self::Whole(Vec::new()),
        }
    }

    pub(super) fn is_events(&self) -> bool {
        matches!(self, Self::Events(_))
    }

    pub(super) fn read(&mut self, piece: &[u8], frames: &mut Vec<Frame>) {
        match self {
            Self::Events(events) => events.read(piece, frames),
            Self::Values(values) => values.read(piece, frames),
            Self::Whole(body) => body.extend_from_slice(piece),
        }
    }

    pub(super) fn finish(&mut self, frames: &mut Vec<Frame>) {
        match self {
            Self::Events(events) => events.finish(frames),
            Self::Values(values) => values.finish(frames),
            Self::Whole(body) if body.is_empty() => {}
            Self::Whole(body) => frames.push(Frame::of(std::mem::take(body))),
        }
    }

    /// How much is held that is no value yet.
    pub(super) fn held(&self) -> usize {
        match self {
            Self::Events(events) => events.held(),
            Self::Values(values) => values.held(),
            Self::Whole(body) => body.len(),
        }
    }
}
