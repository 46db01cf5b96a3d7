//! The gateway fetches the attachment of a message as it begins to send it, over real HTTP, and notes what came. It
//! never leaves this machine: an address that leads elsewhere is not fetched, and its message goes as it is.

use super::faults::Times;
use super::life::{Played, Shared};
use super::state::SimulatorState;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use url::{Host, Url};

/// `codigo_status` of a message that could not be sent. Beyond the vendor's document, which names no failure.
pub(super) const FAILED: u8 = 4;
/// Largest attachment, in bytes.
const MAX_BYTES: u64 = 128 * 1024 * 1024;
/// How long fetching may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What goes wrong while an attachment is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentFault {
    /// It is not asked for, as if the address could not be reached.
    Fails,
    /// It is asked for only after so long.
    Slow(Duration),
}

/// What came when an attachment was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedAttachment {
    /// When it was fetched, since the gateway began.
    pub at: Duration,
    /// HTTP status; `None` if no answer came.
    pub status: Option<u16>,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// Length of the body that came, in bytes.
    pub bytes: u64,
    /// SHA-256 of the body that came.
    pub sha256: [u8; 32],
    /// Why it cannot be sent, if it cannot.
    pub problem: Option<String>,
}

impl FetchedAttachment {
    fn nothing(problem: impl Into<String>) -> Self {
        Self {
            at: Duration::ZERO,
            status: None,
            content_type: None,
            bytes: 0,
            sha256: Sha256::digest([]).into(),
            problem: Some(problem.into()),
        }
    }

    /// Whether it can be sent.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.problem.is_none()
    }
}

/// The fetching, as far as it is.
#[derive(Debug, Default)]
pub(super) struct Fetching {
    faults: VecDeque<(AttachmentFault, Times)>,
    /// Of the message that is being sent: its number, its address, and whether the task has taken it.
    current: Option<(usize, Url, bool)>,
}

/// Something to be fetched.
struct Errand {
    message: usize,
    url: Url,
    fault: Option<AttachmentFault>,
}

impl Fetching {
    /// Whether a message waits for its attachment; no other is sent meanwhile.
    pub(super) fn is_busy(&self) -> bool {
        self.current.is_some()
    }

    pub(super) fn arm(&mut self, fault: AttachmentFault, times: Times) {
        if times != Times::Next(0) {
            self.faults.push_back((fault, times));
        }
    }

    pub(super) fn clear_faults(&mut self) {
        self.faults.clear();
    }

    fn take_fault(&mut self) -> Option<AttachmentFault> {
        let (fault, times) = self.faults.front_mut()?;
        let fault = *fault;
        if times.use_up() {
            self.faults.pop_front();
        }
        Some(fault)
    }

    /// Begins with what a message carries; `false` if its address does not lead here.
    pub(super) fn begin(&mut self, message: usize, address: &str) -> bool {
        let url = Url::parse(address).ok().filter(leads_here);
        let begins = url.is_some();
        if let Some(url) = url {
            self.current = Some((message, url, false));
        }
        begins
    }

    /// What was begun has come to its end.
    pub(super) fn end(&mut self) {
        self.current = None;
    }

    fn take_errand(&mut self) -> Option<Errand> {
        let (message, url, taken) = self.current.as_mut().filter(|(_, _, taken)| !taken)?;
        *taken = true;
        let (message, url) = (*message, url.clone());
        let fault = self.take_fault();
        Some(Errand { message, url, fault })
    }
}

/// A played vendor that fetches what messages carry.
pub(super) trait Fetches: Played {
    /// The fetching.
    fn fetching(&mut self) -> &mut Fetching;

    /// An attachment was fetched, or was not: its message is sent, or ends.
    fn fetched(&mut self, message: usize, fetched: FetchedAttachment, began: Instant, now: Instant);
}

impl SimulatorState {
    /// Begins to fetch what a message carries; `false` if there is nothing to be fetched.
    pub(super) fn begin_fetch(&mut self, message: usize) -> bool {
        if !self.config.fetches_attachments {
            return false;
        }
        let record = self.ledger.messages().get(message);
        record
            .filter(|record| record.attachment.is_none())
            .map(|record| record.attachment_url.clone())
            .is_some_and(|address| self.fetching.begin(message, &address))
    }
}

impl Fetches for SimulatorState {
    fn fetching(&mut self) -> &mut Fetching {
        &mut self.fetching
    }

    fn fetched(&mut self, message: usize, mut fetched: FetchedAttachment, began: Instant, now: Instant) {
        fetched.at = self.since_start(began);
        let there = fetched.is_there();
        self.fetching.end();
        self.queue.resume(now);
        if let Some(record) = self.ledger.message_mut(message) {
            record.attachment = Some(fetched);
        }
        if there {
            self.send(message, now);
        } else {
            let at = self.since_start(now);
            self.ledger.note_status(message, FAILED, at);
            self.tell_status(message, FAILED, now);
        }
        self.touch();
    }
}

/// Fetches what messages carry, one after another, until the gateway stops.
pub(super) async fn fetch_all<S: Fetches>(shared: Arc<Shared<S>>) {
    let client = match super::webhook::courier::client(1) {
        Ok(client) => client,
        Err(error) => return tracing::warn!(%error, "the played gateway cannot fetch attachments"),
    };
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        if let Some(errand) = shared.with(|state, _| state.fetching().take_errand()) {
            let began = Instant::now();
            let fetched = tokio::select! {
                () = shared.stop.cancelled() => return,
                fetched = run(&client, &errand) => fetched,
            };
            shared.with(|state, now| state.fetched(errand.message, fetched, began, now));
            continue;
        }
        tokio::select! {
            () = shared.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}

async fn run(client: &reqwest::Client, errand: &Errand) -> FetchedAttachment {
    match errand.fault {
        Some(AttachmentFault::Fails) => return FetchedAttachment::nothing("not asked for: played"),
        Some(AttachmentFault::Slow(wait)) => tokio::time::sleep(wait).await,
        None => {}
    }
    timeout(PATIENCE, get(client, errand.url.clone()))
        .await
        .unwrap_or_else(|_| FetchedAttachment::nothing("no whole answer in time"))
}

async fn get(client: &reqwest::Client, url: Url) -> FetchedAttachment {
    let mut response = match client.get(url).send().await {
        Ok(response) => response,
        Err(error) => return FetchedAttachment::nothing(error.without_url().to_string()),
    };
    let status = response.status().as_u16();
    let content_type = response
        .headers()
        .get(reqwest::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    // Nobody follows on behalf of the sender: only what is answered here counts.
    let mut problem = (status != 200).then(|| format!("HTTP status {status}"));
    loop {
        match response.chunk().await {
            Ok(Some(piece)) => {
                bytes += piece.len() as u64;
                hash.update(&piece);
            }
            Ok(None) => break,
            Err(error) => {
                problem = Some(error.without_url().to_string());
                break;
            }
        }
        if bytes > MAX_BYTES {
            problem = Some(format!("more than {MAX_BYTES} bytes"));
            break;
        }
    }
    if bytes == 0 {
        problem = problem.or_else(|| Some("an empty body".to_owned()));
    }
    FetchedAttachment {
        at: Duration::ZERO,
        status: Some(status),
        content_type,
        bytes,
        sha256: hash.finalize().into(),
        problem,
    }
}

/// Whether an address leads to this machine.
pub(super) fn leads_here(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    };
    loopback && matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_fetched() {
        let table = [
            ("http://127.0.0.1:8/a.jpg", true),
            ("https://127.9.9.9/a.jpg", true),
            ("http://[::1]/a.jpg", true),
            ("http://LOCALHOST/a.jpg", true),
            ("https://files.example/a.jpg", false),
            ("http://localhost.files.example/a.jpg", false),
            ("http://192.168.0.1/a.jpg", false),
            ("ftp://127.0.0.1/a.jpg", false),
        ];
        for (address, expected) in table {
            assert_eq!(leads_here(&Url::parse(address).unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn faults_are_used_up_in_order() {
        let mut fetching = Fetching::default();
        fetching.arm(AttachmentFault::Fails, Times::Next(0));
        fetching.arm(AttachmentFault::Fails, Times::Next(2));
        fetching.arm(AttachmentFault::Slow(Duration::from_secs(1)), Times::Always);
        let taken: Vec<_> = (0..4).map(|_| fetching.take_fault()).collect();
        let slow = Some(AttachmentFault::Slow(Duration::from_secs(1)));
        assert_eq!(taken[..2], [Some(AttachmentFault::Fails); 2]);
        assert_eq!(taken[2..], [slow; 2]);
        fetching.clear_faults();
        assert_eq!(fetching.take_fault(), None);
    }
}
