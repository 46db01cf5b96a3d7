//! Fetching addresses. Whoever made an address up, following it must not lead to this machine or into the private network
//! it stands in, take for ever, fill the disk, or tell anything about the operator.

use super::guard::{Lookup, NotPublic, PublicOnly, SystemLookup, is_public};
use super::patience::FetchPatience;
use crate::domain::account::is_loopback;
use crate::domain::hosting::{FetchProblem, SeenAddress};
use crate::domain::incoming::StoredFile;
use crate::gateway::http;
use crate::gateway::inbound::mime_by_bytes;
use crate::gateway::redaction::Redactor;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, HeaderMap, LOCATION, RANGE};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio::time::timeout;
use url::Url;

/// Most redirects that are followed.
const REDIRECTS_MAX: usize = 3;
/// How much of an address is looked at, in bytes.
const LOOKED_AT: usize = 4 * 1024;
/// Longest words of the system that are kept, in characters.
const WORDS_MAX: usize = 300;

/// Fetches addresses.
#[derive(Clone)]
pub struct Fetcher {
    lookup: Arc<dyn Lookup>,
    patience: FetchPatience,
}

/// What was fetched into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Size in bytes.
    pub bytes: u64,
    /// Type by its first bytes, such as `image/jpeg`; `application/octet-stream` if unknown.
    pub mime: String,
    /// SHA-256 of its content.
    pub sha256: [u8; 32],
}

/// Why nothing was fetched into a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// The address.
    #[error("the address cannot be fetched: {0:?}")]
    Address(FetchProblem),
    /// This disk; what the system said.
    #[error("it cannot be written: {0}")]
    Disk(String),
}

impl From<FetchProblem> for FetchFault {
    fn from(problem: FetchProblem) -> Self {
        Self::Address(problem)
    }
}

/// Fetches `url` like a gateway would and compares length and SHA-256 with `expected`. No redirect is followed: a gateway
/// may not either. With `local`, plain `http` to this machine is allowed (for a gateway that is played there); anything
/// else is `https` at a public address. `progress` is told how many bytes have come.
///
/// # Errors
/// Why it is not there, or [`FetchProblem::Different`].
pub async fn fetch_back(
    url: &str,
    expected: &StoredFile,
    local: bool,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<(), FetchProblem> {
    Fetcher::default()
        .fetch_back(url, expected, local, progress)
        .await
}

/// Looks at the first bytes under an address the operator gave, following at most three redirects.
///
/// # Errors
/// Why it cannot be seen from here; a gateway may see more.
pub async fn look_at(url: &str, local: bool) -> Result<SeenAddress, FetchProblem> {
    Fetcher::default().look_at(url, local).await
}

/// Fetches an address somebody else gave into a new file (0600) of at most `max_bytes`, following at most three redirects,
/// past any proxy: only then is it known where it leads. Given up (dropped), it leaves no file, unless the last byte was here.
///
/// # Errors
/// Why there is no such file now.
pub async fn fetch(
    url: &str,
    into: &Path,
    max_bytes: u64,
    local: bool,
    progress: FetchProgress<'_>,
) -> Result<Fetched, FetchFault> {
    let fetcher = Fetcher::default();
    fetcher.telling(url, into, max_bytes, local, progress).await
}

/// Told how many bytes have come, and how many there are in all, if that is known.
pub type FetchProgress<'a> = &'a (dyn Fn(u64, Option<u64>) + Send + Sync);

impl Default for Fetcher {
    fn default() -> Self {
        Self::new(Arc::new(SystemLookup), FetchPatience::default())
    }
}

/// How an address may be gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Plain or not, it is this machine.
    ThisMachine,
    /// `https`, to where the system's proxy leads or to a public address.
    Outside,
    /// `https`, to a public address, past any proxy.
    OutsideDirect,
}

impl Fetcher {
    /// Finds names and waits as given.
    #[must_use]
    pub fn new(lookup: Arc<dyn Lookup>, patience: FetchPatience) -> Self {
        Self { lookup, patience }
    }

    /// As [`fetch_back`].
    ///
    /// # Errors
    /// As there.
    pub async fn fetch_back(
        &self,
        url: &str,
        expected: &StoredFile,
        local: bool,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<(), FetchProblem> {
        let whole = self.patience.whole_for(expected.bytes);
        timeout(whole, self.compare(url, expected, local, progress))
            .await
            .map_err(|_| FetchProblem::TimedOut)?
    }

    /// As [`look_at`].
    ///
    /// # Errors
    /// As there.
    pub async fn look_at(&self, url: &str, local: bool) -> Result<SeenAddress, FetchProblem> {
        timeout(self.patience.whole, self.see(url, local))
            .await
            .map_err(|_| FetchProblem::TimedOut)?
    }

    /// As [`fetch`], with nobody told how far it is.
    ///
    /// # Errors
    /// As there.
    pub async fn fetch(
        &self,
        url: &str,
        into: &Path,
        max_bytes: u64,
        local: bool,
    ) -> Result<Fetched, FetchFault> {
        self.telling(url, into, max_bytes, local, &|_, _| {}).await
    }

    /// As [`fetch`].
    ///
    /// # Errors
    /// As there.
    pub async fn telling(
        &self,
        url: &str,
        into: &Path,
        max_bytes: u64,
        local: bool,
        progress: FetchProgress<'_>,
    ) -> Result<Fetched, FetchFault> {
        let whole = self.patience.whole_for(max_bytes);
        timeout(whole, self.take(url, into, max_bytes, local, progress))
            .await
            .map_err(|_| FetchProblem::TimedOut)?
    }

    async fn compare(
        &self,
        url: &str,
        expected: &StoredFile,
        local: bool,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<(), FetchProblem> {
        let url = parsed(url)?;
        let way = way(&url, local, Way::Outside)?;
        let mut response = self.get(url, way, None).await?;
        succeeded(&response)?;
        if told_length(response.headers()).is_some_and(|bytes| bytes != expected.bytes) {
            return Err(FetchProblem::Different);
        }
        let (mut digest, mut came) = (Sha256::new(), 0_u64);
        while let Some(chunk) = self.next(&mut response).await? {
            came = came.saturating_add(length(&chunk));
            if came > expected.bytes {
                return Err(FetchProblem::Different);
            }
            digest.update(&chunk);
            progress(came);
        }
        let digest: [u8; 32] = digest.finalize().into();
        if came == expected.bytes && digest == expected.sha256 {
            Ok(())
        } else {
            Err(FetchProblem::Different)
        }
    }

    async fn see(&self, url: &str, local: bool) -> Result<SeenAddress, FetchProblem> {
        let mut response = self.follow(url, local, Some(LOOKED_AT)).await?;
        let bytes = if response.status().as_u16() == 206 {
            whole_length(response.headers())
        } else {
            told_length(response.headers())
        };
        let mut head = Vec::new();
        let mut ended = false;
        while head.len() < LOOKED_AT && !ended {
            match self.next(&mut response).await? {
                Some(chunk) => head.extend_from_slice(&chunk[..chunk.len().min(LOOKED_AT - head.len())]),
                None => ended = true,
            }
        }
        Ok(SeenAddress {
            bytes: bytes.or_else(|| ended.then(|| length(&head))),
            mime: mime_by_bytes(&head).to_owned(),
        })
    }

    async fn take(
        &self,
        url: &str,
        into: &Path,
        max_bytes: u64,
        local: bool,
        progress: FetchProgress<'_>,
    ) -> Result<Fetched, FetchFault> {
        let disk = |error: std::io::Error| FetchFault::Disk(error.to_string());
        let mut response = self.follow(url, local, None).await?;
        let told = told_length(response.headers());
        if told.is_some_and(|bytes| bytes > max_bytes) {
            return Err(FetchProblem::TooLarge(max_bytes).into());
        }
        progress(0, told);
        // Under a name of its own, 0600, until it is whole; gone if it never is.
        let folder = into.parent().unwrap_or_else(|| Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(disk)?;
        let (mut digest, mut bytes, mut head) = (Sha256::new(), 0_u64, Vec::new());
        while let Some(chunk) = self.next(&mut response).await? {
            bytes = bytes.saturating_add(length(&chunk));
            if bytes > max_bytes {
                return Err(FetchProblem::TooLarge(max_bytes).into());
            }
            digest.update(&chunk);
            head.extend_from_slice(&chunk[..chunk.len().min(LOOKED_AT - head.len())]);
            file = written(file, chunk).await.map_err(disk)?;
            progress(bytes, told);
        }
        let into = into.to_owned();
        tokio::task::spawn_blocking(move || {
            file.as_file().sync_all()?;
            file.persist_noclobber(into)
                .map(drop)
                .map_err(|error| error.error)
        })
        .await
        .map_err(|error| FetchFault::Disk(error.to_string()))?
        .map_err(disk)?;
        Ok(Fetched {
            bytes,
            mime: mime_by_bytes(&head).to_owned(),
            sha256: digest.finalize().into(),
        })
    }

    /// Goes where an address leads; each step is looked at like the first.
    async fn follow(
        &self,
        url: &str,
        local: bool,
        first_bytes: Option<usize>,
    ) -> Result<reqwest::Response, FetchProblem> {
        let mut url = parsed(url)?;
        for _ in 0..=REDIRECTS_MAX {
            let way = way(&url, local, Way::OutsideDirect)?;
            let response = self.get(url.clone(), way, first_bytes).await?;
            if !leads_on(response.status().as_u16()) {
                succeeded(&response)?;
                return Ok(response);
            }
            url = response
                .headers()
                .get(LOCATION)
                .and_then(|location| url.join(location.to_str().ok()?).ok())
                .filter(|next| way_of_redirect(next, local))
                .ok_or(FetchProblem::Redirected)?;
        }
        Err(FetchProblem::Redirected)
    }

    async fn get(
        &self,
        url: Url,
        way: Way,
        first_bytes: Option<usize>,
    ) -> Result<reqwest::Response, FetchProblem> {
        let client = http::build(|| self.client_builder(&url, way)).map_err(problem)?;
        let mut request = client.get(url).header(ACCEPT_ENCODING, "identity");
        if let Some(bytes) = first_bytes {
            request = request.header(RANGE, format!("bytes=0-{}", bytes.saturating_sub(1)));
        }
        // The connection has a bound of its own.
        timeout(self.patience.connect + self.patience.stall, request.send())
            .await
            .map_err(|_| FetchProblem::TimedOut)?
            .map_err(problem)
    }

    fn client_builder(&self, url: &Url, way: Way) -> reqwest::ClientBuilder {
        let builder = http::builder(way == Way::ThisMachine, self.patience.connect)
            .no_gzip()
            .no_brotli();
        let guard = |host| Arc::new(PublicOnly::new(Arc::clone(&self.lookup), host));
        match way {
            Way::ThisMachine => builder,
            Way::Outside => builder.dns_resolver(guard(url.host_str().map(str::to_owned))),
            Way::OutsideDirect => builder.no_proxy().dns_resolver(guard(None)),
        }
    }

    /// The next bytes of a body; `None` at its end.
    async fn next(&self, response: &mut reqwest::Response) -> Result<Option<bytes::Bytes>, FetchProblem> {
        timeout(self.patience.stall, response.chunk())
            .await
            .map_err(|_| FetchProblem::TimedOut)?
            .map_err(problem)
    }
}

fn parsed(url: &str) -> Result<Url, FetchProblem> {
    Url::parse(url.trim()).map_err(|_| FetchProblem::NotHttps)
}

/// How an address may be gone to, if it may.
fn way(url: &Url, local: bool, outside: Way) -> Result<Way, FetchProblem> {
    // A name and a word in front of the host would be told to whoever answers.
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(FetchProblem::NotHttps);
    }
    if local && is_loopback(url) {
        return Ok(Way::ThisMachine);
    }
    if url.scheme() != "https" {
        return Err(FetchProblem::NotHttps);
    }
    let public = match url.host() {
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name != "localhost" && !name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(address)) => is_public(address.into()),
        Some(url::Host::Ipv6(address)) => is_public(address.into()),
        None => false,
    };
    public.then_some(outside).ok_or(FetchProblem::NotPublic)
}

/// Whether a redirect may be followed as far as its address tells.
fn way_of_redirect(url: &Url, local: bool) -> bool {
    way(url, local, Way::OutsideDirect).is_ok()
}

fn leads_on(status: u16) -> bool {
    matches!(status, 300..=399)
}

fn succeeded(response: &reqwest::Response) -> Result<(), FetchProblem> {
    match response.status().as_u16() {
        200..=299 => Ok(()),
        status if leads_on(status) => Err(FetchProblem::Redirected),
        status => Err(FetchProblem::Status(status)),
    }
}

fn told_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The length behind the `/` of `bytes 0-9/100`.
fn whole_length(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit_once('/')?.1.trim().parse().ok()
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

async fn written(
    file: tempfile::NamedTempFile,
    chunk: bytes::Bytes,
) -> std::io::Result<tempfile::NamedTempFile> {
    tokio::task::spawn_blocking(move || {
        let mut file = file;
        file.write_all(&chunk)?;
        Ok(file)
    })
    .await
    .map_err(std::io::Error::other)?
}

/// What went wrong, without the address: it may carry a signature.
fn problem(error: reqwest::Error) -> FetchProblem {
    let error = error.without_url();
    if http::sources(&error).any(|source| source.is::<NotPublic>()) {
        FetchProblem::NotPublic
    } else if error.is_timeout() {
        FetchProblem::TimedOut
    } else {
        FetchProblem::Unreachable(Redactor::default().shown(&http::chain(&error), WORDS_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_judged_by_the_address() {
        let judged = |text: &str, local| parsed(text).and_then(|url| way(&url, local, Way::OutsideDirect));
        for good in [
            "https://files.example/a",
            "https://8.8.8.8/",
            "https://[2606:4700::1]/",
        ] {
            assert_eq!(judged(good, false), Ok(Way::OutsideDirect), "{good}");
            assert_eq!(judged(good, true), Ok(Way::OutsideDirect), "{good}");
        }
        for bad in [
            "",
            "files.example",
            "http://files.example/",
            "ftp://files.example/",
            "file:///etc/passwd",
            "https://user@files.example/",
            "https://user:word@files.example/",
        ] {
            assert_eq!(judged(bad, false), Err(FetchProblem::NotHttps), "{bad}");
            assert_eq!(judged(bad, true), Err(FetchProblem::NotHttps), "{bad}");
        }
        for near in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://localhost/",
            "https://a.localhost./",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
        ] {
            assert_eq!(judged(near, false), Err(FetchProblem::NotPublic), "{near}");
        }
        for private in [
            "https://10.0.0.1/",
            "https://169.254.169.254/",
            "https://[fd00::1]/",
        ] {
            assert_eq!(judged(private, true), Err(FetchProblem::NotPublic), "{private}");
        }
        assert_eq!(judged("http://127.0.0.1:9/", true), Ok(Way::ThisMachine));
        assert_eq!(judged("http://localhost:9/", true), Ok(Way::ThisMachine));
        assert_eq!(judged("http://127.0.0.1:9/", false), Err(FetchProblem::NotHttps));
    }

    #[test]
    fn lengths_are_read() {
        let mut headers = HeaderMap::new();
        assert_eq!(whole_length(&headers), None);
        for (text, wanted) in [
            ("bytes 0-9/100", Some(100)),
            ("bytes 0-9/*", None),
            ("nonsense", None),
            ("bytes */0", Some(0)),
        ] {
            headers.insert(CONTENT_RANGE, text.parse().unwrap());
            assert_eq!(whole_length(&headers), wanted, "{text}");
        }
    }
}
