//! The settings file: choices that are kept in a file rather than on the command line.
//!
//! ```yaml
//! name: parcels-client
//! tags: [parcels, labels]
//! operations: [getAccount]
//! keep_unknown_fields: true
//! request_views: false
//! wire_tests: true
//! idempotency_header: X-Request-Key
//! names:
//!   "#/components/schemas/parcel_v2": Parcel
//!   "#/components/schemas/parcel_v2/properties/dstAddr": destination
//!   "#/paths/~1parcels/get": [list, ListParcels]
//! pagination:
//!   listParcels: {token: /next, parameter: cursor, items: /parcels}
//!   listDepots: off
//! retry:
//!   searchParcels: safe
//!   createParcel: with-key
//! quotas:
//!   listParcels: {rate: 0.5, burst: 10}
//! runtime:
//!   version: "0.1"
//!   path: ../attache/runtime
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::{Config, Pages, PagesStatement};
use crate::ir::{Quota, RetryClass};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    name: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    keep_unknown_fields: bool,
    request_views: Option<bool>,
    #[cfg(feature = "wire-tests")]
    #[serde(default)]
    wire_tests: bool,
    idempotency_header: Option<String>,
    #[serde(default)]
    names: BTreeMap<String, Chosen>,
    #[serde(default)]
    pagination: BTreeMap<String, Paging>,
    #[serde(default)]
    retry: BTreeMap<String, String>,
    #[serde(default)]
    quotas: BTreeMap<String, StatedQuota>,
    #[serde(default)]
    runtime: Runtime,
}

/// One name, or one for each case.
#[derive(Deserialize)]
#[serde(untagged)]
enum Chosen {
    One(String),
    Several(Vec<String>),
}

/// `off`, or what there is.
#[derive(Deserialize)]
#[serde(untagged)]
enum Paging {
    Flag(bool),
    Word(String),
    Stated(Box<PagesStatement>),
}

/// Requests per second, and at once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedQuota {
    rate: f64,
    burst: u32,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Runtime {
    version: Option<String>,
    path: Option<String>,
}

/// Reads the text of a settings file; what it does not mention has its default.
///
/// `Err` says what is wrong, and where as far as the parser knows.
pub fn read(text: &str) -> Result<Config, String> {
    // An empty file is one without choices; a YAML parser sees null.
    let settings: Option<Settings> =
        serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let mut config = Config::default();
    if let Some(Settings {
        name,
        tags,
        operations,
        keep_unknown_fields,
        request_views,
        #[cfg(feature = "wire-tests")]
        wire_tests,
        idempotency_header,
        names,
        pagination,
        retry,
        quotas,
        runtime: Runtime { version, path },
    }) = settings
    {
        config.name = name;
        config.tags = tags;
        config.operations = operations;
        config.keep_unknown_fields = keep_unknown_fields;
        config.request_views = request_views.unwrap_or(true);
        #[cfg(feature = "wire-tests")]
        {
            config.wire_tests = wire_tests;
        }
        config.idempotency_header = idempotency_header.map(header_name).transpose()?;
        config.names = chosen_names(names)?;
        config.pagination = stated_pages(pagination)?;
        config.retry = retry_classes(retry)?;
        config.quotas = stated_quotas(quotas)?;
        config.runtime.path = path;
        if let Some(version) = version {
            config.runtime.version = version;
        }
    }
    Ok(config)
}

/// A name that a header can have.
fn header_name(name: String) -> Result<String, String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    match !name.is_empty() && name.chars().all(is_token) {
        true => Ok(name),
        false => Err(format!(
            "`{name}`, the idempotency_header, is no name of a header"
        )),
    }
}

fn chosen_names(names: BTreeMap<String, Chosen>) -> Result<BTreeMap<String, Vec<String>>, String> {
    let mut chosen = BTreeMap::new();
    for (pointer, names) in names {
        let names = match names {
            Chosen::One(name) => vec![name],
            Chosen::Several(names) => names,
        };
        if let Some(name) = names.iter().find(|name| !crate::names::is_identifier(name)) {
            return Err(format!(
                "`{name}`, chosen for {pointer}, is no Rust identifier"
            ));
        }
        chosen.insert(pointer, names);
    }
    Ok(chosen)
}

fn stated_pages(pagination: BTreeMap<String, Paging>) -> Result<BTreeMap<String, Pages>, String> {
    let pages = pagination.into_iter().map(|(operation, paging)| {
        let pages = match paging {
            Paging::Flag(false) => Pages::Off,
            Paging::Word(word) if word == "off" => Pages::Off,
            Paging::Stated(stated) => Pages::Stated(stated),
            Paging::Flag(true) | Paging::Word(_) => {
                return Err(format!(
                    "`pagination` of `{operation}` is neither `off` nor a mapping"
                ));
            }
        };
        Ok((operation, pages))
    });
    pages.collect()
}

fn retry_classes(words: BTreeMap<String, String>) -> Result<BTreeMap<String, RetryClass>, String> {
    let classes = words.into_iter().map(|(operation, word)| {
        let class = RetryClass::of_word(&word).ok_or_else(|| {
            format!("`{word}`, the `retry` of `{operation}`, is none of `safe`, `idempotent`, `with-key`, `unsafe`")
        });
        Ok((operation, class?))
    });
    classes.collect()
}

fn stated_quotas(quotas: BTreeMap<String, StatedQuota>) -> Result<BTreeMap<String, Quota>, String> {
    let quotas = quotas.into_iter().map(|(operation, quota)| {
        let StatedQuota { rate, burst } = quota;
        match rate.is_finite() && rate > 0.0 && burst > 0 {
            true => Ok((operation, Quota { rate, burst })),
            false => Err(format!(
                "the quota of `{operation}` lets nothing through: rate {rate}, burst {burst}"
            )),
        }
    });
    quotas.collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::config::{Config, Pages};
    use crate::ir::RetryClass;

    #[test]
    fn an_empty_file_has_no_choices() {
        assert_eq!(read(""), Ok(Config::default()));
        assert_eq!(read("# nothing yet\n"), Ok(Config::default()));
    }

    #[test]
    fn every_choice_is_read() {
        let config = read("name: parcels\ntags: [a, b]\noperations: [c]\nruntime: {version: '1.10', path: ../runtime}").unwrap();
        assert_eq!(config.name.as_deref(), Some("parcels"));
        assert_eq!(config.tags, ["a", "b"]);
        assert_eq!(config.operations, ["c"]);
        assert_eq!(
            (
                config.runtime.version.as_str(),
                config.runtime.path.as_deref()
            ),
            ("1.10", Some("../runtime"))
        );
    }

    #[test]
    fn names_are_chosen_by_pointer() {
        let config =
            read("keep_unknown_fields: true\nrequest_views: false\nnames: {'#/a': Parcel, '#/b': [list, List]}").unwrap();
        assert!(config.keep_unknown_fields && !config.request_views);
        assert_eq!(config.names["#/a"], ["Parcel"]);
        assert_eq!(config.names["#/b"], ["list", "List"]);
        for name in ["type", "a-b", "1a", "", "Größe"] {
            let error = read(&format!("names: {{'#/a': '{name}'}}")).unwrap_err();
            assert!(error.contains("is no Rust identifier"), "{error}");
        }
    }

    #[test]
    fn pages_are_stated_or_turned_off() {
        let config =
            read("pagination: {a: off, b: false, c: {token: /next, parameter: cursor, items: /x}}")
                .unwrap();
        assert_eq!(config.pagination["a"], Pages::Off);
        assert_eq!(config.pagination["b"], Pages::Off);
        let Pages::Stated(stated) = &config.pagination["c"] else {
            panic!("{config:?}");
        };
        assert_eq!(stated.token.as_deref(), Some("/next"));
        assert_eq!(stated.parameter.as_deref(), Some("cursor"));
        let error = read("pagination: {a: on it}").unwrap_err();
        assert!(error.contains("neither `off` nor a mapping"), "{error}");
        assert!(read("pagination: {a: {tokn: /next}}").is_err());
    }

    #[test]
    fn operations_may_be_sent_again() {
        let config = read("retry: {search: safe, create: with-key}").unwrap();
        assert_eq!(config.retry["search"], RetryClass::Safe);
        assert_eq!(config.retry["create"], RetryClass::IdempotentWithKey);
        let error = read("retry: {search: often}").unwrap_err();
        assert!(
            error.contains("`often`, the `retry` of `search`"),
            "{error}"
        );
    }

    #[test]
    fn operations_have_quotas() {
        let config = read("quotas: {list: {rate: 0.5, burst: 10}}").unwrap();
        let quota = config.quotas["list"];
        assert_eq!((quota.rate, quota.burst), (0.5, 10));
        for text in [
            "{rate: 0, burst: 1}",
            "{rate: .nan, burst: 1}",
            "{rate: 1, burst: 0}",
        ] {
            let error = read(&format!("quotas: {{list: {text}}}")).unwrap_err();
            assert!(error.contains("lets nothing through"), "{error}");
        }
        assert!(read("quotas: {list: {rate: 1}}").is_err());
    }

    #[test]
    fn a_misspelled_choice_is_refused() {
        let error = read("nmae: parcels").unwrap_err();
        assert!(error.contains("unknown field `nmae`"), "{error}");
    }
}
