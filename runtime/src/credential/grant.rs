//! What a credential adds to a request, where it fits a scheme.

use super::scheme::SchemeKind;
use super::{Credential, Secret, SecurityScheme};
use crate::key_set::KeySet;
use crate::signing::Signature;
use crate::token::AccessToken;

/// What one credential adds to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Grant<'c> {
    Header(&'static str, &'c Secret),
    Query(&'static str, &'c Secret),
    Cookie(&'static str, &'c Secret),
    /// In the header `Authorization`, once it is there.
    Token(&'c AccessToken),
    /// Over all the rest.
    Signature(&'c Signature),
    /// Nothing that a request has: the connection does.
    Connection,
    /// What one of several keys adds, which has yet to be chosen.
    Keys(&'c KeySet, SchemeKind),
}

pub(super) fn scheme<'s>(schemes: &'s [SecurityScheme], name: &str) -> Option<&'s SecurityScheme> {
    schemes.iter().find(|scheme| scheme.name == name)
}

/// Finds the credential for a scheme; one that names the scheme comes before one that names none.
pub(super) fn grant<'c>(
    scheme: &SecurityScheme,
    credentials: &'c [Credential],
) -> Option<Grant<'c>> {
    // What has no name is not meant for a scheme that nobody knows.
    let is_other = matches!(scheme.kind, SchemeKind::Other(kind) if kind != "mutualTLS");
    let mut unnamed = None;
    for credential in credentials {
        match credential.scheme() {
            Some(name) if name != scheme.name => {}
            Some(_) => {
                let fitting = fit(scheme.kind, credential);
                if fitting.is_some() {
                    return fitting;
                }
            }
            // What signs fits any scheme, so it has to name its own.
            None if is_other || unnamed.is_some() || credential.is_signature() => {}
            None => unnamed = fit(scheme.kind, credential),
        }
    }
    unnamed
}

/// What a credential adds for a scheme of a kind, where it fits.
pub(crate) fn fit(kind: SchemeKind, credential: &Credential) -> Option<Grant<'_>> {
    const AUTHORIZATION: &str = "Authorization";
    Some(match (kind, credential) {
        (SchemeKind::KeyInHeader(name), Credential::ApiKey(it)) => Grant::Header(name, &it.key),
        (SchemeKind::KeyInQuery(name), Credential::ApiKey(it)) => Grant::Query(name, &it.key),
        (SchemeKind::KeyInCookie(name), Credential::ApiKey(it)) => Grant::Cookie(name, &it.key),
        (SchemeKind::Other("mutualTLS"), Credential::ClientCertificate(_)) => Grant::Connection,
        (SchemeKind::Other("mutualTLS"), _) => return None,
        (SchemeKind::Bearer | SchemeKind::Other(_), Credential::Bearer(it)) => {
            Grant::Header(AUTHORIZATION, &it.authorization)
        }
        (SchemeKind::Bearer | SchemeKind::Other(_), Credential::Token(it)) => Grant::Token(it),
        // It knows best where it goes.
        (_, Credential::Signature(it)) => Grant::Signature(it),
        (SchemeKind::Basic, Credential::Basic(it)) => {
            Grant::Header(AUTHORIZATION, &it.authorization)
        }
        (_, Credential::Keys(keys)) if kind.takes(keys.kind()) => Grant::Keys(keys, kind),
        _ => return None,
    })
}
