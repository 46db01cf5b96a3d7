//! Putting a file into storage: small ones whole, larger ones in parts, so that an upload that was cut off goes on with the
//! part it was at (Amazon S3 API reference, "Multipart upload overview").

use super::answers::Failure;
use super::body::{Stretch, size_of};
use super::storage::{Call, Load, Storage};
use super::xml;
use crate::domain::hosting::{HostingError, UploadState};
use futures_util::future::BoxFuture;
use reqwest::header::CONTENT_LENGTH;
use rusty_s3::Method;
use std::fmt::Write as _;
use std::path::Path;

/// Larger files go up in parts, in bytes.
pub const WHOLE_MAX: u64 = 8 * 1024 * 1024;
/// Size of a part in bytes, unless the file would need too many.
pub const PART_BYTES: u64 = 8 * 1024 * 1024;
/// Most parts of an upload.
const PARTS_MAX: u64 = 10_000;
/// Longest name of an upload that is believed, in bytes.
const UPLOAD_ID_MAX: usize = 2_048;

/// Keeps how far an upload is; called after it is begun and after every part.
pub type Keep<'a> = &'a mut (dyn FnMut(UploadState) -> BoxFuture<'static, Result<(), HostingError>> + Send);

/// A file on its way.
struct Job<'a> {
    key: &'a str,
    path: &'a Path,
    mime: &'a str,
    bytes: u64,
    progress: &'a (dyn Fn(u64) + Send + Sync),
}

impl Job<'_> {
    fn stretch(&self, start: u64, bytes: u64) -> Stretch<'_> {
        Stretch {
            path: self.path,
            whole: self.bytes,
            start,
            bytes,
        }
    }

    /// What the object is to be handed out with, in the order of the names.
    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![
            ("cache-control", "private".to_owned()),
            ("content-disposition", "attachment".to_owned()),
            ("content-type", self.mime.to_owned()),
        ]
    }
}

impl Storage {
    /// Uploads the file at `path` as the object `key` of type `mime`. With a `state` that was kept, it goes on where that
    /// one ends; if the storage knows nothing of it any more, from the beginning. `progress` is told how many bytes are
    /// done in all, and may step back when a part is tried again. Dropping the future stops it; what was kept last can
    /// be gone on with, or given up with [`Storage::abort`].
    ///
    /// # Errors
    /// [`HostingError::FileLost`] if the file cannot be read or changes its size meanwhile; what `keep` answers;
    /// [`HostingError::StorageUnreachable`] and [`HostingError::StorageRefused`] after three tries.
    pub async fn upload(
        &self,
        key: &str,
        path: &Path,
        mime: &str,
        state: Option<UploadState>,
        progress: &(dyn Fn(u64) + Send + Sync),
        keep: Keep<'_>,
    ) -> Result<(), HostingError> {
        let lost = |error: std::io::Error| HostingError::FileLost(error.to_string());
        let file = tokio::fs::File::open(path).await.map_err(lost)?;
        let bytes = size_of(&file).await.map_err(HostingError::FileLost)?;
        drop(file);
        let job = Job {
            key,
            path,
            mime,
            bytes,
            progress,
        };
        let state = match state {
            Some(state) if !fits(&state, bytes) => {
                self.give_up(key, &state).await;
                None
            }
            state => state,
        };
        if bytes > WHOLE_MAX {
            self.in_parts(&job, state, keep).await?;
        } else {
            self.whole(&job).await?;
        }
        progress(bytes);
        Ok(())
    }

    async fn whole(&self, job: &Job<'_>) -> Result<(), Failure> {
        let call = Call {
            method: Method::Put,
            key: job.key,
            query: Vec::new(),
            headers: job.headers(),
            load: Load::File(job.stretch(0, job.bytes), job.progress),
        };
        let reply = self.ask(&call).await?;
        // Whoever else answers 200 to everything does not tag what was stored.
        reply
            .tag()
            .map(drop)
            .ok_or_else(|| Failure::strange(reply.status))
    }

    async fn in_parts(
        &self,
        job: &Job<'_>,
        kept: Option<UploadState>,
        keep: Keep<'_>,
    ) -> Result<(), Failure> {
        let resumed = kept.is_some();
        let state = match kept {
            Some(state) => state,
            None => self.begin(job, keep).await?,
        };
        match self.go_on(job, state, keep).await {
            // What was kept is of no use: the storage has thrown it away, as most do after a while.
            Err((state, failure))
                if resumed && (failure.has_code("NoSuchUpload") || failure.has_code("InvalidPart")) =>
            {
                self.give_up(job.key, &state).await;
                let state = self.begin(job, keep).await?;
                self.go_on(job, state, keep).await.map_err(|(_, failure)| failure)
            }
            outcome => outcome.map_err(|(_, failure)| failure),
        }
    }

    async fn begin(&self, job: &Job<'_>, keep: Keep<'_>) -> Result<UploadState, Failure> {
        let call = Call {
            method: Method::Post,
            key: job.key,
            query: vec![("uploads", String::new())],
            headers: job.headers(),
            load: Load::Nothing,
        };
        let reply = self.ask(&call).await?;
        let upload_id = xml::text_of(&reply.text, "UploadId")
            .filter(|id| !id.is_empty() && id.len() <= UPLOAD_ID_MAX)
            .ok_or_else(|| Failure::strange(reply.status))?;
        let state = UploadState {
            upload_id,
            part_bytes: part_bytes(job.bytes),
            parts: Vec::new(),
        };
        keep(state.clone()).await.map_err(Failure::NotKept)?;
        Ok(state)
    }

    /// Uploads the parts that are missing and puts them together.
    async fn go_on(
        &self,
        job: &Job<'_>,
        mut state: UploadState,
        keep: Keep<'_>,
    ) -> Result<(), (UploadState, Failure)> {
        let all = job.bytes.div_ceil(state.part_bytes);
        loop {
            let done = u64::try_from(state.parts.len()).unwrap_or(u64::MAX);
            if done >= all {
                break;
            }
            let outcome = match self.part(job, &state, done).await {
                Ok(tag) => {
                    state.parts.push(tag);
                    keep(state.clone()).await.map_err(Failure::NotKept)
                }
                Err(failure) => Err(failure),
            };
            if let Err(failure) = outcome {
                return Err((state, failure));
            }
        }
        match self.complete(job, &state).await {
            // The answer to an earlier try may have been lost.
            Err(failure) if failure.has_code("NoSuchUpload") && self.is_there(job).await => Ok(()),
            outcome => outcome.map_err(|failure| (state, failure)),
        }
    }

    /// Uploads one part, counted from 0, and returns its tag.
    async fn part(&self, job: &Job<'_>, state: &UploadState, index: u64) -> Result<String, Failure> {
        let start = index * state.part_bytes;
        let progress = |taken: u64| (job.progress)(start + taken);
        let call = Call {
            method: Method::Put,
            key: job.key,
            query: vec![
                ("partNumber", (index + 1).to_string()),
                ("uploadId", state.upload_id.clone()),
            ],
            headers: Vec::new(),
            load: Load::File(
                job.stretch(start, state.part_bytes.min(job.bytes - start)),
                &progress,
            ),
        };
        let reply = self.ask(&call).await?;
        reply.tag().ok_or_else(|| Failure::strange(reply.status))
    }

    async fn complete(&self, job: &Job<'_>, state: &UploadState) -> Result<(), Failure> {
        let mut body =
            String::from("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        for (index, tag) in state.parts.iter().enumerate() {
            let tag = xml::escaped(tag);
            // Writing into a string cannot fail.
            let _ = write!(
                body,
                "<Part><PartNumber>{}</PartNumber><ETag>{tag}</ETag></Part>",
                index + 1
            );
        }
        body.push_str("</CompleteMultipartUpload>");
        let call = Call {
            method: Method::Post,
            key: job.key,
            query: vec![("uploadId", state.upload_id.clone())],
            headers: vec![("content-type", "application/xml".to_owned())],
            load: Load::Text(&body),
        };
        let reply = self.ask(&call).await?;
        if xml::has(&reply.text, "CompleteMultipartUploadResult") {
            Ok(())
        } else {
            Err(Failure::strange(reply.status))
        }
    }

    /// Whether the object is there and as long as the file.
    async fn is_there(&self, job: &Job<'_>) -> bool {
        let call = Call {
            method: Method::Head,
            key: job.key,
            query: Vec::new(),
            headers: Vec::new(),
            load: Load::Nothing,
        };
        self.ask(&call).await.is_ok_and(|reply| {
            reply
                .headers
                .get(CONTENT_LENGTH)
                .and_then(|length| length.to_str().ok()?.parse().ok())
                == Some(job.bytes)
        })
    }

    /// Gives up an upload nobody goes on with; storage that cannot do it now throws it away by itself one day.
    async fn give_up(&self, key: &str, state: &UploadState) {
        if state.upload_id.is_empty() {
            return;
        }
        if let Err(error) = self.abort(key, &state.upload_id).await {
            tracing::warn!(reason = error.key(), "an upload could not be given up");
        }
    }
}

/// Whether what was kept belongs to a file of this size.
fn fits(state: &UploadState, bytes: u64) -> bool {
    !state.upload_id.is_empty()
        && bytes > WHOLE_MAX
        && state.part_bytes >= part_bytes(bytes)
        && u64::try_from(state.parts.len()).is_ok_and(|parts| parts <= bytes.div_ceil(state.part_bytes))
}

/// How large the parts of a file must be, in bytes: whole mebibytes, so that there are not too many.
fn part_bytes(bytes: u64) -> u64 {
    const MEBIBYTE: u64 = 1024 * 1024;
    bytes
        .div_ceil(PARTS_MAX)
        .div_ceil(MEBIBYTE)
        .saturating_mul(MEBIBYTE)
        .max(PART_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_large_enough() {
        assert_eq!(part_bytes(1), PART_BYTES);
        assert_eq!(part_bytes(PART_BYTES * PARTS_MAX), PART_BYTES);
        let more = PART_BYTES * PARTS_MAX + 1;
        assert_eq!(part_bytes(more), PART_BYTES + 1024 * 1024);
        assert!(more.div_ceil(part_bytes(more)) <= PARTS_MAX);
    }

    #[test]
    fn a_state_of_another_file_is_not_gone_on_with() {
        let state = UploadState {
            upload_id: "u".into(),
            part_bytes: PART_BYTES,
            parts: vec![String::new(); 3],
        };
        assert!(fits(&state, PART_BYTES * 3));
        assert!(fits(&state, PART_BYTES * 2 + 1));
        assert!(!fits(&state, PART_BYTES * 2));
        assert!(!fits(&state, 100));
        let nameless = UploadState {
            upload_id: String::new(),
            ..state.clone()
        };
        assert!(!fits(&nameless, PART_BYTES * 3));
        let zero = UploadState {
            part_bytes: 0,
            ..state
        };
        assert!(!fits(&zero, PART_BYTES * 3));
    }
}
