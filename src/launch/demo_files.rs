//! Files the shop of the demo has sent before it begins: drawn, taken in, put up and taken away again, as the engine
//! would have done it.

use crate::domain::hosting::{HOSTED_MAX, HostingPlace, Placement};
use crate::domain::incoming::StoredFile;
use crate::domain::{AccountId, MediaKind, OutgoingFile, OutgoingFileId, Timestamp};
use crate::platform::folders;
use crate::simulator::scenery::{paper, pictures, pictures::Scene};
use crate::store::{Store, StoreError};
use anyhow::Context as _;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// A file of the shop's.
#[derive(Clone, Copy)]
pub(super) enum ShopFile {
    /// A picture by its name.
    Picture(&'static str, Scene),
    /// A document by its name, with its title and its lines.
    Document(&'static str, &'static str, &'static [&'static str]),
}

impl ShopFile {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Picture(name, _) | Self::Document(name, ..) => name,
        }
    }

    /// Its content.
    pub(super) fn bytes(self) -> Bytes {
        match self {
            Self::Picture(_, scene) => pictures::jpeg(scene).file,
            Self::Document(_, title, lines) => paper::page(title, lines),
        }
    }

    fn kind(self) -> (MediaKind, &'static str, Option<(u32, u32)>) {
        match self {
            Self::Picture(_, scene) => {
                let drawn = pictures::jpeg(scene);
                (MediaKind::Image, "image/jpeg", Some((drawn.width, drawn.height)))
            }
            Self::Document(..) => (MediaKind::Document, "application/pdf", None),
        }
    }
}

/// Writes a file into the folder for media, and keeps that it was taken in.
pub(super) async fn take_in(
    store: &Store,
    folder: &Path,
    account: AccountId,
    file: ShopFile,
    at: Timestamp,
) -> anyhow::Result<OutgoingFile> {
    let stored_name = uuid::Uuid::new_v4().simple().to_string();
    let (bytes, (kind, mime, pixels)) = (file.bytes(), file.kind());
    let media = folder.join("media");
    folders::make_private(&media).context("no folder for files")?;
    tokio::fs::write(media.join(&stored_name), &bytes)
        .await
        .context("no room for a file")?;
    let taken = OutgoingFile {
        id: OutgoingFileId::new(),
        account,
        file: StoredFile {
            stored_name,
            name: file.name().to_owned(),
            bytes: bytes.len() as u64,
            mime: mime.to_owned(),
            sha256: Sha256::digest(&bytes).into(),
        },
        kind,
        pixels,
        created_at: at,
    };
    store.take_in(&taken).await?;
    Ok(taken)
}

/// The messages that wait for a file had it then: their way goes on.
pub(super) async fn put_up(store: &Store, file: &OutgoingFile, at: Timestamp) -> Result<(), StoreError> {
    let token = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    let (_, extension) = file.file.name.rsplit_once('.').unwrap_or_default();
    // Nobody listens there: it has ended before the demo begins.
    let url = format!("http://127.0.0.1:9/a/{token}/file.{extension}");
    let placement = Placement {
        place: HostingPlace::Listener,
        token,
        storage: None,
        upload: None,
        url: None,
        placed_at: None,
        checked_at: None,
        expires_at: None,
    };
    store.place(file.id, &placement).await?;
    store
        .file_ready(file.id, &url, at, at.plus(HOSTED_MAX), at)
        .await?;
    Ok(())
}

/// No message needs it any more.
pub(super) async fn take_away(store: &Store, file: &OutgoingFile, at: Timestamp) -> Result<(), StoreError> {
    store.end_placement(file.id, at).await
}
