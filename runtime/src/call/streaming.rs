//! Calls whose answer is read while it arrives.

use std::future::Future;
use std::sync::Arc;

use super::Call;
use super::arrived::Outcome;
use super::operation::{Location, Parameter};
use super::path::carry_out;
use crate::clock::Clock;
use crate::json::Json;

impl Call {
    /// Asks for bytes as they are, so that their number is known and a part of them is of use.
    pub(super) fn prepare_download(&mut self) {
        let headers = &mut self.overrides_mut().headers;
        if headers.get("Accept-Encoding").is_none() {
            headers.set("Accept-Encoding", "identity");
        }
    }

    /// Asks for a stream: by its media type, and by a member of the body where the API wants it so.
    pub(crate) fn prepare_stream(&mut self, accept: &str, flag: &str) {
        let headers = &mut self.overrides_mut().headers;
        if headers.get("Accept").is_none() {
            headers.set("Accept", accept);
        }
        // Compression holds back what has been said until there is enough of it.
        self.prepare_download();
        if !flag.is_empty() {
            self.set_flag(flag);
        }
    }

    /// Sends the call and yields its answer once it begins.
    pub(crate) fn begin(self) -> impl Future<Output = Outcome> {
        carry_out(self, false)
    }

    /// What reading takes: a clock, and how many bytes may be held in memory.
    pub(crate) fn for_reading(&self) -> (Arc<dyn Clock>, usize) {
        let shared = self.client.shared();
        (shared.clock.clone(), shared.body_limit)
    }

    /// Whether the call asks for something only (RFC 9110, section 9.2.1).
    pub(crate) fn is_safe(&self) -> bool {
        matches!(
            self.operation.method(),
            "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY"
        )
    }

    /// Sets a member of the body to true: of a JSON value, or the part of that name.
    fn set_flag(&mut self, flag: &str) {
        let Some(content) = &mut self.body else {
            let is_flag =
                |known: &Parameter| known.location == Location::Part && known.name == flag;
            if self.operation.parameters.iter().any(is_flag) {
                self.part::<bool>(flag, true);
            }
            return;
        };
        if let Some(Json::Object(mut object)) = content.json() {
            object.insert(flag, true);
            content.set_json(Json::Object(object));
        }
    }
}
