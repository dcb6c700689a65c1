//! Tokens of a call: held before each attempt, and replaced once where the server refuses them; the same for signatures
//! that answer what a server asks for.

use std::pin::pin;

use super::arrived::Outcome;
use super::assemble::Draft;
use super::attempt::credentials;
use super::path::Run;
use crate::credential::{Credential, Grant};
use crate::error::{Failure, FailureKind};
use crate::retry::{Event, Tried};
use crate::token::AccessToken;

impl<'c> Run<'c> {
    /// Whether an attempt may send tokens; most send none.
    pub(super) fn has_tokens(&self) -> bool {
        let own = &self.call.overrides().credentials;
        self.shared.has_tokens || own.iter().any(Credential::is_token)
    }

    /// Holds the tokens that the next attempt sends.
    pub(super) async fn hold_tokens(&mut self, draft: &Draft<'c>) -> Result<(), Box<Failure>> {
        let mut needed: Vec<AccessToken> = Vec::new();
        let chosen = credentials(self.call, &draft.place, &mut |grant| {
            if let Grant::Token(token) = grant {
                needed.push(token.clone());
            }
        });
        chosen.map_err(|reason| self.failed(FailureKind::MissingCredential(reason)))?;
        self.tokens.clear();
        for token in needed {
            let holding = pin!(token.hold(&self.shared.connection));
            let held = self.deadline.before(&mut self.timer, holding).await;
            let held = held.ok_or_else(|| self.timed_out())?;
            let held = held.map_err(|error| self.failed(FailureKind::NoToken(error)))?;
            self.tokens.push(held);
        }
        Ok(())
    }

    /// Whether the server refuses the tokens, and the call is sent again with others: once, and if it may be sent so often.
    ///
    /// A request that was refused for its credentials has not been carried out, whatever the operation does.
    pub(super) fn renews(&mut self, draft: &Draft<'c>, tried: &Tried, outcome: &Outcome) -> bool {
        let (Event::Answered(401, _), Ok(arrived)) = (tried.event, outcome) else {
            return false;
        };
        let challenge = arrived.answer.headers().get("WWW-Authenticate");
        // Another token would have no more scopes (RFC 6750, section 3.1).
        let lacks_scope = challenge.is_some_and(|text| text.contains("insufficient_scope"));
        if lacks_scope {
            return false;
        }
        let now = self.shared.clock.now();
        // The token is good; its proof lacked what the server has now said (RFC 9449, section 9).
        let lacks_nonce = challenge.is_some_and(|text| text.contains("use_dpop_nonce"));
        let mut has_others = lacks_nonce;
        if !lacks_nonce {
            for held in &self.tokens {
                has_others |= held.refuse(now);
            }
        }
        let headers = arrived.answer.headers();
        let signed = self.credentials(&draft.place, &mut |grant| {
            if let Grant::Signature(signature) = grant {
                has_others |= signature.challenged(&draft.place.base_url, headers);
            }
        });
        debug_assert!(signed.is_ok(), "the request has been sent with them");
        let is_first = !std::mem::replace(&mut self.has_renewed, true);
        let has_attempts = tried.attempt < self.settled.retry.most_attempts();
        has_others && is_first && has_attempts && tried.is_repeatable && !tried.left.is_zero()
    }
}
