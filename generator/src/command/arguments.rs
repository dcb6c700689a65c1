//! The arguments of all commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::auth::Auth;
use super::report::Report;

/// Turns an OpenAPI description into a typed Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "attache", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_STATUS: &str =
    "Exit status: 0 done (warnings allowed), 1 errors in the description, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Writes the client crate of a description
    Generate(Generate),
    /// Reads a description and reports what is wrong with it
    Check(Check),
    /// Shows what a stage of the generator made of a description
    Inspect(Inspect),
    /// Prints generated items and where each comes from, as JSON
    Index(Index),
    /// Explains what a place of a description became, or where a generated item comes from
    Explain(Explain),
    /// Logs in for the profiles of clients, and looks after the logins
    Auth(Auth),
}

impl Command {
    /// How the command talks.
    pub(super) fn report(&self) -> Report {
        Report::new(match self {
            Command::Generate(arguments) => &arguments.common,
            Command::Check(arguments) => &arguments.common,
            Command::Inspect(arguments) => &arguments.common,
            Command::Index(arguments) => &arguments.common,
            Command::Explain(arguments) => &arguments.common,
            Command::Auth(arguments) => return arguments.report(),
        })
    }
}

#[derive(Args, Debug)]
pub(super) struct Common {
    /// The description: a YAML or JSON file, or - for standard input
    #[arg(value_name = "SPEC")]
    pub(super) spec: String,
    /// How messages on standard error look: text with excerpts, or one JSON object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub(super) message_format: MessageFormat,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Print errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print every message in full, however many of a kind there are
    #[arg(long)]
    pub(super) all_diagnostics: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

/// What of the description to generate, and how.
#[derive(Args, Debug, Default)]
pub(super) struct Selection {
    /// Settings file (YAML); options on the command line win over it
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Package name of the crate [default: from the title]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Only operations with this tag; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// Only the operation with this id; may be repeated, and adds to --tag
    #[arg(long = "operation", value_name = "ID")]
    pub(super) operations: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) common: Common,
    /// Folder of the crate; created when missing
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Depend on the runtime crate in this folder; written to the manifest as given, so a relative
    /// one starts at --out
    #[arg(long, value_name = "DIR")]
    pub(super) runtime_path: Option<String>,
    /// Write a test for each operation, which runs against a mock or the server that
    /// ATTACHE_WIRE_URL names
    #[arg(long)]
    pub(super) wire_tests: bool,
    /// Write nothing; list what differs in --out, and exit with 1 if anything does
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; list what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) selection: Selection,
    /// List each place that becomes a raw value, with the reason
    #[arg(long)]
    pub(super) untyped: bool,
}

#[derive(Args, Debug)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub(super) common: Common,
    /// The stage to show
    #[arg(long, value_enum)]
    pub(super) stage: Stage,
    #[command(flatten)]
    pub(super) selection: Selection,
}

/// Stages in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Stage {
    /// The values of all files
    Spec,
    /// The description, in the shape of the newest version
    Document,
    /// Schemas with references and composition settled
    Resolved,
    /// The client, before it has Rust names
    Ir,
    /// Every Rust name and what it names
    Names,
}

#[derive(Args, Debug)]
pub(super) struct Index {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) selection: Selection,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    #[command(flatten)]
    pub(super) common: Common,
    /// A pointer (#/components/schemas/Parcel), a Rust path or its end (types::Parcel), or an
    /// operation id
    #[arg(long, value_name = "POINTER|ITEM")]
    pub(super) at: String,
    #[command(flatten)]
    pub(super) selection: Selection,
}
