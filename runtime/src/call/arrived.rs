//! What comes out of the call path.

use crate::error::Failure;
use crate::response::Answer;
use crate::transport::ResponseBody;

/// An answer, with the body of a success where the caller reads it.
pub(crate) struct Arrived {
    pub(crate) answer: Answer,
    /// None where it has been read.
    pub(crate) body: Option<ResponseBody>,
}

/// On the heap, since it is handed on many times.
pub(crate) type Outcome = Result<Box<Arrived>, Box<Failure>>;

impl Arrived {
    pub(super) fn read(answer: Answer) -> Box<Self> {
        Box::new(Self { answer, body: None })
    }

    pub(super) fn unread(answer: Answer, body: ResponseBody) -> Box<Self> {
        Box::new(Self {
            answer,
            body: Some(body),
        })
    }
}
