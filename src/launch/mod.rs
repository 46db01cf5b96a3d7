//! Puts the rooms together: the program in its window, the demo, the demo without a display.

pub mod cli;
pub mod demo;
mod demo_answers;
mod demo_decision;
mod demo_devino;
mod demo_files;
mod demo_gateways;
mod demo_library;
#[cfg(test)]
mod demo_others_tests;
mod demo_past;
mod demo_world;
mod headless;
mod interrupted;
mod pictures;
mod service;
mod window;

use cli::{Arguments, Mode};
use std::process::ExitCode;

/// Runs the program as the command line asks for. What a person must know on a failure is printed in one or a few plain
/// sentences.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let done = match arguments.mode {
        None => window::run(arguments.data_dir),
        Some(Mode::Demo(options)) => demo::run(options),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            say_error(&format!("recado: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line to the terminal. The window never does; this is for starting, the demo without a display, and failures.
#[allow(clippy::print_stdout, reason = "the terminal is where these are read")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints a line to the error stream.
#[allow(clippy::print_stderr, reason = "the terminal is where these are read")]
pub(crate) fn say_error(line: &str) {
    eprintln!("{line}");
}
