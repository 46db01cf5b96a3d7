//! A life that goes on by itself: a phone that scans, drains, loses its network once and comes back; people who write.

use super::config::{PairedPhone, SimulatorConfig};
use super::people::{People, PeopleScript};
use super::phone::PhoneState;
use super::webhook::{Contact, Said};
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
    /// Who writes.
    pub people: PeopleScript,
}

impl Default for DemoScript {
    fn default() -> Self {
        Self {
            scan_after: Duration::from_secs(8),
            offline_after: Duration::from_secs(75),
            offline_for: Duration::from_secs(25),
            people: PeopleScript::default(),
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
#[derive(Debug)]
pub(super) struct DemoLife {
    script: DemoScript,
    outage: Outage,
    people: People,
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
    pub(super) fn new(script: DemoScript, seed: u64) -> Self {
        Self {
            people: People::new(script.people.clone(), seed),
            script,
            outage: Outage::NotPlanned,
        }
    }

    /// A phone was connected: plans the outage and the first words, the first time.
    pub(super) fn phone_connected(&mut self, now: Instant) {
        if matches!(self.outage, Outage::NotPlanned) {
            self.outage = Outage::Begins(now + self.script.offline_after);
            self.people.begin(now);
        }
    }

    /// When the phone scans a code that was first handed out at `first_shown_at`.
    pub(super) fn scan_at(&self, first_shown_at: Instant) -> Instant {
        first_shown_at + self.script.scan_after
    }

    /// When somebody writes next.
    pub(super) fn next_words(&self) -> Option<Instant> {
        self.people.next_words()
    }

    /// What somebody writes now.
    pub(super) fn words(&mut self, now: Instant) -> Option<(Contact, Said)> {
        self.people.words(now)
    }

    /// Somebody has seen a message.
    pub(super) fn message_seen(&mut self, phone: &str, now: Instant) {
        self.people.message_seen(phone, now);
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

#[cfg(test)]
mod tests {
    use super::super::pairing::PairingSession;
    use super::super::state::SimulatorState;
    use super::*;

    #[test]
    fn the_demo_lives_by_itself() {
        let start = Instant::now();
        let mut state = SimulatorState::new(config(3), String::new(), start);
        let after = |secs: u64| start + Duration::from_secs(secs);
        assert_eq!(state.phone(), PhoneState::Unpaired);
        state.pairing = PairingSession::begin(&state.config.timing, start);
        state.settle(after(1));
        assert_eq!(state.pairing_text(), None, "a code takes its time");
        state.settle(after(3));
        let first = state.pairing_text().unwrap().to_owned();
        state.settle(after(30));
        assert_ne!(state.pairing_text().unwrap(), first, "a code does not live long");
        state.pairing.hand_out(after(30));
        state.settle(after(37));
        assert!(!state.is_confirming());
        state.settle(after(38));
        assert!(state.is_confirming() && state.pairing_text().is_none());
        state.settle(after(41));
        assert_eq!(state.phone(), PhoneState::Online);
        assert_eq!(state.paired_phone().unwrap().number, "5511900000001");
        state.settle(after(41 + 75));
        assert_eq!(state.phone(), PhoneState::Offline);
        state.settle(after(41 + 75 + 25));
        assert_eq!(state.phone(), PhoneState::Online);
        assert_eq!(state.battery_percent(), 14, "9 steps of 15 s in 141 s");
        state.settle(after(900));
        assert_eq!(state.phone(), PhoneState::Online, "away only once");
        assert!(state.phone.charging);
    }

    #[test]
    fn people_write_only_when_the_phone_hears_them() {
        let start = Instant::now();
        let paired = PairedPhone::new("Padaria Boa Massa", "5511900000001");
        let mut state = SimulatorState::new(
            SimulatorConfig {
                paired: Some(paired),
                ..config(4)
            },
            String::new(),
            start,
        );
        state.settle(start + Duration::from_secs(900));
        let told: Vec<Duration> = state
            .ledger()
            .webhooks()
            .iter()
            .map(|webhook| webhook.ready_at)
            .collect();
        assert_eq!(told[0], Duration::from_secs(5));
        let away = Duration::from_secs(75)..Duration::from_secs(100);
        assert!(!told.iter().any(|at| away.contains(at)), "{told:?}");
        assert!(
            told.contains(&away.end),
            "heard at once when it is back: {told:?}"
        );
    }
}
