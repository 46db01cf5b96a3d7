//! How an answer goes over the wire, whole or spoilt.

use super::connection::{Connection, Pace};
use super::document::{Answer, Reply};
use super::faults::{Endpoint, Fault};
use super::life::Shared;
use super::replies::Outcome;
use super::style::Style;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER, SERVER};
use axum::http::{HeaderValue, Response, StatusCode};
use futures_util::{StreamExt, stream};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Whatever it holds, PHP calls it this.
const PHP_CONTENT_TYPE: &str = "text/html; charset=UTF-8";
const PHP_WARNING: &str = "<br />\n<b>Warning</b>:  Undefined array key \"referencia\" in \
                           <b>/var/www/html/api/comum.php</b> on line <b>27</b><br />\n";
/// Lets what was written before a cut reach the peer first.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// Sends an answer the way its fault wants it.
pub(super) async fn deliver(
    outcome: Outcome,
    endpoint: Endpoint,
    connection: &Connection,
    shared: &Arc<Shared>,
) -> Response<Body> {
    let Outcome { answer, fault } = outcome;
    let Some(fault) = fault else {
        return page(StatusCode::OK, write(&answer));
    };
    match fault {
        Fault::ResetAfterReading | Fault::CloseBeforeReading => {
            connection.reset();
            page(StatusCode::OK, Vec::new())
        }
        Fault::ProcessThenNever | Fault::NeverWithoutProcessing => {
            shared.stop.cancelled().await;
            page(StatusCode::SERVICE_UNAVAILABLE, Vec::new())
        }
        Fault::Delay(duration) => {
            tokio::select! {
                () = shared.stop.cancelled() => {}
                () = tokio::time::sleep(duration) => {}
            }
            page(StatusCode::OK, write(&answer))
        }
        Fault::Drip { bytes, interval } => {
            connection.set_pace(Some(Pace { bytes, interval }));
            page(StatusCode::OK, write(&answer))
        }
        Fault::CutAt(bytes) => cut(&write(&answer), bytes, shared, false),
        Fault::StallAt(bytes) => cut(&write(&answer), bytes, shared, true),
        Fault::HttpStatus { status, retry_after } => {
            let mut response = page(status_code(status), html_page(status));
            if let Some(wait) = retry_after {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            }
            response
        }
        Fault::Redirect { status, location } => redirect(status, location, endpoint, shared),
        Fault::Reply { status, body } => page(status_code(status), body),
        Fault::HtmlInstead => page(StatusCode::OK, html_page(200)),
        Fault::WrongErro(words) => page(
            StatusCode::OK,
            Reply::refusal(&Style::default(), &words).to_json().into_bytes(),
        ),
        spoilt => page(StatusCode::OK, spoil(answer, spoilt)),
    }
}

/// Spoils the bytes of an answer.
fn spoil(answer: Answer, fault: Fault) -> Vec<u8> {
    let text = write(&answer);
    match (fault, answer) {
        (Fault::Latin1, Answer::Reply(reply)) => reply.to_latin1(),
        (Fault::SetField { name, value }, Answer::Reply(mut reply)) => {
            reply.set_field(name, value);
            reply.to_json().into_bytes()
        }
        (Fault::TrailingComma, Answer::Reply(reply)) => {
            let mut document = reply.to_json();
            document.pop();
            document.push_str(",}");
            document.into_bytes()
        }
        (Fault::Bom, _) => [b"\xef\xbb\xbf", text.as_slice()].concat(),
        (Fault::PhpWarningBefore, _) => [PHP_WARNING.as_bytes(), &text].concat(),
        (Fault::PhpWarningAfter, _) => [&text, PHP_WARNING.as_bytes()].concat(),
        (Fault::TwoDocuments, _) => [text.as_slice(), &text].concat(),
        (Fault::Empty, _) => Vec::new(),
        (Fault::TruncatedAt(bytes), _) => text[..bytes.min(text.len())].to_vec(),
        _ => text,
    }
}

fn write(answer: &Answer) -> Vec<u8> {
    match answer {
        Answer::Reply(reply) => reply.to_json().into_bytes(),
        Answer::Noise(noise) => noise.clone().into_bytes(),
    }
}

/// Promises the whole body and sends only its beginning; then the connection stalls or closes.
fn cut(text: &[u8], bytes: usize, shared: &Arc<Shared>, stalls: bool) -> Response<Body> {
    let kept = bytes.min(text.len().saturating_sub(1));
    let first = Bytes::copy_from_slice(&text[..kept]);
    let stop = shared.stop.clone();
    let rest = stream::once(async move {
        if stalls {
            stop.cancelled().await;
        } else {
            tokio::time::sleep(BEFORE_CUT).await;
        }
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    let body = Body::from_stream(stream::iter([Ok(first)]).chain(rest));
    let mut response = respond(StatusCode::OK, body);
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(text.len()));
    response
}

fn redirect(
    status: u16,
    location: Option<String>,
    endpoint: Endpoint,
    shared: &Arc<Shared>,
) -> Response<Body> {
    let location = location
        .unwrap_or_else(|| shared.with(|state, _| format!("{}movido/{}", state.base_url, endpoint.path())));
    let mut response = page(status_code(status), html_page(status));
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
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
pub(super) fn page(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    respond(status, Body::from(body))
}

fn respond(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(PHP_CONTENT_TYPE));
    response
        .headers_mut()
        .insert(SERVER, HeaderValue::from_static("Apache"));
    response
}
