//! What a window is told without having asked.

#[cfg(doc)]
use super::Live;
use super::{Answer, Ticket};
use crate::domain::health::Alert;
use crate::domain::message::Reason;
use crate::domain::{AccountId, ConversationId, IncomingKind, MessageId};
use crate::secrets::SecretError;

/// What a window is told.
#[derive(Debug, Clone)]
pub enum Event {
    /// The [`Live`] picture has changed.
    Live,
    /// Messages have changed or are new; ask for what is shown of them.
    Messages {
        /// Which.
        ids: Vec<MessageId>,
        /// In which conversations.
        conversations: Vec<ConversationId>,
    },
    /// New points for the dashboard of this account.
    Dashboard(AccountId),
    /// An answer.
    Answer(Ticket, Answer),
    /// Something to say in passing.
    Notice(Notice),
    /// Events were dropped because the window did not take them: everything shown must be read again.
    Overflow,
}

/// Something to say in passing (a toast).
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A person wrote while the window did not show it; also shown by the desktop when the settings allow it.
    Incoming(Box<IncomingNotice>),
    /// An alert of an account has begun; also shown by the desktop when the settings allow it.
    Alert(AccountId, Alert),
    /// A phone has been paired.
    Paired(AccountId, Option<String>),
    /// A message was rejected, or its outcome is unknown.
    Problem(MessageId, Reason),
    /// An operator's command could not be carried out, because the message has moved on meanwhile.
    TooLate(MessageId),
    /// A message was not sent again, because the person asked not to be written to.
    DoNotWrite(MessageId),
    /// The place of the secrets could not do what was asked.
    Secrets(SecretError),
    /// A command failed; what the system said.
    Failed(String),
    /// An account was removed.
    AccountRemoved(String),
    /// The daily backup was not made; what the system said.
    BackupFailed(String),
}

/// Somebody wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingNotice {
    /// To which account.
    pub account: AccountId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// The message.
    pub message: MessageId,
    /// The name to show, or the number.
    pub name: String,
    /// What it is.
    pub kind: IncomingKind,
    /// Its text on one line; may be empty.
    pub text: String,
}
