//! Chooses the credentials of an operation.

use super::grant::{Grant, fit, grant, scheme};
use super::scheme::SchemeKind;
use super::{Credential, SecurityScheme};

/// What there is to choose from.
#[derive(Clone, Copy)]
pub(crate) struct Wallet<'c> {
    pub(crate) schemes: &'c [SecurityScheme],
    /// Given for this call, so one of them is sent or the call fails.
    pub(crate) given: &'c [Credential],
    /// The client's by where they come from, the most particular first; none where they must not go.
    pub(crate) own: &'c [Vec<Credential>],
    pub(crate) allow_anonymous: bool,
}

/// Chooses what to send for `security`, alternatives that each name the schemes they take together, and gives it.
///
/// The first alternative counts that can be met completely from the first source, else from the first
/// two, and so on; an empty one, which stands for no credentials at all, counts only after the others,
/// whatever its place. Says which alternative that is, where it is one with schemes, which then give one each.
pub(crate) fn choose(
    security: &[&[&str]],
    wallet: &Wallet<'_>,
    give: &mut dyn FnMut(Grant<'_>),
) -> Result<Option<usize>, String> {
    // Most operations take one scheme, and most clients have it from one place.
    if let ([[name]], [source], []) = (security, wallet.own, wallet.given)
        && let Some(found) = wallet.grant(name, source)
    {
        give(found);
        return Ok(Some(0));
    }
    let needed = || security.iter().copied().filter(|it| !it.is_empty());
    if needed().next().is_none() {
        let mut given = wallet.given.iter();
        // Whoever has a credential for an API whose description names no scheme wants it sent.
        if wallet.given.is_empty() && wallet.schemes.is_empty() {
            given = wallet.own.first().map_or(&[][..], Vec::as_slice).iter();
        }
        let given = given.try_for_each(|credential| wallet.anywhere(credential).map(&mut *give));
        return given.map(|()| None);
    }
    if let Some((alternative, count)) = wallet.meet_one(security) {
        for name in security[alternative] {
            wallet.find(name, count).into_iter().for_each(&mut *give);
        }
        return Ok(Some(alternative));
    }
    if !wallet.given.is_empty() {
        let needed = wallet.describe(needed());
        return Err(format!(
            "what was given for this call does not make {needed}"
        ));
    }
    match needed().count() < security.len() || wallet.allow_anonymous {
        true => Ok(None),
        false => Err(format!(
            "the client has no credential for {}",
            wallet.describe(needed())
        )),
    }
}

impl<'c> Wallet<'c> {
    /// The place of the first alternative that the fewest sources meet, and how many those are. What is given for a call
    /// is a source of which something is used.
    fn meet_one(&self, alternatives: &[&[&str]]) -> Option<(usize, usize)> {
        let is_given = |name: &&str| self.grant(name, self.given).is_some();
        for count in 1..=self.own.len() + usize::from(!self.given.is_empty()) {
            for (at, &schemes) in alternatives.iter().enumerate() {
                let is_usable = self.given.is_empty() || schemes.iter().any(is_given);
                let is_met = |name: &&str| self.find(name, count).is_some();
                if !schemes.is_empty() && is_usable && schemes.iter().all(is_met) {
                    return Some((at, count));
                }
            }
        }
        None
    }

    /// What the first sources have for a scheme.
    fn find(&self, name: &str, count: usize) -> Option<Grant<'c>> {
        let scheme = scheme(self.schemes, name)?;
        let given = (!self.given.is_empty()).then_some(self.given);
        let own = &self.own[..count - usize::from(given.is_some())];
        let given = given.and_then(|given| grant(scheme, given));
        given.or_else(|| own.iter().find_map(|source| grant(scheme, source)))
    }

    fn grant(&self, name: &str, credentials: &'c [Credential]) -> Option<Grant<'c>> {
        grant(scheme(self.schemes, name)?, credentials)
    }

    /// Puts a credential where any scheme of the API has it.
    fn anywhere<'g>(&self, credential: &'g Credential) -> Result<Grant<'g>, String> {
        let only = std::slice::from_ref(credential);
        let fitting = self.schemes.iter().find_map(|scheme| grant(scheme, only));
        let usual = || match credential {
            Credential::Bearer(_) | Credential::Token(_) => fit(SchemeKind::Bearer, credential),
            Credential::Basic(_) => fit(SchemeKind::Basic, credential),
            Credential::Signature(signature) => Some(Grant::Signature(signature)),
            Credential::Keys(keys) => {
                SchemeKind::usual_for(keys.kind()).map(|kind| Grant::Keys(keys, kind))
            }
            Credential::ClientCertificate(_) => Some(Grant::Connection),
            Credential::ApiKey(_) => None,
        };
        fitting.or_else(usual).ok_or_else(|| {
            "the API's description has no place for the key that was given".to_owned()
        })
    }

    fn describe<'s>(&self, security: impl Iterator<Item = &'s [&'s str]>) -> String {
        let describe = |name: &&str| match scheme(self.schemes, name) {
            Some(scheme) => format!("{name} ({})", scheme.hint()),
            None => format!("{name} (which the API does not describe)"),
        };
        let alternatives: Vec<String> = security
            .map(|schemes| {
                let schemes: Vec<String> = schemes.iter().map(describe).collect();
                schemes.join(" and ")
            })
            .collect();
        alternatives.join(" or ")
    }
}

#[cfg(test)]
mod tests {
    use super::{Grant, Wallet, choose};
    use crate::credential::{ApiKey, Basic, Bearer, Credential, SecurityScheme};

    const SCHEMES: &[SecurityScheme] = &[
        SecurityScheme::api_key_header("key", "X-Key"),
        SecurityScheme::api_key_query("query", "key"),
        SecurityScheme::api_key_cookie("cookie", "sid"),
        SecurityScheme::bearer("bearer"),
        SecurityScheme::basic("basic"),
        SecurityScheme::other("digest", "http digest"),
        SecurityScheme::other("tls", "mutualTLS"),
        SecurityScheme::bearer("token").given_by("token", "PARCELS_TOKEN"),
        SecurityScheme::basic("user").given_by("user", "PARCELS_USER"),
    ];

    fn chosen(security: &[&[&str]], wallet: &Wallet<'_>) -> Result<Vec<String>, String> {
        let mut grants = Vec::new();
        let _ = choose(security, wallet, &mut |grant| grants.push(shown(grant)))?;
        Ok(grants)
    }

    fn granted(security: &[&[&str]], credentials: &[Credential]) -> Result<Vec<String>, String> {
        let wallet = Wallet {
            schemes: SCHEMES,
            given: &[],
            own: &[credentials.to_vec()],
            allow_anonymous: false,
        };
        chosen(security, &wallet)
    }

    fn shown(grant: Grant<'_>) -> String {
        match grant {
            Grant::Header(name, value) => format!("{name}: {}", value.expose()),
            Grant::Query(name, value) => format!("?{name}={}", value.expose()),
            Grant::Cookie(name, value) => format!("cookie {name}={}", value.expose()),
            Grant::Token(token) => format!("{token:?}"),
            Grant::Signature(signature) => format!("{signature:?}"),
            Grant::Connection => "the connection".to_owned(),
            Grant::Keys(keys, _) => format!("{keys:?}"),
        }
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
    fn what_is_given_for_a_call_is_sent_or_the_call_fails() {
        let sent = |security: &[&[&str]], given: Credential| {
            let wallet = Wallet {
                schemes: SCHEMES,
                given: &[given],
                own: &[
                    vec![ApiKey::new("own").into()],
                    vec![Basic::new("a", "b").into()],
                ],
                allow_anonymous: true,
            };
            chosen(security, &wallet)
        };
        let bearer = || Bearer::new("t").into();
        for (security, expected) in [
            (
                &[&["key"] as &[&str], &["bearer"]] as &[&[&str]],
                vec!["Authorization: Bearer t"],
            ),
            (
                &[&["key"], &["key", "bearer"]],
                vec!["X-Key: own", "Authorization: Bearer t"],
            ),
            (&[&[], &["bearer"]], vec!["Authorization: Bearer t"]),
            (&[], vec!["Authorization: Bearer t"]),
            (&[&[]], vec!["Authorization: Bearer t"]),
        ] {
            assert_eq!(sent(security, bearer()).unwrap(), expected, "{security:?}");
        }
        assert_eq!(
            sent(&[], ApiKey::new("k").for_scheme("query").into()).unwrap(),
            ["?key=k"]
        );
        let refusal = sent(&[&["key"], &[]], bearer()).unwrap_err();
        assert_eq!(
            refusal,
            "what was given for this call does not make key (`auth(ApiKey::new(…))`)"
        );
        assert!(sent(&[], ApiKey::new("k").for_scheme("other").into()).is_err());
    }

    #[test]
    fn the_more_particular_source_decides() {
        let sent = |security: &[&[&str]]| {
            let wallet = Wallet {
                schemes: SCHEMES,
                given: &[],
                own: &[
                    vec![Bearer::new("builder").into()],
                    vec![
                        Bearer::new("environment").for_scheme("bearer").into(),
                        ApiKey::new("environment").for_scheme("key").into(),
                    ],
                ],
                allow_anonymous: false,
            };
            chosen(security, &wallet)
        };
        for (security, expected) in [
            (
                &[&["key"] as &[&str], &["bearer"]] as &[&[&str]],
                vec!["Authorization: Bearer builder"],
            ),
            (
                &[&["key", "bearer"]],
                vec!["X-Key: environment", "Authorization: Bearer builder"],
            ),
            (&[&["key"]], vec!["X-Key: environment"]),
        ] {
            assert_eq!(sent(security).unwrap(), expected, "{security:?}");
        }
        assert!(sent(&[&["query"]]).is_err());
    }

    #[test]
    fn a_description_without_schemes_takes_what_the_client_has() {
        let sent = |own: Vec<Credential>| {
            let wallet = Wallet {
                schemes: &[],
                given: &[],
                own: &[own],
                allow_anonymous: false,
            };
            chosen(&[], &wallet)
        };
        assert_eq!(
            sent(vec![Bearer::new("t").into()]).unwrap(),
            ["Authorization: Bearer t"]
        );
        assert!(sent(Vec::new()).unwrap().is_empty());
        let refusal = sent(vec![ApiKey::new("k").into()]).unwrap_err();
        assert!(refusal.contains("no place for the key"), "{refusal}");
    }

    #[test]
    fn a_complaint_says_what_to_do() {
        let complaint = granted(&[&["key"], &["bearer", "query"]], &[]).unwrap_err();
        assert_eq!(
            complaint,
            "the client has no credential for key (`auth(ApiKey::new(…))`) or bearer (`auth(Bearer::new(…))`) and \
             query (`auth(ApiKey::new(…))`)"
        );
        assert_eq!(
            granted(&[&["token"], &["user", "tls"], &["unheard"]], &[]).unwrap_err(),
            "the client has no credential for token (`token(…)`, or the variable PARCELS_TOKEN) or user (`user(…, …)`, or \
             the variables PARCELS_USER_USERNAME and PARCELS_USER_PASSWORD) and tls (a certificate of the client, which \
             the transport has to bring, and `auth(ClientCertificate::new())`) or unheard (which the API does not describe)"
        );
    }
}
