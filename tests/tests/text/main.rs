//! What is generated, as text: cases, rejected descriptions, golden crates, dumps of the stages.

mod cases;
mod determinism;
mod golden;
mod hostile;
mod keywords;
mod large;
mod oracle;
mod readme;
mod rejected;
mod rust;
mod settings;
mod stages;
mod wire;
