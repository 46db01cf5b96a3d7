//! Taking files in: a copy of our own, checked by its bytes. What ends up in no message and no draft is removed.

use super::super::inbox::media_folder;
use super::super::shared::Shared;
use crate::domain::outgoing::{FileProblem, FileSource, PictureChange};
use crate::domain::{AccountId, OutgoingFile, OutgoingFileId};
use crate::media::{self, Source, TakeIn, Taken};
use crate::store::StoreError;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// A file in no message and no draft is removed after this long.
const UNUSED_KEPT: Duration = Duration::from_secs(24 * 3_600);
/// How often such files are looked for.
const SWEPT_EVERY: Duration = Duration::from_secs(3_600);

/// A source with everything that blocking work needs.
enum Given {
    Path(PathBuf),
    Pixels {
        name: String,
        width: u32,
        height: u32,
        rgba: Arc<[u8]>,
    },
    Stored {
        path: PathBuf,
        name: String,
    },
}

impl Shared {
    /// Takes a file in for an account.
    pub(super) async fn take_in(
        &self,
        account: AccountId,
        source: FileSource,
        change: PictureChange,
    ) -> Result<OutgoingFile, FileProblem> {
        let given = match source {
            FileSource::Path(path) => Given::Path(path),
            FileSource::Pixels {
                name,
                width,
                height,
                rgba,
            } => Given::Pixels {
                name,
                width,
                height,
                rgba,
            },
            FileSource::Taken(id) => {
                let file = self.store.outgoing_file(id).await.map_err(failed)?;
                Given::Stored {
                    path: self.local_copy(&file),
                    name: file.file.name,
                }
            }
        };
        let _permit = self.attachments.taking_in.acquire().await.map_err(failed)?;
        let rules = self
            .publisher
            .live()
            .account(account)
            .map(|view| view.capabilities.media)
            .ok_or_else(|| failed(StoreError::NotFound))?;
        let folder = media_folder(self);
        let taken = tokio::task::spawn_blocking(move || {
            let (source, picture_name) = match &given {
                Given::Path(path) => (Source::Path(path), ""),
                Given::Pixels {
                    name,
                    width,
                    height,
                    rgba,
                } => {
                    let (width, height) = (*width, *height);
                    (Source::Pixels { width, height, rgba }, name.as_str())
                }
                Given::Stored { path, name } => (Source::Stored { path, name }, ""),
            };
            media::take_in(TakeIn {
                source,
                change,
                rules,
                folder: &folder,
                picture_name,
            })
        })
        .await
        .map_err(failed)??;
        self.keep_taken(account, taken).await
    }

    /// Writes down a file that is in our folder; it is removed if that cannot be done.
    async fn keep_taken(&self, account: AccountId, taken: Taken) -> Result<OutgoingFile, FileProblem> {
        let file = OutgoingFile {
            id: OutgoingFileId::new(),
            account,
            file: taken.file,
            kind: taken.kind,
            pixels: taken.pixels,
            created_at: self.clock.now(),
        };
        if let Err(error) = self.store.take_in(&file).await {
            self.remove_copy(&file.file.stored_name).await;
            return Err(failed(error));
        }
        // Removed while the file was looked at.
        if self.account(account).is_none() {
            self.discard(file.id).await;
            return Err(failed(StoreError::NotFound));
        }
        Ok(file)
    }

    /// Forgets a file that is in no message and no draft.
    pub(super) async fn discard(&self, id: OutgoingFileId) {
        match self.store.discard(id).await {
            Ok(Some(stored_name)) => self.remove_copy(&stored_name).await,
            Ok(None) | Err(StoreError::NotFound) => {}
            Err(error) => self.store_failed(&error),
        }
    }

    async fn remove_copy(&self, stored_name: &str) {
        // The row is gone already: should this fail, the next start finds a file that belongs to nothing.
        if let Err(error) = tokio::fs::remove_file(media_folder(self).join(stored_name)).await {
            tracing::warn!(%error, "a file that is not sent could not be removed");
        }
    }

    /// Removes, from time to time, what was taken in and never sent.
    pub(super) async fn sweep_files(self: Arc<Self>) {
        loop {
            match self.store.unused_files(self.clock.now().minus(UNUSED_KEPT)).await {
                Ok(unused) => {
                    for (id, _) in unused {
                        self.discard(id).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "the files nobody needs could not be found"),
            }
            tokio::time::sleep(SWEPT_EVERY).await;
        }
    }
}

fn failed(error: impl std::fmt::Display) -> FileProblem {
    FileProblem::Failed(error.to_string())
}
