//! The crate of the program: a function per call, and a table to choose one from.

use std::fmt::Write;
use std::fs;

use super::super::peer::Peer;
use super::super::place::Place;
use super::{Api, write_others};
use crate::project;

/// Asks for values that are not known while compiling, and makes the chosen call.
const FRAME: &str = r#"
type Running<'c> = Pin<Box<dyn Future<Output = ()> + 'c>>;

/// A value of any type: none is ever there, but no compiler knows that.
fn value<T>() -> T {
    std::hint::black_box(None).expect("nobody makes these calls")
}

fn main() {
    let number = std::env::args().nth(1).and_then(|number| number.parse().ok());
    let call = number.and_then(|number: usize| CALLS.get(number));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    if let (Some(call), Ok(runtime)) = (call, runtime) {
        runtime.block_on(async { call(&client()).await });
    }
}
"#;

pub(super) fn write(place: &Place, api: &Api) -> Result<(), String> {
    let folder = place.calls();
    let sources = folder.join("src");
    project::on(&sources, fs::create_dir_all(&sources))?;
    for (path, text) in [("Cargo.toml", manifest(place)), ("src/main.rs", text(api))] {
        let path = folder.join(path);
        project::on(&path, fs::write(&path, text))?;
    }
    write_others(place, &api.others)
}

fn manifest(place: &Place) -> String {
    let (program, client) = (place.program(), place.package());
    let mut text =
        format!("[package]\nname = {program:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let _ = write!(
        text,
        "\n[dependencies]\n{client} = {{ path = \"../{client}\" }}\ntokio = {{ version = \"1\", features = [\"net\", \"rt\", \"time\"] }}\n"
    );
    if place.peer == Peer::Attache {
        let runtime = project::runtime().display().to_string();
        let _ = writeln!(text, "attache-runtime = {{ path = {runtime:?} }}");
    }
    text
}

fn text(api: &Api) -> String {
    let mut text = "#![allow(deprecated, unused_imports)]\n\nuse std::pin::Pin;\n\n".to_owned();
    for import in &api.imports {
        let _ = writeln!(text, "use {import};");
    }
    let client = &api.client;
    let _ = writeln!(
        text,
        "{FRAME}\nfn client() -> {client} {{\n    {}\n}}\n",
        api.construct
    );
    let _ = writeln!(
        text,
        "static CALLS: &[for<'c> fn(&'c {client}) -> Running<'c>] = &["
    );
    for number in 0..api.calls.len() {
        let _ = writeln!(text, "    |client| Box::pin(call_{number}(client)),");
    }
    text.push_str("];\n");
    for (number, call) in api.calls.iter().enumerate() {
        let _ = writeln!(
            text,
            "\nasync fn call_{number}(client: &{client}) {{\n    let _ = {call}.await;\n}}"
        );
    }
    text
}
