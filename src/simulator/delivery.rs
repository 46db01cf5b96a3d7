//! How an answer goes over the wire, whole or spoilt.

use super::connection::{Connection, Pace};
use super::faults::Fault;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER, SERVER};
use axum::http::{HeaderValue, Response, StatusCode};
use futures_util::{StreamExt, stream};
use serde_json::Value;
use std::io;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const PHP_WARNING: &str = "<br />\n<b>Warning</b>:  Undefined array key \"referencia\" in \
                           <b>/var/www/html/api/comum.php</b> on line <b>27</b><br />\n";
/// Lets what was written before a cut reach the peer first.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// How a vendor's server calls its answers and itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// `Content-Type`, whatever the answer holds.
    pub content_type: &'static str,
    /// `Server`.
    pub server: &'static str,
}

impl Manners {
    /// Apache with PHP, which calls everything a page.
    pub const PHP: Self = Self {
        content_type: "text/html; charset=UTF-8",
        server: "Apache",
    };
    /// nginx, with pages.
    pub const PAGES: Self = Self {
        content_type: "text/html",
        server: "nginx",
    };
    /// nginx, with JSON behind it.
    pub const JSON: Self = Self {
        content_type: "application/json; charset=UTF-8",
        server: "nginx",
    };
}

/// A vendor's true answer, which a fault may spoil.
pub(super) trait Document {
    /// What goes with it.
    fn manners(&self) -> Manners;

    /// HTTP status.
    fn status(&self) -> StatusCode {
        StatusCode::OK
    }

    /// How long it asks to wait.
    fn retry_after(&self) -> Option<Duration> {
        None
    }

    /// As it is.
    fn text(&self) -> Vec<u8>;

    /// In Latin-1, certain to hold a letter that is no valid UTF-8 there.
    fn in_latin1(&self) -> Vec<u8>;

    /// With one field that holds something else, or without it.
    fn with_field(self, name: &'static str, value: Option<Value>) -> Vec<u8>;

    /// The vendor's refusal with these words.
    fn refusal(&self, words: &str) -> Vec<u8>;
}

/// Sends an answer the way its fault wants it. `moved_to` is where a redirect without an address leads; `stop` ends what
/// hangs.
pub(super) async fn deliver(
    document: impl Document + Send,
    fault: Option<Fault>,
    moved_to: String,
    connection: &Connection,
    stop: &CancellationToken,
) -> Response<Body> {
    let manners = document.manners();
    let Some(fault) = fault else {
        return whole(&document);
    };
    match fault {
        Fault::ResetAfterReading | Fault::CloseBeforeReading => {
            connection.reset();
            page(manners, StatusCode::OK, Vec::new())
        }
        Fault::ProcessThenNever | Fault::NeverWithoutProcessing => {
            stop.cancelled().await;
            page(manners, StatusCode::SERVICE_UNAVAILABLE, Vec::new())
        }
        Fault::Delay(duration) => {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(duration) => {}
            }
            whole(&document)
        }
        Fault::Drip { bytes, interval } => {
            connection.set_pace(Some(Pace { bytes, interval }));
            whole(&document)
        }
        Fault::CutAt(bytes) => cut(&document, bytes, stop, false),
        Fault::StallAt(bytes) => cut(&document, bytes, stop, true),
        Fault::HttpStatus { status, retry_after } => {
            let mut response = page(manners, status_code(status), html_page(status));
            set_retry_after(&mut response, retry_after);
            response
        }
        Fault::Redirect { status, location } => redirect(manners, status, &location.unwrap_or(moved_to)),
        Fault::Reply { status, body } => page(manners, status_code(status), body),
        Fault::HtmlInstead => page(manners, StatusCode::OK, html_page(200)),
        Fault::WrongErro(words) => page(manners, StatusCode::OK, document.refusal(&words)),
        spoilt => page(manners, document.status(), spoil(document, spoilt)),
    }
}

fn whole(document: &impl Document) -> Response<Body> {
    let mut response = page(document.manners(), document.status(), document.text());
    set_retry_after(&mut response, document.retry_after());
    response
}

/// Spoils the bytes of an answer.
fn spoil(document: impl Document, fault: Fault) -> Vec<u8> {
    let text = document.text();
    match fault {
        Fault::Latin1 => document.in_latin1(),
        Fault::SetField { name, value } => document.with_field(name, value),
        Fault::TrailingComma => match text.strip_suffix(b"}") {
            Some(open) => [open.strip_suffix(b",").unwrap_or(open), b",}"].concat(),
            None => text,
        },
        Fault::Bom => [b"\xef\xbb\xbf", text.as_slice()].concat(),
        Fault::PhpWarningBefore => [PHP_WARNING.as_bytes(), &text].concat(),
        Fault::PhpWarningAfter => [&text, PHP_WARNING.as_bytes()].concat(),
        Fault::TwoDocuments => [text.as_slice(), &text].concat(),
        Fault::Empty => Vec::new(),
        Fault::TruncatedAt(bytes) => text[..bytes.min(text.len())].to_vec(),
        _ => text,
    }
}

/// Promises the whole body and sends only its beginning; then the connection stalls or closes.
fn cut(document: &impl Document, bytes: usize, stop: &CancellationToken, stalls: bool) -> Response<Body> {
    let text = document.text();
    let kept = bytes.min(text.len().saturating_sub(1));
    let first = Bytes::copy_from_slice(&text[..kept]);
    let stop = stop.clone();
    let rest = stream::once(async move {
        if stalls {
            stop.cancelled().await;
        } else {
            tokio::time::sleep(BEFORE_CUT).await;
        }
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    let body = Body::from_stream(stream::iter([Ok(first)]).chain(rest));
    let mut response = respond(document.manners(), document.status(), body);
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(text.len()));
    response
}

fn redirect(manners: Manners, status: u16, location: &str) -> Response<Body> {
    let mut response = page(manners, status_code(status), html_page(status));
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

fn set_retry_after(response: &mut Response<Body>, wait: Option<Duration>) {
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    }
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A page such as a hosting company serves.
pub(super) fn html_page(status: u16) -> Vec<u8> {
    let words = status_code(status).canonical_reason().unwrap_or("Erro");
    format!(
        "<!DOCTYPE html>\n<html lang=\"pt-br\"><head><title>{status} {words}</title></head>\n\
         <body><h1>{words}</h1><p>Servidor em manutenção.</p></body></html>\n"
    )
    .into_bytes()
}

/// A whole answer.
pub(super) fn page(manners: Manners, status: StatusCode, body: Vec<u8>) -> Response<Body> {
    respond(manners, status, Body::from(body))
}

fn respond(manners: Manners, status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(manners.content_type));
    response
        .headers_mut()
        .insert(SERVER, HeaderValue::from_static(manners.server));
    response
}
