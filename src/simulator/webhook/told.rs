//! What was told, and how it was answered: a page of the ledger.

use super::said::{Contact, Said};
use bytes::Bytes;
use std::time::Duration;

/// One thing that is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// `tipo=mensagem`.
    Message {
        /// `idmsg`.
        message_id: String,
        /// Who wrote it.
        from: Contact,
        /// What.
        said: Said,
        /// `referencia` of its file.
        reference: Option<String>,
    },
    /// `tipo=arquivo`.
    File {
        /// `idmsg` of the message it belongs to.
        message_id: String,
        /// `referencia`.
        reference: String,
        /// The file.
        bytes: Bytes,
    },
    /// `tipo=status`.
    Status {
        /// `idlog` as told: see [`super::style::StatusName`].
        name: String,
        /// `idmsg` of the message, as the sender minted it.
        client_id: String,
        /// `codigo_status`: 1 sent, 2 received, 3 seen; 4, beyond the vendor's document, failed.
        code: u8,
    },
}

/// What makes two webhooks the same: a repetition carries the same identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WebhookIdentity {
    /// A message by its `idmsg`.
    Message(String),
    /// The deletion of a message, by the message's `idmsg`.
    Revocation(String),
    /// A file by its `referencia`.
    File(String),
    /// A status by `idlog` as told, and `codigo_status`.
    Status(String, u8),
}

impl Told {
    /// What makes two webhooks the same.
    #[must_use]
    pub fn identity(&self) -> WebhookIdentity {
        match self {
            Self::Message {
                said: Said::Revoked { message_id },
                ..
            } => WebhookIdentity::Revocation(message_id.clone()),
            Self::Message { message_id, .. } => WebhookIdentity::Message(message_id.clone()),
            Self::File { reference, .. } => WebhookIdentity::File(reference.clone()),
            Self::Status { name, code, .. } => WebhookIdentity::Status(name.clone(), *code),
        }
    }
}

/// One attempt to tell something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookAttempt {
    /// When it began, since the gateway began.
    pub at: Duration,
    /// How long it took until the answer, or until there was none.
    pub took: Duration,
    /// HTTP status; `None` if no answer came.
    pub status: Option<u16>,
}

/// What became of it in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookEnd {
    /// Answered 2xx: from now on it is the receiver's.
    Acknowledged,
    /// Answered 3xx or 4xx: not told again.
    Refused,
    /// Tried as long as [`super::config::WebhookRetry`] says.
    GivenUp,
    /// No address was entered in the panel.
    NoAddress,
    /// Too much waited to be told.
    Overflowed,
}

/// Something told, once; a repetition is another record.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookRecord {
    /// What.
    pub told: Told,
    /// When it was ready to be told, since the gateway began.
    pub ready_at: Duration,
    /// Each attempt, in order. Records told in one array have the same.
    pub attempts: Vec<WebhookAttempt>,
    /// What became of it; `None` while it waits or is being told.
    pub end: Option<WebhookEnd>,
}

impl WebhookRecord {
    /// Whether it was answered 2xx.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.end == Some(WebhookEnd::Acknowledged)
    }

    /// HTTP status of the last attempt; `None` if there was none or nothing answered.
    #[must_use]
    pub fn last_status(&self) -> Option<u16> {
        self.attempts.last()?.status
    }
}
