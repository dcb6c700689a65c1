//! The generators that are compared, in pinned versions.

use std::fmt;

use clap::ValueEnum;

/// A generator of Rust clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Peer {
    Attache,
    Progenitor,
    OpenapiToRust,
    #[value(name = "oas3-gen")]
    Oas3Gen,
    Ploidy,
    OpenapiNexus,
    OpenapiGenerator,
}

/// Where its program comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// This checkout.
    Own,
    /// crates.io, built as it was released.
    Crate {
        version: &'static str,
        name: &'static str,
    },
    /// PyPI: an archive with a program for Java.
    Wheel {
        version: &'static str,
        name: &'static str,
        sha256: &'static str,
        /// The program inside.
        jar: &'static str,
    },
}

impl Peer {
    pub(super) const ALL: [Peer; 7] = [
        Peer::Attache,
        Peer::Progenitor,
        Peer::OpenapiToRust,
        Peer::Oas3Gen,
        Peer::Ploidy,
        Peer::OpenapiNexus,
        Peer::OpenapiGenerator,
    ];

    pub(super) fn source(self) -> Source {
        let released = |name, version| Source::Crate { version, name };
        match self {
            Peer::Attache => Source::Own,
            Peer::Progenitor => released("cargo-progenitor", "0.15.1"),
            Peer::OpenapiToRust => released("openapi-to-rust", "0.23.0"),
            Peer::Oas3Gen => released("oas3-gen", "0.29.0"),
            Peer::Ploidy => released("ploidy", "0.15.0"),
            Peer::OpenapiNexus => released("openapi-nexus", "0.2.3"),
            Peer::OpenapiGenerator => Source::Wheel {
                version: "7.26.0",
                name: "openapi-generator-cli",
                sha256: "e6305fbbf91aa41b3b7fcd8bf2124880ab0bb9e32efad95b3dfe71f9313d856c",
                jar: "openapi_generator_cli/openapi-generator.jar",
            },
        }
    }

    /// What it is called where things are kept.
    pub(super) fn name(self) -> &'static str {
        match self {
            Peer::Attache => "attache",
            Peer::Progenitor => "progenitor",
            Peer::OpenapiToRust => "openapi-to-rust",
            Peer::Oas3Gen => "oas3-gen",
            Peer::Ploidy => "ploidy",
            Peer::OpenapiNexus => "openapi-nexus",
            Peer::OpenapiGenerator => "openapi-generator",
        }
    }

    /// What it is called in the table, with its version.
    pub(super) fn title(self) -> String {
        match self.source() {
            Source::Own => "Attaché".to_owned(),
            Source::Crate { version, .. } | Source::Wheel { version, .. } => {
                format!("{} {version}", self.name())
            }
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
