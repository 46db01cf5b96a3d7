//! The answers. They are short, alike, and tell nothing about us: gateways look at the status only.

use super::body::AnswerBody;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_RANGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER,
};
use hyper::{Response, StatusCode};

/// An answer before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: StatusCode,
    text: Option<String>,
    allow: Option<&'static str>,
    retry_after_secs: Option<u32>,
    file_bytes: Option<u64>,
    closes: bool,
}

impl Answer {
    /// An answer that says no more than its status does.
    pub(super) fn of(status: StatusCode) -> Self {
        Self {
            status,
            text: None,
            allow: None,
            retry_after_secs: None,
            file_bytes: None,
            closes: false,
        }
    }

    /// An answer with a text.
    pub(super) fn with_text(text: String) -> Self {
        Self {
            text: Some(text),
            ..Self::of(StatusCode::OK)
        }
    }

    /// Another method is wanted.
    pub(super) fn wants(method: &'static str) -> Self {
        Self {
            allow: Some(method),
            ..Self::of(StatusCode::METHOD_NOT_ALLOWED)
        }
    }

    /// To be tried again.
    pub(super) fn again(status: StatusCode, retry_after_secs: u32) -> Self {
        Self {
            retry_after_secs: Some(retry_after_secs),
            ..Self::of(status)
        }
    }

    /// A part was wanted that a file of this many bytes does not have.
    pub(super) fn no_such_part(file_bytes: u64) -> Self {
        Self {
            file_bytes: Some(file_bytes),
            ..Self::of(StatusCode::RANGE_NOT_SATISFIABLE)
        }
    }

    /// The connection ends after it, if `closes`.
    pub(super) fn closing(mut self, closes: bool) -> Self {
        self.closes |= closes;
        self
    }

    /// Whether it refuses.
    pub(super) fn is_refusal(&self) -> bool {
        !self.status.is_success()
    }

    /// As it is written.
    pub(super) fn into_response(self) -> Response<AnswerBody> {
        let text = self.text.unwrap_or_else(|| {
            self.status
                .canonical_reason()
                .unwrap_or_default()
                .to_ascii_lowercase()
        });
        let mut response = Response::new(AnswerBody::Words(Full::new(Bytes::from(text + "\n"))));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        if let Some(method) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(method));
        }
        if let Some(secs) = self.retry_after_secs {
            headers.insert(RETRY_AFTER, HeaderValue::from(secs));
        }
        if let Some(bytes) = self.file_bytes
            && let Ok(value) = HeaderValue::try_from(format!("bytes */{bytes}"))
        {
            headers.insert(CONTENT_RANGE, value);
        }
        if self.closes {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
