//! Chooses the credentials of an operation, and says what they add to a request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::scheme::SchemeKind;
use super::{Credential, SecurityScheme};

/// What one credential adds to a request.
#[derive(Clone)]
pub(crate) enum Grant {
    Header(&'static str, Zeroizing<String>),
    Query(&'static str, Zeroizing<String>),
    Cookie(&'static str, Zeroizing<String>),
}

/// Chooses what to send for `security`: alternatives, each naming the schemes it takes together.
///
/// The first alternative that can be met completely counts; an empty one, which stands for no
/// credentials at all, counts only after the others, whatever its place.
pub(crate) fn choose(
    security: &[&[&str]],
    schemes: &[SecurityScheme],
    credentials: &[Credential],
    allow_anonymous: bool,
) -> Result<Vec<Grant>, String> {
    let with_schemes = security
        .iter()
        .filter(|alternative| !alternative.is_empty());
    for alternative in with_schemes {
        let grants: Option<Vec<Grant>> = alternative
            .iter()
            .map(|name| grant(scheme(schemes, name)?, credentials))
            .collect();
        if let Some(grants) = grants {
            return Ok(grants);
        }
    }
    let may_be_anonymous = security.iter().any(|alternative| alternative.is_empty());
    match security.is_empty() || may_be_anonymous || allow_anonymous {
        true => Ok(Vec::new()),
        false => Err(complaint(security, schemes)),
    }
}

fn scheme(schemes: &[SecurityScheme], name: &str) -> Option<SecurityScheme> {
    schemes.iter().find(|scheme| scheme.name == name).copied()
}

/// Finds the credential for a scheme; one that names the scheme comes before one that names none.
fn grant(scheme: SecurityScheme, credentials: &[Credential]) -> Option<Grant> {
    let named = credentials
        .iter()
        .filter(|credential| credential.scheme() == Some(scheme.name));
    let is_other = matches!(scheme.kind, SchemeKind::Other(_));
    let unnamed = credentials
        .iter()
        .filter(|credential| credential.scheme().is_none() && !is_other);
    named
        .chain(unnamed)
        .find_map(|credential| fit(scheme.kind, credential))
}

fn fit(kind: SchemeKind, credential: &Credential) -> Option<Grant> {
    let authorization = |value: String| Grant::Header("Authorization", Zeroizing::new(value));
    match (kind, credential) {
        (SchemeKind::KeyInHeader(name), Credential::ApiKey(key)) => {
            Some(Grant::Header(name, copy(key.key.expose())))
        }
        (SchemeKind::KeyInQuery(name), Credential::ApiKey(key)) => {
            Some(Grant::Query(name, copy(key.key.expose())))
        }
        (SchemeKind::KeyInCookie(name), Credential::ApiKey(key)) => {
            Some(Grant::Cookie(name, copy(key.key.expose())))
        }
        (SchemeKind::Bearer | SchemeKind::Other(_), Credential::Bearer(bearer)) => {
            Some(authorization(format!("Bearer {}", bearer.token.expose())))
        }
        (SchemeKind::Basic, Credential::Basic(basic)) => {
            let pair = Zeroizing::new(format!(
                "{}:{}",
                basic.user.expose(),
                basic.password.expose()
            ));
            Some(authorization(format!(
                "Basic {}",
                STANDARD.encode(pair.as_bytes())
            )))
        }
        _ => None,
    }
}

fn copy(secret: &str) -> Zeroizing<String> {
    Zeroizing::new(secret.to_owned())
}

fn complaint(security: &[&[&str]], schemes: &[SecurityScheme]) -> String {
    let describe = |name: &&str| match scheme(schemes, name) {
        Some(scheme) => format!("{name} ({})", scheme.hint()),
        None => format!("{name} (which the API does not describe)"),
    };
    let alternatives: Vec<String> = security
        .iter()
        .map(|alternative| {
            alternative
                .iter()
                .map(describe)
                .collect::<Vec<_>>()
                .join(" and ")
        })
        .collect();
    format!(
        "the client has no credential for {}; give one to the client's builder",
        alternatives.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::{Grant, choose};
    use crate::credential::{ApiKey, Basic, Bearer, Credential, SecurityScheme};

    const SCHEMES: &[SecurityScheme] = &[
        SecurityScheme::api_key_header("key", "X-Key"),
        SecurityScheme::api_key_query("query", "key"),
        SecurityScheme::api_key_cookie("cookie", "sid"),
        SecurityScheme::bearer("bearer"),
        SecurityScheme::basic("basic"),
        SecurityScheme::other("digest", "http digest"),
    ];

    fn granted(security: &[&[&str]], credentials: &[Credential]) -> Result<Vec<String>, String> {
        let grants = choose(security, SCHEMES, credentials, false)?;
        Ok(grants
            .iter()
            .map(|grant| match grant {
                Grant::Header(name, value) => format!("{name}: {}", **value),
                Grant::Query(name, value) => format!("?{name}={}", **value),
                Grant::Cookie(name, value) => format!("cookie {name}={}", **value),
            })
            .collect())
    }

    #[test]
    fn the_first_alternative_that_is_complete() {
        let credentials = [ApiKey::new("k").into(), Bearer::new("t").into()];
        assert_eq!(
            granted(&[&["basic"], &["key", "bearer"]], &credentials).unwrap(),
            ["X-Key: k", "Authorization: Bearer t"]
        );
        assert_eq!(granted(&[&["query"]], &credentials).unwrap(), ["?key=k"]);
        assert_eq!(
            granted(&[&["cookie"]], &credentials).unwrap(),
            ["cookie sid=k"]
        );
        assert_eq!(
            granted(&[&["basic"]], &[Basic::new("a", "b").into()]).unwrap(),
            ["Authorization: Basic YTpi"]
        );
    }

    #[test]
    fn a_named_credential_comes_first_and_fits_nowhere_else() {
        let credentials = [
            ApiKey::new("any").into(),
            ApiKey::new("named").for_scheme("query").into(),
        ];
        assert_eq!(
            granted(&[&["query", "key"]], &credentials).unwrap(),
            ["?key=named", "X-Key: any"]
        );
        assert!(granted(&[&["key"]], &credentials[1..]).is_err());
        assert!(granted(&[&["digest"]], &[Bearer::new("t").into()]).is_err());
        assert!(
            granted(
                &[&["digest"]],
                &[Bearer::new("t").for_scheme("digest").into()]
            )
            .is_ok()
        );
    }

    #[test]
    fn anonymous_is_the_last_resort() {
        assert_eq!(
            granted(&[&[], &["key"]], &[ApiKey::new("k").into()]).unwrap(),
            ["X-Key: k"]
        );
        assert!(granted(&[&[], &["key"]], &[]).unwrap().is_empty());
        assert!(granted(&[], &[ApiKey::new("k").into()]).unwrap().is_empty());
    }

    #[test]
    fn a_complaint_says_what_to_do() {
        let complaint = granted(&[&["key"], &["bearer", "query"]], &[]).unwrap_err();
        assert_eq!(
            complaint,
            "the client has no credential for key (`auth(ApiKey::new(…))`) or bearer (`auth(Bearer::new(…))`) and \
             query (`auth(ApiKey::new(…))`); give one to the client's builder"
        );
    }
}
