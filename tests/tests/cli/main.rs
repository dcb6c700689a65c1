//! The command line as scripts see it: exit status, standard output, standard error, and what it does to folders.

mod bad_input;
mod generate;
mod inspect;
mod program;
mod usage;
