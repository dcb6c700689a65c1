//! The operations of the client.

use attache_runtime::{OperationMeta, Parameter, Style};

use super::types;

attache_runtime::requests! { Request }

/// Parcels.
#[derive(Clone, Copy, Debug)]
pub struct Parcels<'c> {
    client: &'c attache_runtime::Client,
}

impl<'c> Parcels<'c> {
    pub(crate) fn new(client: &'c attache_runtime::Client) -> Self {
        Self { client }
    }

    /// Gets a parcel.
    pub fn get(&self, id: impl Into<String>) -> Request<GetParcel> {
        let mut call = self.client.call(&GET_PARCEL);
        call.path::<String>("id", id);
        Request::new(call)
    }

    /// Makes a parcel.
    pub fn create(&self, body: impl Into<types::NewParcel>) -> Request<CreateParcel> {
        let mut call = self.client.call(&CREATE_PARCEL);
        call.json::<types::NewParcel>("application/json", body);
        Request::new(call)
    }

    /// Removes a parcel.
    pub fn delete(&self, id: impl Into<String>) -> Request<DeleteParcel> {
        let mut call = self.client.call(&DELETE_PARCEL);
        call.path::<String>("id", id);
        Request::new(call)
    }

    /// Prints a label.
    pub fn label(&self) -> Request<PrintLabel> {
        Request::new(self.client.call(&PRINT_LABEL))
    }
}

static GET_PARCEL: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}")
    .parameters(&[
        Parameter::path("id"),
        Parameter::query("expand").style(Style::Form).explode(false),
        Parameter::query("ids"),
        Parameter::header("X-Trace"),
        Parameter::cookie("sid"),
    ])
    .fixed_query("beta=true")
    .accept("application/json")
    .security(&[&["apiKey"], &["bearer", "session"]]);

static CREATE_PARCEL: OperationMeta = OperationMeta::new("createParcel", "POST", "/parcels")
    .accept("application/json")
    .security(&[&["bearer"], &["basic"]]);

static DELETE_PARCEL: OperationMeta =
    OperationMeta::new("deleteParcel", "DELETE", "/parcels/{id}").security(&[&["queryKey"], &[]]);

static PRINT_LABEL: OperationMeta = OperationMeta::new("printLabel", "GET", "/label");

/// The operation `getParcel`.
pub enum GetParcel {}
attache_runtime::operation! { GetParcel => types::Parcel, GetParcelError }

impl Request<GetParcel> {
    /// Sets `expand`.
    pub fn expand(mut self, expand: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.call.query_list::<String>("expand", expand);
        self
    }

    /// Sets `ids`.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl Into<i64>>) -> Self {
        self.call.query_list::<i64>("ids", ids);
        self
    }

    /// Sets `X-Trace`.
    pub fn trace(mut self, trace: impl Into<String>) -> Self {
        self.call.header::<String>("X-Trace", trace);
        self
    }

    /// Sets `sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.call.cookie::<String>("sid", sid);
        self
    }
}

/// What `getParcel` documents as errors.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetParcelError {
    /// 404
    NotFound(types::Problem),
    /// 410
    Gone,
    /// 4xx
    ClientError(types::Problem),
    /// Any other.
    Default(types::Problem),
}
attache_runtime::responses! {
    GetParcelError {
        404 => NotFound(types::Problem),
        410 => Gone,
        400..=499 => ClientError(types::Problem),
        _ => Default(types::Problem),
    }
}

/// The operation `createParcel`.
pub enum CreateParcel {}
attache_runtime::operation! { CreateParcel => CreateParcelSuccess, attache_runtime::Undocumented }

/// What `createParcel` documents as successes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateParcelSuccess {
    /// 201
    Created(types::Parcel),
    /// 202
    Accepted(attache_runtime::Text),
}
attache_runtime::responses! {
    CreateParcelSuccess { 201 => Created(types::Parcel), 202 => Accepted(attache_runtime::Text) }
}

/// The operation `deleteParcel`.
pub enum DeleteParcel {}
attache_runtime::operation! { DeleteParcel => (), attache_runtime::Undocumented }

/// The operation `printLabel`.
pub enum PrintLabel {}
attache_runtime::operation! { PrintLabel => attache_runtime::Bytes, attache_runtime::Undocumented }
