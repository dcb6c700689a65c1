//! Tokens of one grant, each with other scopes.

use std::sync::{Mutex, PoisonError};

use super::{AccessToken, TokenSource};

/// So many sets of scopes are kept; the one that has not been used for the longest time goes first.
const MOST: usize = 64;

type Source = dyn Fn(&[&str]) -> Box<dyn TokenSource> + Send + Sync;

/// A token for each set of scopes that calls have needed so far.
pub(super) struct ByScopes {
    source: Box<Source>,
    /// The last that was used comes last.
    tokens: Mutex<Vec<(Vec<&'static str>, AccessToken)>>,
}

impl ByScopes {
    pub(super) fn new<S: TokenSource>(
        source: impl Fn(&[&str]) -> S + Send + Sync + 'static,
    ) -> Self {
        Self {
            source: Box::new(move |scopes| Box::new(source(scopes))),
            tokens: Mutex::default(),
        }
    }

    /// The token for some scopes, whatever their order; made by `make` where there is none yet.
    pub(super) fn get(
        &self,
        scopes: &[&'static str],
        make: impl FnOnce(Box<dyn TokenSource>) -> AccessToken,
    ) -> AccessToken {
        let mut set = scopes.to_vec();
        set.sort_unstable();
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let known = tokens.iter().rposition(|(known, _)| *known == set);
        let entry = match known {
            Some(at) => tokens.remove(at),
            None => (set, make((self.source)(scopes))),
        };
        if tokens.len() == MOST {
            tokens.remove(0);
        }
        let token = entry.1.clone();
        tokens.push(entry);
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{Token, TokenConnection, TokenError};
    use crate::transport::BoxFuture;

    #[derive(Debug)]
    struct Plain;

    impl TokenSource for Plain {
        fn fetch<'s>(&'s self, _: &'s TokenConnection) -> BoxFuture<'s, Result<Token, TokenError>> {
            Box::pin(async { Ok(Token::new("t")) })
        }
    }

    #[test]
    fn the_set_that_was_not_used_for_longest_goes_first() {
        const NAMES: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_:";
        let names: Vec<&'static str> = NAMES.split("").filter(|it| !it.is_empty()).collect();
        let tokens = ByScopes::new(|_| Plain);
        let get = |name: &'static str| tokens.get(&[name, "x"], |_| AccessToken::new(Plain));
        let first: Vec<AccessToken> = names[..MOST].iter().map(|name| get(name)).collect();
        assert!(
            get(names[0]).is(&first[0]),
            "it is there, and is used again"
        );
        get(names[MOST]);
        assert!(get(names[0]).is(&first[0]));
        assert!(get(names[2]).is(&first[2]));
        assert!(!get(names[1]).is(&first[1]), "it has made room");
    }
}
