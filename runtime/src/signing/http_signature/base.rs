//! What is signed: the signature base (RFC 9421, section 2.5).

use super::component::{Component, encoded};
use crate::call::form_pair;
use crate::signing::canonical::{field, host, path};
use crate::transport::{TransportRequest, Url};

/// One line for each component, and a last one for what the signature says of itself.
pub(super) fn signature_base(
    components: &[Component],
    parameters: &str,
    request: &TransportRequest,
) -> Result<String, String> {
    let mut base = String::new();
    for component in components {
        let identifier = component.identifier();
        let value = value(component, request)
            .ok_or_else(|| format!("{identifier} is to be signed, but the request has none"))?;
        // Other bytes have no one text, and a line that ends early could say something else.
        if !value.bytes().all(|c| matches!(c, b' '..=b'~' | b'\t')) {
            return Err(format!("{identifier} is to be signed, but is not ASCII"));
        }
        base.push_str(&format!("{identifier}: {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {parameters}"));
    Ok(base)
}

/// The value of a component (RFC 9421, sections 2.1 and 2.2); none where the request has none, or more than one.
fn value(component: &Component, request: &TransportRequest) -> Option<String> {
    let url = &request.url;
    let query = || format!("?{}", url.query().unwrap_or_default());
    Some(match component {
        Component::Method => request.method.to_string(),
        Component::TargetUri => {
            let query = url.query().map(|_| query()).unwrap_or_default();
            format!("{}://{}{}{query}", scheme(url), host(url), path(url))
        }
        Component::Authority => host(url),
        Component::Scheme => scheme(url),
        Component::Path => path(url).to_owned(),
        Component::Query => query(),
        Component::QueryParam(name) => query_param(url, name)?,
        Component::Field(name) => field(request, name, ", ")?,
    })
}

fn scheme(url: &Url) -> String {
    let scheme = url.origin().split_once("://");
    scheme.map_or("", |(scheme, _)| scheme).to_ascii_lowercase()
}

/// The value of the only parameter of this name, as a form is read and then encoded (RFC 9421, section 2.2.8).
fn query_param(url: &Url, name: &str) -> Option<String> {
    let pairs = url.query().unwrap_or_default().split('&').map(form_pair);
    let mut found = pairs.filter(|(known, _)| encoded(known) == name);
    let (_, value) = found.next()?;
    match found.next() {
        Some(_) => None,
        None => Some(encoded(&value)),
    }
}
