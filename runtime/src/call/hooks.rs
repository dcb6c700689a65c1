//! What the user wants to do with every request and every answer.

use std::sync::Arc;

use super::OperationMeta;
use crate::response::Answer;
use crate::transport::{TransportRequest, check_header};

type OnRequest = dyn Fn(&OperationMeta, &mut TransportRequest) + Send + Sync;
type OnResponse = dyn Fn(&Answer) + Send + Sync;

/// Functions that are called in the order in which they were given.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    requests: Vec<Arc<OnRequest>>,
    responses: Vec<Arc<OnResponse>>,
}

impl Hooks {
    pub(crate) const fn new() -> Self {
        Self {
            requests: Vec::new(),
            responses: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.responses.is_empty()
    }

    pub(crate) fn on_request(
        &mut self,
        hook: impl Fn(&OperationMeta, &mut TransportRequest) + Send + Sync + 'static,
    ) {
        self.requests.push(Arc::new(hook));
    }

    pub(crate) fn on_response(&mut self, hook: impl Fn(&Answer) + Send + Sync + 'static) {
        self.responses.push(Arc::new(hook));
    }

    /// Lets the request be changed, in all but where it goes: the credentials that follow are for there.
    pub(super) fn change(
        &self,
        operation: &OperationMeta,
        request: &mut TransportRequest,
    ) -> Result<(), String> {
        match self.requests.is_empty() {
            true => Ok(()),
            false => self.change_all_but_url(operation, request),
        }
    }

    fn change_all_but_url(
        &self,
        operation: &OperationMeta,
        request: &mut TransportRequest,
    ) -> Result<(), String> {
        let url = request.url.clone();
        for hook in &self.requests {
            hook(operation, request);
        }
        if !request.url.has_origin_of(&url) {
            return Err(format!(
                "a hook sends it to {} instead of {}",
                request.url.origin(),
                url.origin()
            ));
        }
        let mut headers = request.headers.iter();
        headers.try_for_each(|(name, value)| check_header(name, value))
    }

    pub(super) fn show(&self, answer: &Answer) {
        for hook in &self.responses {
            hook(answer);
        }
    }
}
