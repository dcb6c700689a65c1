//! Version, info, servers, tags, security.

use super::super::{ParameterLocation, SecurityKind, Version};
use super::{check, check_31, check_refused};

#[test]
fn tells_versions_apart() {
    for (line, version) in [
        ("openapi: 3.0.3", Version::V3_0),
        ("openapi: 3.1.1", Version::V3_1),
        ("openapi: 3.1", Version::V3_1),
        ("openapi: '3.2.0'", Version::V3_2),
        ("swagger: '2.0'", Version::V2_0),
        ("swagger: 2.0", Version::V2_0),
    ] {
        check(
            &format!("{line}\ninfo: {{title: T, version: '1'}}"),
            &[],
            |document| {
                assert_eq!(document.version, version, "{line}");
            },
        );
    }
    check(
        "openapi: 3.7.0\ninfo: {title: T, version: '1'}",
        &["newer-version"],
        |document| {
            assert_eq!(document.version, Version::V3_2);
        },
    );
}

#[test]
fn refuses_what_is_no_openapi() {
    check_refused("swagger: '1.2'", "unsupported-version");
    check_refused("openapi: 4.0.0", "unsupported-version");
    check_refused("openapi: later", "unsupported-version");
    check_refused("asyncapi: 3.0.0", "not-openapi");
    check_refused("[1, 2]", "not-openapi");
    check_refused("text", "not-openapi");
    check_refused("openapi: {}", "not-openapi");
    check_refused("openapi: null", "not-openapi");
}

#[test]
fn keeps_numbers_of_info_as_written() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: 1.10}";
    check(text, &["converted-value"], |document| {
        assert_eq!(document.info.version, "1.10")
    });
}

#[test]
fn reads_without_info() {
    check("openapi: 3.1.0", &["missing-info"], |document| {
        assert_eq!(document.info.title, "");
        assert_eq!(document.servers[0].url, "/");
    });
}

#[test]
fn reads_servers() {
    let members = "servers: [{url: 'https://{region}.example.com/v1', name: main, variables: {region: {enum: [eu, us], default: eu}}}, {url: '/{x}'}, {description: none}]";
    check_31(
        members,
        &["undeclared-server-variable", "missing-field"],
        |document| {
            assert_eq!(document.servers.len(), 2);
            assert_eq!(document.servers[0].url, "https://{region}.example.com/v1");
            assert_eq!(document.servers[0].variables[0].values, ["eu", "us"]);
        },
    );
}

#[test]
fn reads_a_tag_description_from_a_reference() {
    let members = "tags: [{name: a, description: {$ref: '#/x-text'}}]\nx-text: words";
    check_31(members, &["lenient-reference"], |document| {
        assert_eq!(document.tags[0].description, Some("words"));
        assert_eq!(document.extensions[0].0, "x-text");
    });
}

#[test]
fn reads_security_schemes() {
    let members = "components: {securitySchemes: {
        k: {type: apiKey, in: cookie, name: sid},
        b: {type: http, scheme: Bearer, bearerFormat: JWT},
        o: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {read: Reads.}}}},
        m: {type: mutualTLS},
        z: {type: magic}}}
security: [{k: []}, {b: [], o: [read]}, {}]";
    check_31(members, &["unknown-value"], |document| {
        let kinds: Vec<&SecurityKind<'_>> = document
            .security_schemes
            .iter()
            .map(|scheme| &scheme.kind)
            .collect();
        assert!(matches!(
            kinds[0],
            SecurityKind::ApiKey {
                location: ParameterLocation::Cookie,
                name: "sid"
            }
        ));
        assert!(matches!(kinds[1], SecurityKind::Http { scheme, .. } if scheme == "bearer"));
        assert!(matches!(kinds[2], SecurityKind::OAuth2 { flows, .. }
            if flows[0].scopes == [("read", "Reads.")]));
        assert!(matches!(kinds[3], SecurityKind::MutualTls));
        assert!(matches!(kinds[4], SecurityKind::Other("magic")));
        assert_eq!(
            document.security[1].schemes,
            [("b", vec![]), ("o", vec!["read"])]
        );
        assert!(document.security[2].schemes.is_empty());
    });
}

#[test]
fn reports_unknown_schemes_and_accepts_null() {
    check_31(
        "security: [{nobody: []}]",
        &["unknown-security-scheme"],
        |document| {
            assert_eq!(document.security[0].schemes[0].0, "nobody");
        },
    );
    check_31("security: null", &["converted-value"], |document| {
        assert!(document.security.is_empty());
    });
}

#[test]
fn takes_a_uri_for_a_scheme() {
    let members = "components: {securitySchemes: {k: {type: mutualTLS}}}\nsecurity: [{'#/components/securitySchemes/k': []}]";
    check_31(members, &[], |document| {
        assert_eq!(document.security[0].schemes[0].0, "k")
    });
}
