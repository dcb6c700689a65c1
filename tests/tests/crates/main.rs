//! Generated crates as their users have them: compiled, documented, packaged, called.

mod hostile;
mod publish;
mod real;
mod sizes;
