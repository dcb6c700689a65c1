//! Requests that are signed with a time, and servers whose clock shows another one.

use super::assemble::Draft;
use super::attempt::Attempt;
use super::path::Run;
use crate::clock::SignedAt;
use crate::credential::Grant;
use crate::response::Answer;
use crate::transport::Headers;

impl Attempt<'_, '_> {
    /// Takes what the answer says of the clock of the server.
    pub(super) fn learn_time(&self, headers: &Headers) {
        let Some(signed) = self.signed else {
            return;
        };
        let shared = self.run.shared;
        let exchange = signed.answered(shared.clock.unix_time());
        let origin = self.draft.place.base_url.origin();
        shared.connection.skews.learn(origin, exchange, headers);
    }
}

impl Run<'_> {
    /// What has been learnt of the clock of the server that the next attempt goes to.
    pub(super) fn look_up_time(&mut self, draft: &Draft<'_>) {
        let origin = draft.place.base_url.origin();
        self.correction = self.shared.connection.skews.correction(origin);
    }

    /// Whether the server may have refused a request for the time that it was signed with, and another one is known.
    pub(super) fn has_other_time(
        &self,
        draft: &Draft<'_>,
        signed: Option<SignedAt>,
        answer: &Answer,
    ) -> bool {
        let Some(signed) = signed else {
            return false;
        };
        let exchange = signed.answered(self.shared.clock.unix_time());
        let skews = &self.shared.connection.skews;
        let origin = draft.place.base_url.origin();
        let mut says_so = self.tokens.iter().any(|held| held.refuses_time(answer));
        let chosen = self.credentials(&draft.place, &mut |grant| {
            if let Grant::Signature(signature) = grant {
                says_so |= signature.refuses_time(answer);
            }
        });
        debug_assert!(chosen.is_ok(), "the request has been sent with them");
        match (says_so, answer.status()) {
            (true, _) => skews.refused(origin, self.correction, exchange, answer.headers()),
            // Most servers do not say what is wrong with a signature.
            (false, 401 | 403) => skews.correction(origin).differs(self.correction),
            _ => false,
        }
    }
}
