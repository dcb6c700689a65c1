//! Parameter Objects, and the list of them that belongs to one operation.

use std::rc::Rc;

use super::fields::Fields;
use super::model::{Parameter, ParameterLocation, RequestBody, Style};
use super::path_item::PathScope;
use super::reader::Reader;
use super::template::{PathTemplate, TemplateVariable};
use crate::diagnostic::codes;
use crate::spec::Node;

/// What an operation takes.
pub(super) struct Inputs<'t> {
    pub(super) parameters: Vec<Rc<Parameter<'t>>>,
    pub(super) request_body: Option<Rc<RequestBody<'t>>>,
}

impl<'t> Reader<'t, '_> {
    pub(super) fn inputs(
        &mut self,
        fields: &mut Fields<'t>,
        node: Node<'t>,
        scope: &PathScope<'t>,
    ) -> Inputs<'t> {
        let own = self.list(fields, "parameters");
        let (own, own_body) = self.split_body(own);
        let (shared, mut body) = self.split_body(scope.parameters.clone());
        body.override_with(own_body);
        let mut parameters = self.merge_parameters(&shared, &own);
        if let Some(template) = &scope.template {
            self.match_template(&mut parameters, template, node, scope.node);
        }
        let stated = fields
            .take("requestBody")
            .and_then(|node| self.request_body(node));
        let request_body = stated.or(self.swagger2_request_body(fields, node, body));
        Inputs {
            parameters,
            request_body,
        }
    }

    /// The path item's parameters and the operation's own, which win by name and location.
    fn merge_parameters(
        &mut self,
        shared: &[Node<'t>],
        own: &[Node<'t>],
    ) -> Vec<Rc<Parameter<'t>>> {
        let mut merged: Vec<Rc<Parameter<'t>>> = Vec::new();
        for level in [shared, own] {
            let mut here: Vec<Rc<Parameter<'t>>> = Vec::new();
            for &node in level {
                let Some(parameter) = self.parameter(node) else {
                    continue;
                };
                if here.iter().any(|other| same(other, &parameter)) {
                    let message = format!("the parameter `{}` is listed twice", parameter.name);
                    self.diagnostics
                        .at(&codes::DUPLICATE_PARAMETER, node, message);
                }
                here.push(Rc::clone(&parameter));
                match merged.iter_mut().find(|other| same(other, &parameter)) {
                    Some(overridden) => *overridden = parameter,
                    None => merged.push(parameter),
                }
            }
        }
        merged
    }

    /// Makes path parameters and the variables of the path agree.
    fn match_template(
        &mut self,
        parameters: &mut Vec<Rc<Parameter<'t>>>,
        template: &PathTemplate<'t>,
        operation: Node<'t>,
        item: Node<'t>,
    ) {
        let variables: Vec<TemplateVariable<'t>> = template.variables().collect();
        parameters.retain(|parameter| {
            let sent = parameter.location != ParameterLocation::Path
                || variables
                    .iter()
                    .any(|variable| variable.is_named(parameter.name));
            if !sent {
                let message = format!("the path has no variable `{}`", parameter.name);
                let at = parameter.node.unwrap_or(item);
                self.diagnostics
                    .at(&codes::UNUSED_PATH_PARAMETER, at, message);
            }
            sent
        });
        for variable in variables {
            let declared = parameters.iter_mut().find(|parameter| {
                let place = parameter.location == ParameterLocation::Path
                    || variable.in_query && parameter.location == ParameterLocation::Query;
                place && variable.is_named(parameter.name)
            });
            match declared {
                Some(parameter) if variable.reserved && !parameter.allow_reserved => {
                    Rc::make_mut(parameter).allow_reserved = true;
                }
                Some(_) => {}
                None => {
                    let message = format!(
                        "no parameter declares the path's variable `{}`",
                        variable.name
                    );
                    self.diagnostics
                        .at(&codes::UNDECLARED_PATH_PARAMETER, operation, message);
                    parameters.push(Rc::new(undeclared(variable)));
                }
            }
        }
    }

    pub(super) fn parameter(&mut self, node: Node<'t>) -> Option<Rc<Parameter<'t>>> {
        let target = self.follow(node, "parameters")?;
        let id = target.node.id();
        if !self.parameters.contains_key(&id) {
            let read = self
                .parameter_object(target.node, target.component)
                .map(Rc::new);
            self.parameters.insert(id, read);
        }
        let mut parameter = self.parameters.get(&id).cloned().flatten()?;
        if target.description.is_some() {
            Rc::make_mut(&mut parameter).description = target.description;
        }
        Some(parameter)
    }

    fn parameter_object(
        &mut self,
        node: Node<'t>,
        component: Option<&'t str>,
    ) -> Option<Parameter<'t>> {
        let mut fields = self.object(node, "parameter")?;
        let name = self.text(&mut fields, "name");
        let location = self.parameter_location(&mut fields, node);
        let (Some(name), Some(location)) = (name, location) else {
            if name.is_none() {
                self.missing_field(node, "this parameter", "name");
            }
            return None;
        };
        if self.is_ignored_header(name, location, node) {
            return None;
        }
        let (style, explode) = self.style(&mut fields, location);
        let content = self.single_content(&mut fields, node);
        let (example, examples) = self.examples(&mut fields);
        Some(Parameter {
            node: Some(node),
            component,
            name,
            location,
            description: self.text(&mut fields, "description"),
            required: self.parameter_required(&mut fields, location, node),
            deprecated: self.flag(&mut fields, "deprecated"),
            allow_empty_value: self.flag(&mut fields, "allowEmptyValue"),
            allow_reserved: self.flag(&mut fields, "allowReserved"),
            style,
            explode,
            schema: self.schema_or_flat(&mut fields, node),
            content,
            example: example.or(examples.first().map(|(_, value)| *value)),
            extensions: self.finish(fields, "a parameter"),
        })
    }

    fn parameter_location(
        &mut self,
        fields: &mut Fields<'t>,
        node: Node<'t>,
    ) -> Option<ParameterLocation> {
        let Some(stated) = fields.take("in") else {
            self.missing_field(node, "this parameter", "in");
            return None;
        };
        match stated.as_str() {
            Some("path") => Some(ParameterLocation::Path),
            Some("query") => Some(ParameterLocation::Query),
            Some("querystring") => Some(ParameterLocation::QueryString),
            Some("header") => Some(ParameterLocation::Header),
            Some("cookie") => Some(ParameterLocation::Cookie),
            _ => {
                self.unknown_value(stated, "in", "the parameter is left out");
                None
            }
        }
    }

    fn parameter_required(
        &mut self,
        fields: &mut Fields<'t>,
        location: ParameterLocation,
        node: Node<'t>,
    ) -> bool {
        let required = self.flag(fields, "required");
        if location == ParameterLocation::Path && !required {
            let message = "a path parameter is always required; say `required: true`";
            self.diagnostics
                .at(&codes::OPTIONAL_PATH_PARAMETER, node, message);
            return true;
        }
        required
    }

    /// The specification has three headers described elsewhere, by media types and security; four more follow from
    /// what is sent.
    fn is_ignored_header(
        &mut self,
        name: &str,
        location: ParameterLocation,
        node: Node<'t>,
    ) -> bool {
        let ignored = location == ParameterLocation::Header
            && CLIENT_HEADERS
                .iter()
                .any(|header| name.eq_ignore_ascii_case(header));
        if ignored {
            let message = format!("the header `{name}` is set by the client itself");
            self.diagnostics.at(&codes::IGNORED_HEADER, node, message);
        }
        ignored
    }
}

const CLIENT_HEADERS: [&str; 7] = [
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "transfer-encoding",
    "host",
    "connection",
];

fn same(left: &Parameter<'_>, right: &Parameter<'_>) -> bool {
    left.location == right.location
        && (left.name == right.name
            || left.location == ParameterLocation::Header
                && left.name.eq_ignore_ascii_case(right.name))
}

fn undeclared<'t>(variable: TemplateVariable<'t>) -> Parameter<'t> {
    Parameter {
        node: None,
        component: None,
        name: variable.name,
        location: ParameterLocation::Path,
        description: None,
        required: true,
        deprecated: false,
        allow_empty_value: false,
        allow_reserved: variable.reserved,
        style: Style::Simple,
        explode: false,
        schema: None,
        content: None,
        example: None,
        extensions: Vec::new(),
    }
}
