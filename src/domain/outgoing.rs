//! Files of the operator's own disk or clipboard, taken into the program's folder to be sent.

use super::incoming::StoredFile;
use super::{AccountId, MediaKind, OutgoingFileId, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;

/// A file to be sent. Its bytes are its own copy: what happens to the original afterwards does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    /// Our identifier.
    pub id: OutgoingFileId,
    /// For which account it was checked.
    pub account: AccountId,
    /// What was stored; its name has the extension under which the gateway takes it.
    pub file: StoredFile,
    /// What it is sent as.
    pub kind: MediaKind,
    /// Width and height in pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
    /// When it was taken in.
    pub created_at: Timestamp,
}

impl OutgoingFile {
    /// From this size on, in bytes, a photograph is offered smaller.
    pub const LARGE_BYTES: u64 = 3 * 1024 * 1024;
    /// From this side on, in pixels, a photograph is offered smaller.
    pub const LARGE_SIDE: u32 = 3_000;

    /// Whether it is worth being offered smaller.
    #[must_use]
    pub fn is_large_picture(&self) -> bool {
        self.kind == MediaKind::Image
            && (self.file.bytes >= Self::LARGE_BYTES
                || self
                    .pixels
                    .is_some_and(|(width, height)| width.max(height) >= Self::LARGE_SIDE))
    }
}

/// Where a file to be sent comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// A file of the operator's disk.
    Path(PathBuf),
    /// A picture from the clipboard: width and height in pixels, and four bytes (red, green, blue, alpha; not
    /// premultiplied) for each.
    Pixels {
        /// What it is called, without an extension: it gets that of what it becomes.
        name: String,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// `width * height * 4` bytes, row by row from the top.
        rgba: Arc<[u8]>,
    },
    /// A file that was taken in before.
    Taken(OutgoingFileId),
}

/// What is made of a picture while it is taken in. Whatever is chosen, what a photograph tells of where and with what it
/// was taken is removed, and it stands upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureChange {
    /// Nothing else.
    #[default]
    Keep,
    /// A kind the gateway takes.
    Convert,
    /// Smaller, within [`SMALLER_SIDE`] pixels, in a kind the gateway takes.
    Smaller,
}

/// The longer side of a picture that was made smaller, in pixels.
pub const SMALLER_SIDE: u32 = 1_600;

/// Why a file cannot be attached. Each has a sentence with a way out (`file-<key>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// It cannot be read; what the system said.
    Unreadable(String),
    /// It is a folder or a device.
    NotAFile,
    /// There is nothing in it.
    Empty,
    /// It runs something (an executable, a script): never sent.
    MayRun,
    /// A kind the gateway does not take.
    Unsupported {
        /// What it is by its bytes (`gif`), or by its name where the bytes tell nothing; may be empty.
        found: String,
        /// The extensions the gateway takes.
        allowed: Vec<&'static str>,
        /// It is a picture that can be converted ([`PictureChange::Convert`]).
        convertible: bool,
    },
    /// Its bytes are something else than its name says.
    NotWhatItSays {
        /// The extension of its name.
        named: String,
        /// What it is by its bytes; empty if unknown.
        found: String,
    },
    /// Larger than the gateway takes.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// What the gateway takes, in bytes.
        max_bytes: u64,
        /// It is a picture that can be made smaller ([`PictureChange::Smaller`]).
        shrinkable: bool,
    },
    /// A picture that cannot be read, or has more pixels than any camera makes; what was said.
    BadPicture(String),
    /// There is no room for it on this disk.
    NoRoom,
    /// It could not be kept; what was said.
    Failed(String),
}

impl FileProblem {
    /// The key after `file-` under which it is translated.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NotAFile => "not-a-file",
            Self::Empty => "empty",
            Self::MayRun => "may-run",
            Self::Unsupported { .. } => "unsupported",
            Self::NotWhatItSays { .. } => "not-what-it-says",
            Self::TooLarge { .. } => "too-large",
            Self::BadPicture(_) => "bad-picture",
            Self::NoRoom => "no-room",
            Self::Failed(_) => "failed",
        }
    }

    /// What would make it fit, if anything would.
    #[must_use]
    pub fn way_out(&self) -> Option<PictureChange> {
        match self {
            Self::Unsupported {
                convertible: true, ..
            } => Some(PictureChange::Convert),
            Self::TooLarge { shrinkable: true, .. } => Some(PictureChange::Smaller),
            _ => None,
        }
    }
}
