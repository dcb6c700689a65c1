//! What is generated, as text: cases, rejected descriptions, golden crates, dumps of the stages.

mod cases;
mod determinism;
mod golden;
mod keywords;
mod hostile;
mod large;
mod oracle;
mod readme;
mod rejected;
mod rust;
mod settings;
mod stages;
