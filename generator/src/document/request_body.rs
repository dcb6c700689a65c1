//! Request Body Objects.

use std::rc::Rc;

use super::model::RequestBody;
use super::reader::Reader;
use crate::spec::Node;

impl<'t> Reader<'t, '_> {
    pub(super) fn request_body(&mut self, node: Node<'t>) -> Option<Rc<RequestBody<'t>>> {
        let target = self.follow(node, "requestBodies")?;
        let id = target.node.id();
        if !self.request_bodies.contains_key(&id) {
            let body = self.request_body_object(target.node, target.component)?;
            self.request_bodies.insert(id, Rc::new(body));
        }
        let mut body = self.request_bodies.get(&id).cloned()?;
        if target.description.is_some() {
            Rc::make_mut(&mut body).description = target.description;
        }
        Some(body)
    }

    fn request_body_object(
        &mut self,
        node: Node<'t>,
        component: Option<&'t str>,
    ) -> Option<RequestBody<'t>> {
        let mut fields = self.object(node, "request body")?;
        if fields.peek("content").is_none() {
            self.missing_field(node, "this request body", "content");
        }
        Some(RequestBody {
            node,
            component,
            name: fields.peek("x-body-name").and_then(Node::as_str),
            description: self.text(&mut fields, "description"),
            required: self.flag(&mut fields, "required"),
            content: self.content(&mut fields),
            extensions: self.finish(fields, "a request body"),
        })
    }
}
