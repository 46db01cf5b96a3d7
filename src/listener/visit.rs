//! Answering one request.

use super::answer::Answer;
use super::attachment::{self, FileAnswer};
use super::body::AnswerBody;
use super::door::{self, SentAway};
use super::guard::Exchange;
use super::head::HeadFault;
use super::intake::{Collected, IntakeFault};
use super::route::Route;
use super::server::Shared;
use super::{Delivery, HostedAttachment, Refusal};
use crate::domain::{AccountId, ClientMessageId};
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::OwnedSemaphorePermit;

/// A connection's place among those that are allowed at a time.
pub(super) type Seat = Arc<OwnedSemaphorePermit>;

/// What a request is for.
enum Called {
    /// A call for this account, at an address made for this message.
    Account(AccountId, Option<ClientMessageId>),
    /// This file is wanted.
    File(HostedAttachment),
}

/// One connection, as its requests see it.
pub(super) struct Visit {
    pub(super) shared: Arc<Shared>,
    pub(super) exchange: Arc<Exchange>,
    pub(super) local: SocketAddr,
    pub(super) seat: Seat,
}

impl Visit {
    /// Answers a request.
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Response<AnswerBody> {
        let number = self.exchange.begin();
        // The guard does not know where a chunked body ends, so nothing may follow it.
        let is_last = request.headers().contains_key(TRANSFER_ENCODING);
        let answered = match self.exchange.fault_of(number) {
            Some(HeadFault::Malformed) => Err(Answer::of(StatusCode::BAD_REQUEST).closing(true)),
            Some(HeadFault::TooLarge) => {
                Err(Answer::of(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).closing(true))
            }
            None => self.answer_good_head(request).await,
        };
        let closes = is_last || self.shared.is_crowded();
        match answered {
            Ok(file) => file.closing(closes).into_response(),
            Err(answer) => {
                self.exchange.answered();
                answer.closing(closes).into_response()
            }
        }
    }

    /// A file if one is to be handed out, otherwise an answer in words.
    async fn answer_good_head(&self, request: Request<Incoming>) -> Result<FileAnswer, Answer> {
        let has_body = !request.body().is_end_stream();
        let public_host = self.shared.public_host();
        let called = match door::check(request.headers(), self.local, public_host.as_deref()) {
            Err(SentAway::OtherHost) => Err(Answer::of(StatusCode::MISDIRECTED_REQUEST)),
            Err(SentAway::WebPage) => Err(Answer::of(StatusCode::FORBIDDEN)),
            Ok(()) => self.find(request.method(), request.uri().path()),
        };
        match called {
            Ok(Called::Account(account, about)) => Err(self.receive(account, about, request).await),
            // A body that comes with it is not read.
            Ok(Called::File(hosted)) => {
                FileAnswer::of(&hosted, request.method(), request.headers(), &self.exchange)
                    .await
                    .map(|file| file.closing(has_body))
                    .map_err(|answer| answer.closing(has_body))
            }
            // The body of what is refused here is not read.
            Err(answer) => {
                let closes = has_body && answer.is_refusal();
                Err(answer.closing(closes))
            }
        }
    }

    /// What is called, or the answer if it is nothing.
    fn find(&self, method: &Method, path: &str) -> Result<Called, Answer> {
        match Route::of(path) {
            // By the form alone: another answer for tokens that are known would tell them.
            Some(Route::Webhook(..)) if method != Method::POST => Err(Answer::wants("POST")),
            Some(Route::Webhook(token, message)) => self
                .shared
                .reception
                .account_of(token)
                .map(|account| {
                    let about = message.map(|digits| ClientMessageId::from_stored(digits.to_owned()));
                    Called::Account(account, about)
                })
                .ok_or(Answer::of(StatusCode::NOT_FOUND)),
            Some(Route::Check(_)) if method != Method::GET => Err(Answer::wants("GET")),
            Some(Route::Check(nonce)) => Err(self
                .shared
                .questions
                .answer(nonce, Instant::now())
                .map_or(Answer::of(StatusCode::NOT_FOUND), Answer::with_text)),
            // Whoever does not know a token finds a path that is not there, whatever the method.
            Some(Route::Attachment(token, extension)) => self
                .shared
                .reception
                .attachment(token)
                .filter(|hosted| hosted.extension == extension)
                .ok_or(Answer::of(StatusCode::NOT_FOUND))
                .and_then(|hosted| match attachment::allows(method) {
                    true => Ok(Called::File(hosted)),
                    false => Err(Answer::wants(attachment::METHODS)),
                }),
            None => Err(Answer::of(StatusCode::NOT_FOUND)),
        }
    }

    async fn receive(
        &self,
        account: AccountId,
        about: Option<ClientMessageId>,
        request: Request<Incoming>,
    ) -> Answer {
        let content_type = text_of(request.headers());
        let collected = self
            .shared
            .intake
            .collect(request.into_body(), content_type.as_deref(), || {
                self.shared.reception.spool_folder()
            })
            .await;
        match collected {
            Ok(Collected { body, held }) => {
                let delivery = Delivery {
                    account,
                    about,
                    content_type,
                    body,
                };
                self.hand_over(delivery, held).await
            }
            Err(fault) => self.answer_fault(&fault).closing(true),
        }
    }

    fn answer_fault(&self, fault: &IntakeFault) -> Answer {
        let again = |status| Answer::again(status, self.shared.limits.retry_after_secs);
        match fault {
            IntakeFault::TooLarge => Answer::of(StatusCode::PAYLOAD_TOO_LARGE),
            IntakeFault::NoQuota => {
                tracing::warn!("too much comes in at once; a call was put off");
                again(StatusCode::SERVICE_UNAVAILABLE)
            }
            IntakeFault::Disk(error) => {
                tracing::warn!(%error, "what comes in could not be written to the disk");
                if error.kind() == io::ErrorKind::StorageFull {
                    again(StatusCode::INSUFFICIENT_STORAGE)
                } else {
                    again(StatusCode::SERVICE_UNAVAILABLE)
                }
            }
            IntakeFault::Broken => Answer::of(StatusCode::BAD_REQUEST),
            IntakeFault::TooLate => Answer::of(StatusCode::REQUEST_TIMEOUT),
        }
    }

    /// Gives a whole body to the reception. That goes on when this future is dropped, and it keeps the connection's seat
    /// and its part of the quotas: whoever hangs up again and again gets no more than anybody.
    async fn hand_over(&self, delivery: Delivery, held: impl Send + 'static) -> Answer {
        let (reception, seat) = (Arc::clone(&self.shared.reception), Arc::clone(&self.seat));
        let taking = self.shared.takes.spawn(async move {
            let taken = reception.take(delivery).await;
            drop((held, seat));
            taken
        });
        let again = |status| Answer::again(status, self.shared.limits.retry_after_secs);
        match tokio::time::timeout(self.shared.limits.take_time, taking).await {
            Ok(Ok(Ok(()))) => Answer::of(StatusCode::OK),
            Ok(Ok(Err(Refusal::NoRoom))) => again(StatusCode::INSUFFICIENT_STORAGE),
            Ok(Ok(Err(Refusal::NotNow))) => again(StatusCode::SERVICE_UNAVAILABLE),
            Ok(Err(error)) => {
                tracing::error!(%error, "taking what came ended badly");
                again(StatusCode::SERVICE_UNAVAILABLE)
            }
            Err(_) => {
                tracing::warn!("taking what came lasts too long to be waited for");
                again(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}

/// The `Content-Type` as it came.
fn text_of(headers: &HeaderMap) -> Option<String> {
    headers
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
