//! `cargo xtask gen`: a client from a checkout, compiled.

use std::path::{Path, PathBuf};

use attache_generator::config::Config;
use attache_generator::diagnostic::{Diagnostic, Severity, render_human};
use attache_generator::{Generated, files};

use crate::{Outcome, client, project};

/// How many warnings are shown in full.
const SHOWN: usize = 10;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The description
    spec: String,
    /// Folder of the crate [default: target/clients/PACKAGE]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Package name [default: from the title]
    #[arg(long)]
    name: Option<String>,
    /// Only operations with this tag; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Only the operation with this id; may be repeated
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// With a test for each operation
    #[arg(long)]
    wire_tests: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let Some(generated) = generate(arguments) else {
        return Ok(false);
    };
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => project::target("clients").join(&generated.names.package),
    };
    let written = files::write(&generated.files, &out).map_err(|error| error.to_string())?;
    let changed = written.created.len() + written.updated.len() + written.removed.len();
    println!(
        "{}: {} files, {changed} changed",
        out.display(),
        generated.files.len()
    );
    if arguments.out.is_none() {
        project::lock(&out)?;
    }
    let compiles = compile(&out)?;
    if compiles {
        print_usage(&generated, &out);
    }
    Ok(compiles)
}

fn generate(arguments: &Arguments) -> Option<Generated> {
    let mut config = Config {
        name: arguments.name.clone(),
        tags: arguments.tags.clone(),
        operations: arguments.operations.clone(),
        wire_tests: arguments.wire_tests,
        ..Config::default()
    };
    config.runtime.path = Some(project::runtime().display().to_string());
    let (generated, findings) = client::generate(&arguments.spec, &config);
    show(&findings);
    generated
}

fn show(findings: &[Diagnostic]) {
    let (errors, others): (Vec<_>, Vec<_>) = findings
        .iter()
        .partition(|finding| finding.severity == Severity::Error);
    for finding in errors.iter().chain(others.iter().take(SHOWN)) {
        eprintln!("{}", render_human(finding, false));
    }
    if let Some(more) = others.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        eprintln!("… and {more} more; `attache check` shows them");
    }
}

/// Where the project itself is compiled, so that what both depend on is compiled once.
fn compile(out: &Path) -> Outcome {
    let mut check = project::cargo(["check", "--all-targets", "--manifest-path"]);
    // The profile of the project, unless the caller has another one for both.
    if std::env::var_os("CARGO_PROFILE_DEV_DEBUG").is_none() {
        check.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    }
    check
        .arg(out.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(project::built());
    let status = check
        .status()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    Ok(status.success())
}

fn print_usage(generated: &Generated, out: &Path) {
    let names = &generated.names;
    println!("\nTo use it, add to the manifest of your crate\n");
    println!(
        "    [dependencies]\n    {} = {{ path = {:?} }}\n",
        names.package,
        out.display().to_string()
    );
    println!(
        "and start with\n\n    let client = {}::Client::builder().build()?;\n",
        names.library
    );
    println!(
        "`cargo doc --open --no-deps --manifest-path {}` shows what it offers.",
        out.join("Cargo.toml").display()
    );
}
