//! The transport that is used when no other is given.

use std::sync::Arc;

use super::{Transport, TransportError};

#[cfg(feature = "transport-hyper")]
pub(crate) fn chosen() -> Result<Arc<dyn Transport>, TransportError> {
    Ok(Arc::new(super::HyperTransport::new()?))
}

#[cfg(all(feature = "transport-reqwest", not(feature = "transport-hyper")))]
pub(crate) fn chosen() -> Result<Arc<dyn Transport>, TransportError> {
    Ok(Arc::new(super::ReqwestTransport::new()?))
}

#[cfg(not(any(feature = "transport-hyper", feature = "transport-reqwest")))]
pub(crate) fn chosen() -> Result<Arc<dyn Transport>, TransportError> {
    Err(TransportError::new(
        super::TransportErrorKind::NotSent,
        "the feature `transport-hyper` is off, so `transport` is needed",
    ))
}
