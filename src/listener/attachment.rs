//! Handing out attachments: a file is had by whoever knows its token, and by nobody else.

use super::HostedAttachment;
use super::answer::Answer;
use super::body::{AnswerBody, FilePart};
use super::guard::Exchange;
use super::range::Wanted;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONNECTION, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{HeaderMap, Method, Response, StatusCode};
use std::io;
use std::sync::Arc;
use tokio::fs::File;

/// How a file may be asked for.
pub(super) const METHODS: &str = "GET, HEAD";

/// Whether a file may be asked for in this way.
pub(super) fn allows(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// The head of an answer with a file, and what of the file follows it.
#[derive(Debug)]
pub(super) struct FileAnswer {
    response: Response<AnswerBody>,
}

impl FileAnswer {
    /// The answer to a GET or HEAD. When the answer has a part of the file, `exchange` is told of its end by itself.
    ///
    /// # Errors
    /// The answer if there is no such file, or no such part of it.
    pub(super) async fn of(
        hosted: &HostedAttachment,
        method: &Method,
        headers: &HeaderMap,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Answer> {
        let lost = |error: io::Error| {
            tracing::warn!(%error, path = %hosted.path.display(), "a file that is asked for cannot be read");
            Answer::of(StatusCode::NOT_FOUND)
        };
        let file = open(hosted).await.map_err(lost)?;
        // Of a part the standard speaks only for GET.
        let wanted = if *method == Method::GET {
            Wanted::of(headers, hosted.bytes)
        } else {
            Wanted::Whole
        };
        let (status, first, count) = match wanted {
            Wanted::Whole => (StatusCode::OK, 0, hosted.bytes),
            Wanted::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
            Wanted::NotThere => return Err(Answer::no_such_part(hosted.bytes)),
        };
        let body = if *method == Method::HEAD {
            exchange.answered();
            AnswerBody::Words(Full::new(Bytes::new()))
        } else {
            let part = FilePart::new(file, first, count, Arc::clone(exchange));
            AnswerBody::File(part.await.map_err(lost)?)
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = file_headers(hosted, count);
        if let Wanted::Part { first, last } = wanted {
            let range = format!("bytes {first}-{last}/{}", hosted.bytes);
            set(response.headers_mut(), CONTENT_RANGE, &range);
        }
        Ok(Self { response })
    }

    /// The connection ends after it, if `closes`.
    pub(super) fn closing(mut self, closes: bool) -> Self {
        if closes {
            let headers = self.response.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        self
    }

    /// As it is written.
    pub(super) fn into_response(self) -> Response<AnswerBody> {
        self.response
    }
}

/// Opens a file if it is what was told of it. What it holds was compared when it was taken in; another length tells that
/// it was changed since.
async fn open(hosted: &HostedAttachment) -> io::Result<File> {
    let file = File::open(&hosted.path).await?;
    let metadata = file.metadata().await?;
    if !metadata.is_file() || metadata.len() != hosted.bytes {
        let words = format!("{} bytes in place of {}", metadata.len(), hosted.bytes);
        return Err(io::Error::new(io::ErrorKind::InvalidData, words));
    }
    Ok(file)
}

/// What is said of a file: enough for a gateway to take it, and for a browser to keep it away from everything else.
fn file_headers(hosted: &HostedAttachment, count: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_str(&hosted.mime).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(CONTENT_LENGTH, HeaderValue::from(count));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // One name for all: the operator's own is nobody else's business.
    let disposition = format!("attachment; filename=\"file.{}\"", hosted.extension);
    set(&mut headers, CONTENT_DISPOSITION, &disposition);
    headers
}

/// Sets a header that is made of numbers and an extension.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
