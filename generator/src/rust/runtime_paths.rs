//! Every path into the runtime crate that generated code mentions.

pub(super) const ROOT: &str = "attache_runtime";

pub(super) const OBJECT: &str = "attache_runtime::object!";
pub(super) const REQUEST_VIEW: &str = "attache_runtime::request_view!";
pub(super) const SETTERS: &str = "attache_runtime::setters!";
pub(super) const STRING_ENUM: &str = "attache_runtime::string_enum!";
pub(super) const INTEGER_ENUM: &str = "attache_runtime::integer_enum!";
pub(super) const JSON_ENUM: &str = "attache_runtime::json_enum!";
pub(super) const TUPLE: &str = "attache_runtime::tuple!";
pub(super) const TAGGED_UNION: &str = "attache_runtime::tagged_union!";
pub(super) const UNTAGGED_UNION: &str = "attache_runtime::untagged_union!";
pub(super) const JSON_VALUES: &str = "attache_runtime::json_values!";
pub(super) const NEWTYPE: &str = "attache_runtime::newtype!";
pub(super) const REQUESTS: &str = "attache_runtime::requests!";
pub(super) const OPERATION: &str = "attache_runtime::operation!";
pub(super) const PAGED: &str = "attache_runtime::paged!";
pub(super) const SERVER: &str = "attache_runtime::server!";
pub(super) const CREDENTIALS: &str = "attache_runtime::credentials!";
pub(super) const ARGUMENTS: &str = "attache_runtime::arguments!";
pub(super) const RESPONSES: &str = "attache_runtime::responses!";
pub(super) const HEADERS: &str = "attache_runtime::headers!";
pub(super) const STREAM: &str = "attache_runtime::stream!";
pub(super) const LINKS: &str = "attache_runtime::links!";
pub(super) const DOWNLOAD: &str = "attache_runtime::download!";
pub(super) const CLIENT_MACRO: &str = "attache_runtime::client!";

#[cfg(feature = "wire-tests")]
pub(super) const WIRE_TESTS: &str = "attache_runtime::wire_tests!";

pub(super) const CLIENT: &str = "attache_runtime::Client";
pub(super) const API_META: &str = "attache_runtime::ApiMeta";
pub(super) const OPERATION_META: &str = "attache_runtime::OperationMeta";
pub(super) const OPERATION_SCOPES: &str = "attache_runtime::OperationScopes";
pub(super) const PARAMETER: &str = "attache_runtime::Parameter";
pub(super) const PAGINATION: &str = "attache_runtime::Pagination";
pub(super) const MEDIA_TYPE: &str = "attache_runtime::MediaType";
pub(super) const XML_DOCUMENT: &str = "attache_runtime::xml::Document";
pub(super) const XML_SHAPE: &str = "attache_runtime::XmlShape";
pub(super) const XML_OBJECT_MACRO: &str = "attache_runtime::xml_object!";
pub(super) const XML_SHAPE_MACRO: &str = "attache_runtime::xml_shape!";
pub(super) const QUOTA: &str = "attache_runtime::Quota";
pub(super) const RETRY_CLASS: &str = "attache_runtime::RetryClass";
pub(super) const STYLE: &str = "attache_runtime::Style";
pub(super) const SECURITY_SCHEME: &str = "attache_runtime::SecurityScheme";

pub(super) const MAYBE: &str = "attache_runtime::Maybe";
pub(super) const JSON: &str = "attache_runtime::Json";
pub(super) const DATE_TIME: &str = "attache_runtime::DateTime";
pub(super) const DATE: &str = "attache_runtime::Date";
pub(super) const TIME: &str = "attache_runtime::Time";
pub(super) const UUID: &str = "attache_runtime::Uuid";
pub(super) const NUMBER: &str = "attache_runtime::JsonNumber";
pub(super) const UNIX_TIME: &str = "attache_runtime::UnixTime";
pub(super) const DURATION: &str = "attache_runtime::IsoDuration";
pub(super) const STRING_INTEGER: &str = "attache_runtime::StringInteger";
pub(super) const BODY: &str = "attache_runtime::Body";
pub(super) const MULTIPART: &str = "attache_runtime::body::Multipart";
pub(super) const UPLOAD: &str = "attache_runtime::Upload";
pub(super) const JSON_TEXT: &str = "attache_runtime::JsonText";
pub(super) const BASE64: &str = "attache_runtime::Base64";
pub(super) const TEXT: &str = "attache_runtime::Text";
pub(super) const BYTES: &str = "attache_runtime::Bytes";
pub(super) const UNDOCUMENTED: &str = "attache_runtime::Undocumented";
