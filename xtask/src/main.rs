//! What developers of this project run: `cargo xtask <task>`.

mod autorest;
mod bench;
mod bless;
mod client;
mod corpus;
mod generate;
mod idp;
mod measured;
mod models;
mod npm;
mod project;
mod roundtrip;
mod tidy;
mod wire;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the Attaché project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the client of a description and compiles it
    Gen(generate::Arguments),
    /// Calls the server that AutoRest's own clients are tested with
    Autorest(autorest::Arguments),
    /// Starts the identity server that logins are tested with
    Idp(idp::Arguments),
    /// Measures what is fast by design against what others do
    Bench(bench::Arguments),
    /// Runs a program and writes down what it cost
    #[command(hide = true)]
    Measured(measured::Arguments),
    /// Runs all tests, accepts what their snapshots now show, removes snapshots that no test uses
    Bless,
    /// Generates and compiles the clients of all descriptions of the corpus
    Corpus(corpus::Arguments),
    /// Generates the client of one description of the corpus and prints what came of it as JSON
    #[command(hide = true)]
    CorpusDocument(corpus::document::Arguments),
    /// Carries samples of all component schemas through their generated types
    Roundtrip(roundtrip::Arguments),
    /// Makes client, program and samples of one description
    #[command(hide = true)]
    RoundtripDocument(roundtrip::DocumentArguments),
    /// Runs the tests of generated clients against a mock, or against Prism
    Wire(wire::Arguments),
    /// Makes the client of one description with its tests
    #[command(hide = true)]
    WireDocument(wire::DocumentArguments),
    /// Says of answers to operations of one description whether they are as documented
    #[command(hide = true)]
    WireAnswers(wire::AnswersArguments),
    /// Checks the rules of the source tree
    Tidy,
    /// Tries what threads may do to each other in the runtime, in all orders
    Models,
}

/// What a task ends with: whether all is well, or why it could not be found out.
type Outcome = Result<bool, String>;

fn main() -> ExitCode {
    if let Some(code) = measured::stood_in_for_compiler() {
        return code;
    }
    let outcome = match Arguments::parse().task {
        Task::Gen(arguments) => generate::run(&arguments),
        Task::Autorest(arguments) => autorest::run(&arguments),
        Task::Idp(arguments) => idp::run(&arguments),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Measured(arguments) => measured::measure(&arguments),
        Task::Bless => bless::run(),
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::CorpusDocument(arguments) => corpus::document::run(&arguments),
        Task::Roundtrip(arguments) => roundtrip::run(&arguments),
        Task::RoundtripDocument(arguments) => roundtrip::run_document(&arguments),
        Task::Wire(arguments) => wire::run(&arguments),
        Task::WireDocument(arguments) => wire::run_document(&arguments),
        Task::WireAnswers(arguments) => wire::run_answers(&arguments),
        Task::Tidy => tidy::run(),
        Task::Models => models::run(),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
