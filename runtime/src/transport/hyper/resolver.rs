//! The addresses of hosts: those that were given, and the others as the system finds them.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::{GaiAddrs, GaiResolver, Name};
use tower_service::Service;

use crate::transport::BoxFuture;

#[derive(Clone)]
pub(super) struct Resolver {
    given: Arc<HashMap<String, SocketAddr>>,
    system: GaiResolver,
}

impl Resolver {
    pub(super) fn new(given: &[(String, SocketAddr)]) -> Self {
        let given = given.iter().cloned();
        let given = given.map(|(host, address)| (host.to_ascii_lowercase(), address));
        Self {
            given: Arc::new(given.collect()),
            system: GaiResolver::new(),
        }
    }
}

impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Addresses>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, host: Name) -> Self::Future {
        if let Some(address) = self.given.get(&host.as_str().to_ascii_lowercase()) {
            let address = Some(*address);
            return Box::pin(async move { Ok(Addresses::Given(address)) });
        }
        let found = self.system.call(host);
        Box::pin(async move { found.await.map(Addresses::Found) })
    }
}

pub(super) enum Addresses {
    Given(Option<SocketAddr>),
    Found(GaiAddrs),
}

impl Iterator for Addresses {
    type Item = SocketAddr;

    fn next(&mut self) -> Option<SocketAddr> {
        match self {
            Addresses::Given(address) => address.take(),
            Addresses::Found(found) => found.next(),
        }
    }
}
