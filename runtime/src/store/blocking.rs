//! Work that waits for a disk.

use tokio::runtime::Handle;

use super::StoreError;

/// Does it in a thread for such work, or in this one where there is no runtime.
///
/// It is done to its end, also where nobody waits for it any more.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let Ok(runtime) = Handle::try_current() else {
        return work();
    };
    match runtime.spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StoreError::unavailable("the runtime is shutting down")),
    }
}
