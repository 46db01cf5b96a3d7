//! The database: what has happened and what is to be done. The face is operations in the domain's words; no SQL leaves
//! this room. SQLite in WAL mode with `synchronous=FULL`: what a call has answered `Ok` for is on the disk.
//!
//! One connection writes (`group_commit`), a few only read (`connections`). A write goes on to its end even when the caller stops
//! waiting for it, so every call may be dropped at any point. Operations by subject: `accounts` and `settings`;
//! `outbox` (a message's way), `clearing` (of the gateway's queue) and `queue` (what is due, what the screens show of
//! it), `outgoing` (the operator's files that go along), `polls` (asking what became of messages) and `figures` (what is known of
//! them all); `templates`; `conversations`, `drafts`;
//! `list` (rows of conversations, by `finding` what is searched for) and `jump` (to what was found), `last_wrote`; `health`. What comes
//! in: `receive` (one delivery, whole), of which `incoming` stores messages, `files` their files and `reports` what the
//! gateway says about ours; `thread` reads both sides, `unread` what was seen, `inbox` the raw bodies; `webhook_paths`
//! and `listening` where and when we may be called. Outgoing messages change in `changes` only, together with their
//! history. The schema is in `migrations/`.

mod accounts;
mod backup;
mod changes;
mod clearing;
mod connections;
mod conversations;
mod drafts;
mod figures;
mod files;
mod finding;
mod group_commit;
mod health;
mod inbox;
mod incoming;
mod jump;
mod last_wrote;
mod list;
mod listening;
mod open;
mod outbox;
mod outgoing;
mod polls;
mod queue;
mod receive;
mod replacing;
mod reports;
mod rows;
mod search;
mod settings;
mod snippet;
mod templates;
#[cfg(test)]
mod tests;
mod thread;
mod unread;
mod webhook_paths;

pub use backup::RawBody;
pub use outgoing::EndedPlacement;
pub use polls::DuePoll;
pub use receive::{NewDelivery, Received};

use crate::domain::message::MessageState;
use crate::domain::{Attachment, PhoneNumber, TemplateMessage, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder or the database file cannot be made, read or written.
    #[error("{path} cannot be used: {source}")]
    Folder {
        /// Which path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database was written by a newer version of the program; nothing was changed.
    #[error(
        "the database was written by a newer version of the program (schema {found}, this one knows {known})"
    )]
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The database is damaged; nothing was changed.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The database could not do it (disk full, an I/O error).
    #[error("the database could not {what}: {source}")]
    Database {
        /// What was being done.
        what: &'static str,
        /// Why not.
        source: sqlx::Error,
    },
    /// What was asked for is not there (any more).
    #[error("not found")]
    NotFound,
    /// Another one is called the same.
    #[error("another one is called the same")]
    Taken,
    /// The message is not in a state in which this may be done.
    #[error("the message is {0:?}, in which this cannot be done")]
    WrongState(MessageState),
}

/// A message to be stored, before it has an identity.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// To whom.
    pub to: PhoneNumber,
    /// The text.
    pub text: String,
    /// The attachment.
    pub attachment: Option<Attachment>,
    /// The template.
    pub template: Option<TemplateMessage>,
    /// Not before this time.
    pub not_before: Option<Timestamp>,
}

/// How many messages of an account are in which state, of those that matter for the strip and the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Waiting for their files to be put where the gateway can fetch them.
    pub preparing: u64,
    /// Waiting.
    pub queued: u64,
    /// Under way.
    pub in_flight: u64,
    /// Accepted by the gateway, not yet reported sent.
    pub accepted: u64,
    /// Reported sent.
    pub sent: u64,
    /// Reported delivered.
    pub delivered: u64,
    /// Reported read.
    pub read: u64,
    /// Rejected and not yet put aside by the operator.
    pub rejected: u64,
    /// Unknown.
    pub unknown: u64,
}

/// Messages of one hour by what has become of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourlyCount {
    /// Start of the hour.
    pub hour: Timestamp,
    /// Accepted or further, not delivered yet.
    pub accepted: u32,
    /// Delivered.
    pub delivered: u32,
    /// Read.
    pub read: u32,
    /// Rejected or unknown.
    pub problems: u32,
}

/// The database of one data folder. Cheap to clone; all clones share one writer and a few readers. Needs a tokio runtime
/// around every call.
#[derive(Clone)]
pub struct Store {
    connections: Arc<connections::Connections>,
}
