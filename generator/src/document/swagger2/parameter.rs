//! Parameters that are not parameters: `in: body` and `in: formData`.

use crate::diagnostic::codes;
use crate::document::model::Version;
use crate::document::reader::Reader;
use crate::spec::Node;

/// References between parameters longer than this are cycles.
const MAX_REFERENCES: usize = 32;

/// The parameters that make up a request body.
#[derive(Default)]
pub(in crate::document) struct BodyParameters<'t> {
    /// The reference or object, as listed.
    pub(super) body: Option<Node<'t>>,
    pub(super) form: Vec<FormField<'t>>,
}

pub(super) struct FormField<'t> {
    pub(super) name: Option<&'t str>,
    /// The reference or object, as listed.
    pub(super) listed: Node<'t>,
}

impl<'t> BodyParameters<'t> {
    /// Lets an operation's own parameters win over its path item's.
    pub(in crate::document) fn override_with(&mut self, own: BodyParameters<'t>) {
        self.body = own.body.or(self.body);
        for field in own.form {
            self.set(field);
        }
    }

    /// Adds a field, or replaces that of the same name; true when there was one.
    fn set(&mut self, field: FormField<'t>) -> bool {
        match self.form.iter_mut().find(|other| other.name == field.name) {
            Some(overridden) => {
                *overridden = field;
                true
            }
            None => {
                self.form.push(field);
                false
            }
        }
    }
}

impl<'t> Reader<'t, '_> {
    /// Separates the parameters of the request body from all others.
    pub(in crate::document) fn split_body(
        &mut self,
        listed: Vec<Node<'t>>,
    ) -> (Vec<Node<'t>>, BodyParameters<'t>) {
        let mut body = BodyParameters::default();
        let mut others = Vec::new();
        for node in listed {
            let target = self.peek_parameter(node);
            let name = target.get("name").and_then(Node::as_str);
            let doubled = match target.get("in").and_then(Node::as_str) {
                Some("body") => body.body.replace(node).is_some(),
                Some("formData" | "form") => body.set(FormField { name, listed: node }),
                _ => {
                    others.push(node);
                    false
                }
            };
            if doubled {
                let message = "the body has this part already; the last one is taken";
                self.diagnostics
                    .at(&codes::DUPLICATE_PARAMETER, node, message);
            }
        }
        (others, body)
    }

    /// What a parameter's reference leads to, without a word about what is wrong with it.
    fn peek_parameter(&self, node: Node<'t>) -> Node<'t> {
        let mut target = node;
        if self.version != Version::V2_0 {
            return target;
        }
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = target.get("$ref") else {
                break;
            };
            let Some(next) = reference
                .as_str()
                .and_then(|text| reference.resolve(text).ok())
            else {
                break;
            };
            target = next;
        }
        target
    }

    /// Reads a component that is a parameter of either kind.
    pub(in crate::document) fn read_parameter_component(&mut self, node: Node<'t>) {
        let (others, body) = self.split_body(vec![node]);
        for node in others {
            self.parameter(node);
        }
        if let Some(node) = body.body {
            let consumes = self.defaults.consumes.clone();
            self.body_parameter(node, &consumes);
        }
        for field in body.form {
            self.form_field(&field);
        }
    }
}
