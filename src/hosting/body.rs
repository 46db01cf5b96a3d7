//! A stretch of a file on its way out. It is read a little at a time, and how much has been taken is told.

use futures_util::StreamExt;
use std::io::SeekFrom;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::Notify;
use tokio_util::io::ReaderStream;

/// How much is read at a time, in bytes.
const CHUNK_BYTES: usize = 128 * 1024;

/// A stretch of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    /// Where the file is.
    pub(super) path: &'a Path,
    /// Size of the whole file, in bytes: another one means that it was changed.
    pub(super) whole: u64,
    /// Where the stretch begins, in bytes.
    pub(super) start: u64,
    /// Its length in bytes.
    pub(super) bytes: u64,
}

/// How much of a stretch has been taken.
#[derive(Debug, Default)]
pub(super) struct Taken {
    bytes: AtomicU64,
    moved: Notify,
}

impl Taken {
    /// Bytes taken so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Waits until more has been taken than when this was last waited for.
    pub(super) async fn moved(&self) {
        self.moved.notified().await;
    }

    fn add(&self, bytes: usize) {
        self.bytes
            .fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.moved.notify_one();
    }
}

impl Stretch<'_> {
    /// Opens it.
    ///
    /// # Errors
    /// What the system said, if the file is gone or has another size.
    pub(super) async fn open(&self, taken: &Arc<Taken>) -> Result<reqwest::Body, String> {
        let mut file = tokio::fs::File::open(self.path)
            .await
            .map_err(|error| error.to_string())?;
        if size_of(&file).await? != self.whole {
            return Err("its size has changed".to_owned());
        }
        file.seek(SeekFrom::Start(self.start))
            .await
            .map_err(|error| error.to_string())?;
        let taken = Arc::clone(taken);
        let stream =
            ReaderStream::with_capacity(file.take(self.bytes), CHUNK_BYTES).inspect(
                move |chunk| match chunk {
                    Ok(chunk) => taken.add(chunk.len()),
                    Err(error) => tracing::warn!(%error, "a file cannot be read while it is uploaded"),
                },
            );
        Ok(reqwest::Body::wrap_stream(stream))
    }
}

/// Size of a file, in bytes.
///
/// # Errors
/// What the system said, also if it is no file.
pub(super) async fn size_of(file: &tokio::fs::File) -> Result<u64, String> {
    let found = file.metadata().await.map_err(|error| error.to_string())?;
    if found.is_file() {
        Ok(found.len())
    } else {
        Err("it is not a file".to_owned())
    }
}
