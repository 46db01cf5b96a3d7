//! A life that goes on by itself: a phone that scans, drains, loses its network once and comes back.

use super::config::{PairedPhone, SimulatorConfig};
use super::phone::PhoneState;
use std::time::Duration;
use tokio::time::Instant;

/// What happens by itself, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoScript {
    /// From when a code is first handed out until the phone scans it.
    pub scan_after: Duration,
    /// From when the phone is first connected until it loses its network, once.
    pub offline_after: Duration,
    /// How long it stays away.
    pub offline_for: Duration,
}

impl Default for DemoScript {
    fn default() -> Self {
        Self {
            scan_after: Duration::from_secs(8),
            offline_after: Duration::from_secs(75),
            offline_for: Duration::from_secs(25),
        }
    }
}

/// The gateway of the demo: no phone yet, a plan in use, a battery that will want to be charged.
#[must_use]
pub fn config(seed: u64) -> SimulatorConfig {
    SimulatorConfig {
        seed,
        paired: None,
        scanning_phone: PairedPhone::new("Padaria Boa Massa", "5511900000001"),
        battery_percent: 23,
        battery_step_interval: Some(Duration::from_secs(15)),
        daily_limit: 500,
        daily_used: 37,
        demo: Some(DemoScript::default()),
        ..SimulatorConfig::default()
    }
}

/// Where the script stands.
#[derive(Debug, Clone)]
pub(super) struct DemoLife {
    script: DemoScript,
    outage: Outage,
}

/// The one time the phone is away.
#[derive(Debug, Clone, Copy)]
enum Outage {
    NotPlanned,
    Begins(Instant),
    Ends(Instant),
    Over,
}

impl DemoLife {
    pub(super) fn new(script: DemoScript) -> Self {
        Self {
            script,
            outage: Outage::NotPlanned,
        }
    }

    /// A phone was connected: plans the outage, the first time.
    pub(super) fn phone_connected(&mut self, now: Instant) {
        if matches!(self.outage, Outage::NotPlanned) {
            self.outage = Outage::Begins(now + self.script.offline_after);
        }
    }

    /// When the phone scans a code that was first handed out at `first_shown_at`.
    pub(super) fn scan_at(&self, first_shown_at: Instant) -> Instant {
        first_shown_at + self.script.scan_after
    }

    /// When the outage begins or ends.
    pub(super) fn next_turn(&self) -> Option<Instant> {
        match self.outage {
            Outage::Begins(instant) | Outage::Ends(instant) => Some(instant),
            Outage::NotPlanned | Outage::Over => None,
        }
    }

    /// The outage begins or ends; answers the phone's new state. A phone that something else happened to is left alone.
    pub(super) fn turn(&mut self, phone: PhoneState, now: Instant) -> PhoneState {
        match (self.outage, phone) {
            (Outage::Begins(_), PhoneState::Online) => {
                self.outage = Outage::Ends(now + self.script.offline_for);
                PhoneState::Offline
            }
            (Outage::Ends(_), PhoneState::Offline) => {
                self.outage = Outage::Over;
                PhoneState::Online
            }
            _ => {
                self.outage = Outage::Over;
                phone
            }
        }
    }
}
