//! The health of an account: connection, phone, battery, limits, queue; what changed and what is worth a notification.

use super::Timestamp;
use std::time::Duration;

/// How an account stands, as one word for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Connection {
    /// Nothing has been read yet.
    #[default]
    NotChecked,
    /// A phone is paired and online.
    Ready,
    /// A phone is paired but switched off or without internet.
    PhoneOffline,
    /// No phone is paired.
    MustPair,
    /// The gateway could not be reached or did not answer readably.
    GatewayUnreachable,
    /// The gateway refuses the credentials.
    CredentialsRefused,
    /// The credentials cannot be read here (keyring locked or gone), so nothing could be asked.
    CredentialsMissing,
    /// The gateway takes the credentials; of a phone it tells nothing.
    Answers,
}

impl Connection {
    /// Every state.
    pub const ALL: &'static [Self] = &[
        Self::NotChecked,
        Self::Ready,
        Self::PhoneOffline,
        Self::MustPair,
        Self::Answers,
        Self::GatewayUnreachable,
        Self::CredentialsRefused,
        Self::CredentialsMissing,
    ];

    /// The word under which it is stored and, after `connection-`, translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotChecked => "not-checked",
            Self::Ready => "ready",
            Self::Answers => "answers",
            Self::PhoneOffline => "phone-offline",
            Self::MustPair => "must-pair",
            Self::GatewayUnreachable => "gateway-unreachable",
            Self::CredentialsRefused => "credentials-refused",
            Self::CredentialsMissing => "credentials-missing",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }
}

/// The phone as the gateway reports it. Fields the gateway left empty are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneStatus {
    /// Whether a session exists.
    pub paired: bool,
    /// Whether the phone is on and online.
    pub online: bool,
    /// The name in its profile.
    pub name: Option<String>,
    /// Its number, digits.
    pub number: Option<String>,
    /// Battery, 0 to 100 percent.
    pub battery_percent: Option<u8>,
}

impl PhoneStatus {
    /// The word for it.
    #[must_use]
    pub fn connection(&self) -> Connection {
        match (self.paired, self.online) {
            (true, true) => Connection::Ready,
            (true, false) => Connection::PhoneOffline,
            (false, _) => Connection::MustPair,
        }
    }
}

/// When a plan ends: a date if it could be read, else the text as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expiry {
    /// A calendar date.
    Date(jiff::civil::Date),
    /// The gateway's text, unread.
    Text(String),
}

/// The plan's daily limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Messages allowed in a day.
    pub daily: Option<u64>,
    /// Of these, used today.
    pub used: Option<u64>,
    /// Of these, left today.
    pub left: Option<u64>,
    /// When the plan ends.
    pub expires: Option<Expiry>,
}

impl Limits {
    /// What is left today as a share of the whole, 0 to 1; `None` if it cannot be told.
    #[must_use]
    pub fn share_left(&self) -> Option<f64> {
        let daily = self.daily.filter(|daily| *daily > 0)?;
        let left = self.left.or_else(|| Some(daily.saturating_sub(self.used?)))?;
        #[allow(clippy::cast_precision_loss, reason = "a share needs no 53 bits")]
        Some((left.min(daily)) as f64 / daily as f64)
    }
}

/// A value with the time it was read; a failed read keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// When it was read.
    pub at: Timestamp,
}

/// A failed read: what kind, and what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFailure {
    /// When.
    pub at: Timestamp,
    /// How the account stands because of it.
    pub connection: Connection,
    /// What the system or the vendor said, secrets cut out.
    pub words: String,
}

/// Everything known about the health of one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Health {
    /// How it stands.
    pub connection: Connection,
    /// Since when it stands so.
    pub since: Option<Timestamp>,
    /// The last phone status read.
    pub phone: Option<Read<PhoneStatus>>,
    /// The last limits read.
    pub limits: Option<Read<Limits>>,
    /// The last length of the gateway's queue read.
    pub queue_length: Option<Read<u64>>,
    /// The last failure, gone with the next good read of the status.
    pub failure: Option<ReadFailure>,
    /// When everything was last read without a failure.
    pub read_at: Option<Timestamp>,
    /// Whether a read is under way.
    pub reading: bool,
    /// Seconds until the next read, as it was planned at `read_at` or the failure.
    pub interval_secs: u32,
}

/// What we know ourselves of an account's messages; shown where the gateway tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveryFigures {
    /// When a message was last accepted.
    pub accepted_at: Option<Timestamp>,
    /// When the gateway last reported about a message.
    pub reported_at: Option<Timestamp>,
    /// Messages of this local day that were rejected or whose outcome is unknown.
    pub problems_today: u32,
    /// Half of the messages of the last seven days that were delivered took no longer than this from being accepted, in
    /// milliseconds.
    pub median_delivery_ms: Option<u64>,
}

/// One change of connection, as the dashboard lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionChange {
    /// When.
    pub at: Timestamp,
    /// Into which state.
    pub connection: Connection,
    /// The phone's name then.
    pub phone_name: Option<String>,
}

/// One point of the dashboard's plots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthSample {
    /// When.
    pub at: Timestamp,
    /// Battery then.
    pub battery_percent: Option<u8>,
    /// Gateway queue then.
    pub queue_length: Option<u64>,
    /// Messages used of the daily limit then.
    pub limit_used: Option<u64>,
}

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

/// The interval to the next read: the setting while things change, up to four times that after ten quiet minutes or
/// while the window is hidden, and less often the longer the gateway cannot be reached (at most five minutes).
#[must_use]
pub fn next_interval(setting_secs: u32, failures_in_a_row: u32, quiet: Duration, hidden: bool) -> Duration {
    let base = u64::from(setting_secs.max(5));
    let factor = if failures_in_a_row > 0 {
        1 << failures_in_a_row.min(4)
    } else if hidden || quiet >= Duration::from_secs(1_800) {
        4
    } else if quiet >= Duration::from_secs(600) {
        2
    } else {
        1
    };
    Duration::from_secs((base * factor).min(300.max(base)))
}

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

    #[test]
    fn four_states_for_a_person() {
        let of = |paired, online| {
            PhoneStatus {
                paired,
                online,
                ..PhoneStatus::default()
            }
            .connection()
        };
        assert_eq!(of(true, true), Connection::Ready);
        assert_eq!(of(true, false), Connection::PhoneOffline);
        assert_eq!(of(false, false), Connection::MustPair);
        assert_eq!(of(false, true), Connection::MustPair);
    }

    #[test]
    fn polling_slows_down_and_is_bounded() {
        let secs = |failures, quiet, hidden| {
            next_interval(30, failures, Duration::from_secs(quiet), hidden).as_secs()
        };
        assert_eq!(secs(0, 0, false), 30);
        assert_eq!(secs(0, 600, false), 60);
        assert_eq!(secs(0, 1_800, false), 120);
        assert_eq!(secs(0, 0, true), 120);
        assert_eq!(secs(1, 0, false), 60);
        assert_eq!(secs(9, 0, false), 300);
        assert_eq!(next_interval(0, 0, Duration::ZERO, false).as_secs(), 5);
        assert_eq!(next_interval(3_600, 9, Duration::ZERO, false).as_secs(), 3_600);
    }

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
