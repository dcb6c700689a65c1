//! `cargo xtask bench`: what is fast by design, measured and compared in one run.

mod call;
mod cost;
mod decode;
mod generator;
mod growth;
mod loopback;
mod peers;

use clap::Subcommand;

use crate::Outcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    benchmark: Benchmark,
}

#[derive(Subcommand)]
enum Benchmark {
    /// Makes calls without a network, and tells what they cost beside their transport
    Call(call::Arguments),
    /// Generates and checks a small client, and compares what that costs with what was recorded
    Cost(cost::Arguments),
    /// Decodes 10 MB of JSON into generated types and into types with serde derives
    Decode,
    /// Generates and compiles clients of larger and larger descriptions
    Growth(growth::Arguments),
    /// Calls a server on the loopback interface, by a generated client and by bare reqwest
    Loopback(loopback::Arguments),
    /// Generates and compiles clients of real descriptions, here and with other generators
    Peers(peers::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.benchmark {
        Benchmark::Call(arguments) => call::run(arguments),
        Benchmark::Cost(arguments) => cost::run(arguments),
        Benchmark::Decode => decode::run(),
        Benchmark::Growth(arguments) => growth::run(arguments),
        Benchmark::Loopback(arguments) => loopback::run(arguments),
        Benchmark::Peers(arguments) => peers::run(arguments),
    }
}
