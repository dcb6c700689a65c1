//! One description, in a process of its own: its client, a program that uses every component, and the samples.

use std::cell::LazyCell;
use std::fs;
use std::path::PathBuf;

use attache_generator::config::Config;
use attache_generator::diagnostic::Diagnostics;
use attache_generator::sample::{Bundle, Schemas, is_valid};
use attache_generator::spec::{Node, Tree};
use attache_generator::{files, inspect};
use serde_json::Value;

use super::examples;
use crate::{Outcome, client, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    spec: PathBuf,
    /// Package name of the client; the program's is this with `-trip`
    name: String,
    samples: usize,
    seed: u64,
}

/// A component: where it stands, and its type.
struct Component<'t> {
    pointer: String,
    rust: String,
    node: Node<'t>,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let tree = client::read(&arguments.spec.to_string_lossy(), &mut diagnostics);
    let tree = tree.ok_or("the description cannot be read")?;
    let mut config = Config {
        name: Some(arguments.name.clone()),
        ..Config::default()
    };
    config.runtime.path = Some(project::runtime().display().to_string());
    let generated = attache_generator::generate(&tree, &config, &mut diagnostics)
        .ok_or("the description cannot be generated")?;
    let findings = diagnostics.into_sorted();
    let folder = super::workspace().join(&arguments.name);
    files::write(&generated.files, &folder).map_err(|error| error.to_string())?;
    let index = inspect::index(&generated.client, &generated.names, &findings);
    let components = components(&tree, &index)?;
    write_program(arguments, &generated.names.package, &components)?;
    let (samples, unsampled, unjudged) = samples(&tree, &components, arguments);
    let path = super::workspace().join(format!("{}-trip/samples.tsv", arguments.name));
    project::on(&path, fs::write(&path, samples))?;
    println!(
        "{}",
        serde_json::json!({"unsampled": unsampled, "unjudged": unjudged})
    );
    Ok(true)
}

fn components<'t>(tree: &'t Tree, index: &str) -> Result<Vec<Component<'t>>, String> {
    let index: Value = serde_json::from_str(index).map_err(|error| error.to_string())?;
    let listed = index["schemas"].as_array().into_iter().flatten();
    let component = |schema: &Value| {
        let pointer = schema["pointer"].as_str()?;
        Some(Component {
            pointer: pointer.to_owned(),
            rust: schema["rust"].as_str()?.to_owned(),
            node: tree.entry().step(pointer.strip_prefix('#')?)?,
        })
    };
    Ok(listed.filter_map(component).collect())
}

/// The program reads a component's number and JSON, and writes what becomes of it.
fn write_program(
    arguments: &Arguments,
    package: &str,
    components: &[Component<'_>],
) -> Result<(), String> {
    let folder = super::workspace().join(format!("{}-trip", arguments.name));
    let source = folder.join("src");
    project::on(&source, fs::create_dir_all(&source))?;
    let manifest = format!(
        "[package]\nname = \"{name}-trip\"\nedition = \"2024\"\n\n[dependencies]\n{package} = {{ path = \"../{name}\" }}\nattache-runtime = {{ path = {runtime:?}, features = [\"validate\"] }}\n",
        name = arguments.name,
        runtime = project::runtime().display().to_string(),
    );
    let path = folder.join("Cargo.toml");
    project::on(&path, fs::write(&path, manifest))?;
    let trips: String = components
        .iter()
        .map(|component| {
            format!(
                "    trip::<{}>, // {:?}\n",
                component.rust, component.pointer
            )
        })
        .collect();
    let text = include_str!("program.rs.txt").replace("    // TRIPS\n", &trips);
    let path = source.join("main.rs");
    project::on(&path, fs::write(&path, text))
}

/// The samples as lines, the components for which none was found, and those whose samples nobody could judge.
fn samples(
    tree: &Tree,
    components: &[Component<'_>],
    arguments: &Arguments,
) -> (String, Vec<String>, Vec<String>) {
    let version = ["openapi", "swagger"];
    let version = version
        .iter()
        .find_map(|key| tree.entry().get(key)?.scalar());
    let nodes = components.iter().map(|component| component.node);
    let strict = Schemas::of(Bundle::of(nodes, version.unwrap_or_default()));
    let lenient = LazyCell::new(|| strict.lenient());
    let mut examples = examples::of(tree);
    let mut lines = String::new();
    let (mut unsampled, mut unjudged) = (Vec::new(), Vec::new());
    for (number, component) in components.iter().enumerate() {
        let validator = strict.validator(component.node);
        let validator = validator.map_err(|reason| {
            unjudged.push(format!("{}: {reason}", component.pointer));
        });
        let seed = arguments.seed.wrapping_add(number as u64);
        let mut found = strict.samples(component.node, arguments.samples, seed);
        if found.is_empty() {
            found = lenient.samples(component.node, arguments.samples, seed);
        }
        if found.is_empty() {
            unsampled.push(component.pointer.clone());
        }
        for (kind, value) in found {
            lines.push_str(&format!("{number}\t{kind}\t{value}\n"));
        }
        // Nobody can tell whether such an example is one that its schema forbids.
        for example in examples.remove(&component.node.id()).unwrap_or_default() {
            let kind = match is_valid(validator.as_ref().ok(), &example) {
                true => "example",
                false => "forbidden",
            };
            lines.push_str(&format!("{number}\t{kind}\t{example}\n"));
        }
    }
    (lines, unsampled, unjudged)
}
