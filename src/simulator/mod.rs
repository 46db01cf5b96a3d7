//! The vendor played on loopback: a gateway that behaves, answers and fails like the real one, for the demo and for
//! tests. The vendor's own words stay in here and in `gateway/solutek`.
//!
//! ```text
//! server ─→ connection (sockets that can misbehave)      control ─┐
//!    └────→ form ─→ replies ─→ state ←── life (the clock's task)  ├─→ state ─→ ledger
//!                     └─────→ faults ─→ delivery          ledger ─┘
//!                      state ─→ attachments ─→ GET of what a message carries
//!                      state ─→ webhook ─→ POST to the program under test; storm ─→ many of them
//! ```
//!
//! - [`SolutekSimulator`] listens on a free port of 127.0.0.1; [`SolutekSimulator::base_url`] is what an account needs.
//! - [`Control`] does what a person, a phone or a bad day would do: scan the code, go offline, break an answer.
//! - [`Ledger`] says what really arrived and what was really sent to people, to compare with what the program believes.
//! - [`demo`] is a life that goes on by itself.
//! - [`devino`] and [`decision_telecom`] play the other two vendors; [`common`] is what they share. Each has a `demo` too:
//!   `people` is who writes to all of them.
//!
//! Everything that happens in time is a due event of [`SimulatorState`], computed from the instant it is asked at; there
//! is no other clock, and whatever is random comes from the seed of the configuration.

pub mod attachments;
pub mod common;
pub mod config;
mod connection;
pub mod control;
pub mod decision_telecom;
mod delivery;
pub mod demo;
pub mod devino;
mod document;
pub mod faults;
mod form;
pub mod ledger;
mod life;
mod pairing;
mod people;
mod people_words;
pub mod phone;
mod qr;
mod queue;
mod replies;
pub mod scenery;
mod server;
pub mod state;
pub mod storm;
pub mod style;
pub mod webhook;

#[cfg(test)]
mod tests;

pub use attachments::{AttachmentFault, FetchedAttachment};
pub use config::{PairedPhone, SimulatorConfig, SimulatorCredentials, Timing};
pub use control::{Control, WaitError};
pub use faults::{Endpoint, Fault, FaultRule, Times};
pub use ledger::{Ledger, MessageRecord, RequestRecord};
pub use people::PeopleScript;
pub use phone::PhoneState;
pub use replies::RepeatAnswer;
pub use server::{SimulatorError, SolutekSimulator};
pub use state::SimulatorState;
pub use storm::{StormHandle, StormPlan, StormReport};
pub use style::Style;
pub use webhook::{Contact, Said, WebhookConfig, WebhookRetry, WebhookStyle};
