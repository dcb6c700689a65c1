//! Above the call path: calls as requests.

use std::task::{Context, Poll};

use tower_service::Service;

use crate::call::{Call, PendingRaw};
use crate::error::Error;
use crate::response::{Response, Undocumented};
use crate::transport::Bytes;

/// A service whose requests are calls, and whose responses are their answers, undecoded and whatever their status.
///
/// It is always ready: how long a call waits, its client settles.
///
/// ```
/// use attache_runtime::tower::ClientService;
/// use attache_runtime::{Client, OperationMeta};
/// use tower::ServiceExt;
///
/// static LIST: OperationMeta = OperationMeta::new("listParcels", "GET", "/parcels");
///
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let answer = ClientService.oneshot(client.call(&LIST)).await?;
/// println!("{}", answer.status());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientService;

impl Service<Call> for ClientService {
    type Response = Response<Bytes>;
    type Error = Error<Undocumented>;
    type Future = PendingRaw;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, call: Call) -> PendingRaw {
        call.send_raw()
    }
}
