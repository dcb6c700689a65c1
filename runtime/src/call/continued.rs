//! A call that goes on where another ended: the next page of an answer.

use super::address::address;
use super::operation::{Location, OperationMeta, Parameter};
use super::{Argument, Call, Operation, Value, style};
use crate::json::Json;
use crate::transport::Url;

impl Call {
    pub(crate) fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The name of the parameter with this index in the operation's table.
    pub(crate) fn parameter_name(&self, index: usize) -> &'static str {
        self.operation.parameter_at(index).name
    }

    /// The value of the parameter with this index, if it is set.
    pub(crate) fn argument_at(&self, index: usize) -> Option<&Json> {
        let parameter = self.operation.parameter_at(index);
        let found = self.arguments.iter().find(|it| is_of(it, &parameter))?;
        match &found.value {
            Value::Json(value) => Some(value),
            Value::Files(_) => None,
        }
    }

    /// Sets the parameter with this index.
    pub(crate) fn set_argument_at(&mut self, index: usize, value: Json) {
        let Parameter { location, name, .. } = self.operation.parameter_at(index);
        self.set_argument(location, name, Value::Json(value));
    }

    /// Drops the arguments of query, header and cookie other than these.
    pub(crate) fn keep_only(&mut self, kept: &[usize]) {
        let operation = &self.operation;
        self.arguments.retain(|argument| {
            let mut kept = kept.iter().map(|&index| operation.parameter_at(index));
            let is_kept = kept.any(|parameter| is_of(argument, &parameter));
            let is_part = matches!(argument.location, Location::Part | Location::PartHeader(_));
            is_kept || is_part || argument.location == Location::Path
        });
    }

    /// Calls another operation with the arguments that both have.
    pub(crate) fn turn_to(&mut self, operation: &'static OperationMeta) {
        self.operation = Operation::Described(operation);
        self.station = self.client.shared().station(&self.operation);
        self.arguments.retain(|argument| {
            let mut parameters = operation.all_parameters();
            parameters.any(|parameter| is_of(argument, &parameter))
        });
    }

    /// Fetches an address in place of the operation's own, by GET and without a body.
    ///
    /// `Err` says why it must not be fetched: credentials go to the origin of the call and nowhere else.
    ///
    /// The parameters of the query in `keeping` are set in the address as well.
    pub(crate) fn go_to(&mut self, reference: &str, keeping: &[usize]) -> Result<(), String> {
        let mut address = self.url()?.follow(reference)?;
        for &index in keeping {
            let parameter = self.operation.parameter_at(index);
            if let Some(value) = self.argument_at(index) {
                let pairs = style::in_query(&parameter, value);
                address = address.with_pairs(parameter.name, &pairs);
            }
        }
        self.overrides_mut().address = Some(address);
        self.body = None;
        self.arguments
            .retain(|argument| matches!(argument.location, Location::Header | Location::Cookie));
        Ok(())
    }

    /// The address of the call, without what a credential adds to it.
    pub(crate) fn url(&self) -> Result<Url, String> {
        let place = self.place()?;
        address(self, &place.base_url)
    }

    /// All arguments that are plain values, by their places and names.
    pub(crate) fn plain_arguments(&self) -> Vec<(Location, String, Json)> {
        let arguments = self.arguments.iter();
        let plain = arguments.filter_map(|it| match &it.value {
            Value::Json(value) => Some((it.location, it.name.to_string(), value.clone())),
            Value::Files(_) => None,
        });
        plain.collect()
    }

    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// The body, if it is JSON and in memory.
    pub(crate) fn json_body(&self) -> Option<Json> {
        self.body.as_ref()?.json()
    }

    /// Puts other JSON in place of the body, under the name of its media type.
    pub(crate) fn replace_json(&mut self, body: &Json) {
        match &mut self.body {
            Some(content) => content.set_json(body.clone()),
            None => self.json::<Json>("application/json", body.clone()),
        }
    }
}

fn is_of(argument: &Argument, parameter: &Parameter) -> bool {
    argument.location == parameter.location && argument.name == parameter.name
}
