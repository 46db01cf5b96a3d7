//! What the plots show, worked out of what was read: messages in hours or days, and pieces of lines without gaps.

use crate::domain::Timestamp;
use crate::domain::health::{self, HealthSample};
use crate::store::HourlyCount;
use std::time::Duration;

/// How far back the dashboard looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Range {
    /// 24 hours, plotted by hour.
    #[default]
    Day,
    /// 7 days, plotted by day.
    Week,
    /// 30 days, plotted by day.
    Month,
}

impl Range {
    /// Every range.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its length in hours.
    #[must_use]
    pub fn hours(self) -> u32 {
        match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
        }
    }

    /// Its length.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(u64::from(self.hours()) * 3_600)
    }

    /// How many bars it is plotted with.
    #[must_use]
    pub fn buckets(self) -> usize {
        match self {
            Self::Day => 24,
            Self::Week => 7,
            Self::Month => 30,
        }
    }
}

/// Messages by what has become of them, in the order in which a bar stacks them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Accepted or sent, not delivered yet.
    pub accepted: u64,
    /// Delivered, not read yet.
    pub delivered: u64,
    /// Read.
    pub read: u64,
    /// Rejected or unknown.
    pub problems: u64,
}

impl Counts {
    fn add(&mut self, hour: &HourlyCount) {
        self.accepted += u64::from(hour.accepted);
        self.delivered += u64::from(hour.delivered);
        self.read += u64::from(hour.read);
        self.problems += u64::from(hour.problems);
    }

    /// In the order of a bar, from the ground up.
    #[must_use]
    pub fn stack(self) -> [u64; 4] {
        [self.accepted, self.delivered, self.read, self.problems]
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.stack().iter().sum()
    }

    /// Those the gateway has taken.
    #[must_use]
    pub fn sent(self) -> u64 {
        self.accepted + self.delivered + self.read
    }

    /// Share of the sent that reached the recipient's phone; `None` if nothing was sent.
    #[must_use]
    pub fn delivered_share(self) -> Option<f64> {
        share(self.delivered + self.read, self.sent())
    }

    /// Share of the sent that were seen; `None` if nothing was sent.
    #[must_use]
    pub fn read_share(self) -> Option<f64> {
        share(self.read, self.sent())
    }
}

#[allow(clippy::cast_precision_loss, reason = "a share needs no 53 bits")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Its beginning.
    pub start: Timestamp,
    /// The messages in it.
    pub counts: Counts,
}

/// The bars of a range that ends `now`, oldest first, empty ones too.
#[must_use]
pub fn buckets(hours: &[HourlyCount], range: Range, now: Timestamp) -> Vec<Bucket> {
    match range {
        Range::Day => by_hour(hours, range.buckets(), now),
        Range::Week | Range::Month => by_day(hours, range.buckets(), now),
    }
}

fn by_hour(hours: &[HourlyCount], count: usize, now: Timestamp) -> Vec<Bucket> {
    const HOUR_MILLIS: i64 = 3_600_000;
    let last = now.0.div_euclid(HOUR_MILLIS);
    let back = i64::try_from(count).unwrap_or(24);
    (last - back + 1..=last)
        .map(|index| {
            let mut counts = Counts::default();
            hours
                .iter()
                .filter(|hour| hour.hour.0.div_euclid(HOUR_MILLIS) == index)
                .for_each(|hour| counts.add(hour));
            Bucket {
                start: Timestamp(index * HOUR_MILLIS),
                counts,
            }
        })
        .collect()
}

fn by_day(hours: &[HourlyCount], count: usize, now: Timestamp) -> Vec<Bucket> {
    let today = now.local().date();
    let dated: Vec<_> = hours
        .iter()
        .map(|hour| (hour.hour.local().date(), hour))
        .collect();
    let back = i64::try_from(count).unwrap_or(7);
    (0..back)
        .rev()
        .filter_map(|days| {
            let date = today.checked_sub(jiff::Span::new().days(days)).ok()?;
            let start = date.to_zoned(jiff::tz::TimeZone::system()).ok()?;
            let mut counts = Counts::default();
            dated
                .iter()
                .filter(|(of, _)| *of == date)
                .for_each(|(_, hour)| counts.add(hour));
            Some(Bucket {
                start: Timestamp(start.timestamp().as_millisecond()),
                counts,
            })
        })
        .collect()
}

/// The sum of all bars.
#[must_use]
pub fn total(buckets: &[Bucket]) -> Counts {
    buckets.iter().fold(Counts::default(), |sum, bucket| Counts {
        accepted: sum.accepted + bucket.counts.accepted,
        delivered: sum.delivered + bucket.counts.delivered,
        read: sum.read + bucket.counts.read,
        problems: sum.problems + bucket.counts.problems,
    })
}

/// The distance between two lines of a grid that shows values up to `highest` with about four of them: 1, 2 or 5 times
/// a power of ten.
#[must_use]
pub fn grid_step(highest: f64) -> f64 {
    let rough = (highest / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough - 1e-9)
        .unwrap_or(10.0 * power)
}

/// One point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub at: Timestamp,
    /// What was read.
    pub value: f64,
}

/// The points of the samples since `since` in which `value` is known.
#[must_use]
pub fn points(
    samples: &[HealthSample],
    since: Timestamp,
    value: impl Fn(&HealthSample) -> Option<f64>,
) -> Vec<Point> {
    samples
        .iter()
        .filter(|sample| sample.at >= since)
        .filter_map(|sample| {
            Some(Point {
                at: sample.at,
                value: value(sample)?,
            })
        })
        .collect()
}

/// The points in pieces, parted where nothing was read for so long that a line would claim what nobody knows.
#[must_use]
pub fn pieces(points: &[Point], range: Range) -> Vec<&[Point]> {
    let longest = (range.duration() / 48).max(Duration::from_secs(1_200));
    points
        .chunk_by(|before, after| after.at.since(before.at) <= longest)
        .collect()
}

/// What is told of the battery besides its percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BatteryTrend {
    /// It loses so many percent per hour and is empty then.
    Falling {
        /// Percent per hour, positive.
        per_hour: f64,
        /// When it is empty at this pace, if that is within three days.
        empty_at: Option<Timestamp>,
    },
    /// It gains so many percent per hour.
    Rising {
        /// Percent per hour.
        per_hour: f64,
    },
    /// It neither falls nor rises.
    Steady,
}

/// The trend of the last two hours; `None` if it cannot be told yet.
#[must_use]
pub fn battery(samples: &[HealthSample], percent: u8, now: Timestamp) -> Option<BatteryTrend> {
    let from = now.minus(Duration::from_secs(2 * 3_600));
    let start = samples.partition_point(|sample| sample.at < from);
    let trend = health::battery_trend(samples.get(start..)?)?;
    Some(if trend <= -0.5 {
        let hours = f64::from(percent) / -trend;
        let empty_at = (hours <= 72.0).then(|| now.plus(Duration::from_secs_f64(hours * 3_600.0)));
        BatteryTrend::Falling {
            per_hour: -trend,
            empty_at,
        }
    } else if trend >= 0.5 {
        BatteryTrend::Rising { per_hour: trend }
    } else {
        BatteryTrend::Steady
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    /// A full hour.
    const NOW: Timestamp = Timestamp(1_795_262_400_000);

    fn hour(back: i64, delivered: u32) -> HourlyCount {
        HourlyCount {
            hour: Timestamp(NOW.0 - back * HOUR),
            accepted: 1,
            delivered,
            read: 2,
            problems: 1,
        }
    }

    fn sample(minutes_back: i64, battery: u8) -> HealthSample {
        HealthSample {
            at: Timestamp(NOW.0 - minutes_back * 60_000),
            battery_percent: Some(battery),
            queue_length: None,
            limit_used: None,
        }
    }

    #[test]
    fn a_day_has_24_bars_and_what_is_older_is_left_out() {
        let bars = buckets(&[hour(30, 9), hour(23, 4), hour(0, 5)], Range::Day, NOW);
        assert_eq!(bars.len(), 24);
        assert_eq!(bars[0].counts.delivered, 4);
        assert_eq!(bars[23].counts.stack(), [1, 5, 2, 1]);
        let sum = total(&bars);
        assert_eq!((sum.sent(), sum.all()), (15, 17));
        assert_eq!(sum.delivered_share(), Some(13.0 / 15.0));
        assert_eq!(Counts::default().read_share(), None);
    }

    #[test]
    fn a_week_sums_up_days() {
        let bars = buckets(
            &[hour(0, 5), hour(24 * 3, 7), hour(24 * 9, 100)],
            Range::Week,
            NOW,
        );
        assert_eq!(bars.len(), 7);
        assert_eq!(total(&bars).delivered, 12);
        assert_eq!(buckets(&[], Range::Month, NOW).len(), 30);
    }

    #[test]
    fn grids_are_made_of_round_numbers() {
        assert!((grid_step(0.0) - 1.0).abs() < 1e-9);
        assert!((grid_step(7.0) - 2.0).abs() < 1e-9);
        assert!((grid_step(80.0) - 20.0).abs() < 1e-9);
        assert!((grid_step(900.0) - 500.0).abs() < 1e-9);
    }

    #[test]
    fn a_line_does_not_bridge_what_nobody_read() {
        let samples = [sample(300, 90), sample(295, 89), sample(100, 80), sample(99, 80)];
        let points = points(&samples, Timestamp(0), |s| s.battery_percent.map(f64::from));
        let pieces = pieces(&points, Range::Day);
        assert_eq!(pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn the_battery_is_told_by_its_last_two_hours() {
        // It was charged in the night; what counts is that it falls now.
        let samples = [sample(600, 20), sample(300, 90), sample(60, 72), sample(0, 68)];
        assert_eq!(
            battery(&samples, 68, NOW),
            Some(BatteryTrend::Falling {
                per_hour: 4.0,
                empty_at: Some(Timestamp(NOW.0 + 17 * HOUR))
            })
        );
        assert_eq!(
            battery(&[sample(60, 50), sample(0, 62)], 62, NOW),
            Some(BatteryTrend::Rising { per_hour: 12.0 })
        );
        assert_eq!(
            battery(&[sample(60, 50), sample(0, 50)], 50, NOW),
            Some(BatteryTrend::Steady)
        );
        assert_eq!(battery(&[sample(5, 50), sample(0, 50)], 50, NOW), None);
    }
}
