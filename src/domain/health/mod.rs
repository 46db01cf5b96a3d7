//! The health of an account: connection, phone, battery, limits, queue; what changed and what is worth a notification.

mod alerts;
mod forecasts;

pub use alerts::{Alert, AlertState};
pub use forecasts::{battery_trend, limit_runs_out, time_to_drain};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
