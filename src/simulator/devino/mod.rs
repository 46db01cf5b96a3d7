//! Devino played on loopback, in the form of the vendor's document "WHATSAPP": it takes messages in batches, tells at the
//! address of each message what became of it, and at the address in its panel what people write.

pub mod config;
mod control;
pub mod demo;
pub mod errors;
mod incoming;
mod replies;
mod requests;
pub mod style;

#[cfg(test)]
mod tests;

pub use config::{DevinoAuth, DevinoConfig};
pub use control::Scope;
pub use errors::{CALLBACK_CODES, Place, REFUSALS, Refusal};
pub use style::{DevinoStyle, StatusWords};

use super::common::{VendorControl, VendorLedger, VendorSimulator, VendorState};
use super::faults::Times;
use std::collections::VecDeque;

/// A gateway on this computer that plays Devino.
pub type DevinoSimulator = VendorSimulator<PlayedDevino>;
/// What a person or a bad day does to it.
pub type DevinoControl = VendorControl<PlayedDevino>;
/// Its book.
pub type DevinoLedger = VendorLedger<PlayedDevino>;
/// All that it is.
pub type DevinoState = VendorState<PlayedDevino>;

/// What only Devino knows.
pub struct PlayedDevino {
    config: DevinoConfig,
    style: DevinoStyle,
    refusals: VecDeque<(Refusal, Scope, Times)>,
    latest_id: u64,
    latest_incoming_id: u64,
}

impl std::fmt::Debug for PlayedDevino {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlayedDevino")
            .field("style", &self.style)
            .field("refusals", &self.refusals)
            .finish_non_exhaustive()
    }
}
