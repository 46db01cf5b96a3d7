//! The command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Runs WhatsApp gateway accounts from a desktop window: pairs the phone, watches it, sends messages, and never loses
/// one or sends one twice.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Arguments {
    /// Folder for the database, drafts and logs (else RECADO_DATA_DIR, else the system's place for application data)
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// What to run; without it, the program itself
    #[command(subcommand)]
    pub mode: Option<Mode>,
}

/// What else can be run.
#[derive(Debug, Subcommand)]
pub enum Mode {
    /// Shows the program with gateways that are played on this machine; nothing leaves it and nothing is kept
    Demo(DemoOptions),
}

/// Options of the demo.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// Do the same job in the terminal, without a window
    #[arg(long)]
    pub headless: bool,
    /// Draw every screen, light and dark, into PNG files in this folder and end (needs no display)
    #[arg(long, value_name = "DIR")]
    pub screenshots: Option<PathBuf>,
    /// Seed of everything random in the demo
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Language of the demo: pt-BR, es or en (else the system's)
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
        let arguments =
            Arguments::try_parse_from(["recado", "demo", "--headless", "--seed", "9", "--data-dir", "/x"])
                .unwrap();
        assert!(matches!(
            arguments.mode,
            Some(Mode::Demo(DemoOptions {
                headless: true,
                seed: 9,
                ..
            }))
        ));
        assert!(Arguments::try_parse_from(["recado", "dance"]).is_err());
    }
}
