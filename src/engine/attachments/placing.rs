//! One file on its way: put in its place (going on where an earlier run stopped), and fetched back from outside. Only what
//! came back the same, byte by byte, is told to a gateway.

use super::super::reach::is_played_here;
use super::super::shared::Shared;
use super::places::{Place, listener_url};
use super::progress::Progress;
use crate::domain::hosting::{
    ADDRESS_LASTS, FetchProblem, HOSTED_MAX, HostingError, Placement, Preparation, UploadState,
};
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::{Account, OutgoingFile, Timestamp};
use crate::hosting::{self, Storage};
use crate::store::StoreError;
use futures_util::future::BoxFuture;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// A file that can be had.
pub(super) struct Ready {
    pub(super) url: String,
    pub(super) expires_at: Timestamp,
}

/// Why a file cannot be had.
pub(super) enum Setback {
    /// It is tried again.
    Waits(Reason),
    /// Our own copy of it is gone or has changed; what was found.
    Lost(String),
    /// It was taken away, or its account removed, while it was on its way.
    GivenUp,
    /// The database failed: nothing is known of the file. What was said.
    NotRecorded(String),
}

impl From<StoreError> for Setback {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::GivenUp,
            error => Self::NotRecorded(error.to_string()),
        }
    }
}

impl Shared {
    /// Puts a file in its place and fetches it back, and tells how far that is. May be dropped at any point: what is under
    /// way then is in the database.
    pub(super) async fn put_in_place(
        self: &Arc<Self>,
        account: &Account,
        preparation: &Preparation,
    ) -> Result<Ready, Setback> {
        let progress = Progress::new(&self.publisher, &preparation.file);
        tokio::select! {
            outcome = self.put_and_fetch(account, preparation, &progress) => outcome,
            never = progress.tell() => match never {},
        }
    }

    async fn put_and_fetch(
        self: &Arc<Self>,
        account: &Account,
        preparation: &Preparation,
        progress: &Progress<'_>,
    ) -> Result<Ready, Setback> {
        let file = &preparation.file;
        look_at_copy(&self.local_copy(file), file).await?;
        let place = self
            .place(account, &account.hosting, None)
            .await
            .map_err(setback)?;
        let placement = self.begin_placement(&place, preparation).await?;
        let (url, expires_at) = match &place {
            Place::Listener { base } => self.offer(base, file, placement.clone()).await?,
            Place::Storage { storage, .. } => self.upload(storage, file, placement.clone(), progress).await?,
        };
        progress.checked(0);
        let fetched = hosting::fetch_back(&url, &file.file, is_played_here(account), &|done| {
            progress.checked(done);
        })
        .await;
        match fetched {
            Ok(()) => Ok(Ready { url, expires_at }),
            Err(problem) => Err(self.not_fetched(&place, &placement, file, &problem).await),
        }
    }

    /// Where a file is already, or the beginning of a place for it. What is elsewhere, or will not be there for long, is
    /// given up.
    async fn begin_placement(&self, place: &Place, preparation: &Preparation) -> Result<Placement, Setback> {
        let now = self.clock.now();
        let id = preparation.file.id;
        if let Some(placement) = &preparation.placement {
            let lasts = placement
                .expires_at
                .is_none_or(|until| until >= now.plus(ADDRESS_LASTS));
            if place.holds(placement) && lasts {
                return Ok(placement.clone());
            }
            self.end_place_of(id).await?;
        }
        let placement = place.begin();
        self.store.place(id, &placement).await?;
        Ok(placement)
    }

    /// Has the listener hand a file out.
    async fn offer(
        &self,
        base: &str,
        file: &OutgoingFile,
        mut placement: Placement,
    ) -> Result<(String, Timestamp), Setback> {
        let now = self.clock.now();
        let url = listener_url(base, &placement.token, &file.file.name);
        let expires_at = placement.expires_at.unwrap_or(now.plus(HOSTED_MAX));
        placement.placed_at.get_or_insert(now);
        placement.expires_at = Some(expires_at);
        self.store.place(file.id, &placement).await?;
        self.hand_out(file, &placement);
        Ok((url, expires_at))
    }

    /// Uploads a file, or what is missing of it, unless it is there.
    async fn upload(
        self: &Arc<Self>,
        storage: &Storage,
        file: &OutgoingFile,
        mut placement: Placement,
        progress: &Progress<'_>,
    ) -> Result<(String, Timestamp), Setback> {
        if let (Some(url), Some(expires_at)) = (&placement.url, placement.expires_at) {
            return Ok((url.clone(), expires_at));
        }
        let Some(config) = placement.storage.clone() else {
            return Err(Setback::Waits(Reason::new(ReasonKind::NoAttachmentPlace)));
        };
        let key = hosting::object_key(&config, &placement.token, &file.file.name);
        if placement.placed_at.is_none() {
            self.upload_object(storage, &key, file, &mut placement, progress)
                .await?;
        }
        let now = self.clock.now();
        let placed_at = *placement.placed_at.get_or_insert(now);
        let expires_at = placed_at.plus(HOSTED_MAX);
        let url = storage.address(&key, expires_at.since(now)).to_string();
        placement.url = Some(url.clone());
        placement.expires_at = Some(expires_at);
        self.store.place(file.id, &placement).await?;
        Ok((url, expires_at))
    }

    async fn upload_object(
        self: &Arc<Self>,
        storage: &Storage,
        key: &str,
        file: &OutgoingFile,
        placement: &mut Placement,
        progress: &Progress<'_>,
    ) -> Result<(), Setback> {
        progress.uploaded(0);
        let begun = placement.upload.take();
        let goes_on = begun.is_some();
        let mut keep = {
            let (shared, placement, id) = (Arc::clone(self), placement.clone(), file.id);
            move |state: UploadState| -> BoxFuture<'static, Result<(), HostingError>> {
                let shared = Arc::clone(&shared);
                let placement = Placement {
                    upload: Some(state),
                    ..placement.clone()
                };
                Box::pin(async move {
                    let kept = shared.store.place(id, &placement).await;
                    kept.map_err(|error| HostingError::Store(error.to_string()))
                })
            }
        };
        let uploaded = storage
            .upload(
                key,
                &self.local_copy(file),
                &file.file.mime,
                begun,
                &|done| progress.uploaded(done),
                &mut keep,
            )
            .await;
        match uploaded {
            // Not every storage says plainly that it knows nothing of an upload any more; the next try begins anew.
            Err(ref refused) if goes_on && refused.is_refusal() => {
                self.end_place_of(file.id).await?;
                uploaded.map_err(setback)
            }
            uploaded => uploaded.map_err(setback),
        }
    }

    /// What follows when something else came back, or nothing.
    async fn not_fetched(
        &self,
        place: &Place,
        placement: &Placement,
        file: &OutgoingFile,
        problem: &FetchProblem,
    ) -> Setback {
        if *problem == FetchProblem::Different
            && let Err(lost) = compare_copy(&self.local_copy(file), file).await
        {
            return lost;
        }
        if matches!(place, Place::Storage { .. })
            && let Err(error) = self.mend_object(placement, file, problem).await
        {
            return error.into();
        }
        let kind = match problem {
            FetchProblem::Different => ReasonKind::AttachmentAltered,
            _ => ReasonKind::AttachmentUnreachable,
        };
        Setback::Waits(Reason::with_words(kind, words(problem)))
    }

    /// Has the next try do what may help: an object that is gone or another one is uploaded anew, an address that is
    /// refused is signed anew.
    async fn mend_object(
        &self,
        placement: &Placement,
        file: &OutgoingFile,
        problem: &FetchProblem,
    ) -> Result<(), StoreError> {
        match problem {
            FetchProblem::Different | FetchProblem::Status(404 | 410) => self.end_place_of(file.id).await,
            FetchProblem::Status(401 | 403) => {
                let unsigned = Placement {
                    url: None,
                    upload: None,
                    placed_at: placement.placed_at.or(Some(self.clock.now())),
                    ..placement.clone()
                };
                self.store.place(file.id, &unsigned).await
            }
            _ => Ok(()),
        }
    }
}

/// What came of a place that cannot be used.
pub(super) fn setback(error: HostingError) -> Setback {
    let (kind, said) = match error {
        HostingError::NoPlace | HostingError::Fields(_) => (ReasonKind::NoAttachmentPlace, String::new()),
        HostingError::NoPublicAddress | HostingError::NotListening => {
            (ReasonKind::AttachmentNotOffered, String::new())
        }
        HostingError::Keys(said) => (ReasonKind::StorageKeysMissing, said),
        HostingError::StorageUnreachable(said) => (ReasonKind::StorageUnreachable, said),
        HostingError::StorageRefused(said) => (ReasonKind::StorageRefused, said),
        HostingError::StorageAtOdds(hint, said) => {
            let reason = Reason::with_words(ReasonKind::StorageRefused, said).detailed(hint.detail());
            return Setback::Waits(reason);
        }
        HostingError::NotFetchedBack(problem) => (ReasonKind::AttachmentUnreachable, words(&problem)),
        HostingError::FileLost(said) => return Setback::Lost(said),
        HostingError::Store(said) => return Setback::NotRecorded(said),
    };
    Setback::Waits(Reason::with_words(kind, said))
}

/// What the network said, for a history; where nobody said anything, the key of a sentence.
fn words(problem: &FetchProblem) -> String {
    match problem {
        FetchProblem::Unreachable(said) => said.clone(),
        FetchProblem::Status(status) => format!("HTTP {status}"),
        FetchProblem::Different => String::new(),
        FetchProblem::NotHttps
        | FetchProblem::NotPublic
        | FetchProblem::TimedOut
        | FetchProblem::TooLarge(_)
        | FetchProblem::Redirected => problem.key().to_owned(),
    }
}

/// Whether our copy is there as it was: its size, which costs nothing.
async fn look_at_copy(path: &Path, file: &OutgoingFile) -> Result<(), Setback> {
    match tokio::fs::metadata(path).await {
        Ok(found) if found.is_file() && found.len() == file.file.bytes => Ok(()),
        Ok(_) => Err(Setback::Lost(String::new())),
        Err(error) => Err(Setback::Lost(error.to_string())),
    }
}

/// Whether our copy is there as it was, byte by byte.
async fn compare_copy(path: &Path, file: &OutgoingFile) -> Result<(), Setback> {
    let path = path.to_owned();
    let hashed = tokio::task::spawn_blocking(move || -> std::io::Result<[u8; 32]> {
        let mut reader = std::fs::File::open(path)?;
        let mut digest = Sha256::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(digest.finalize().into()),
                read => digest.update(piece.get(..read).unwrap_or_default()),
            }
        }
    })
    .await;
    match hashed {
        Ok(Ok(found)) if found == file.file.sha256 => Ok(()),
        Ok(Ok(_)) => Err(Setback::Lost(String::new())),
        Ok(Err(error)) => Err(Setback::Lost(error.to_string())),
        // Stopping: nothing was found out.
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::StoredFile;
    use crate::domain::{AccountId, MediaKind, OutgoingFileId};

    fn file(bytes: &[u8]) -> OutgoingFile {
        OutgoingFile {
            id: OutgoingFileId::new(),
            account: AccountId::new(),
            file: StoredFile {
                stored_name: "copy".into(),
                name: "Foto.jpg".into(),
                bytes: bytes.len() as u64,
                mime: "image/jpeg".into(),
                sha256: Sha256::digest(bytes).into(),
            },
            kind: MediaKind::Image,
            pixels: None,
            created_at: Timestamp(0),
        }
    }

    #[tokio::test]
    async fn a_copy_that_is_gone_or_another_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        let file = file(b"what was taken in");
        assert!(matches!(look_at_copy(&path, &file).await, Err(Setback::Lost(_))));
        std::fs::write(&path, b"what was taken in").unwrap();
        assert!(look_at_copy(&path, &file).await.is_ok());
        assert!(compare_copy(&path, &file).await.is_ok());
        std::fs::write(&path, b"what was taken 1n").unwrap();
        assert!(look_at_copy(&path, &file).await.is_ok());
        assert!(matches!(compare_copy(&path, &file).await, Err(Setback::Lost(_))));
        std::fs::write(&path, b"less").unwrap();
        assert!(matches!(look_at_copy(&path, &file).await, Err(Setback::Lost(_))));
    }
}
