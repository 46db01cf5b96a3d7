//! Outgoing messages and the states they go through.

use super::{AccountId, Attachment, ClientMessageId, ConversationId, MessageId, PhoneNumber, Timestamp};
use serde::{Deserialize, Serialize};

/// Where an outgoing message stands. The order of the variants is not an order of progress; see
/// [`MessageState::progress`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Stored; its file is being put where the gateway can fetch it. Nothing of it has left.
    Preparing,
    /// Stored, waiting for its turn.
    Queued,
    /// An attempt is on record and its request may have left.
    InFlight,
    /// The gateway has taken it.
    Accepted,
    /// The gateway has sent it on.
    Sent,
    /// It is on the recipient's phone.
    Delivered,
    /// The recipient has seen it.
    Read,
    /// Definitely not sent; the reason is in [`Message::reason`].
    Rejected,
    /// It may or may not have been sent; only a callback or the operator can tell.
    Unknown,
    /// Taken back by the operator before it was tried.
    Cancelled,
}

impl MessageState {
    /// Every state.
    pub const ALL: &'static [Self] = &[
        Self::Preparing,
        Self::Queued,
        Self::InFlight,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Rejected,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// The word under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Queued => "queued",
            Self::InFlight => "in_flight",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }

    /// How far along the way to the reader it is; `None` for the states beside that way.
    #[must_use]
    pub fn progress(self) -> Option<u8> {
        match self {
            Self::Preparing | Self::Queued => Some(0),
            Self::InFlight => Some(1),
            Self::Accepted => Some(2),
            Self::Sent => Some(3),
            Self::Delivered => Some(4),
            Self::Read => Some(5),
            Self::Rejected | Self::Unknown | Self::Cancelled => None,
        }
    }

    /// Whether the dispatcher still has work with it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Preparing | Self::Queued | Self::InFlight)
    }

    /// Whether it needs the operator's eye.
    #[must_use]
    pub fn is_problem(self) -> bool {
        matches!(self, Self::Rejected | Self::Unknown)
    }
}

/// Why a message is where it is: a class that a screen puts into words, and the vendor's own words if there were any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The class.
    pub kind: ReasonKind,
    /// What the vendor or the system said, secrets cut out. Never the only thing shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The key after `detail-` of a sentence that says it more exactly than the class does, where the gateway's own code
    /// is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Reason {
    /// A reason without words of the vendor.
    #[must_use]
    pub fn new(kind: ReasonKind) -> Self {
        Self {
            kind,
            words: None,
            detail: None,
        }
    }

    /// A reason with words of the vendor; blank ones count as none.
    #[must_use]
    pub fn with_words(kind: ReasonKind, words: impl Into<String>) -> Self {
        let words = words.into();
        Self {
            kind,
            words: (!words.trim().is_empty()).then_some(words),
            detail: None,
        }
    }

    /// With the sentence of a documented code.
    #[must_use]
    pub fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// The classes of reasons. Each has a sentence in every language (`reason-<key>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// No name, no connection or no TLS: nothing left this machine; tried again.
    NoConnection,
    /// The gateway's daily or plan limit is used up; tried again later.
    QuotaExhausted,
    /// The gateway asks to go slower; tried again later.
    RateLimited,
    /// The gateway is refusing the credentials; the queue holds.
    CredentialsRefused,
    /// The credentials cannot be read here (keyring locked or gone); the queue holds.
    CredentialsMissing,
    /// The account is paused by the operator.
    Paused,
    /// The gateway said no, for good.
    RejectedByGateway,
    /// The gateway says the number is none or has no WhatsApp.
    InvalidRecipient,
    /// The gateway refuses the attachment.
    InvalidAttachment,
    /// No answer in time after the request had left.
    TimedOut,
    /// The connection broke after the request had left.
    ConnectionLost,
    /// An answer came that cannot be read.
    UnreadableAnswer,
    /// An error of the gateway's own (5xx) after the request had left.
    GatewayFailure,
    /// The program ended while the request was under way.
    ProgramEnded,
    /// The gateway said it knows this message already: accepted, by inference.
    AlreadyKnown,
    /// Accepted by inference, and nothing confirmed it in time.
    NotConfirmed,
    /// An error came back on a repeated send, and it does not say what became of the first.
    ErrorAfterUnclearAttempt,
    /// The gateway's queue was cleared while it may have been in it.
    QueueCleared,
    /// The operator said that it arrived.
    ConfirmedByOperator,
    /// The operator chose to send it again.
    ResentByOperator,
    /// The operator asked to try it now.
    RetriedByOperator,
    /// The operator took it back.
    CancelledByOperator,
    /// It waits for the time the operator set.
    Scheduled,
    /// It stands in a restored backup, in which it was waiting or under way; it may have been sent since.
    FromBackup,
    /// The account has no place for files of the operator's.
    NoAttachmentPlace,
    /// Nobody listens, or there is no public address: the file cannot be fetched from here.
    AttachmentNotOffered,
    /// The file could not be fetched back from outside; tried again.
    AttachmentUnreachable,
    /// Something else than the file came back from outside; tried again.
    AttachmentAltered,
    /// The storage cannot be reached; tried again.
    StorageUnreachable,
    /// The storage said no; tried again.
    StorageRefused,
    /// The keys to the storage cannot be read here; tried again.
    StorageKeysMissing,
    /// The file is gone from this disk, or has changed there.
    AttachmentLost,
    /// The file's address was about to end before the message could leave; it is put up again.
    AttachmentAddressEnded,
    /// The gateway's account has no money; tried again later.
    PaymentNeeded,
    /// More than 24 hours after the person last wrote, only a template may be sent.
    OutsideWindow,
    /// The template, its language or its parameters are not what is registered.
    TemplateRefused,
    /// The sender's name or number is none the account may use.
    SenderRefused,
    /// Taken for spam, or for a repetition.
    TakenForSpam,
    /// Not delivered within its time.
    Expired,
    /// The text is longer than the gateway takes.
    TextTooLong,
}

impl ReasonKind {
    /// Every class.
    pub const ALL: &'static [Self] = &[
        Self::NoConnection,
        Self::QuotaExhausted,
        Self::RateLimited,
        Self::CredentialsRefused,
        Self::CredentialsMissing,
        Self::Paused,
        Self::RejectedByGateway,
        Self::InvalidRecipient,
        Self::InvalidAttachment,
        Self::TimedOut,
        Self::ConnectionLost,
        Self::UnreadableAnswer,
        Self::GatewayFailure,
        Self::ProgramEnded,
        Self::AlreadyKnown,
        Self::NotConfirmed,
        Self::ErrorAfterUnclearAttempt,
        Self::QueueCleared,
        Self::ConfirmedByOperator,
        Self::ResentByOperator,
        Self::RetriedByOperator,
        Self::CancelledByOperator,
        Self::Scheduled,
        Self::FromBackup,
        Self::NoAttachmentPlace,
        Self::AttachmentNotOffered,
        Self::AttachmentUnreachable,
        Self::AttachmentAltered,
        Self::StorageUnreachable,
        Self::StorageRefused,
        Self::StorageKeysMissing,
        Self::AttachmentLost,
        Self::AttachmentAddressEnded,
        Self::PaymentNeeded,
        Self::OutsideWindow,
        Self::TemplateRefused,
        Self::SenderRefused,
        Self::TakenForSpam,
        Self::Expired,
        Self::TextTooLong,
    ];

    /// The word under which it is stored and, after `reason-`, translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoConnection => "no-connection",
            Self::QuotaExhausted => "quota-exhausted",
            Self::RateLimited => "rate-limited",
            Self::CredentialsRefused => "credentials-refused",
            Self::CredentialsMissing => "credentials-missing",
            Self::Paused => "paused",
            Self::RejectedByGateway => "rejected-by-gateway",
            Self::InvalidRecipient => "invalid-recipient",
            Self::InvalidAttachment => "invalid-attachment",
            Self::TimedOut => "timed-out",
            Self::ConnectionLost => "connection-lost",
            Self::UnreadableAnswer => "unreadable-answer",
            Self::GatewayFailure => "gateway-failure",
            Self::ProgramEnded => "program-ended",
            Self::AlreadyKnown => "already-known",
            Self::NotConfirmed => "not-confirmed",
            Self::ErrorAfterUnclearAttempt => "error-after-unclear-attempt",
            Self::QueueCleared => "queue-cleared",
            Self::ConfirmedByOperator => "confirmed-by-operator",
            Self::ResentByOperator => "resent-by-operator",
            Self::RetriedByOperator => "retried-by-operator",
            Self::CancelledByOperator => "cancelled-by-operator",
            Self::Scheduled => "scheduled",
            Self::FromBackup => "from-backup",
            Self::NoAttachmentPlace => "no-attachment-place",
            Self::AttachmentNotOffered => "attachment-not-offered",
            Self::AttachmentUnreachable => "attachment-unreachable",
            Self::AttachmentAltered => "attachment-altered",
            Self::StorageUnreachable => "storage-unreachable",
            Self::StorageRefused => "storage-refused",
            Self::StorageKeysMissing => "storage-keys-missing",
            Self::AttachmentLost => "attachment-lost",
            Self::AttachmentAddressEnded => "attachment-address-ended",
            Self::PaymentNeeded => "payment-needed",
            Self::OutsideWindow => "outside-window",
            Self::TemplateRefused => "template-refused",
            Self::SenderRefused => "sender-refused",
            Self::TakenForSpam => "taken-for-spam",
            Self::Expired => "expired",
            Self::TextTooLong => "text-too-long",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// An outgoing message as it is stored. Everything that goes over the wire is fixed when it is stored, so that a
/// repeated send is identical.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Our identifier.
    pub id: MessageId,
    /// The account it goes out by.
    pub account: AccountId,
    /// The conversation it stands in.
    pub conversation: ConversationId,
    /// The number it goes to, in the form that is sent.
    pub to: PhoneNumber,
    /// The text; may be empty when there is an attachment.
    pub text: String,
    /// The attachment.
    pub attachment: Option<Attachment>,
    /// The template; `text` is then what the person sees of it.
    pub template: Option<super::TemplateMessage>,
    /// Its identifier on the wire.
    pub client_id: ClientMessageId,
    /// The identifier the gateway gave it.
    pub gateway_id: Option<String>,
    /// Where it stands.
    pub state: MessageState,
    /// Why, where there is something to say.
    pub reason: Option<Reason>,
    /// Attempts begun so far.
    pub attempts: u32,
    /// When it may be tried next; only for [`MessageState::Queued`].
    pub next_attempt_at: Option<Timestamp>,
    /// When the first attempt with an unclear outcome was begun, since the last fresh start.
    pub first_unclear_at: Option<Timestamp>,
    /// Not before this time, by the operator's wish.
    pub not_before: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub updated_at: Timestamp,
}

impl Message {
    /// Whether it was accepted by inference only and still waits for a confirmation.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.state == MessageState::Accepted
            && self
                .reason
                .as_ref()
                .is_some_and(|reason| reason.kind == ReasonKind::AlreadyKnown)
    }
}

/// One line of a message's append-only history.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageStep {
    /// When.
    pub at: Timestamp,
    /// The state it went into (or stayed in).
    pub state: MessageState,
    /// Number of the attempt it belongs to; 0 before the first.
    pub attempt: u32,
    /// Why.
    pub reason: Option<Reason>,
    /// The raw answer with the secrets cut out, shortened.
    pub raw: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_are_read_back() {
        for state in MessageState::ALL {
            assert_eq!(MessageState::from_key(state.key()), Some(*state));
        }
        for kind in ReasonKind::ALL {
            assert_eq!(ReasonKind::from_key(kind.key()), Some(*kind));
        }
        assert_eq!(MessageState::from_key("gone"), None);
        assert_eq!(Reason::with_words(ReasonKind::TimedOut, " ").words, None);
    }
}
