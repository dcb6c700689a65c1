//! What a token lacks.

use std::fmt;

/// What is known where a server refuses a token because it is good for less than the call needs (RFC 6750, section 3.1).
///
/// Nothing of it is guessed: each list is what the description, the server, or the one that gives tokens says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InsufficientScope {
    /// The scopes that the operation needs by the description, as alternatives; empty where it says nothing.
    pub needed: Vec<Vec<String>>,
    /// The scopes that the server names in its challenge; empty where it names none.
    pub asked: Vec<String>,
    /// The scopes that the token has by the answer it came with, which leaves them out where they are those it was
    /// asked for with (RFC 6749, section 5.1); none where neither says anything.
    pub granted: Option<Vec<String>>,
}

impl fmt::Display for InsufficientScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the scopes of the token are not enough")?;
        let list = |scopes: &Vec<String>| format!("`{}`", scopes.join(" "));
        if !self.needed.is_empty() {
            let needed: Vec<String> = self.needed.iter().map(list).collect();
            let needed = needed.join(" or ");
            write!(f, "; by the description the operation needs {needed}")?;
        }
        if !self.asked.is_empty() {
            write!(f, "; the server wants {}", list(&self.asked))?;
        }
        match &self.granted {
            Some(granted) if granted.is_empty() => f.write_str("; the token has none"),
            Some(granted) => write!(f, "; the token has {}", list(granted)),
            None => Ok(()),
        }
    }
}
