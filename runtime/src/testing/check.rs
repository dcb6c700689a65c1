//! What about a request breaks the description, or is not what was asked for.

use super::body::{self, essence};
use super::decoded::{self, Spelling};
use super::exchange::{Argument, Operation};
use super::table::{Scheme, Table};
use crate::call::form_pair;
use crate::transport::{Headers, Url};

/// A request, read to its end.
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) url: Url,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
}

impl Sent {
    /// The values of a path's parameters, where it fits the template.
    pub(super) fn path_values(&self, template: &str) -> Option<Vec<(String, String)>> {
        let path = self.url.path();
        let mut sent = path.split('/').rev();
        let mut values = Vec::new();
        // From the end, since the base URL may have a path of its own.
        let template = template.strip_prefix('/').unwrap_or(template);
        for wanted in template.split('/').rev() {
            if !segment(wanted, sent.next()?, &mut values) {
                return None;
            }
        }
        Some(values)
    }
}

/// Takes a segment apart by its template: `{id}`, `{base}...{head}`, `parcels`.
fn segment(template: &str, sent: &str, values: &mut Vec<(String, String)>) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return decode(sent) == decode(template);
    };
    let Some((name, after)) = rest.split_once('}') else {
        return sent == template;
    };
    let Some(sent) = sent.strip_prefix(before) else {
        return false;
    };
    let fixed = after.split('{').next().unwrap_or_default();
    let end = match fixed {
        "" if after.is_empty() => Some(sent.len()),
        "" => sent.find(['.', ';']).or(Some(sent.len())),
        fixed => sent.find(fixed),
    };
    let Some(end) = end.filter(|end| *end > 0) else {
        return false;
    };
    values.push((name.to_owned(), decode(&sent[..end])));
    match after.is_empty() {
        true => true,
        false => segment(after, &sent[end..], values),
    }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// All that is wrong. `asked` names the arguments that the call was made with; without, any values will do.
pub(super) fn violations(
    table: &Table,
    operation: &Operation,
    asked: Option<&[String]>,
    sent: &Sent,
) -> Vec<String> {
    let mut found = Vec::new();
    let is_asked = |argument: &&Argument| match asked {
        Some(names) => names.contains(&argument.argument),
        None => argument.required,
    };
    let arguments: Vec<&Argument> = operation.arguments.iter().filter(is_asked).collect();
    let comparison = Comparison {
        operation,
        arguments,
        sent,
        is_exact: asked.is_some(),
    };
    found.extend(comparison.path());
    found.extend(comparison.query(&keys(table, "query")));
    found.extend(comparison.headers());
    found.extend(comparison.cookies());
    found.extend(comparison.body());
    found.extend(credentials(table, operation, sent));
    found
}

fn keys(table: &Table, kind: &str) -> Vec<String> {
    let schemes = table.schemes.iter().filter(|scheme| scheme.kind == kind);
    schemes.map(|scheme| scheme.key.clone()).collect()
}

struct Comparison<'c> {
    operation: &'c Operation,
    arguments: Vec<&'c Argument>,
    sent: &'c Sent,
    /// Whether values count as well.
    is_exact: bool,
}

impl Comparison<'_> {
    fn at(&self, place: &'static str) -> impl Iterator<Item = &Argument> {
        let arguments = self.arguments.iter().copied();
        arguments.filter(move |argument| argument.place == place)
    }

    fn path(&self) -> Option<String> {
        let values = self.sent.path_values(&self.operation.path);
        let Some(values) = values else {
            let (path, template) = (self.sent.url.path(), &self.operation.path);
            return Some(format!("the path {path} is not one of {template}"));
        };
        let mut arguments = self.at("path").filter(|_| self.is_exact);
        arguments.find_map(|argument| {
            let value = values.iter().find(|(name, _)| *name == argument.name);
            let (wanted, sent) = (decoded::simple(argument), value.map(|(_, value)| value));
            let is_sent = sent.is_some_and(|sent| wanted.is(sent));
            (!is_sent).then(|| {
                let name = &argument.name;
                format!("the path parameter `{name}` is {sent:?}, not `{wanted}`")
            })
        })
    }

    fn query(&self, credentials: &[String]) -> Option<String> {
        let query = self.sent.url.query().unwrap_or_default();
        let mut sent: Vec<_> = query
            .split('&')
            .filter(|it| !it.is_empty())
            .map(form_pair)
            .collect();
        let fixed = self.operation.query.split('&').filter(|it| !it.is_empty());
        let fixed = fixed.map(form_pair);
        let mut wanted: Vec<_> = fixed
            .map(|(name, value)| (name, Spelling::Text(value)))
            .collect();
        if !self.is_exact {
            let is_missing = |argument: &&Argument| {
                !sent
                    .iter()
                    .any(|(name, _)| name.starts_with(&argument.name))
                    && argument.value.as_object().is_none()
            };
            let mut missing = self.at("query").filter(is_missing);
            return missing
                .next()
                .map(|it| format!("the query parameter `{}` is missing", it.name));
        }
        wanted.extend(self.at("query").flat_map(decoded::query));
        for (name, value) in &wanted {
            match sent
                .iter()
                .position(|(key, sent)| key == name && value.is(sent))
            {
                Some(at) => drop(sent.remove(at)),
                None => {
                    return Some(format!(
                        "the query has no `{name}={value}`; it is `{query}`"
                    ));
                }
            }
        }
        let mut unasked = sent.iter().filter(|(name, _)| !credentials.contains(name));
        unasked
            .next()
            .map(|(name, value)| format!("the query has `{name}={value}`, which was not asked for"))
    }

    fn headers(&self) -> Option<String> {
        self.at("header").find_map(|argument| {
            let (name, wanted) = (&argument.name, decoded::simple(argument));
            match self.sent.headers.get(name) {
                None => Some(format!("the header `{name}` is missing")),
                Some(sent) if self.is_exact && !wanted.is(sent) => {
                    Some(format!("the header `{name}` is {sent:?}, not `{wanted}`"))
                }
                Some(_) => None,
            }
        })
    }

    fn cookies(&self) -> Option<String> {
        let sent = self.sent.headers.get("cookie").unwrap_or_default();
        let sent: Vec<(String, String)> = sent.split("; ").map(form_pair).collect();
        self.at("cookie").find_map(|argument| {
            let mut wanted = decoded::query(argument).into_iter();
            let missing = wanted.find(|(wanted, spelling)| {
                let is_this = |(name, value): &(String, String)| {
                    name == wanted && (!self.is_exact || spelling.is(value))
                };
                !sent.iter().any(is_this)
            });
            missing.map(|(name, value)| format!("there is no cookie `{name}={value}`"))
        })
    }

    fn body(&self) -> Option<String> {
        let parts: Vec<&Argument> = self.at("part").collect();
        let whole = self.at("body").next();
        let content_type = self.sent.headers.get("content-type").unwrap_or_default();
        if parts.is_empty() && whole.is_none() {
            // A body of parts that is required is sent without any, too.
            let is_empty =
                self.sent.body.is_empty() || body::has_no_parts(content_type, &self.sent.body);
            let is_unasked = self.is_exact && !is_empty;
            return is_unasked.then(|| "there is a body, which was not asked for".to_owned());
        }
        if self.sent.body.is_empty() && content_type.is_empty() {
            return Some("the body is missing".to_owned());
        }
        let is_known = |name: &String| fits(&essence(name), &essence(content_type));
        if !self.operation.consumes.iter().any(is_known) {
            let known = self.operation.consumes.join(", ");
            return Some(format!(
                "the body is `{content_type}`, and not one of {known}"
            ));
        }
        let problem = match (whole, self.is_exact) {
            (_, false) => None,
            (Some(argument), _) => body::difference(argument, content_type, &self.sent.body),
            (None, _) => body::parts(&parts, content_type, &self.sent.body),
        };
        problem.map(|problem| format!("the body is not the one that was asked for: {problem}"))
    }
}

/// Whether a media type is one of a range.
pub(super) fn fits(range: &str, name: &str) -> bool {
    match range.split_once('*') {
        _ if range == "*/*" => true,
        Some((start, end)) => name.starts_with(start) && name.ends_with(end),
        None => range == name,
    }
}

/// No alternative of the operation's security may be met only in part.
fn credentials(table: &Table, operation: &Operation, sent: &Sent) -> Option<String> {
    let scheme = |name: &String| table.schemes.iter().find(|scheme| scheme.name == *name);
    let is_met = |alternative: &Vec<String>| {
        alternative
            .iter()
            .all(|name| scheme(name).is_some_and(|scheme| is_sent(scheme, sent)))
    };
    let is_met = operation.security.is_empty() || operation.security.iter().any(is_met);
    (!is_met).then(|| format!("no credential of {:?} was sent", operation.security))
}

fn is_sent(scheme: &Scheme, sent: &Sent) -> bool {
    let query = || {
        sent.url
            .query()
            .unwrap_or_default()
            .split('&')
            .map(form_pair)
    };
    let cookies = || {
        sent.headers
            .get("cookie")
            .unwrap_or_default()
            .split("; ")
            .map(form_pair)
    };
    match scheme.kind.as_str() {
        "header" => sent.headers.get(&scheme.key).is_some(),
        "query" => query().any(|(name, _)| name == scheme.key),
        "cookie" => cookies().any(|(name, _)| name == scheme.key),
        _ => sent.headers.get("authorization").is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn ranges_hold_what_lies_in_them() {
        for (range, name, expected) in [
            ("*/*", "application/json", true),
            ("application/*", "application/json", true),
            ("application/*+json", "application/vnd.a+json", true),
            ("application/*", "text/csv", false),
            ("text/csv", "text/csv", true),
            ("text/csv", "text/plain", false),
        ] {
            assert_eq!(fits(range, name), expected, "{range} {name}");
        }
    }
}
