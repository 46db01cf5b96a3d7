//! How the inbox stands: where the gateway's calls come in, and when nobody was listening.

use super::{AccountId, Timestamp};

/// One unguessable path on which a gateway calls for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookPath {
    /// The account.
    pub account: AccountId,
    /// 256 random bits, as 64 hexadecimal digits.
    pub token: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is still answered after a newer one was made; `None` for the newest.
    pub valid_until: Option<Timestamp>,
    /// When it was last called.
    pub last_called_at: Option<Timestamp>,
}

/// A time in which nobody listened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// What a raw body came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawOutcome {
    /// Everything in it was read.
    Read,
    /// Some of it could not be read.
    Partly,
    /// Nothing of it could be read.
    Unreadable,
}

impl RawOutcome {
    /// The word under which it is stored and, after `raw-`, translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partly => "partly",
            Self::Unreadable => "unreadable",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Read, Self::Partly, Self::Unreadable]
            .into_iter()
            .find(|outcome| outcome.key() == key)
    }
}

/// A raw body in the list of what could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDelivery {
    /// Its number.
    pub sequence: i64,
    /// The account.
    pub account: AccountId,
    /// When it came.
    pub received_at: Timestamp,
    /// What it came to.
    pub outcome: RawOutcome,
    /// Why it could not be read.
    pub why: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its beginning, readable, without control characters.
    pub beginning: String,
}
