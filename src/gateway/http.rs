//! One careful HTTP client for all gateways.
//!
//! What it must be able to say of every request is whether it can have left this machine. So nothing happens here
//! behind the caller's back: no redirect is followed, nothing is tried twice, and no connection is used twice (a kept
//! connection that turns out dead after the request was written would leave that question open). TLS is always
//! verified; plain HTTP goes to this machine only.

use super::GatewayError;
use super::redaction::Redactor;
use crate::domain::Secret;
use crate::domain::account::{check_base_url, is_loopback};
use crate::domain::message::ReasonKind;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER, TRANSFER_ENCODING,
};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use url::Url;

/// Longest body that is read, in bytes, after decompression. A pairing picture in base64 is far below it.
pub const BODY_MAX: usize = 8 * 1024 * 1024;
/// Longest error text kept, in characters.
const WORDS_MAX: usize = 300;
/// Longest wait a server may ask for.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// How long things may take. The whole-request bounds include name, connection, TLS and reading the body to its end,
/// so that a server that lets a byte drip now and then is bounded too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name, connection and TLS.
    pub connect: Duration,
    /// A whole request that changes something.
    pub send: Duration,
    /// A whole request that only reads.
    pub read: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            send: Duration::from_secs(30),
            read: Duration::from_secs(15),
        }
    }
}

/// Which bound of [`Timeouts`] holds for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It changes something at the gateway.
    Send,
    /// It only reads.
    Read,
}

/// An answer with its whole body.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// How long the server asks to wait, at most a day.
    pub retry_after: Option<Duration>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A body may hold personal data and a pairing picture: it is not for logs.
        write!(
            formatter,
            "Answer(HTTP {}, {} bytes)",
            self.status,
            self.body.len()
        )
    }
}

/// How an answer failed to come after the request may have left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Not in time.
    TimedOut,
    /// The connection broke.
    ConnectionLost,
    /// The body is longer than [`BODY_MAX`] or cannot be decompressed.
    Unreadable,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// No byte of the request left this machine.
    NotSent {
        /// What the system said; no secrets, no address.
        words: String,
    },
    /// Some of it may have left, and no whole answer came.
    MaybeSent {
        /// How.
        loss: Loss,
        /// What the system said; no secrets, no address.
        words: String,
        /// What had come until then.
        partial: Option<Answer>,
    },
    /// A whole answer.
    Answered(Answer),
}

impl Loss {
    /// Why nobody knows what became of what was sent.
    #[must_use]
    pub fn reason(self) -> ReasonKind {
        match self {
            Self::TimedOut => ReasonKind::TimedOut,
            Self::ConnectionLost => ReasonKind::ConnectionLost,
            Self::Unreadable => ReasonKind::UnreadableAnswer,
        }
    }
}

impl Outcome {
    /// The answer to a question, one that changes nothing.
    ///
    /// # Errors
    /// [`GatewayError::Unreachable`] or [`GatewayError::Unreadable`] if there is none.
    pub(in crate::gateway) fn answered(self, redactor: &Redactor) -> Result<Answer, GatewayError> {
        let unreachable = |words: &str, may_have_left| GatewayError::Unreachable {
            words: redactor.shown(words, super::WORDS_MAX),
            may_have_left,
        };
        match self {
            Self::Answered(answer) => Ok(answer),
            Self::NotSent { words } => Err(unreachable(&words, false)),
            Self::MaybeSent {
                loss: Loss::Unreadable,
                words,
                ..
            } => Err(GatewayError::Unreadable {
                words: redactor.shown(&words, super::WORDS_MAX),
            }),
            Self::MaybeSent { words, .. } => Err(unreachable(&words, true)),
        }
    }
}

/// The client for one base address.
#[derive(Debug)]
pub struct HttpClient {
    client: reqwest::Client,
    to_this_machine: bool,
    timeouts: Timeouts,
    redactor: Redactor,
}

impl HttpClient {
    /// A client for requests below `base`. Errors pass through `redactor`.
    ///
    /// # Errors
    /// Words, if no client can be made on this machine or the address is neither `https` nor this machine's.
    pub fn new(base: &Url, timeouts: Timeouts, redactor: Redactor) -> Result<Self, String> {
        check_base_url(base.as_str()).map_err(|_| refused_address().to_owned())?;
        let to_this_machine = is_loopback(base);
        let client = build(|| builder(to_this_machine, timeouts.connect))
            .map_err(|error| redactor.shown(&chain(&error.without_url()), WORDS_MAX))?;
        Ok(Self {
            client,
            to_this_machine,
            timeouts,
            redactor,
        })
    }

    /// Cuts the account's secrets out of texts.
    #[must_use]
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Posts a form as `multipart/form-data`, once.
    pub async fn post(&self, url: &Url, fields: Vec<(&'static str, String)>, purpose: Purpose) -> Outcome {
        let form = fields
            .into_iter()
            .fold(reqwest::multipart::Form::new(), |form, (name, value)| {
                form.text(name, value)
            });
        self.run(url, self.client.post(url.clone()).multipart(form), purpose)
            .await
    }

    /// Posts JSON, once. `authorization` is the whole value of that header.
    pub async fn post_json(
        &self,
        url: &Url,
        authorization: &Secret,
        body: Vec<u8>,
        purpose: Purpose,
    ) -> Outcome {
        let Ok(mut authorization) = HeaderValue::from_str(authorization.reveal()) else {
            return Outcome::NotSent {
                words: "the credentials hold characters that cannot be sent".to_owned(),
            };
        };
        authorization.set_sensitive(true);
        let request = self
            .client
            .post(url.clone())
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .body(body);
        self.run(url, request, purpose).await
    }

    /// The bounds of its requests.
    #[must_use]
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// Gets, once.
    pub async fn get(&self, url: &Url, purpose: Purpose) -> Outcome {
        self.run(url, self.client.get(url.clone()), purpose).await
    }

    async fn run(&self, url: &Url, request: reqwest::RequestBuilder, purpose: Purpose) -> Outcome {
        // Looked at again for every request: an address may have been put together from a setting.
        if check_base_url(url.as_str()).is_err() || is_loopback(url) != self.to_this_machine {
            return Outcome::NotSent {
                words: refused_address().to_owned(),
            };
        }
        let bound = match purpose {
            Purpose::Send => self.timeouts.send,
            Purpose::Read => self.timeouts.read,
        };
        match request.timeout(bound).send().await {
            Ok(response) => self.read(response).await,
            // Both are told before the request is handed to a connection. Everything else may have left.
            Err(error) if error.is_builder() || error.is_connect() => Outcome::NotSent {
                words: self.words(error),
            },
            Err(error) => Outcome::MaybeSent {
                loss: loss(&error),
                words: self.words(error),
                partial: None,
            },
        }
    }

    async fn read(&self, mut response: reqwest::Response) -> Outcome {
        let headers = response.headers();
        let ends_with_connection =
            !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING);
        let mut answer = Answer {
            status: response.status().as_u16(),
            retry_after: headers
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok())
                .and_then(|text| retry_after(text, jiff::Timestamp::now())),
            body: Vec::new(),
        };
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if answer.body.len() + chunk.len() > BODY_MAX => {
                    return Outcome::MaybeSent {
                        loss: Loss::Unreadable,
                        words: format!("HTTP {}: the answer is too long", answer.status),
                        partial: Some(answer),
                    };
                }
                Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
                Ok(None) => return Outcome::Answered(answer),
                // Old servers end such a body by closing TLS without a word. If that cut the body short, the document
                // in it has no end, and it is found unreadable there.
                Err(error) if ends_with_connection && is_unannounced_end(&error) => {
                    return Outcome::Answered(answer);
                }
                Err(error) => {
                    return Outcome::MaybeSent {
                        loss: loss(&error),
                        words: self.words(error),
                        partial: Some(answer),
                    };
                }
            }
        }
    }

    fn words(&self, error: reqwest::Error) -> String {
        self.redactor.shown(&chain(&error.without_url()), WORDS_MAX)
    }
}

/// What every client of this program has in common: no redirect is followed, nothing is tried twice, no connection is used
/// twice, and plain HTTP goes to this machine only (past any proxy and name server). `connect` bounds name, connection
/// and TLS.
pub fn builder(to_this_machine: bool, connect: Duration) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Recado/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // One request per connection, so HTTP/2 would bring nothing but a shared connection.
        .pool_max_idle_per_host(0)
        .http1_only()
        .https_only(!to_this_machine);
    if to_this_machine {
        // Neither a proxy nor a name server may lead what is meant for this machine away from it.
        builder.no_proxy().resolve_to_addrs(
            "localhost",
            &[
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ],
        )
    } else {
        builder
    }
}

/// Builds a client with the system's certificates; with the bundled ones where there are none.
///
/// # Errors
/// If no client can be made on this machine.
pub fn build(configured: impl Fn() -> reqwest::ClientBuilder) -> reqwest::Result<reqwest::Client> {
    // An error only says that a provider is installed already.
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    configured().build().or_else(|error| {
        tracing::warn!(error = %chain(&error), "no certificates of the system; using the bundled ones");
        with_bundled_roots(configured())?.build()
    })
}

fn with_bundled_roots(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::ClientBuilder> {
    let roots: Vec<reqwest::Certificate> = webpki_root_certs::TLS_SERVER_ROOT_CERTS
        .iter()
        .map(|certificate| reqwest::Certificate::from_der(certificate))
        .collect::<reqwest::Result<_>>()?;
    Ok(builder.tls_certs_only(roots))
}

fn refused_address() -> &'static str {
    "the address is neither https nor this machine's"
}

fn loss(error: &reqwest::Error) -> Loss {
    if error.is_timeout() {
        Loss::TimedOut
    } else if error.is_decode() && find_io(error).is_none() {
        Loss::Unreadable
    } else {
        Loss::ConnectionLost
    }
}

fn find_io(error: &reqwest::Error) -> Option<std::io::ErrorKind> {
    sources(error).find_map(|source| source.downcast_ref::<std::io::Error>().map(std::io::Error::kind))
}

fn is_unannounced_end(error: &reqwest::Error) -> bool {
    find_io(error) == Some(std::io::ErrorKind::UnexpectedEof)
}

/// An error and its causes, the outermost first.
pub fn sources<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// What an error and its causes say, each once. Of a `reqwest::Error` the address must be taken out before.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = String::new();
    for source in sources(error) {
        let said = source.to_string();
        if !words.ends_with(&said) {
            if !words.is_empty() {
                words.push_str(": ");
            }
            words.push_str(&said);
        }
    }
    words
}

/// Reads `Retry-After`: seconds, or a date.
fn retry_after(text: &str, now: jiff::Timestamp) -> Option<Duration> {
    let text = text.trim();
    let wait = if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(RETRY_AFTER_MAX))
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "http_tls_tests.rs"]
mod tls_tests;
