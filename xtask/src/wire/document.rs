//! One description, generated in a process of its own: a stack overflow or a runaway takes only itself down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_generator::config::Config;
use attache_generator::diagnostic::Diagnostics;
use attache_generator::files;
use serde_json::Value;

use super::copy;
use super::outcome::{Document, Operation, Verdict};
use crate::corpus::Entry;
use crate::{Outcome, client, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    spec: PathBuf,
    /// Package name of the client
    name: String,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut config = Config {
        name: Some(arguments.name.clone()),
        wire_tests: true,
        ..Config::default()
    };
    config.runtime.path = Some(project::runtime().display().to_string());
    let mut diagnostics = Diagnostics::new();
    let tree = client::read(&arguments.spec.to_string_lossy(), &mut diagnostics);
    let tree = tree.ok_or("the description cannot be read")?;
    let generated = attache_generator::generate(&tree, &config, &mut diagnostics);
    let generated = generated.filter(|_| !diagnostics.has_errors());
    let generated = generated.ok_or("the description has errors")?;
    let folder = super::workspace().join(&arguments.name);
    files::write(&generated.files, &folder).map_err(|error| error.to_string())?;
    copy::write(tree.entry(), &arguments.spec, &folder.join(super::COPY))?;
    Ok(true)
}

/// Generates the crate of a description, and reads which operations it has.
pub(super) fn generate(spec: &Path, entry: &Entry) -> Document {
    let mut document = Document {
        path: entry.path.clone(),
        package: entry.package(),
        failure: None,
        operations: Vec::new(),
    };
    match generated(spec, &document.package) {
        Ok(operations) => document.operations = operations,
        Err(reason) => document.failure = Some(reason),
    }
    document
}

fn generated(spec: &Path, package: &str) -> Result<Vec<Operation>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.arg("wire-document").arg(spec).arg(package);
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let last = words.trim().lines().next_back().unwrap_or_default();
        return Err(format!("cannot be generated: {}: {last}", output.status));
    }
    let path = super::workspace().join(package).join("tests/wire.json");
    let text = project::on(&path, fs::read_to_string(&path))?;
    let table: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let operations = table["operations"].as_array().into_iter().flatten();
    Ok(operations.map(operation).collect())
}

fn operation(value: &Value) -> Operation {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let arguments = value["arguments"].as_array();
    let has = |test: &dyn Fn(&Value) -> bool| arguments.into_iter().flatten().any(test);
    let body = |test: &dyn Fn(&str) -> bool| {
        has(&|argument| {
            argument["in"] == "body" && test(argument["name"].as_str().unwrap_or_default())
        })
    };
    Operation {
        is_doubtful: has(&|argument| argument["doubtful"] == true),
        has_form: has(&|argument| argument["in"] == "part") || body(&|name| name.contains("form")),
        has_whole_query: has(&|argument| {
            let style = argument["style"].as_str();
            style.is_some_and(|style| style.starts_with("query-"))
        }),
        has_opaque_body: body(&|name| !name.contains("form") && !name.contains("json")),
        test: text("test").replace('.', "::"),
        id: text("id").to_owned(),
        line: format!("{} {}", text("method"), text("path")),
        verdict: Verdict::Unknown("the tests ended before".to_owned()),
    }
}
