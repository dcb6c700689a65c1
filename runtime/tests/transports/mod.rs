//! The transports, which all take the same settings.

use std::sync::Arc;

use attache_runtime::transport::{
    Connections, HyperTransport, ReqwestTransport, Transport, TransportError,
};
use attache_runtime::{ApiMeta, ClientBuilder, OperationMeta, Retry, Text, Undocumented};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");

pub(crate) type Make = fn(Connections) -> Result<Arc<dyn Transport>, TransportError>;

pub(crate) const TRANSPORTS: [Make; 2] = [
    |connections| Ok(Arc::new(HyperTransport::with(connections)?)),
    |connections| Ok(Arc::new(ReqwestTransport::with(connections)?)),
];

/// Makes one call over connections of its own.
pub(crate) async fn fetch(
    make: Make,
    connections: Connections,
    base_url: &str,
) -> Result<String, String> {
    let transport = make(connections).map_err(|error| error.to_string())?;
    let client = ClientBuilder::new(&API)
        .base_url(base_url)
        .transport(transport)
        .retry(Retry::off())
        .build()
        .expect("the settings are valid");
    let answer = client.call(&GET).send::<Text, Undocumented>().await;
    answer.map(|text| text.0).map_err(|error| error.to_string())
}
