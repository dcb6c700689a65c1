//! Where calls go.

use crate::document::Server;

/// The first server's URL with the defaults of its variables.
pub(super) fn base_url(servers: &[Server<'_>]) -> String {
    let Some(server) = servers.first() else {
        return "/".to_owned();
    };
    let mut url = server.url.trim().to_owned();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), variable.default);
    }
    url
}
