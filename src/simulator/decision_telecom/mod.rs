//! DecisionTelecom played on loopback, in the form of the vendor's document "WhatsApp Business API": one message a call,
//! and a call that asks what became of it. What it tells at the address of a message is documented nowhere, so that is
//! written as [`CallbackBody`] says.

pub mod config;
mod control;
pub mod demo;
pub mod errors;
mod replies;
mod requests;
pub mod style;
mod template_params;

#[cfg(test)]
mod tests;

pub use config::{DecisionAuth, DecisionConfig};
pub use errors::{DocumentedError, ERRORS};
pub use style::{CallbackBody, DecisionStyle};

use super::common::{VendorControl, VendorLedger, VendorSimulator, VendorState};
use super::faults::Times;
use std::collections::VecDeque;

/// A gateway on this computer that plays DecisionTelecom.
pub type DecisionSimulator = VendorSimulator<PlayedDecisionTelecom>;
/// What a person or a bad day does to it.
pub type DecisionControl = VendorControl<PlayedDecisionTelecom>;
/// Its book.
pub type DecisionLedger = VendorLedger<PlayedDecisionTelecom>;
/// All that it is.
pub type DecisionState = VendorState<PlayedDecisionTelecom>;

/// What only DecisionTelecom knows.
pub struct PlayedDecisionTelecom {
    config: DecisionConfig,
    style: DecisionStyle,
    /// Codes of errors that were asked for.
    refusals: VecDeque<(u8, Times)>,
    latest_id: u64,
}

impl std::fmt::Debug for PlayedDecisionTelecom {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlayedDecisionTelecom")
            .field("style", &self.style)
            .field("refusals", &self.refusals)
            .finish_non_exhaustive()
    }
}
