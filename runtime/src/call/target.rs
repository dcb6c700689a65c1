//! Where a call goes, and whether what belongs to the client may go there too.

use std::borrow::Cow;

use super::{Operation, OperationMeta};
use crate::client::{Shared, Station};
use crate::transport::Url;

/// What the caller says about where the call goes.
#[derive(Clone, Default)]
pub(super) struct Target {
    base_url: Option<String>,
    is_trusted: bool,
}

/// Where the call goes.
pub(super) struct Place<'c> {
    pub(super) base_url: Cow<'c, Url>,
    /// Credentials and headers of the client may go there.
    pub(super) is_own: bool,
    /// It is where all calls of the operation go, unless they say otherwise.
    pub(super) is_usual: bool,
}

impl Target {
    /// Where the client sends its calls.
    pub(super) const fn usual() -> Self {
        Self {
            base_url: None,
            is_trusted: false,
        }
    }

    pub(super) fn set(&mut self, base_url: String, is_trusted: bool) {
        self.base_url = Some(base_url);
        self.is_trusted = is_trusted;
    }

    /// Settles where the call goes: what the call says comes before what the client says.
    pub(super) fn place<'c>(
        &self,
        operation: &'c Operation,
        station: &'c Station,
        shared: &Shared,
    ) -> Result<Place<'c>, String> {
        let usual = station.server.as_ref();
        let place = match &self.base_url {
            None => Place {
                base_url: Cow::Borrowed(usual.map_err(String::clone)?),
                is_own: true,
                is_usual: true,
            },
            Some(text) => {
                let base_url = Url::parse_base(text)?;
                Place {
                    is_own: self.is_trusted
                        || base_url.has_origin_of(&shared.base_url)
                        || usual.is_ok_and(|usual| base_url.has_origin_of(usual)),
                    is_usual: false,
                    base_url: Cow::Owned(base_url),
                }
            }
        };
        match operation.free().and_then(|free| free.root.as_ref()) {
            None => Ok(place),
            Some(root) if root.has_origin_of(&place.base_url) => Ok(Place {
                base_url: Cow::Borrowed(root),
                is_usual: false,
                ..place
            }),
            Some(root) => Err(format!(
                "{} is not the server that the client talks to, {}; `base_url` sends a call to another one",
                root.origin(),
                place.base_url.origin()
            )),
        }
    }
}

/// Where the operation goes when the call says nothing: to the client's server or to one of its own.
///
/// A base URL that the user chose is for all operations. What the description names, relative or not, may have the
/// credentials that it asks for.
pub(crate) fn usual(operation: &OperationMeta, shared: &Shared) -> Result<Url, String> {
    let described = operation.server;
    let replaced = shared.operation_servers.iter().rev();
    let mut replaced = replaced.filter(|(known, _)| known == described);
    match replaced.next() {
        _ if described.is_empty() => Ok(shared.base_url.clone()),
        Some((_, base_url)) => Ok(base_url.clone()),
        None if !described.contains("://") => shared.base_url.base_at(described),
        None if shared.is_base_url_chosen => Ok(shared.base_url.clone()),
        None => Url::parse_base(described),
    }
}
