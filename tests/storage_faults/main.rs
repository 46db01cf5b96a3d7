//! The disk fails: the power goes at any moment, the disk is full or broken at any operation. A child runs the engine and
//! the listener against the played gateway; a library that is loaded before it (`shim.c`, compiled by the test) stands
//! between it and its files. What is random follows from a seed that each test prints; `RECADO_SEED` repeats it.
#![cfg(target_os = "linux")]
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod attachments;
mod broken;
mod disk;
mod events;
mod exchanges;
mod play;
mod power;
#[allow(dead_code, reason = "shared with another test, which needs the rest of it")]
#[path = "../engine/program.rs"]
mod program;
mod promises;
mod shim;
#[allow(dead_code, reason = "shared with another test, which needs the rest of it")]
#[path = "../engine/stage.rs"]
mod stage;
mod trace;
mod worker;
