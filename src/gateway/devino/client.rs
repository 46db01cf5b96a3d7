//! The client: `POST /whatsapp/messages`, several messages in one call. Document, section "Enviando".

use super::batches::Parts;
use super::replies::{self, Judgement};
use super::{BY_KEY, BY_LOGIN, CAPABILITIES, requests};
use crate::domain::Secret;
use crate::domain::health::PhoneStatus;
use crate::domain::outbox::SendVerdict;
use crate::gateway::credentials::refused;
use crate::gateway::http::{HttpClient, Outcome, Purpose, Timeouts};
use crate::gateway::{Capabilities, Credentials, Gateway, GatewayError, SendReport, SendRequest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use url::Url;

/// Where messages are posted, below the base address.
const PATH: [&str; 2] = ["whatsapp", "messages"];

/// A send is over after this long, however many calls it takes: none is begun that could end later.
const SENDS_WITHIN: Duration = Duration::from_secs(45);

/// The client of one account.
#[derive(Debug)]
pub struct Devino {
    http: HttpClient,
    base: Url,
    authorization: Secret,
    sender: String,
    /// How many messages the gateway takes in one call, as far as it is known: what was refused as too many is not tried
    /// again.
    most: AtomicUsize,
    /// No further call of a send is begun.
    stops: AtomicBool,
}

impl Devino {
    /// A client for an account.
    ///
    /// # Errors
    /// [`GatewayError::CredentialsRefused`] if a credential is missing or cannot be sent, [`GatewayError::Unreachable`] if
    /// the base address is refused or no HTTP client can be made on this machine.
    pub fn new(credentials: Credentials) -> Result<Self, GatewayError> {
        Self::with_timeouts(credentials, Timeouts::default())
    }

    /// The same with other bounds.
    ///
    /// # Errors
    /// As [`Devino::new`].
    pub fn with_timeouts(credentials: Credentials, timeouts: Timeouts) -> Result<Self, GatewayError> {
        let (authorization, secrets) = authorization(&credentials)?;
        let sender = credentials.required("sender")?.reveal().to_owned();
        Ok(Self {
            http: credentials.http(timeouts, &secrets)?,
            base: credentials.base_url,
            authorization,
            sender,
            most: AtomicUsize::new(CAPABILITIES.batch_max),
            stops: AtomicBool::new(false),
        })
    }

    /// The address to post to, whether or not the base address ends in `/`, and also if it is that address already.
    fn address(&self) -> Url {
        let mut url = self.base.clone();
        url.set_fragment(None);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
        }
        let is_whole = url
            .path_segments()
            .is_some_and(|segments| segments.rev().take(2).eq(PATH.into_iter().rev()));
        if !is_whole && let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(PATH);
        }
        url
    }

    async fn post(&self, body: Result<Vec<u8>, String>, purpose: Purpose) -> Outcome {
        match body {
            Ok(body) => {
                self.http
                    .post_json(&self.address(), &self.authorization, body, purpose)
                    .await
            }
            Err(words) => Outcome::NotSent { words },
        }
    }

    /// Sends messages in as few calls as the gateway takes. What it refused for being too many, or along with a faulty
    /// message, goes out again in smaller parts; each such call has fewer messages than the one before, so there is an
    /// end. Once a call was not answered for certain, or the time is over, nothing more is tried.
    async fn send_all(&self, requests: &[SendRequest]) -> Vec<SendReport> {
        let begun = Instant::now();
        // One account, one secret in all of their addresses.
        let callback = requests.iter().find_map(|request| request.callback.as_ref());
        let redactor = self.http.redactor().with_callback(callback);
        let mut parts = Parts::of(requests.len(), self.most.load(Ordering::Relaxed));
        while let Some(part) = parts.next() {
            if let Some(words) = self.begins_no_more(&parts, begun) {
                parts.leave(part, words);
                break;
            }
            let body = requests::body(&self.sender, part.iter().filter_map(|index| requests.get(*index)));
            let outcome = self.post(body, Purpose::Send).await;
            let raw = replies::raw(&outcome, &redactor);
            let judgement = replies::judge(&outcome, part.len(), &redactor);
            if judgement == Judgement::TooMany {
                // The next batches are not made so large again.
                self.most
                    .fetch_min(part.len().div_ceil(2).max(1), Ordering::Relaxed);
            }
            parts.apply(part, judgement, raw.as_deref());
        }
        parts.reports()
    }

    /// Why no further call is begun. The first one always is.
    fn begins_no_more(&self, parts: &Parts, begun: Instant) -> Option<&'static str> {
        if !parts.has_begun() {
            None
        } else if self.stops.load(Ordering::Relaxed) {
            Some("the program stops")
        } else if begun.elapsed() + self.http.timeouts().send > SENDS_WITHIN {
            Some("the gateway took too long over the messages before")
        } else {
            None
        }
    }
}

/// The value of the header, and everything that no text may hold.
fn authorization(credentials: &Credentials) -> Result<(Secret, Vec<Secret>), GatewayError> {
    match credentials.auth_form() {
        "" | BY_KEY => {
            let key = credentials.required("key")?;
            if !key.reveal().bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(refused("the key holds characters that cannot be sent"));
            }
            Ok((Secret::new(format!("Key {}", key.reveal())), vec![key]))
        }
        BY_LOGIN => {
            let (login, password) = (credentials.required("login")?, credentials.required("password")?);
            if login.reveal().contains(':') {
                return Err(refused("a login cannot hold a colon"));
            }
            let both = Secret::new(format!("{}:{}", login.reveal(), password.reveal()));
            let encoded = Secret::new(STANDARD.encode(both.reveal()));
            let header = Secret::new(format!("Basic {}", encoded.reveal()));
            Ok((header, vec![password, both, encoded]))
        }
        other => Err(refused(format!(
            "there is no way {other} of sending the credentials"
        ))),
    }
}

impl Gateway for Devino {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn send<'a>(&'a self, request: &'a SendRequest) -> BoxFuture<'a, SendReport> {
        Box::pin(async move {
            let reports = self.send_all(std::slice::from_ref(request)).await;
            reports.into_iter().next().unwrap_or_else(|| SendReport {
                verdict: SendVerdict::NotSent {
                    words: "there was nothing to send".to_owned(),
                },
                raw: None,
            })
        })
    }

    fn send_many<'a>(&'a self, requests: &'a [SendRequest]) -> BoxFuture<'a, Vec<SendReport>> {
        Box::pin(self.send_all(requests))
    }

    fn begin_no_more(&self) {
        self.stops.store(true, Ordering::Relaxed);
    }

    /// Posts an empty list, which the gateway refuses once it has taken the credentials.
    fn test(&self) -> BoxFuture<'_, Result<Option<PhoneStatus>, GatewayError>> {
        Box::pin(async move {
            let outcome = self.post(requests::body(&self.sender, []), Purpose::Read).await;
            replies::tested(outcome, self.http.redactor()).map(|()| None)
        })
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "bad_replies_tests.rs"]
mod bad_replies_tests;

#[cfg(test)]
#[path = "golden_tests.rs"]
mod golden_tests;
