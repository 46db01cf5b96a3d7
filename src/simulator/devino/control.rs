//! What a person or a bad day does to Devino alone.

use super::DevinoControl;
use super::errors::Refusal;
use super::style::DevinoStyle;
use crate::simulator::faults::Times;
use crate::simulator::webhook::{Contact, Said};

/// What a refusal that is asked for strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The next message, alone.
    Message,
    /// The next request, whole.
    Request,
}

impl DevinoControl {
    /// Refuses messages or requests, whatever they hold. Refusals are used up in the order they were added.
    pub fn refuse(&self, refusal: Refusal, scope: Scope, times: Times) {
        if times != Times::Next(0) {
            self.change(|state, _| state.vendor.refusals.push_back((refusal, scope, times)));
        }
    }

    /// Forgets all refusals that have not happened.
    pub fn clear_refusals(&self) {
        self.change(|state, _| state.vendor.refusals.clear());
    }

    /// Sets how many messages one request may have.
    pub fn set_batch_max(&self, messages: usize) {
        self.change(|state, _| state.vendor.config.batch_max = messages);
    }

    /// Chooses how things are written from now on.
    pub fn set_style(&self, style: DevinoStyle) {
        self.change(|state, _| state.vendor.style = style);
    }

    /// Somebody writes: it is told at the address in the panel, and for a time they may be written to freely. What has a
    /// file is told with an address at this gateway. A message that was deleted, and one of an unknown kind, are told
    /// without a content. Answers `incomingMessageId`.
    #[allow(clippy::must_use_candidate)]
    pub fn contact_writes(&self, from: Contact, said: Said) -> u64 {
        self.change(|state, now| state.contact_writes(&from, &said, now))
    }
}
