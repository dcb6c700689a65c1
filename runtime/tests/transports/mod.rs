//! The transports, which all take the same settings.

use std::sync::Arc;

use attache_runtime::transport::{
    Connections, HyperTransport, ReqwestTransport, Transport, TransportError,
};

pub(crate) type Make = fn(Connections) -> Result<Arc<dyn Transport>, TransportError>;

pub(crate) const TRANSPORTS: [Make; 2] = [
    |connections| Ok(Arc::new(HyperTransport::with(connections)?)),
    |connections| Ok(Arc::new(ReqwestTransport::with(connections)?)),
];
