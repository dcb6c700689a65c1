//! Tokens of a call: held before each attempt, and replaced once where the server refuses them; the same for signatures
//! that answer what a server asks for.

use std::pin::pin;

use super::arrived::{Arrived, Outcome};
use super::assemble::Draft;
use super::attempt::credentials;
use super::path::Run;
use super::scopes;
use crate::clock::SignedAt;
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
        let mut needed: Vec<(usize, AccessToken)> = Vec::new();
        let mut place = 0;
        let chosen = credentials(self.call, &draft.place, &mut |grant| {
            if let Grant::Token(token) = grant {
                needed.push((place, token.clone()));
            }
            place += 1;
        });
        let chosen = chosen.map_err(|reason| self.failed(FailureKind::MissingCredential(reason)));
        let alternative = chosen?;
        let mut tokens = Vec::with_capacity(needed.len());
        for (place, mut token) in needed {
            if token.is_by_scopes() {
                let scheme = token.scheme.as_deref();
                let scopes = scopes::needed(self.call, alternative, place, scheme);
                token = token.with_scopes(scopes);
            }
            let holding = pin!(token.hold(&self.shared.connection));
            let held = self.deadline.before(&mut self.timer, holding).await;
            let held = held.ok_or_else(|| self.timed_out())?;
            let held = held.map_err(|error| self.failed(FailureKind::NoToken(error)))?;
            tokens.push(held);
        }
        self.tokens = tokens.into_boxed_slice();
        Ok(())
    }

    /// Whether the server refuses the tokens, and the call is sent again with others: once, and if it may be sent so often.
    ///
    /// A request that was refused for its credentials has not been carried out, whatever the operation does. It pays nothing
    /// of the retry budget, which spares servers that fail: this one has answered, and what bounds it is once for each call,
    /// once in ten seconds for each token, and once for each time that is learnt of a clock.
    pub(super) fn renews(
        &mut self,
        draft: &Draft<'c>,
        tried: &Tried,
        outcome: &Outcome,
        signed: Option<SignedAt>,
    ) -> bool {
        let (Event::Answered(status @ (400 | 401 | 403), _), Ok(arrived)) = (tried.event, outcome)
        else {
            return false;
        };
        // A token of the same time would be refused again, so this comes first.
        let mut has_others = self.has_other_time(draft, signed, &arrived.answer);
        if status == 401 {
            has_others |= self.has_other_credentials(draft, arrived);
        }
        if !has_others {
            return false;
        }
        let is_first = !std::mem::replace(&mut self.has_renewed, true);
        is_first && self.may_go_again(tried)
    }

    /// Whether the call may be sent once more with something else.
    pub(super) fn may_go_again(&self, tried: &Tried) -> bool {
        let has_attempts = tried.attempt < self.settled.retry.most_attempts();
        has_attempts && tried.is_repeatable && !tried.left.is_zero()
    }

    /// Whether there are others than those that the server refuses; what is refused is not sent again.
    fn has_other_credentials(&self, draft: &Draft<'c>, arrived: &Arrived) -> bool {
        // Another token would have no more scopes.
        if arrived.answer.insufficient_scope().is_some() {
            return false;
        }
        let challenge = arrived.answer.headers().get("WWW-Authenticate");
        let now = self.shared.clock.now();
        // The token is good; its proof lacked what the server has now said (RFC 9449, section 9).
        let lacks_nonce = challenge.is_some_and(|text| text.contains("use_dpop_nonce"));
        // The same holds where something else is wrong with it: its time, above all.
        let is_of_proof = challenge.is_some_and(|text| text.contains("invalid_dpop_proof"));
        let mut has_others = lacks_nonce;
        if !lacks_nonce && !is_of_proof {
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
        has_others
    }
}
