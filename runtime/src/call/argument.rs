//! Arguments of a call, by their places and names, or by their places in the operation's table.

use smol_str::SmolStr;

use super::{Call, Location, OperationMeta, Parameter};
use crate::body::Upload;
use crate::json::{Encode, Json};

#[derive(Clone)]
pub(super) struct Argument {
    pub(super) location: Location,
    pub(super) name: SmolStr,
    pub(super) value: Value,
}

#[derive(Clone)]
pub(super) enum Value {
    Json(Json),
    Files(Vec<Upload>),
}

impl Call {
    /// Sets the part with this index in the operation's table to a file.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set_file(&mut self, index: usize, upload: impl Into<Upload>) {
        let name = self.operation.parameters[index].name;
        self.file(name, upload);
    }

    /// Sets such a part to several files.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set_file_list(
        &mut self,
        index: usize,
        uploads: impl IntoIterator<Item = impl Into<Upload>>,
    ) {
        let name = self.operation.parameters[index].name;
        self.file_list(name, uploads);
    }

    /// Sets the parameter with this index in the operation's table.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set<T: Encode>(&mut self, index: usize, value: impl Into<T>) {
        let Parameter { location, name, .. } = self.operation.parameters[index];
        self.argument(location, name, value.into());
    }

    /// Sets such a parameter to a list.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set_list<T: Encode>(
        &mut self,
        index: usize,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        let Parameter { location, name, .. } = self.operation.parameters[index];
        self.argument(location, name, list::<T>(items));
    }

    pub(super) fn argument(&mut self, location: Location, name: &str, value: impl Encode) {
        let value = match value.is_absent() {
            true => Json::Null,
            false => value.into_json(),
        };
        self.set_argument(location, name, Value::Json(value));
    }

    pub(super) fn set_argument(&mut self, location: Location, name: &str, value: Value) {
        self.arguments
            .retain(|argument| argument.location != location || argument.name != name);
        if !matches!(value, Value::Json(Json::Null)) {
            self.arguments.push(Argument {
                location,
                name: name.into(),
                value,
            });
        }
    }
}

impl Argument {
    /// Returns how the operation's table says it is written, or the usual way.
    pub(super) fn parameter(&self, operation: &OperationMeta) -> Parameter {
        let is_this = |parameter: &&Parameter| {
            parameter.location == self.location && parameter.name == self.name
        };
        let declared = operation.parameters.iter().find(is_this);
        declared
            .copied()
            .unwrap_or(Parameter::new("", self.location))
    }
}

pub(super) fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
