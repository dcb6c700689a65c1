//! Asks the source of a set for its keys, once at a time.

use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;

use super::reload::Step;
use super::set::Shared;
use super::{Key, KeyError, KeySet, Need};
use crate::token::TokenConnection;

/// A source that has not answered by then has failed.
const TIMEOUT: Duration = Duration::from_secs(10);

impl KeySet {
    /// Waits until there is a key for a request, where the source may have one. One that is good is never waited for; if it is
    /// time to ask the source meanwhile, that begins.
    pub(crate) async fn ready(
        &self,
        need: &Need<'_>,
        connection: &TokenConnection,
    ) -> Result<(), KeyError> {
        loop {
            let mut ended = self.shared.ended.subscribe();
            let now = connection.clock.now();
            let step = {
                let mut state = self.state();
                if state.roster.has_one(&self.own(need), now) {
                    let is_due = state.reload.is_due(now);
                    drop(state);
                    if is_due {
                        self.begin(connection);
                    }
                    return Ok(());
                }
                match state.reload.need(now) {
                    Step::Fail => return Err(state.none_left(now)),
                    step => step,
                }
            };
            if step == Step::Load
                && let Some(load) = self.start(connection)
            {
                load.await;
            }
            // What has ended since `ended` was made counts as news.
            let _ = ended.changed().await;
        }
    }

    /// Begins to ask, which nobody waits for. Without a runtime for tasks it is not done before it is needed.
    fn begin(&self, connection: &TokenConnection) {
        drop(self.start(connection));
    }

    /// Asks in a task of its own, which goes on when whoever wants a key gives up; gives it back where there is no runtime
    /// for tasks, and where it takes no time.
    fn start(
        &self,
        connection: &TokenConnection,
    ) -> Option<impl Future<Output = ()> + Send + use<>> {
        let load = self.load(connection);
        match Handle::try_current() {
            Ok(runtime) if self.shared.source.changes() => {
                runtime.spawn(load);
                None
            }
            _ => Some(load),
        }
    }

    /// Asks to the end; dropped before, others may.
    fn load(&self, connection: &TokenConnection) -> impl Future<Output = ()> + Send + use<> {
        let connection = connection.clone();
        let mut asking = Asking {
            shared: self.shared.clone(),
            is_over: false,
        };
        async move {
            let loaded = {
                let loading = asking.shared.source.load(&connection);
                let patience = connection.clock.sleep(TIMEOUT);
                in_time(loading, patience).await
            };
            asking.end(loaded.and_then(checked), &connection);
        }
    }
}

/// What a future comes to, unless the time is over before.
async fn in_time(
    mut loading: impl Future<Output = Result<Vec<Key>, KeyError>> + Unpin,
    mut patience: impl Future<Output = ()> + Unpin,
) -> Result<Vec<Key>, KeyError> {
    poll_fn(|context| {
        if let Poll::Ready(loaded) = std::pin::Pin::new(&mut loading).poll(context) {
            return Poll::Ready(loaded);
        }
        let is_over = std::pin::Pin::new(&mut patience).poll(context);
        is_over.map(|()| Err(KeyError::new(format!("it has not answered in {TIMEOUT:?}"))))
    })
    .await
}

/// Refuses keys that cannot be told apart, and names that would show a key.
fn checked(keys: Vec<Key>) -> Result<Vec<Key>, KeyError> {
    if keys.is_empty() {
        return Err(KeyError::new("it gave no key"));
    }
    let mut names = BTreeSet::new();
    for (place, key) in keys.iter().enumerate() {
        if key.secret.expose().is_empty() || key.name.contains(key.secret.expose()) {
            let what = "is empty, or its name holds it";
            return Err(KeyError::new(format!("key {} {what}", place + 1)));
        }
        if !names.insert(&key.name) {
            let name = &key.name;
            return Err(KeyError::new(format!("it gave two keys named {name:?}")));
        }
    }
    Ok(keys)
}

/// A source that is being asked.
struct Asking {
    shared: Arc<Shared>,
    is_over: bool,
}

impl Asking {
    /// Takes what came of it.
    fn end(&mut self, loaded: Result<Vec<Key>, KeyError>, connection: &TokenConnection) {
        let now = connection.clock.now();
        let mut state = self.shared.state();
        let state = &mut *state;
        let replaced = loaded.and_then(|keys| {
            let make = &self.shared.make;
            let replaced = state.roster.replace(&keys, &state.given, make, now);
            let are_others = replaced.map_err(KeyError::new)?;
            state.given = keys;
            Ok(are_others)
        });
        match replaced {
            Ok(are_others) => {
                state.reload.succeed(are_others, now);
                if are_others {
                    let names: Vec<&str> = state.roster.names().collect();
                    tracing::info!("attache.keys" = ?names, "a source of keys gave others");
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a source of keys has failed; those that there are stay in use");
                state.reload.fail(error, now);
            }
        }
        self.is_over = true;
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if !self.is_over {
            self.shared.state().reload.give_up();
        }
        self.shared.ended.send_replace(());
    }
}
