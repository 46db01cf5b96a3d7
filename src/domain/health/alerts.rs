//! What is worth a notification, and when it begins.

use super::{Connection, Expiry, Health};
use crate::domain::Timestamp;
use std::time::Duration;

/// What is worth a desktop notification, once per change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alert {
    /// The phone went offline.
    PhoneOffline,
    /// No phone is paired any more.
    MustPair,
    /// Battery under 15 %.
    BatteryLow,
    /// Less than a tenth of the daily limit left.
    LimitLow,
    /// The plan ends within three days.
    PlanExpires,
    /// The gateway's queue has not shrunk for ten minutes although the phone is ready.
    QueueStuck,
}

/// Remembers which alerts hold, so that each is told once when it begins. Alerts with a threshold end only well beyond
/// it, so that a value that trembles does not repeat them.
#[derive(Debug, Clone, Default)]
pub struct AlertState {
    active: std::collections::BTreeSet<Alert>,
    queue_low: Option<(u64, Timestamp)>,
}

impl AlertState {
    /// Takes the newest health and tells which alerts have just begun. `today` is the operator's date.
    pub fn update(&mut self, health: &Health, now: Timestamp, today: jiff::civil::Date) -> Vec<Alert> {
        let mut begun = Vec::new();
        // While the gateway cannot be reached nothing is known; what held goes on holding.
        if !matches!(
            health.connection,
            Connection::Ready | Connection::PhoneOffline | Connection::MustPair
        ) {
            return begun;
        }
        let battery = health.phone.as_ref().and_then(|read| read.value.battery_percent);
        let share = health.limits.as_ref().and_then(|read| read.value.share_left());
        let days = health.limits.as_ref().and_then(|read| match &read.value.expires {
            Some(Expiry::Date(date)) => today.until(*date).ok().map(|span| span.get_days()),
            _ => None,
        });
        let was = |alert| self.active.contains(&alert);
        let states = [
            (Alert::PhoneOffline, health.connection == Connection::PhoneOffline),
            (Alert::MustPair, health.connection == Connection::MustPair),
            (
                Alert::BatteryLow,
                battery.map_or(was(Alert::BatteryLow), |percent| {
                    percent < if was(Alert::BatteryLow) { 20 } else { 15 }
                }),
            ),
            (
                Alert::LimitLow,
                share.map_or(was(Alert::LimitLow), |share| {
                    share < if was(Alert::LimitLow) { 0.15 } else { 0.10 }
                }),
            ),
            (Alert::PlanExpires, days.is_some_and(|days| days <= 3)),
            (Alert::QueueStuck, self.queue_is_stuck(health, now)),
        ];
        for (alert, holds) in states {
            if holds {
                if self.active.insert(alert) {
                    begun.push(alert);
                }
            } else {
                self.active.remove(&alert);
            }
        }
        begun
    }

    fn queue_is_stuck(&mut self, health: &Health, now: Timestamp) -> bool {
        const PATIENCE: Duration = Duration::from_secs(600);
        let length = health
            .queue_length
            .as_ref()
            .map(|read| read.value)
            .filter(|length| *length > 0);
        let (Some(length), Connection::Ready) = (length, health.connection) else {
            self.queue_low = None;
            return false;
        };
        match self.queue_low {
            Some((low, since)) if length >= low => now.since(since) >= PATIENCE,
            _ => {
                self.queue_low = Some((length, now));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, PhoneStatus, Read};
    use super::*;

    fn health(connection: Connection, battery: Option<u8>, left: u64, queue: u64) -> Health {
        let at = Timestamp(0);
        Health {
            connection,
            phone: Some(Read {
                value: PhoneStatus {
                    battery_percent: battery,
                    ..PhoneStatus::default()
                },
                at,
            }),
            limits: Some(Read {
                value: Limits {
                    daily: Some(100),
                    left: Some(left),
                    ..Limits::default()
                },
                at,
            }),
            queue_length: Some(Read { value: queue, at }),
            ..Health::default()
        }
    }

    fn today() -> jiff::civil::Date {
        jiff::civil::date(2026, 11, 21)
    }

    #[test]
    fn each_alert_is_told_once_per_change() {
        let mut alerts = AlertState::default();
        let now = Timestamp(0);
        assert_eq!(
            alerts.update(&health(Connection::Ready, Some(15), 50, 0), now, today()),
            []
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, Some(14), 50, 0), now, today()),
            [Alert::BatteryLow]
        );
        // It trembles around the threshold, an empty reading comes between: nothing is told again.
        for battery in [Some(16), Some(14), None, Some(19), Some(13)] {
            assert_eq!(
                alerts.update(&health(Connection::Ready, battery, 50, 0), now, today()),
                []
            );
        }
        assert_eq!(
            alerts.update(&health(Connection::GatewayUnreachable, None, 50, 0), now, today()),
            []
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, Some(60), 9, 0), now, today()),
            [Alert::LimitLow]
        );
        assert_eq!(
            alerts.update(&health(Connection::PhoneOffline, Some(14), 9, 0), now, today()),
            [Alert::PhoneOffline, Alert::BatteryLow]
        );
        assert_eq!(
            alerts.update(&health(Connection::MustPair, None, 9, 0), now, today()),
            [Alert::MustPair]
        );
    }

    #[test]
    fn a_queue_that_does_not_drain_is_told_after_ten_minutes() {
        let mut alerts = AlertState::default();
        let at = |minutes: u64| Timestamp(0).plus(Duration::from_secs(minutes * 60));
        assert_eq!(
            alerts.update(&health(Connection::Ready, None, 50, 5), at(0), today()),
            []
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, None, 50, 4), at(5), today()),
            []
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, None, 50, 6), at(14), today()),
            []
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, None, 50, 6), at(15), today()),
            [Alert::QueueStuck]
        );
        assert_eq!(
            alerts.update(&health(Connection::Ready, None, 50, 6), at(16), today()),
            []
        );
    }

    #[test]
    fn a_plan_that_ends_soon_is_told() {
        let mut alerts = AlertState::default();
        let mut state = health(Connection::Ready, None, 50, 0);
        let mut expires = |date| {
            state.limits.as_mut().unwrap().value.expires = Some(date);
            alerts.update(&state, Timestamp(0), today())
        };
        assert_eq!(expires(Expiry::Text("em breve".into())), []);
        assert_eq!(expires(Expiry::Date(jiff::civil::date(2026, 11, 25))), []);
        assert_eq!(
            expires(Expiry::Date(jiff::civil::date(2026, 11, 24))),
            [Alert::PlanExpires]
        );
    }
}
