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
    /// Sets a parameter of the path.
    pub fn path<T: Encode>(&mut self, name: &str, value: impl Into<T>) {
        self.argument(Location::Path, name, value.into());
    }

    /// Sets such a parameter to a list.
    pub fn path_list<T: Encode>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        self.argument(Location::Path, name, list::<T>(items));
    }

    /// Sets a parameter of the query; one that is absent or null is not sent.
    pub fn query<T: Encode>(&mut self, name: &str, value: impl Into<T>) {
        self.argument(Location::Query, name, value.into());
    }

    /// Sets such a parameter to a list.
    pub fn query_list<T: Encode>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        self.argument(Location::Query, name, list::<T>(items));
    }

    /// Sets a parameter that is a header; one that is absent or null is not sent.
    pub fn header<T: Encode>(&mut self, name: &str, value: impl Into<T>) {
        self.argument(Location::Header, name, value.into());
    }

    /// Sets such a parameter to a list.
    pub fn header_list<T: Encode>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        self.argument(Location::Header, name, list::<T>(items));
    }

    /// Sets a parameter that is a cookie; one that is absent or null is not sent.
    pub fn cookie<T: Encode>(&mut self, name: &str, value: impl Into<T>) {
        self.argument(Location::Cookie, name, value.into());
    }

    /// Sets such a parameter to a list.
    pub fn cookie_list<T: Encode>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        self.argument(Location::Cookie, name, list::<T>(items));
    }

    /// Sets a part of the body, which then is `multipart/form-data`; one that is absent or null is not sent.
    pub fn part<T: Encode>(&mut self, name: &str, value: impl Into<T>) {
        self.argument(Location::Part, name, value.into());
    }

    /// Sets such a part to a list: each item is a part of its own.
    pub fn part_list<T: Encode>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Into<T>>,
    ) {
        self.argument(Location::Part, name, list::<T>(items));
    }

    /// Sets a part of the body to a file.
    pub fn file(&mut self, name: &str, upload: impl Into<Upload>) {
        self.file_list(name, [upload]);
    }

    /// Sets a part of the body to several files, each in a part of its own.
    pub fn file_list(&mut self, name: &str, uploads: impl IntoIterator<Item = impl Into<Upload>>) {
        self.set_argument(Location::Part, name, Value::Files(list(uploads)));
    }

    /// Sets the part with this index in the operation's table to a file.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set_file(&mut self, index: usize, upload: impl Into<Upload>) {
        let name = self.operation.parameter_at(index).name;
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
        let name = self.operation.parameter_at(index).name;
        self.file_list(name, uploads);
    }

    /// Sets the parameter with this index in the operation's table.
    ///
    /// # Panics
    /// When the table has no such parameter.
    pub fn set<T: Encode>(&mut self, index: usize, value: impl Into<T>) {
        let Parameter { location, name, .. } = self.operation.parameter_at(index);
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
        let Parameter { location, name, .. } = self.operation.parameter_at(index);
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
        /// As many as a vector makes room for at first, which costs less where it is known to be empty.
        const ROOM: usize = 4;
        self.arguments
            .retain(|argument| argument.location != location || argument.name != name);
        if !matches!(value, Value::Json(Json::Null)) {
            if self.arguments.capacity() == 0 {
                self.arguments = Vec::with_capacity(ROOM);
            }
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
        operation.parameter(self.location, &self.name)
    }
}

pub(super) fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
