//! One of AutoRest's descriptions, its client, and the program that calls it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use attache_generator::config::Config;
use attache_generator::files;

use crate::{client, corpus, project};

pub(super) struct Suite {
    pub(super) name: &'static str,
    /// The description, in the corpus.
    description: &'static str,
    /// What the names of its scenarios begin with.
    scenarios: &'static [&'static str],
    /// Scenarios with such names that other descriptions have.
    elsewhere: &'static [&'static str],
}

pub(super) const SUITES: &[Suite] = &[
    Suite {
        name: "url",
        description: "autorest-url.swagger2.json",
        scenarios: &["UrlPath", "UrlQueries"],
        // `url-multi-collectionFormat.json`
        elsewhere: &["UrlQueriesArrayMulti"],
    },
    Suite {
        name: "header",
        description: "autorest-header.swagger2.json",
        scenarios: &["HeaderParameter", "HeaderResponse", "CustomHeaderInRequest"],
        elsewhere: &[],
    },
    Suite {
        name: "formdata",
        description: "autorest-body-formdata.swagger2.json",
        scenarios: &["FormdataStream", "StreamUploadFile"],
        elsewhere: &[],
    },
    Suite {
        name: "paging",
        description: "autorest-paging.swagger2.json",
        scenarios: &["Paging"],
        // `custom-baseUrl-paging.json`
        elsewhere: &["PagingCustomUrl"],
    },
];

impl Suite {
    pub(super) fn package(&self) -> String {
        format!("autorest-{}", self.name)
    }

    /// Generates the client, with the program as its test.
    pub(super) fn generate(&self, crates: &Path) -> Result<(), String> {
        let description = corpus::folder()?.join(self.description);
        let mut config = Config {
            name: Some(self.package()),
            ..Config::default()
        };
        config.runtime.path = Some(project::runtime().display().to_string());
        let (generated, findings) = client::generate(&description.display().to_string(), &config);
        let generated =
            generated.ok_or_else(|| format!("{}: {findings:?}", description.display()))?;
        let folder = crates.join(self.package());
        files::write(&generated.files, &folder).map_err(|error| error.to_string())?;
        let tests = folder.join("tests");
        project::on(&tests, fs::create_dir_all(&tests))?;
        let program = project::root()
            .join("tests/autorest")
            .join(format!("{}.rs", self.name));
        let copy = fs::copy(&program, tests.join("suite.rs"));
        project::on(&program, copy.map(drop))
    }

    /// Runs the program against the server.
    pub(super) fn test(&self, crates: &Path, url: &str) -> Result<bool, String> {
        let status = project::cargo(["test", "--quiet", "--test", "suite", "--package"])
            .arg(self.package())
            .arg("--target-dir")
            .arg(crates.join("target"))
            .current_dir(crates)
            .env("AUTOREST_URL", url)
            .status()
            .map_err(|error| format!("cargo cannot be run: {error}"))?;
        Ok(status.success())
    }

    /// How many scenarios of the description have passed, and which have not.
    pub(super) fn scenarios(&self, counted: &BTreeMap<String, u64>) -> (usize, Vec<String>) {
        let begins =
            |names: &[&str], scenario: &str| names.iter().any(|name| scenario.starts_with(name));
        let own = counted.iter().filter(|(scenario, _)| {
            begins(self.scenarios, scenario) && !begins(self.elsewhere, scenario)
        });
        let (passed, missed): (Vec<_>, Vec<_>) = own.partition(|(_, count)| **count > 0);
        let missed = missed.into_iter().map(|(scenario, _)| scenario.clone());
        (passed.len(), missed.collect())
    }
}
