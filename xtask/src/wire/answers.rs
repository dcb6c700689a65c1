//! Whether answers that could not be read are as documented, in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use attache_generator::diagnostic::Diagnostics;
use attache_generator::document;
use attache_generator::sample::Answers;
use serde_json::{Value, json};

use super::outcome::{Document, Verdict};
use crate::{Outcome, client, project};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    spec: PathBuf,
    /// What was answered: a list of `line`, `status` and `body`
    answers: PathBuf,
}

/// Prints a list: whether each answer is as documented, or null.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let text = project::on(&arguments.answers, fs::read(&arguments.answers))?;
    let answers: Vec<Value> = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let mut diagnostics = Diagnostics::new();
    let tree = client::read(&arguments.spec.to_string_lossy(), &mut diagnostics);
    let tree = tree.ok_or("the description cannot be read")?;
    let document = document::read(&tree, &mut diagnostics).ok_or("it is none")?;
    let documented = Answers::of(&document);
    let allowed = answers.iter().map(|answer| {
        let (method, path) = answer["line"].as_str()?.split_once(' ')?;
        let status = u16::try_from(answer["status"].as_u64()?).ok()?;
        documented.allows(method, path, status, &answer["body"])
    });
    println!("{}", json!(allowed.collect::<Vec<_>>()));
    Ok(true)
}

/// Takes requests for accepted whose answers break the description.
pub(super) fn judge(document: &mut Document, spec: &Path) {
    let mut asked = Vec::new();
    let mut open = Vec::new();
    for operation in &mut document.operations {
        let Verdict::Failed(_, message) = &operation.verdict else {
            continue;
        };
        if let Some((status, body)) = unread(message) {
            asked.push(json!({"line": operation.line, "status": status, "body": body}));
            open.push(operation);
        }
    }
    if open.is_empty() {
        return;
    }
    let folder = super::workspace().join(&document.package);
    let allowed = ask(spec, &folder.join("answers.json"), &asked).unwrap_or_default();
    for (operation, allowed) in open.into_iter().zip(allowed) {
        if allowed == Value::Bool(false) {
            let (_, message) = operation.verdict.detail();
            let message = format!("the answer breaks the description: {message}");
            operation.verdict = Verdict::Accepted(message);
        }
    }
}

fn ask(spec: &Path, path: &Path, asked: &[Value]) -> io::Result<Vec<Value>> {
    fs::write(path, json!(asked).to_string())?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("wire-answers").arg(spec).arg(path);
    let output = command.output()?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The status and the body of an answer that could not be read.
fn unread(message: &str) -> Option<(u16, Value)> {
    let (head, rest) = message.split_once(", but the body cannot be read: ")?;
    let status = head.rsplit(' ').next()?.parse().ok()?;
    let (_, body) = rest.split_once('\n')?;
    let mut values = serde_json::Deserializer::from_str(body).into_iter::<Value>();
    Some((status, values.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::unread;

    #[test]
    fn answers_are_found_in_what_a_test_says() {
        let said = "a (GET /a): a (GET /a) was answered with status 200, but the body cannot be read: id: missing (attempt 1)\n{\"a\": 1}\ndate: x\n";
        assert_eq!(unread(said), Some((200, serde_json::json!({"a": 1}))));
        assert_eq!(unread("a (GET /a) was answered with status 404\n{}"), None);
    }
}
