//! Time: UTC milliseconds, and a clock that tests can hold.

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment, by the machine's clock.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_millisecond())
    }

    /// The time from `earlier` to this; zero if `earlier` is later (a clock that was set back).
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// This moment and `duration` more.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// This moment less `duration`.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// The same moment in the machine's time zone. Out-of-range values become the nearest that can be shown.
    #[must_use]
    pub fn local(self) -> jiff::Zoned {
        self.in_zone(jiff::tz::TimeZone::system())
    }

    /// The same moment in `zone`.
    #[must_use]
    pub fn in_zone(self, zone: jiff::tz::TimeZone) -> jiff::Zoned {
        // The years 0 to 9998: what lies outside cannot be told from an error anyway.
        let clamped = self.0.clamp(-62_167_132_800_000, 253_370_764_800_000);
        jiff::Timestamp::from_millisecond(clamped)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(zone)
    }
}

/// Where the time of day comes from. Only stamps and deadlines that are stored use it; waiting in a task uses tokio's
/// own clock, which a test can pause.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still at `start` until it is moved by [`Clock::advance`] (shared by its clones).
    #[must_use]
    pub fn held(start: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.0))))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            None => Timestamp::now(),
            Some(held) => Timestamp(held.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held clock forward; nothing for the machine's clock.
    pub fn advance(&self, duration: Duration) {
        if let Some(held) = &self.0 {
            held.fetch_add(
                i64::try_from(duration.as_millis()).unwrap_or(i64::MAX),
                Ordering::SeqCst,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_clock_moves_only_when_told() {
        let clock = Clock::held(Timestamp(1_000));
        let other = clock.clone();
        clock.advance(Duration::from_secs(2));
        assert_eq!(other.now(), Timestamp(3_000));
        assert_eq!(Timestamp(500).since(Timestamp(900)), Duration::ZERO);
        assert_eq!(
            Timestamp(900)
                .minus(Duration::from_millis(400))
                .plus(Duration::from_millis(1)),
            Timestamp(501)
        );
    }

    #[test]
    fn absurd_times_can_still_be_shown() {
        assert!(Timestamp(i64::MAX).local().year() > 9000);
        assert!(Timestamp(i64::MIN).local().year() <= 1);
    }
}
