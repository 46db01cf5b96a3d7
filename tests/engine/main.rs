//! The engine over real HTTP against the played gateway, with a real database in a folder of its own. What is random
//! follows from a seed that each test prints; `RECADO_SEED` repeats it.
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod accounts;
mod archive;
mod attachments;
mod canary;
mod contract;
mod conversation;
mod ending;
mod health;
mod inbox;
mod keyrings;
mod kill;
mod matrix;
mod overflow;
mod pairing;
mod program;
mod queue;
mod reported;
mod stage;
mod starting;
mod storm;

mod waiting;
