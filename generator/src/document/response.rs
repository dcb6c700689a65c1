//! Responses by status.

use super::fields::Fields;
use super::model::{Response, Status};
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::spec::{Key, Node};

impl<'t> Reader<'t, '_> {
    pub(super) fn responses(&mut self, operation: &mut Fields<'t>) -> Vec<Response<'t>> {
        let produces = self.produces(operation);
        let Some(node) = operation.take("responses") else {
            return Vec::new();
        };
        let mut responses: Vec<Response<'t>> = Vec::new();
        for (key, item) in self.map_of(node, "responses") {
            if key.text.starts_with("x-") {
                continue;
            }
            let Some(status) = self.status(node, key) else {
                continue;
            };
            if responses.iter().any(|other| other.status == status) {
                let message = format!("the status `{}` is described twice", key.text);
                self.diagnostics
                    .at_key(&codes::INVALID_STATUS, node, key, message);
                continue;
            }
            responses.extend(self.response(status, item, &produces));
        }
        responses
    }

    pub(super) fn read_response_component(&mut self, node: Node<'t>) {
        let produces = self.defaults.produces.clone();
        self.response(Status::Default, node, &produces);
    }

    fn response(
        &mut self,
        status: Status,
        node: Node<'t>,
        produces: &[&'t str],
    ) -> Option<Response<'t>> {
        let target = self.follow(node, "responses")?;
        let id = target.node.id();
        if !self.responses.contains_key(&id) {
            let response = self.response_object(target.node, target.component)?;
            self.responses.insert(id, response);
        }
        let known = self.responses.get(&id)?;
        let copied = known.headers.len() + known.content.len() + produces.len();
        if !self.spend(node, copied) {
            return None;
        }
        let mut response = self.responses.get(&id).cloned()?;
        response.status = status;
        response.description = target.description.or(response.description);
        if response.content.is_empty() {
            // Not part of what is read once: the media types are the operation's.
            response.content = self.swagger2_content(target.node, produces);
        }
        Some(response)
    }

    fn response_object(
        &mut self,
        node: Node<'t>,
        component: Option<&'t str>,
    ) -> Option<Response<'t>> {
        let mut fields = self.object(node, "response")?;
        let summary = self.text(&mut fields, "summary");
        let description = self.text(&mut fields, "description");
        let headers = self.map(&mut fields, "headers");
        let content = self.content(&mut fields);
        self.take_swagger2_content(&mut fields);
        Some(Response {
            node,
            component,
            status: Status::Default,
            description: description.filter(|text| !text.is_empty()).or(summary),
            headers: self.headers(headers),
            content,
            links: self.links(&mut fields),
            extensions: self.finish(fields, "a response"),
        })
    }

    fn status(&mut self, responses: Node<'t>, key: Key<'t>) -> Option<Status> {
        let status = status(key.text);
        if status.is_none() {
            let message = format!("`{}` is no status; its response is left out", key.text);
            let finding = self
                .diagnostics
                .at_key(&codes::INVALID_STATUS, responses, key, message);
            finding.help("write a status such as 200, a range such as 2XX, or `default`");
        }
        status
    }
}

fn status(text: &str) -> Option<Status> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let (first, rest) = text.split_at_checked(1)?;
    let hundreds: u8 = first.parse().ok().filter(|digit| (1..=5).contains(digit))?;
    if rest.eq_ignore_ascii_case("xx") {
        return Some(Status::Range(hundreds));
    }
    let digits = rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.parse().ok().map(Status::Code))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_status_keys() {
        assert_eq!(status("200"), Some(Status::Code(200)));
        assert_eq!(status("2XX"), Some(Status::Range(2)));
        assert_eq!(status("4xx"), Some(Status::Range(4)));
        assert_eq!(status("default"), Some(Status::Default));
        assert_eq!(status("600"), None);
        assert_eq!(status("20"), None);
        assert_eq!(status("2é"), None);
        assert_eq!(status(""), None);
    }
}
