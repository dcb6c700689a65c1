//! Scopes of a call: what its operation needs, and what a server misses.

use super::Call;
use super::path::Run;
use crate::credential::{Challenge, scopes_of};
use crate::error::InsufficientScope;
use crate::transport::Headers;

/// The longest scope, or list of them, of a server that is shown.
const SHOWN: usize = 200;

/// What a token has to be good for, which is that of the scheme at a place of the alternative that was chosen; where
/// the call names its schemes itself, that of the first alternative which takes the scheme of the token.
pub(super) fn needed(
    call: &Call,
    alternative: Option<usize>,
    place: usize,
    scheme: Option<&str>,
) -> &'static [&'static str] {
    let scopes = call.station.scopes;
    let found = match alternative {
        Some(alternative) => {
            let schemes = call.operation.security.get(alternative);
            let scheme = schemes.and_then(|schemes| schemes.get(place));
            let scopes = scopes.get(alternative);
            scopes.and_then(|scopes| scopes_of(scopes, scheme?))
        }
        None => {
            scheme.and_then(|scheme| scopes.iter().find_map(|scopes| scopes_of(scopes, scheme)))
        }
    };
    found.unwrap_or_default()
}

impl Run<'_> {
    /// What a server misses that refuses a request for want of a scope (RFC 6750, section 3.1).
    pub(super) fn lacks_scope(
        &self,
        status: u16,
        headers: &Headers,
    ) -> Option<Box<InsufficientScope>> {
        if !matches!(status, 401 | 403) {
            return None;
        }
        let mut challenges = headers.get_all("WWW-Authenticate").flat_map(Challenge::all);
        let refused = challenges.find(|it| it.get("error") == Some("insufficient_scope"))?;
        let granted = self.tokens.iter().find_map(|held| held.scopes());
        Some(Box::new(InsufficientScope {
            needed: described(self.call),
            asked: said(refused.get("scope").unwrap_or_default()),
            granted: granted.map(|scopes| scopes.to_vec()),
        }))
    }
}

/// The alternatives of the description, those that are the same once.
fn described(call: &Call) -> Vec<Vec<String>> {
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    for schemes in call.station.scopes {
        let mut needed: Vec<String> = Vec::new();
        for scope in schemes.iter().flat_map(|(_, scopes)| *scopes) {
            if !needed.iter().any(|it| it == scope) {
                needed.push((*scope).to_owned());
            }
        }
        if !needed.is_empty() && !alternatives.contains(&needed) {
            alternatives.push(needed);
        }
    }
    alternatives
}

/// Scopes as a server says them, without what none can have (RFC 6749, section 3.3).
fn said(text: &str) -> Vec<String> {
    let is_allowed = |c: &char| c.is_ascii_graphic() && !matches!(c, '"' | '\\') || *c == ' ';
    let text: String = text.chars().filter(is_allowed).take(SHOWN).collect();
    text.split_whitespace().map(str::to_owned).collect()
}
