//! What a person or a bad day does to DecisionTelecom alone.

use super::DecisionControl;
use super::requests::Draft;
use super::style::DecisionStyle;
use crate::simulator::faults::Times;

impl DecisionControl {
    /// Refuses messages with a documented error, whatever they hold. Errors are used up in the order they were added.
    pub fn refuse(&self, code: u8, times: Times) {
        if times != Times::Next(0) {
            self.change(|state, _| state.vendor.refusals.push_back((code, times)));
        }
    }

    /// Forgets all refusals that have not happened.
    pub fn clear_refusals(&self) {
        self.change(|state, _| state.vendor.refusals.clear());
    }

    /// A message that was taken before anybody watched: it goes its way, nothing is told of it, and it can be asked about.
    /// Answers its identifier.
    #[must_use]
    pub fn took_before(&self, to: &str, text: &str) -> u64 {
        self.change(|state, now| {
            let draft = Draft {
                from: state.vendor.config.senders.first().cloned().unwrap_or_default(),
                to: to.to_owned(),
                text: text.to_owned(),
                ..Draft::default()
            };
            state.take(draft, now)
        })
    }

    /// Chooses how things are written from now on.
    pub fn set_style(&self, style: DecisionStyle) {
        self.change(|state, _| state.vendor.style = style);
    }
}
