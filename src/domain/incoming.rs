//! What comes in: what a webhook told, read into our words ([`Inbound`]), and incoming messages as they are stored.

use super::message::Reason;
use super::{AccountId, ConversationId, Message, MessageId, MessageState, PhoneNumber, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;

/// What an incoming message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IncomingKind {
    /// Text.
    Text,
    /// A picture, perhaps with a caption.
    Image,
    /// A voice note.
    Voice,
    /// A sound file.
    Audio,
    /// A film, perhaps with a caption.
    Video,
    /// A document, perhaps with a caption.
    Document,
    /// A place.
    Place,
    /// A contact's card; the text holds it as it came.
    ContactCard,
    /// The sender deleted a message that never came here.
    Revoked,
    /// A kind this program does not know; the text holds what could be read of it.
    Unknown,
}

impl IncomingKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::Image,
        Self::Voice,
        Self::Audio,
        Self::Video,
        Self::Document,
        Self::Place,
        Self::ContactCard,
        Self::Revoked,
        Self::Unknown,
    ];

    /// The word under which it is stored and, after `incoming-`, translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
            Self::Place => "place",
            Self::ContactCard => "contact-card",
            Self::Revoked => "revoked",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Whether its content is a file that may come by itself, before or after the message.
    #[must_use]
    pub fn has_file(self) -> bool {
        matches!(
            self,
            Self::Image | Self::Voice | Self::Audio | Self::Video | Self::Document
        )
    }
}

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Whether the sender's place is followed while it moves.
    pub live: bool,
}

impl Place {
    /// A place, if the numbers are one.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64, live: bool) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some(Self {
            latitude,
            longitude,
            live,
        })
    }
}

/// One thing that a webhook told, in our words.
#[derive(Debug, Clone, PartialEq)]
pub enum Inbound {
    /// A person wrote.
    Message(Box<InboundMessage>),
    /// The gateway reports how far one of our messages is.
    Report(InboundReport),
    /// The file of a message; it may come before it.
    File(InboundFile),
    /// Something that could not be read; the raw body is kept and shown.
    Unreadable {
        /// What is wrong with it, in English, for the log and the list of raw bodies.
        why: String,
    },
}

/// A message as a webhook told it. Nothing in it is trusted: texts are cleaned, sizes are bounded.
#[derive(Debug, Clone, PartialEq)]
pub struct InboundMessage {
    /// The gateway's identifier: a message of the same account with the same identifier is the same message. If none
    /// was told, a digest of what was.
    pub gateway_id: String,
    /// Who wrote.
    pub from: PhoneNumber,
    /// What it is.
    pub kind: IncomingKind,
    /// Text or caption, cleaned; may be empty.
    pub text: String,
    /// The sender's name as the sender has it.
    pub sender_name: Option<String>,
    /// The sender's name in the paired phone's address book.
    pub address_book_name: Option<String>,
    /// When it was written, as told.
    pub sent_at: Option<Timestamp>,
    /// The place, for [`IncomingKind::Place`].
    pub place: Option<Place>,
    /// By which the file that belongs to it is found; see [`InboundFile::reference`].
    pub reference: Option<String>,
    /// Type of the file, as told.
    pub mime: Option<String>,
    /// Width in pixels, as told.
    pub width: Option<u32>,
    /// Height in pixels, as told.
    pub height: Option<u32>,
    /// Size of the file in bytes, as told.
    pub told_bytes: Option<u64>,
    /// A small picture (encoded), at most [`InboundMessage::THUMBNAIL_MAX`] bytes.
    pub thumbnail: Option<Vec<u8>>,
    /// The gateway's identifier of the message this one answers.
    pub reply_to: Option<String>,
    /// Where its file can be fetched, where the gateway tells an address instead of the file: `http` or `https`, at most
    /// [`InboundMessage::URL_MAX`] bytes, not otherwise checked. Nothing is fetched from it unless the operator asks.
    pub content_url: Option<String>,
    /// The name of that file, as told; safe to be shown.
    pub content_name: Option<String>,
}

impl InboundMessage {
    /// Longest text that is kept, in characters; the whole is in the raw body.
    pub const TEXT_MAX: usize = 65_536;
    /// Longest name, in characters.
    pub const NAME_MAX: usize = 120;
    /// Largest thumbnail, in bytes.
    pub const THUMBNAIL_MAX: usize = 64 * 1024;
    /// Longest address of a file, in bytes.
    pub const URL_MAX: usize = 2_000;
}

/// A report about one of our messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundReport {
    /// What the gateway calls the message: its own identifier, or ours ([`super::ClientMessageId`]); both are tried.
    pub reference: String,
    /// A second identifier, when two were told.
    pub other_reference: Option<String>,
    /// How far it is: sent, delivered, read, or rejected.
    pub state: MessageState,
    /// The gateway's words, when they say more than the state.
    pub words: Option<String>,
    /// Why it failed, where the gateway's code for that is documented.
    pub reason: Option<Reason>,
}

/// A file that came for a message, already decoded to a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundFile {
    /// The gateway's reference without its extension (which may be wrong), lower case.
    pub reference: String,
    /// What was stored of it.
    pub file: StoredFile,
}

/// A file of our own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its random name inside the folder for media.
    pub stored_name: String,
    /// Name to show and to suggest when saving: no control or bidi characters, with the extension of what it really is.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Type by its first bytes, such as `image/jpeg`; `application/octet-stream` if unknown.
    pub mime: String,
    /// SHA-256 of its content.
    pub sha256: [u8; 32],
}

impl StoredFile {
    /// Where it is.
    #[must_use]
    pub fn path(&self, media_folder: &std::path::Path) -> PathBuf {
        media_folder.join(&self.stored_name)
    }
}

/// An incoming message as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingMessage {
    /// Our identifier.
    pub id: MessageId,
    /// The account.
    pub account: AccountId,
    /// The conversation it stands in.
    pub conversation: ConversationId,
    /// Who wrote, in the form that came.
    pub from: PhoneNumber,
    /// What it is.
    pub kind: IncomingKind,
    /// Text or caption.
    pub text: String,
    /// The sender's name as told with this message.
    pub sender_name: Option<String>,
    /// When it was written, as told.
    pub sent_at: Option<Timestamp>,
    /// When it came here.
    pub received_at: Timestamp,
    /// The place.
    pub place: Option<Place>,
    /// Its file, for kinds that have one.
    pub media: Option<IncomingMedia>,
    /// Our identifier of the message it answers, if it is known here.
    pub reply_to: Option<MessageId>,
    /// When the sender deleted it; what came stays readable.
    pub revoked_at: Option<Timestamp>,
}

/// The file of an incoming message, as far as it is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IncomingMedia {
    /// Type as told.
    pub mime: Option<String>,
    /// Width in pixels, as told.
    pub width: Option<u32>,
    /// Height in pixels, as told.
    pub height: Option<u32>,
    /// Size in bytes, as told.
    pub told_bytes: Option<u64>,
    /// A small picture (encoded).
    pub thumbnail: Option<Arc<[u8]>>,
    /// The file itself; `None` until it comes.
    pub file: Option<StoredFile>,
    /// Where it can be fetched when the operator asks; see [`InboundMessage::content_url`].
    pub content_url: Option<String>,
    /// Its name as told.
    pub content_name: Option<String>,
}

/// A line of a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum ThreadEntry {
    /// We wrote.
    Outgoing(Box<Message>),
    /// They wrote.
    Incoming(Box<IncomingMessage>),
}

impl ThreadEntry {
    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> MessageId {
        match self {
            Self::Outgoing(message) => message.id,
            Self::Incoming(message) => message.id,
        }
    }

    /// The time to show: when it was written. An incoming message that claims to be from the future, or to be more than
    /// 30 days older than its arrival, shows its arrival.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        const OLDEST: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 3_600);
        match self {
            Self::Outgoing(message) => message.created_at,
            Self::Incoming(message) => message
                .sent_at
                .filter(|at| *at <= message.received_at && *at >= message.received_at.minus(OLDEST))
                .unwrap_or(message.received_at),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Outgoing(message) => &message.text,
            Self::Incoming(message) => &message.text,
        }
    }

    /// The outgoing message, if it is one.
    #[must_use]
    pub fn outgoing(&self) -> Option<&Message> {
        match self {
            Self::Outgoing(message) => Some(message),
            Self::Incoming(_) => None,
        }
    }

    /// The incoming message, if it is one.
    #[must_use]
    pub fn incoming(&self) -> Option<&IncomingMessage> {
        match self {
            Self::Outgoing(_) => None,
            Self::Incoming(message) => Some(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_are_read_back() {
        for kind in IncomingKind::ALL {
            assert_eq!(IncomingKind::from_key(kind.key()), Some(*kind));
        }
    }

    #[test]
    fn only_numbers_on_the_map_are_a_place() {
        assert!(Place::new(-23.55, -46.63, false).is_some());
        for (latitude, longitude) in [
            (90.1, 0.0),
            (0.0, -180.5),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
            (1e308, 0.0),
        ] {
            assert_eq!(Place::new(latitude, longitude, false), None);
        }
    }
}
