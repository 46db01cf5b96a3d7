//! Reading a body: a small one into memory, a large form into a file, anything else not at all.

use super::DeliveredBody;
use super::options::Limits;
use super::quota::{Quota, Share};
use super::spool::SpoolFile;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// So many bytes tell what a body is.
const BEGINNING_BYTES: usize = 512;
/// Longest name of a form's first field, in bytes.
const FIELD_NAME_MAX: usize = 64;
/// Longest boundary of a multipart form, in bytes.
const BOUNDARY_MAX: usize = 70;

/// Why a body was not read.
#[derive(Debug)]
pub(super) enum IntakeFault {
    /// It is longer than is allowed for what it is.
    TooLarge,
    /// All calls together hold too much now.
    NoQuota,
    /// It could not be written.
    Disk(io::Error),
    /// The connection broke, or the chunks cannot be read.
    Broken,
    /// It did not come in time.
    TooLate,
}

impl From<io::Error> for IntakeFault {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// A body and the shares of the quotas that it holds.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) body: DeliveredBody,
    pub(super) held: (Share, Share),
}

/// What a body may be.
pub(super) struct Intake {
    in_memory: Arc<Quota>,
    in_files: Arc<Quota>,
    memory_body_bytes: u64,
    spooled_body_bytes: u64,
    body_time: Duration,
}

impl Intake {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            in_memory: Quota::new(limits.memory_total_bytes),
            in_files: Quota::new(limits.spooled_total_bytes),
            memory_body_bytes: limits.memory_body_bytes,
            spooled_body_bytes: limits.spooled_body_bytes,
            body_time: limits.body_time,
        }
    }

    /// Reads a body. `folder` is where a large one goes.
    ///
    /// # Errors
    /// Why it was not read; then nothing of it is left.
    pub(super) async fn collect<B>(
        &self,
        body: B,
        content_type: Option<&str>,
        folder: impl Fn() -> PathBuf,
    ) -> Result<Collected, IntakeFault>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        let announced = body.size_hint().exact();
        if announced.is_some_and(|bytes| bytes > self.spooled_body_bytes) {
            return Err(IntakeFault::TooLarge);
        }
        let collecting = self.collect_whole(body, announced, content_type, folder);
        tokio::time::timeout(self.body_time, collecting)
            .await
            .map_err(|_| IntakeFault::TooLate)?
    }

    async fn collect_whole<B>(
        &self,
        mut body: B,
        announced: Option<u64>,
        content_type: Option<&str>,
        folder: impl Fn() -> PathBuf,
    ) -> Result<Collected, IntakeFault>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        let (mut memory_share, mut file_share) = (self.in_memory.share(), self.in_files.share());
        let will_be_large = announced.is_some_and(|bytes| bytes > self.memory_body_bytes);
        let mut collected = BytesMut::new();
        while let Some(chunk) = next_chunk(&mut body).await? {
            let so_far = collected.len() as u64 + chunk.len() as u64;
            if !memory_share.hold(so_far) {
                return Err(IntakeFault::NoQuota);
            }
            collected.extend_from_slice(&chunk);
            let is_known = collected.len() >= BEGINNING_BYTES;
            if so_far <= self.memory_body_bytes && !(will_be_large && is_known) {
                continue;
            }
            if !is_form(content_type, &collected) {
                return Err(IntakeFault::TooLarge);
            }
            if !file_share.hold(announced.unwrap_or(so_far)) {
                return Err(IntakeFault::NoQuota);
            }
            let mut file = SpoolFile::create(folder()).await?;
            file.write(&collected).await?;
            drop((collected, memory_share));
            self.spool(&mut body, &mut file, so_far, &mut file_share).await?;
            let (file, bytes) = file.finish().await?;
            return Ok(Collected {
                body: DeliveredBody::Spooled { file, bytes },
                held: (self.in_memory.share(), file_share),
            });
        }
        Ok(Collected {
            body: DeliveredBody::Memory(collected.freeze()),
            held: (memory_share, file_share),
        })
    }

    /// The rest of a large form.
    async fn spool<B>(
        &self,
        body: &mut B,
        file: &mut SpoolFile,
        mut so_far: u64,
        share: &mut Share,
    ) -> Result<(), IntakeFault>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        while let Some(chunk) = next_chunk(body).await? {
            so_far += chunk.len() as u64;
            if so_far > self.spooled_body_bytes {
                return Err(IntakeFault::TooLarge);
            }
            if !share.hold(so_far) {
                return Err(IntakeFault::NoQuota);
            }
            file.write(&chunk).await?;
        }
        Ok(())
    }
}

/// The next bytes; `None` at the end. What comes after the last chunk (trailers) is not looked at.
async fn next_chunk<B>(body: &mut B) -> Result<Option<Bytes>, IntakeFault>
where
    B: Body<Data = Bytes> + Unpin,
{
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| IntakeFault::Broken)?;
        if let Ok(bytes) = frame.into_data() {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// Whether a body is a form: by its header or by how it begins. What begins like JSON is JSON, whatever the header says:
/// it would have to be read in one piece.
fn is_form(content_type: Option<&str>, beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let beginning = beginning.trim_ascii_start();
    if beginning.starts_with(b"{") || beginning.starts_with(b"[") {
        return false;
    }
    let essence = content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    ["application/x-www-form-urlencoded", "multipart/form-data"]
        .iter()
        .any(|form| essence.eq_ignore_ascii_case(form))
        || begins_as_multipart(beginning)
        || begins_as_urlencoded(beginning)
}

/// A line of two hyphens and a boundary.
fn begins_as_multipart(beginning: &[u8]) -> bool {
    let Some(rest) = beginning.strip_prefix(b"--") else {
        return false;
    };
    let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    end.is_some_and(|end| {
        (1..=BOUNDARY_MAX).contains(&end) && rest[..end].iter().all(|byte| byte.is_ascii_graphic())
    })
}

/// A name and an equals sign.
fn begins_as_urlencoded(beginning: &[u8]) -> bool {
    let end = beginning.iter().position(|byte| *byte == b'=');
    end.is_some_and(|end| {
        (1..=FIELD_NAME_MAX).contains(&end)
            && beginning[..end]
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~*+%[]".contains(byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_its_header_or_its_beginning() {
        const URLENCODED: Option<&str> = Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8");
        const MULTIPART: Option<&str> = Some("multipart/form-data; boundary=x");
        for (content_type, beginning, expected) in [
            (URLENCODED, "anything", true),
            (MULTIPART, "anything", true),
            (Some("text/plain"), "file=abc&other=", true),
            (None, "--boundary\r\nContent-Disposition: form-data", true),
            (Some("application/json"), "\r\n----X\r\n", true),
            (URLENCODED, "{\"a\":1}", false),
            (MULTIPART, "\u{feff} [1]", false),
            (Some("application/json"), "{\"a\":\"b=c\"}", false),
            (Some("text/html"), "<html lang=pt>", false),
            (None, "plain words = none", false),
            (None, "--", false),
            (None, "--\r\n", false),
            (None, "=", false),
            (None, "", false),
        ] {
            assert_eq!(
                is_form(content_type, beginning.as_bytes()),
                expected,
                "{content_type:?} {beginning}"
            );
        }
    }
}
