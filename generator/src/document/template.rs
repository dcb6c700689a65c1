//! Path templates: `/repos/{owner}/compare/{base}...{head}`.

/// A path split into literal text and variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate<'t> {
    pub parts: Vec<TemplatePart<'t>>,
    /// A brace that opens or closes nothing; it is taken as literal text.
    pub malformed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatePart<'t> {
    Literal(&'t str),
    Variable(TemplateVariable<'t>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateVariable<'t> {
    /// Without operators: `path` of `{+path}`, `{path*}`, `{path=**}` and `{path:.+}`.
    pub name: &'t str,
    /// All that stands between the braces.
    pub text: &'t str,
    /// The value may contain slashes and other reserved characters (`{+path}` of RFC 6570).
    pub reserved: bool,
    /// Stands behind a `?`, where a query parameter may declare it as well.
    pub in_query: bool,
}

impl<'t> PathTemplate<'t> {
    /// Splits a path as written; any text is accepted.
    pub fn split(path: &'t str) -> Self {
        let mut template = PathTemplate {
            parts: Vec::new(),
            malformed: false,
        };
        let mut rest = path;
        while let Some(open) = rest.find(['{', '}']) {
            let inside = &rest[open + 1..];
            let close = inside.find(['{', '}']);
            match close {
                Some(close)
                    if rest.as_bytes()[open] == b'{' && inside.as_bytes()[close] == b'}' =>
                {
                    template.push_literal(&rest[..open]);
                    template.push_variable(&inside[..close], &rest[open..open + close + 2]);
                    rest = &inside[close + 1..];
                }
                _ => {
                    template.malformed = true;
                    template.push_literal(&rest[..=open]);
                    rest = inside;
                }
            }
        }
        template.push_literal(rest);
        template
    }

    pub fn variables(&self) -> impl Iterator<Item = TemplateVariable<'t>> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Variable(variable) => Some(*variable),
            TemplatePart::Literal(_) => None,
        })
    }

    fn push_literal(&mut self, text: &'t str) {
        if !text.is_empty() {
            self.parts.push(TemplatePart::Literal(text));
        }
    }

    fn push_variable(&mut self, text: &'t str, whole: &'t str) {
        let bare = text.strip_prefix('+').unwrap_or(text);
        let end = bare.find(['=', ':', '*']).unwrap_or(bare.len());
        let name = bare[..end].trim();
        // `{?page}`, `{&page}` and `{#part}` expand to what is no path.
        if name.is_empty() || name.starts_with(['?', '&', '#', '/', ';', '.']) {
            self.malformed = true;
            self.push_literal(whole);
            return;
        }
        let reserved = bare.len() < text.len() || bare[end..].contains("**");
        let in_query = self
            .parts
            .iter()
            .any(|part| matches!(part, TemplatePart::Literal(literal) if literal.contains('?')));
        let variable = TemplateVariable {
            name,
            text,
            reserved,
            in_query,
        };
        self.parts.push(TemplatePart::Variable(variable));
    }
}

impl TemplateVariable<'_> {
    /// True when the parameter of this name gives the variable's value.
    pub fn is_named(&self, name: &str) -> bool {
        name == self.name || name == self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        let template = PathTemplate::split(path);
        let mut shown = String::new();
        for part in &template.parts {
            match part {
                TemplatePart::Literal(text) => shown.push_str(&format!("[{text}]")),
                TemplatePart::Variable(variable) => {
                    let sign = if variable.reserved { "+" } else { "" };
                    shown.push_str(&format!("<{sign}{}>", variable.name));
                }
            }
        }
        if template.malformed {
            shown.push('!');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn splits_paths() {
        check("/pets", "[/pets]");
        check("/pets/{id}", "[/pets/]<id>");
        check("/compare/{base}...{head}", "[/compare/]<base>[...]<head>");
        check("/files/{id}.json", "[/files/]<id>[.json]");
        check("/v1/{+name}:cancel", "[/v1/]<+name>[:cancel]");
        check("/v1/{name=shelves/**}", "[/v1/]<+name>");
        check("/x/{id:[0-9]+}", "[/x/]<id>");
    }

    #[test]
    fn takes_stray_braces_as_text() {
        check("/a}/b", "[/a}][/b]!");
        check("/a/{b", "[/a/{][b]!");
        check("/a/{b{c}", "[/a/{][b]<c>!");
        check("/a/{}", "[/a/][{}]!");
        check("/a{?page}", "[/a][{?page}]!");
        check("/ä/{ö}", "[/ä/]<ö>");
    }
}
