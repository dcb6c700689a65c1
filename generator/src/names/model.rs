//! The spelled names of one client; nothing else in the crate makes an identifier.

use crate::ir::{OperationId, TypeId};

/// Every Rust identifier of the generated crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Package name: `parcels-client`.
    pub package: String,
    /// Crate name in paths: `parcels_client`.
    pub library: String,
    /// By [`TypeId`].
    pub types: Vec<TypeNames>,
    /// Modules below `types`, sorted by name.
    pub type_modules: Vec<TypeModule>,
    /// How the names of environment variables begin: `PARCELS`.
    pub environment: String,
    /// By index into `ir::Client::schemes`.
    pub schemes: Vec<SchemeNames>,
    /// By index into `ir::Client::servers`.
    pub servers: Vec<ServerNames>,
    /// By index into `ir::Client::groups`.
    pub groups: Vec<GroupNames>,
    /// By [`OperationId`].
    pub operations: Vec<OperationNames>,
    /// Enums of error bodies that several operations have.
    pub shared_errors: Vec<SharedErrors>,
    /// By index into `ir::Client::callbacks`: `RegisterWebhookOnEvent`.
    pub callbacks: Vec<String>,
    /// By index into `ir::Client::links`.
    pub links: Vec<LinkNames>,
    /// Every name that differs from what the description gives, in the order in which they were settled.
    pub renames: Vec<Rename>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeNames {
    /// `ParcelAddress`, unique in `types`.
    pub ident: String,
    /// Fields of an object, values of an enum, variants of a union; in the order of the type's members.
    pub members: Vec<String>,
    /// The field that keeps the rest of an object's members.
    pub rest: Option<String>,
}

/// One file below `types`: a component and its inline children.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeModule {
    /// `parcel`: ASCII, a valid file stem on every platform.
    pub module: String,
    pub types: Vec<TypeId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemeNames {
    /// Method of the client's builder: `api_key`.
    pub setter: String,
    /// Environment variable: `PARCELS_API_KEY`.
    pub variable: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerNames {
    /// `Sandbox`, unique in `servers`.
    pub ident: String,
    /// In the order of the server's variables.
    pub variables: Vec<VariableNames>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariableNames {
    /// Field and setter: `region`.
    pub field: String,
    /// The enum of its values (`SandboxRegion`) and its variants, where they are listed.
    pub values: Option<(String, Vec<String>)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupNames {
    /// File and module below `api`: `parcels`.
    pub module: String,
    /// Method of the client: `parcels`.
    pub accessor: String,
    /// The handle: `Parcels`.
    pub handle: String,
    pub operations: Vec<OperationId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkNames {
    /// The trait with the links of an operation: `GetParcelLinks`.
    pub links: String,
    /// `owner`, unique in the trait.
    pub method: String,
    /// Arguments, for the required parameters of the target that the link gives no value, in their order.
    pub parameters: Vec<String>,
    /// As of a parameter.
    pub body: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationNames {
    /// Method of the handle: `get`.
    pub method: String,
    /// The type that stands for it: `GetParcel`.
    pub marker: String,
    /// Table: `GET_PARCEL`.
    pub table: String,
    /// Arguments and setters, in the order of `ir::Operation::parameters`.
    pub parameters: Vec<String>,
    /// Setters that send a parameter without a value, in the same order, for those that may be.
    pub empty: Vec<Option<String>>,
    /// The body's argument or setter.
    pub body: String,
    /// The setter that chooses a media type, when the body has several.
    pub content_type: Option<String>,
    /// The enum of success bodies (`GetParcelResponse`) and its variants, when there are several.
    pub success: Option<(String, Vec<String>)>,
    /// The enum of error bodies (`GetParcelError`) and its variants, when any is documented.
    pub errors: Option<(String, Vec<String>)>,
    /// The struct of a success's headers (`GetParcelHeaders`) and its fields, when any is documented.
    pub headers: Option<(String, Vec<String>)>,
}

/// An enum of error bodies that several operations document alike; each has its own name for it.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedErrors {
    /// `Errors404Or5xx`, unique in `api`.
    pub ident: String,
    /// In their order; the first stands for all.
    pub operations: Vec<OperationId>,
}

/// An identifier that had to differ from what the description's name gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// `#/components/schemas/Option`
    pub pointer: String,
    pub wanted: String,
    pub given: String,
    pub reason: &'static str,
}
