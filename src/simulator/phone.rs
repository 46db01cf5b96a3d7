//! The phone behind the gateway: paired or not, online or not, and its battery.

use super::config::PairedPhone;
use std::time::Duration;
use tokio::time::Instant;

/// Below this, the phone's owner plugs it in, in percent: low enough that a warning is due first.
const PLUGGED_IN_AT_PERCENT: u8 = 12;
/// At this, it is unplugged, in percent.
const UNPLUGGED_AT_PERCENT: u8 = 96;

/// What the gateway knows of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneState {
    /// No session: a code must be scanned.
    Unpaired,
    /// A session, and the phone answers.
    Online,
    /// A session, but the phone is off or has no network.
    Offline,
}

/// The phone.
#[derive(Debug, Clone)]
pub(super) struct Phone {
    /// What the gateway knows of it.
    pub(super) state: PhoneState,
    /// Whose it is; remembered after a session ends, for coming back online.
    pub(super) owner: PairedPhone,
    /// Battery, in percent.
    pub(super) battery_percent: u8,
    /// Whether it is plugged in.
    pub(super) charging: bool,
    /// When it last became able to send.
    pub(super) available_since: Instant,
    battery_step_interval: Option<Duration>,
    next_battery_step: Option<Instant>,
}

impl Phone {
    /// A phone at the start.
    pub(super) fn new(
        paired: bool,
        owner: PairedPhone,
        battery_percent: u8,
        battery_step_interval: Option<Duration>,
        now: Instant,
    ) -> Self {
        let battery_step_interval = battery_step_interval.filter(|interval| !interval.is_zero());
        Self {
            state: if paired {
                PhoneState::Online
            } else {
                PhoneState::Unpaired
            },
            owner,
            battery_percent: battery_percent.min(100),
            charging: false,
            available_since: now,
            battery_step_interval,
            next_battery_step: battery_step_interval.map(|interval| now + interval),
        }
    }

    /// Changes what the gateway knows of it.
    pub(super) fn set_state(&mut self, state: PhoneState, now: Instant) {
        if state == PhoneState::Online && self.state != PhoneState::Online {
            self.available_since = now;
        }
        self.state = state;
    }

    /// When the battery changes next.
    pub(super) fn next_battery_step(&self) -> Option<Instant> {
        self.next_battery_step
    }

    /// One percent less, or more while plugged in.
    pub(super) fn step_battery(&mut self, now: Instant) {
        self.next_battery_step = self.battery_step_interval.map(|interval| now + interval);
        if self.charging {
            self.battery_percent = self.battery_percent.saturating_add(1).min(100);
            self.charging = self.battery_percent < UNPLUGGED_AT_PERCENT;
        } else {
            self.battery_percent = self.battery_percent.saturating_sub(1);
            self.charging = self.battery_percent <= PLUGGED_IN_AT_PERCENT;
        }
    }

    /// The battery as the gateway last heard of it: nothing without a session.
    pub(super) fn reported_battery(&self) -> Option<u8> {
        (self.state != PhoneState::Unpaired).then_some(self.battery_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_battery_drains_is_plugged_in_and_unplugged() {
        let now = Instant::now();
        let interval = Duration::from_secs(60);
        let mut phone = Phone::new(
            true,
            PairedPhone::new("a", "5511900000001"),
            14,
            Some(interval),
            now,
        );
        let mut seen = Vec::new();
        for _ in 0..4 {
            let due = phone.next_battery_step().unwrap();
            phone.step_battery(due);
            seen.push((phone.battery_percent, phone.charging));
        }
        assert_eq!(seen, [(13, false), (12, true), (13, true), (14, true)]);
        assert_eq!(phone.next_battery_step(), Some(now + interval * 5));
        phone.battery_percent = 95;
        phone.step_battery(now);
        assert_eq!((phone.battery_percent, phone.charging), (96, false));
        phone.set_state(PhoneState::Unpaired, now);
        assert_eq!(phone.reported_battery(), None);
    }
}
