//! Storage that speaks the S3 protocol. Every request is signed in its address (AWS Signature Version 4, "authenticating
//! requests: using query parameters") and goes out through our own HTTP client.

use super::answers::{BODY_MAX, Failure, Reply};
use super::body::{Stretch, Taken};
use super::fields::{bucket_of, check_config};
use super::patience::StoragePatience;
use crate::domain::account::is_loopback;
use crate::domain::hosting::{FetchProblem, HOSTED_MAX, HostingError, StorageConfig, StorageKeys};
use crate::gateway::http;
use crate::gateway::redaction::Redactor;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use rusty_s3::signing::sign;
use rusty_s3::{Bucket, Method};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// How long a request of our own may travel before its signature ends: clocks may differ by as much.
const REQUEST_LASTS: Duration = Duration::from_secs(15 * 60);
/// How often a request is tried.
const TRIES: u32 = 3;
/// Longest words of the system that are kept, in characters.
const WORDS_MAX: usize = 300;

/// A bucket and the keys to it.
pub struct Storage {
    client: reqwest::Client,
    bucket: Bucket,
    keys: StorageKeys,
    redactor: Redactor,
    pub(super) patience: StoragePatience,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Storage({})", self.bucket.name())
    }
}

/// A request. Query and headers are in the order of their names, which the signature needs.
pub(super) struct Call<'a> {
    pub(super) method: Method,
    pub(super) key: &'a str,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) load: Load<'a>,
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum Load<'a> {
    /// Nothing.
    Nothing,
    /// A short text.
    Text(&'a str),
    /// A stretch of a file, and whom to tell how many bytes of it are done.
    File(Stretch<'a>, &'a (dyn Fn(u64) + Send + Sync)),
}

impl Storage {
    /// Storage in which nothing has been asked yet.
    ///
    /// # Errors
    /// [`HostingError::Fields`] if a field cannot stand; [`HostingError::StorageUnreachable`] if this machine can make no
    /// HTTP client.
    pub fn new(config: &StorageConfig, keys: &StorageKeys) -> Result<Self, HostingError> {
        Self::with_patience(config, keys, StoragePatience::default())
    }

    /// The same, waiting differently.
    ///
    /// # Errors
    /// As [`Storage::new`].
    pub fn with_patience(
        config: &StorageConfig,
        keys: &StorageKeys,
        patience: StoragePatience,
    ) -> Result<Self, HostingError> {
        let problems = check_config(config, Some(keys));
        let Some(bucket) = bucket_of(config).filter(|_| problems.is_empty()) else {
            return Err(HostingError::Fields(problems));
        };
        let redactor = Redactor::new([&keys.access_key, &keys.secret_key]);
        let to_this_machine = Url::parse(config.endpoint.trim()).is_ok_and(|url| is_loopback(&url));
        let host = bucket.base_url().host_str().unwrap_or_default().to_owned();
        let client =
            http::build(|| client_builder(to_this_machine, &host, patience.connect)).map_err(|error| {
                HostingError::StorageUnreachable(
                    redactor.shown(&http::chain(&error.without_url()), WORDS_MAX),
                )
            })?;
        Ok(Self {
            client,
            bucket,
            keys: keys.clone(),
            redactor,
            patience,
        })
    }

    /// An address under which the object can be fetched without keys, for `valid` from now (a second to
    /// [`HOSTED_MAX`], which is also the longest the protocol knows). It carries a signature: whoever has it has the file.
    #[must_use]
    pub fn address(&self, key: &str, valid: Duration) -> Url {
        let valid = valid.clamp(Duration::from_secs(1), HOSTED_MAX);
        self.signed(Method::Get, key, &[], &[], valid)
    }

    /// Removes an object. One that is not there counts as removed.
    ///
    /// # Errors
    /// [`HostingError::StorageUnreachable`] or [`HostingError::StorageRefused`].
    pub async fn remove(&self, key: &str) -> Result<(), HostingError> {
        self.delete(key, Vec::new(), "NoSuchKey").await
    }

    /// Gives up an upload in parts and frees what it has stored. One that is not there counts as given up.
    ///
    /// # Errors
    /// [`HostingError::StorageUnreachable`] or [`HostingError::StorageRefused`].
    pub async fn abort(&self, key: &str, upload_id: &str) -> Result<(), HostingError> {
        self.delete(key, vec![("uploadId", upload_id.to_owned())], "NoSuchUpload")
            .await
    }

    async fn delete(
        &self,
        key: &str,
        query: Vec<(&'static str, String)>,
        gone: &str,
    ) -> Result<(), HostingError> {
        let call = Call {
            method: Method::Delete,
            key,
            query,
            headers: Vec::new(),
            load: Load::Nothing,
        };
        match self.ask(&call).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.has_code(gone) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Asks until there is an answer that tells more than "again", at most three times.
    pub(super) async fn ask(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let mut tries = 1;
        loop {
            match self.once(call).await {
                Err(failure) if failure.may_pass() && tries < TRIES => {
                    tokio::time::sleep(self.patience.backoff * 4_u32.pow(tries - 1)).await;
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn once(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let taken = Arc::new(Taken::default());
        let request = self.request(call, &taken).await?;
        let (bytes, progress): (u64, &(dyn Fn(u64) + Send + Sync)) = match call.load {
            Load::File(stretch, progress) => (stretch.bytes, progress),
            Load::Nothing | Load::Text(_) => (0, &|_| {}),
        };
        let mut answer = pin!(request.send());
        let response = loop {
            let bound = if taken.bytes() < bytes {
                self.patience.stall
            } else {
                self.patience.answer
            };
            tokio::select! {
                outcome = &mut answer => break outcome.map_err(|error| self.unreachable(error))?,
                () = taken.moved() => progress(taken.bytes()),
                () = tokio::time::sleep(bound) => return Err(stalled(bound)),
            }
        };
        let reply = timeout(self.patience.answer, self.read(response))
            .await
            .map_err(|_| stalled(self.patience.answer))??
            .success(self.bucket.region(), &self.redactor)?;
        // The last step may have gone untold.
        progress(bytes);
        Ok(reply)
    }

    async fn request(&self, call: &Call<'_>, taken: &Arc<Taken>) -> Result<reqwest::RequestBuilder, Failure> {
        let url = self.signed(call.method, call.key, &call.query, &call.headers, REQUEST_LASTS);
        let method = match call.method {
            Method::Head => reqwest::Method::HEAD,
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = self
            .client
            .request(method, url)
            .header(ACCEPT_ENCODING, "identity");
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        Ok(match call.load {
            Load::Nothing if matches!(call.method, Method::Post | Method::Put) => {
                request.header(CONTENT_LENGTH, 0)
            }
            Load::Nothing => request,
            Load::Text(text) => request.body(text.to_owned()),
            Load::File(stretch, _) => request
                // Without it the body would go out in chunks, which storage refuses.
                .header(CONTENT_LENGTH, stretch.bytes)
                .body(stretch.open(taken).await.map_err(Failure::FileLost)?),
        })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Reply, Failure> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while body.len() < BODY_MAX {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = BODY_MAX - body.len();
                    body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                }
                Ok(None) => break,
                Err(error) => return Err(self.unreachable(error)),
            }
        }
        Ok(Reply {
            status,
            headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    fn signed(
        &self,
        method: Method,
        key: &str,
        query: &[(&'static str, String)],
        headers: &[(&'static str, String)],
        valid: Duration,
    ) -> Url {
        sign(
            &jiff::Timestamp::now(),
            method,
            self.bucket.object_url(key),
            self.keys.access_key.reveal(),
            self.keys.secret_key.reveal(),
            None,
            self.bucket.region(),
            valid.as_secs(),
            query.iter().map(|(name, value)| (*name, value.as_str())),
            headers.iter().map(|(name, value)| (*name, value.as_str())),
        )
    }

    fn unreachable(&self, error: reqwest::Error) -> Failure {
        Failure::Unreachable(self.redactor.shown(&http::chain(&error.without_url()), WORDS_MAX))
    }
}

fn client_builder(to_this_machine: bool, host: &str, connect: Duration) -> reqwest::ClientBuilder {
    let builder = http::builder(to_this_machine, connect).no_gzip().no_brotli();
    if to_this_machine {
        // `bucket.localhost`.
        let here = [
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        ];
        builder.resolve_to_addrs(host, &here)
    } else {
        builder
    }
}

/// Nothing moved for as long as is waited: told by the key of a sentence, for nobody said anything.
fn stalled(bound: Duration) -> Failure {
    tracing::debug!(?bound, "the storage did not move");
    Failure::Unreachable(FetchProblem::TimedOut.key().to_owned())
}
