//! `cargo xtask bench`: what is fast by design, measured and compared in one run.

mod decode;

use clap::Subcommand;

use crate::Outcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    benchmark: Benchmark,
}

#[derive(Subcommand)]
enum Benchmark {
    /// Decodes 10 MB of JSON into generated types and into types with serde derives
    Decode,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match arguments.benchmark {
        Benchmark::Decode => decode::run(),
    }
}
