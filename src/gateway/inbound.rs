//! The door for what gateways tell by webhook: a body of any kind, read into our words. Nothing in it is trusted.
//!
//! The same rooms serve every vendor: the body as a form, in parts, or as JSON (`shape`); base64 of any size decoded
//! as it is read (`base64_stream`) into a new file under a random name (`media`), whose type is told by its bytes
//! (`kinds`) and whose name is made safe (`names`); the objects of a body that brings no files (`objects`); senders, times
//! and texts (`values`). What the fields mean is the vendor's matter.

pub(super) mod base64_stream;
pub(super) mod body;
pub(super) mod collect;
pub(super) mod form;
pub(super) mod json_fields;
pub(super) mod kinds;
pub(super) mod media;
pub(super) mod multipart;
pub(super) mod names;
pub(super) mod objects;
pub(super) mod parts;
pub(super) mod shape;
pub(super) mod values;

use crate::domain::incoming::Inbound;
use crate::domain::{ClientMessageId, GatewayKind};
use body::Source;
use media::MediaFolder;
use parts::Parts;
use std::path::Path;

/// Type of a file by its first bytes, such as `image/jpeg`; `application/octet-stream` if unknown.
#[must_use]
pub fn mime_by_bytes(head: &[u8]) -> &'static str {
    kinds::kind_of(head, false, None).mime
}

/// How much of a file's beginning [`named_by_bytes`] looks at, in bytes.
pub const HEAD_BYTES: usize = kinds::HEAD_BYTES;

/// What a file is to be called that a sender calls `told` (a name, path or address), safe for people and file systems and
/// with the extension of what it really is; and its type. `head` are its first [`HEAD_BYTES`], and `complete` says whether
/// they are all of it.
#[must_use]
pub fn named_by_bytes(head: &[u8], complete: bool, told: &str) -> (String, &'static str) {
    let kind = kinds::kind_of(head, complete, names::told_extension(told).as_deref());
    (names::shown_file_name(told, kind.extension), kind.mime)
}

/// One call of a webhook.
#[derive(Debug, Clone, Copy)]
pub struct WebhookCall<'a> {
    /// The `Content-Type` as it came. It may be missing or lie: only the boundary of a form is taken from it.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: WebhookBody<'a>,
    /// The message this address was made for, where the call came to one that belongs to a message.
    pub about: Option<&'a ClientMessageId>,
}

/// The body of a call.
#[derive(Debug, Clone, Copy)]
pub enum WebhookBody<'a> {
    /// In memory.
    Memory(&'a [u8]),
    /// In a file, read in pieces.
    File(&'a Path),
}

/// Why a call could not be taken, by no fault of the sender: it is to try again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    /// No room on the disk for the file that came.
    #[error("no room for the file that came")]
    NoRoom,
    /// A file could not be written or read.
    #[error("what came could not be stored: {words}")]
    Failed {
        /// What the system said.
        words: String,
    },
}

impl From<std::io::Error> for ReceiveError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::NoRoom,
            _ => Self::Failed {
                words: error.to_string(),
            },
        }
    }
}

/// Reads what a webhook told: at least one [`Inbound`], [`Inbound::Unreadable`] for what makes no sense.
///
/// A file in it is decoded to `media_folder` in pieces, and is on the disk, its name too, when this returns. Whoever
/// takes the parts owns these files. If the future is dropped, or an error comes back, no file is left behind.
///
/// # Errors
/// Only if this machine could not store or read it: never for anything that came.
pub async fn read_webhook(
    kind: GatewayKind,
    call: WebhookCall<'_>,
    media_folder: &Path,
) -> Result<Vec<Inbound>, ReceiveError> {
    let source = match call.body {
        WebhookBody::Memory(bytes) => Source::Memory(bytes.to_vec()),
        WebhookBody::File(path) => Source::File(path.to_owned()),
    };
    let content_type = call.content_type.map(str::to_owned);
    let about = call.about.cloned();
    let media = MediaFolder::new(media_folder);
    let reading = tokio::task::spawn_blocking(move || {
        read(kind, &source, content_type.as_deref(), about.as_ref(), &media)
    });
    match reading.await {
        // Only now are the files kept: had this future been dropped before, they would have gone with the parts.
        Ok(parts) => parts.map(Parts::keep),
        Err(error) if error.is_panic() => Ok(vec![Inbound::Unreadable {
            why: "reading it failed inside of this program".to_owned(),
        }]),
        Err(error) => Err(ReceiveError::Failed {
            words: error.to_string(),
        }),
    }
}

fn read(
    kind: GatewayKind,
    source: &Source,
    content_type: Option<&str>,
    about: Option<&ClientMessageId>,
    media: &MediaFolder,
) -> Result<Parts, ReceiveError> {
    match kind {
        GatewayKind::Solutek => super::solutek::read_webhook(source, content_type, media),
        GatewayKind::Devino => super::devino::read_webhook(source, content_type, about, media),
        GatewayKind::DecisionTelecom => {
            super::decision_telecom::read_webhook(source, content_type, about, media)
        }
    }
}
