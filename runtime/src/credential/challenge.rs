//! What a server asks for when it refuses a request: challenges, of any scheme.

/// A challenge of the header `WWW-Authenticate` (RFC 9110, section 11.6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// `Bearer`, `Digest`, …, as the server writes it.
    pub(crate) scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The challenges of one header, which may have several.
    pub(crate) fn all(header: &str) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for part in parts(header) {
            let (name, value) = part.split_once('=').unwrap_or((part.as_str(), ""));
            // A scheme stands before the first of its parameters.
            let (scheme, name) = match name.trim().split_once(' ') {
                Some((scheme, name)) => (Some(scheme), name.trim()),
                None if value.is_empty() => (Some(name.trim()), ""),
                None => (None, name.trim()),
            };
            if let Some(scheme) = scheme {
                found.push(Self {
                    scheme: scheme.to_owned(),
                    parameters: Vec::new(),
                });
            }
            if let Some(current) = found.last_mut() {
                let parameter = (name.to_owned(), unquoted(value.trim()));
                current.parameters.push(parameter);
            }
        }
        found
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What stands between commas that are in no quotes.
fn parts(header: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for character in header.chars() {
        match character {
            ',' if !is_quoted => parts.push(std::mem::take(&mut part)),
            _ => {
                is_quoted ^= character == '"' && !is_escaped;
                is_escaped = character == '\\' && is_quoted && !is_escaped;
                part.push(character);
            }
        }
    }
    parts.push(part);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        text.extend(match character {
            '\\' => characters.next(),
            other => Some(other),
        });
    }
    text
}
