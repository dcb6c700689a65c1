//! One call over connections of its own.

use attache_runtime::transport::Connections;
use attache_runtime::{ApiMeta, ClientBuilder, OperationMeta, Retry, Text, Undocumented};

use crate::transports::Make;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");
static GET: OperationMeta = OperationMeta::new("get", "GET", "/parcels");

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
