//! How the webhook is written: the same facts in the many forms a PHP program finds for them.

use super::super::style::NumberStyle;
use std::time::Duration;

/// How the webhook is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookStyle {
    /// One object, or an array.
    pub shape: BodyShape,
    /// What the JSON is called.
    pub content_type: ContentTypeStyle,
    /// Whole numbers. [`NumberStyle::Mixed`] writes `horario_unix` as text and the others as numbers.
    pub numbers: NumberStyle,
    /// Whether letters beyond ASCII are written as `\u00e3` and slashes as `\/`, as PHP does by itself.
    pub escapes: bool,
    /// How often each message is told, at least once.
    pub message_copies: usize,
    /// Files.
    pub files: FileStyle,
    /// Statuses.
    pub statuses: StatusStyle,
}

impl Default for WebhookStyle {
    fn default() -> Self {
        Self {
            shape: BodyShape::Object,
            content_type: ContentTypeStyle::Json,
            numbers: NumberStyle::Mixed,
            escapes: true,
            message_copies: 1,
            files: FileStyle::default(),
            statuses: StatusStyle::default(),
        }
    }
}

/// One object, or an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyShape {
    /// `{…}`.
    Object,
    /// `[{…}, …]`: what waits is told together.
    Array {
        /// Most objects in one array, at least one.
        at_most: usize,
    },
}

/// What the JSON is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentTypeStyle {
    /// `application/json`.
    Json,
    /// No such header.
    Missing,
    /// `text/plain`.
    Text,
    /// `text/html`: PHP's own.
    Html,
    /// `application/x-www-form-urlencoded`: curl's own, though the body is JSON.
    Form,
}

impl ContentTypeStyle {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Missing, Self::Text, Self::Html, Self::Form];

    /// The header's value.
    pub(in crate::simulator) fn header(self) -> Option<&'static str> {
        match self {
            Self::Json => Some("application/json"),
            Self::Missing => None,
            Self::Text => Some("text/plain; charset=UTF-8"),
            Self::Html => Some("text/html; charset=UTF-8"),
            Self::Form => Some("application/x-www-form-urlencoded"),
        }
    }
}

/// How files are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStyle {
    /// How the fields are written.
    pub encoding: FileEncoding,
    /// Whether `base64` begins with `data:image/jpeg;base64,`.
    pub data_uri: bool,
    /// Whether every `+` of the base64 arrives as a blank, because the vendor forgot to escape it.
    pub plus_becomes_blank: bool,
    /// When it comes.
    pub order: FileOrder,
    /// How often it is told, at least once.
    pub copies: usize,
    /// What `referencia` ends with.
    pub extension: ExtensionStyle,
}

impl Default for FileStyle {
    fn default() -> Self {
        Self {
            encoding: FileEncoding::UrlEncoded,
            data_uri: true,
            plus_becomes_blank: false,
            order: FileOrder::AfterMessage,
            copies: 1,
            extension: ExtensionStyle::Right,
        }
    }
}

/// How the fields of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEncoding {
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `multipart/form-data`.
    Multipart,
}

/// When a file comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOrder {
    /// After its message.
    AfterMessage,
    /// Before its message.
    BeforeMessage,
    /// Never: the vendor lost it.
    Never,
}

/// What `referencia` ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionStyle {
    /// What the file is.
    Right,
    /// Something else, in message and file alike.
    Wrong,
    /// What the file is, in the message; something else, with the file.
    WrongWithFile,
}

/// How statuses are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusStyle {
    /// What `idlog` holds.
    pub name: StatusName,
    /// How often each is told, at least once.
    pub copies: usize,
    /// Keeps the statuses of a message back until the last one is known, then tells them in a wrong order.
    pub shuffled: bool,
    /// How long each is kept back; what happens meanwhile is told before.
    pub late_by: Duration,
}

impl Default for StatusStyle {
    fn default() -> Self {
        Self {
            name: StatusName::LogId,
            copies: 1,
            shuffled: false,
            late_by: Duration::ZERO,
        }
    }
}

/// What `idlog` of a status holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusName {
    /// The identifier the gateway answered to `enviar`.
    LogId,
    /// `idmsg` of the one who sent it, as the vendor's sample says.
    ClientId,
    /// Of one message the one, of the next the other.
    Alternating,
}
