//! Command line of Recado: chooses window, demo, headless.

// A windowed program opens no console on Windows; one started from a terminal still writes to it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use clap::Parser as _;
use recado::launch::{self, cli::Arguments};
use std::process::ExitCode;

fn main() -> ExitCode {
    launch::run(Arguments::parse())
}
