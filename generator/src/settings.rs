//! The settings file: choices that are kept in a file rather than on the command line.
//!
//! ```yaml
//! name: parcels-client
//! tags: [parcels, labels]
//! operations: [getAccount]
//! runtime:
//!   version: "0.1"
//!   path: ../attache/runtime
//! ```

use serde::Deserialize;

use crate::config::Config;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    name: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    runtime: Runtime,
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
        runtime: Runtime { version, path },
    }) = settings
    {
        config.name = name;
        config.tags = tags;
        config.operations = operations;
        config.runtime.path = path;
        if let Some(version) = version {
            config.runtime.version = version;
        }
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::config::Config;

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
    fn a_misspelled_choice_is_refused() {
        let error = read("nmae: parcels").unwrap_err();
        assert!(error.contains("unknown field `nmae`"), "{error}");
    }
}
