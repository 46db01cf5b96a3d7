//! What the points of the last hours say about the next ones.

use super::{HealthSample, Limits};
use crate::domain::Timestamp;
use std::time::Duration;

/// When the daily limit will be used up at the pace of the samples of the last hour; `None` if it will not be today or
/// cannot be told. `samples` are in order of time.
#[must_use]
pub fn limit_runs_out(samples: &[HealthSample], limits: &Limits, now: Timestamp) -> Option<Timestamp> {
    let from = now.minus(Duration::from_secs(3_600));
    let mut recent = samples
        .iter()
        .filter(|sample| sample.at >= from)
        .filter_map(|s| Some((s.at, s.limit_used?)));
    let (first_at, first) = recent.next()?;
    let (last_at, last) = recent.next_back()?;
    let elapsed = last_at.since(first_at);
    let sent = last.checked_sub(first).filter(|sent| *sent > 0)?;
    if elapsed < Duration::from_secs(300) {
        return None;
    }
    let left = limits
        .left
        .or_else(|| Some(limits.daily?.saturating_sub(limits.used?)))?;
    let millis = u128::from(left) * elapsed.as_millis() / u128::from(sent);
    Some(now.plus(Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))))
}

/// Change of the battery in percent per hour over the samples given (in order of time); `None` if they span less than
/// half an hour.
#[must_use]
pub fn battery_trend(samples: &[HealthSample]) -> Option<f64> {
    let mut known = samples
        .iter()
        .filter_map(|sample| Some((sample.at, sample.battery_percent?)));
    let (first_at, first) = known.next()?;
    let (last_at, last) = known.next_back()?;
    let hours = last_at.since(first_at).as_secs_f64() / 3_600.0;
    (hours >= 0.5).then(|| (f64::from(last) - f64::from(first)) / hours)
}

/// The time the gateway's queue needs to drain: length × delay. A message takes about a second even without a delay.
#[must_use]
pub fn time_to_drain(queue_length: u64, delay_secs: Option<u32>) -> Duration {
    Duration::from_secs(queue_length.saturating_mul(u64::from(delay_secs.unwrap_or(0).max(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forecasts() {
        let sample = |minutes: i64, battery, used| HealthSample {
            at: Timestamp(minutes * 60_000),
            battery_percent: battery,
            queue_length: None,
            limit_used: used,
        };
        let samples = [
            sample(0, Some(80), Some(100)),
            sample(30, None, None),
            sample(60, Some(76), Some(160)),
        ];
        let limits = Limits {
            left: Some(120),
            ..Limits::default()
        };
        let now = Timestamp(60 * 60_000);
        assert_eq!(
            limit_runs_out(&samples, &limits, now),
            Some(Timestamp(180 * 60_000))
        );
        assert_eq!(limit_runs_out(&samples[..1], &limits, now), None);
        assert_eq!(battery_trend(&samples), Some(-4.0));
        assert_eq!(time_to_drain(14, Some(5)), Duration::from_secs(70));
        assert_eq!(time_to_drain(14, None), Duration::from_secs(14));
    }
}
