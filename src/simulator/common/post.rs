//! What a played vendor that speaks JSON has to tell, and how it is told.

use super::super::attachments::leads_here;
use super::super::life::{Played as _, Shared};
use super::super::webhook::courier;
use super::super::webhook::{WebhookAttempt, WebhookEnd, WebhookRetry};
use super::ledger::{Call, Told};
use super::state::VendorState;
use super::vendor::Vendor;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use url::Url;

/// Most that may wait to be told; what comes on top is forgotten, and the ledger says so.
const WAITING_MAX: usize = 10_000;

/// What is written in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An object of an array; others for the same address may come with it.
    Entry(String),
    /// All of the body.
    Whole {
        /// `Content-Type`.
        content_type: Option<&'static str>,
        /// The body.
        body: Bytes,
    },
}

/// One thing to tell.
#[derive(Debug)]
struct Letter {
    /// Its number among the calls of the book.
    record: usize,
    /// The message's own address; `None` for the one in the panel.
    address: Option<Url>,
    content: Content,
    /// When the first attempt was, and how many there were.
    tried: Option<(Instant, u32)>,
}

/// What waits to be told.
#[derive(Debug)]
pub struct Post {
    /// The address entered in the vendor's panel.
    pub(super) webhook: Option<Url>,
    /// How stubbornly.
    pub(super) retry: WebhookRetry,
    /// How long an attempt may take.
    timeout: Duration,
    waiting: BTreeMap<(Instant, u64), Letter>,
    numbered: u64,
    in_flight: usize,
}

/// One POST.
struct Parcel {
    letters: Vec<Letter>,
    /// `None` if there is none, or it leads away from this computer.
    url: Option<Url>,
    content_type: Option<&'static str>,
    body: Bytes,
    timeout: Duration,
}

enum Next {
    Parcel(Parcel),
    At(Instant),
    Nothing,
}

impl Post {
    pub(super) fn new(webhook: Option<Url>, retry: WebhookRetry, timeout: Duration) -> Self {
        Self {
            webhook,
            retry,
            timeout,
            waiting: BTreeMap::new(),
            numbered: 0,
            in_flight: 0,
        }
    }

    /// Nothing waits and nothing is being told.
    pub(super) fn is_quiet(&self) -> bool {
        self.waiting.is_empty() && self.in_flight == 0
    }

    fn push(&mut self, letter: Letter, due: Instant) {
        self.numbered += 1;
        self.waiting.insert((due, self.numbered), letter);
    }

    fn take(&mut self, entries_max: usize, now: Instant) -> Next {
        let Some((&(due, _), _)) = self.waiting.first_key_value() else {
            return Next::Nothing;
        };
        if due > now {
            return Next::At(due);
        }
        let Some((_, first)) = self.waiting.pop_first() else {
            return Next::Nothing;
        };
        let url = first.address.clone().or_else(|| self.webhook.clone());
        let (content_type, body, letters) = match &first.content {
            Content::Whole { content_type, body } => (*content_type, body.clone(), vec![first]),
            Content::Entry(_) => self.pack(first, entries_max, now),
        };
        self.in_flight = letters.len();
        Next::Parcel(Parcel {
            letters,
            url: url.filter(leads_here),
            content_type,
            body,
            timeout: self.timeout,
        })
    }

    /// An array of an entry and of what else is due for the same address.
    fn pack(
        &mut self,
        first: Letter,
        entries_max: usize,
        now: Instant,
    ) -> (Option<&'static str>, Bytes, Vec<Letter>) {
        let mut letters = vec![first];
        let fitting: Vec<_> = self
            .waiting
            .range(..=(now, u64::MAX))
            .filter(|(_, other)| {
                other.address == letters[0].address && matches!(other.content, Content::Entry(_))
            })
            .map(|(key, _)| *key)
            .take(entries_max.saturating_sub(1))
            .collect();
        letters.extend(fitting.iter().filter_map(|key| self.waiting.remove(key)));
        let entries: Vec<&str> = letters
            .iter()
            .filter_map(|letter| match &letter.content {
                Content::Entry(entry) => Some(entry.as_str()),
                Content::Whole { .. } => None,
            })
            .collect();
        let body = format!("[{}]", entries.join(","));
        (Some("application/json"), Bytes::from(body), letters)
    }
}

impl<V: Vendor> VendorState<V> {
    /// Something to tell, at a message's own address or at the one in the panel.
    pub(in crate::simulator) fn post(
        &mut self,
        told: Told,
        address: Option<Url>,
        content: Content,
        now: Instant,
    ) {
        let full = self.post.waiting.len() >= WAITING_MAX;
        let record = self.book.calls.len();
        self.book.calls.push(Call {
            told,
            address: address.clone(),
            ready_at: self.since_start(now),
            attempts: Vec::new(),
            end: full.then_some(WebhookEnd::Overflowed),
        });
        if !full {
            let letter = Letter {
                record,
                address,
                content,
                tried: None,
            };
            self.post.push(letter, now);
        }
    }

    /// What became of an attempt; what was not answered is told again later.
    fn note_attempt(&mut self, parcel: Parcel, began: Instant, status: Option<u16>, now: Instant) {
        let attempt = WebhookAttempt {
            at: self.since_start(began),
            took: now.saturating_duration_since(began),
            status,
        };
        self.post.in_flight = 0;
        for mut letter in parcel.letters {
            let (first, attempts) = letter.tried.unwrap_or((began, 0));
            letter.tried = Some((first, attempts + 1));
            let elapsed = now.saturating_duration_since(first);
            let end = match (parcel.url.is_some(), status) {
                (false, _) => Some(WebhookEnd::NoAddress),
                (true, Some(200..=299)) => Some(WebhookEnd::Acknowledged),
                (true, Some(100..=499)) => Some(WebhookEnd::Refused),
                (true, _) => None,
            };
            let wait = self.post.retry.wait_after(attempts + 1, elapsed);
            let end = end.or(wait.is_none().then_some(WebhookEnd::GivenUp));
            if let Some(call) = self.book.calls.get_mut(letter.record) {
                call.attempts
                    .extend(parcel.url.is_some().then(|| attempt.clone()));
                call.end = end;
            }
            if let (None, Some(wait)) = (end, wait) {
                self.post.push(letter, now + wait);
            }
        }
        self.touch();
    }
}

/// Tells what there is to tell, until the vendor stops.
pub(super) async fn carry<V: Vendor>(shared: Arc<Shared<VendorState<V>>>) {
    let client = match courier::client(4) {
        Ok(client) => client,
        Err(error) => return tracing::warn!(%error, "the played gateway cannot tell what happens"),
    };
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        let until = match shared.with(|state, now| state.post.take(state.vendor.entries_max(), now)) {
            Next::Parcel(parcel) => {
                tokio::select! {
                    () = shared.stop.cancelled() => return,
                    () = deliver(&shared, &client, parcel) => continue,
                }
            }
            Next::At(instant) => Some(instant),
            Next::Nothing => None,
        };
        let until_due = async {
            match until {
                Some(instant) => sleep_until(instant).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shared.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
            () = until_due => {}
        }
    }
}

async fn deliver<V: Vendor>(shared: &Shared<VendorState<V>>, client: &reqwest::Client, parcel: Parcel) {
    let began = Instant::now();
    let status = match parcel.url.clone() {
        Some(url) => {
            let body = parcel.body.clone();
            courier::post(client, url, parcel.content_type, body, parcel.timeout).await
        }
        None => None,
    };
    shared.with(|state, now| state.note_attempt(parcel, began, status, now));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(record: usize, path: &str, content: Content) -> Letter {
        Letter {
            record,
            address: Url::parse(&format!("http://127.0.0.1/{path}")).ok(),
            content,
            tried: None,
        }
    }

    #[test]
    fn entries_for_one_address_are_told_together() {
        let now = Instant::now();
        let mut post = Post::new(None, WebhookRetry::fast(), Duration::ZERO);
        let entry = |number: usize| Content::Entry(number.to_string());
        let whole = Content::Whole {
            content_type: None,
            body: Bytes::from_static(b"whole"),
        };
        let later = now + Duration::from_secs(1);
        for (number, path, content, due) in [
            (0, "a", entry(0), now),
            (1, "b", entry(1), now),
            (2, "a", entry(2), now),
            (3, "a", whole, now),
            (4, "a", entry(4), now),
            (5, "a", entry(5), now),
            (6, "a", entry(6), later),
        ] {
            post.push(letter(number, path, content), due);
        }
        let mut told = Vec::new();
        while let Next::Parcel(parcel) = post.take(3, now) {
            let records: Vec<usize> = parcel.letters.iter().map(|letter| letter.record).collect();
            told.push((String::from_utf8(parcel.body.to_vec()).unwrap(), records));
        }
        let told: Vec<_> = told
            .iter()
            .map(|(body, records)| (body.as_str(), records.as_slice()))
            .collect();
        let expected: [(&str, &[usize]); 4] = [
            ("[0,2,4]", &[0, 2, 4]),
            ("[1]", &[1]),
            ("whole", &[3]),
            ("[5]", &[5]),
        ];
        assert_eq!(told, expected);
        assert!(matches!(post.take(3, now), Next::At(due) if due == later));
    }
}
