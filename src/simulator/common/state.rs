//! All that a played vendor that speaks JSON is, and what happens to it in time.

use super::super::attachments::{FetchedAttachment, Fetches, Fetching};
use super::super::config::Timing;
use super::super::faults::{FaultBook, Times};
use super::super::life::Played;
use super::super::people::People as Crowd;
use super::super::queue::SendQueue;
use super::config::{CommonConfig, Rate};
use super::ledger::{Book, MessageRecord, Step, StepRecord, Told};
use super::people::People;
use super::post::Post;
use super::templates::RegisteredTemplate;
use super::vendor::{Function, Vendor};
use bytes::Bytes;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person sees it.
    Seen,
    /// It arrives and is never seen.
    Delivered,
    /// It leaves, and nothing is ever heard of it.
    Pending,
    /// It does not arrive; the vendor's code says why.
    Fails(u32),
}

/// A file that somebody sent, where it can be fetched.
#[derive(Debug, Clone)]
pub(super) struct ServedFile {
    pub(super) content_type: String,
    pub(super) bytes: Bytes,
}

/// All that a played vendor is at one instant. Outside this room it can only be looked at, in the condition of
/// [`super::VendorControl::wait_for`].
pub struct VendorState<V: Vendor> {
    /// What only this vendor knows.
    pub(in crate::simulator) vendor: V,
    /// Whatever is random about it.
    pub(in crate::simulator) random: StdRng,
    pub(super) templates: Vec<RegisteredTemplate>,
    pub(super) balance: u64,
    pub(super) rate: Option<Rate>,
    pub(super) credentials_refused: bool,
    pub(super) clock_ahead: Duration,
    pub(super) people: People,
    crowd: Option<Crowd>,
    crowd_began: bool,
    pub(super) faults: FaultBook<Function>,
    pub(super) endings: VecDeque<(Ending, Times)>,
    pub(super) queue: SendQueue,
    pub(super) fetching: Fetching,
    pub(super) post: Post,
    pub(super) book: Book,
    pub(super) base_url: Url,
    seed: u64,
    timing: Timing,
    window: Option<Duration>,
    fetches_attachments: bool,
    started: Instant,
    /// Of each message of the book, what becomes of it.
    fates: Vec<Ending>,
    taken_at: VecDeque<Instant>,
    receipts: BTreeMap<(Instant, u64), (usize, Step)>,
    receipts_planned: u64,
    files: HashMap<String, ServedFile>,
    revision: u64,
}

impl<V: Vendor> VendorState<V> {
    pub(in crate::simulator) fn new(vendor: V, config: CommonConfig, base_url: Url, now: Instant) -> Self {
        let crowd = config.people.map(|script| Crowd::new(script, config.seed));
        let mut state = Self {
            vendor,
            random: StdRng::seed_from_u64(config.seed),
            templates: config.templates,
            balance: config.balance,
            rate: config.rate,
            credentials_refused: false,
            clock_ahead: Duration::ZERO,
            people: People::default(),
            crowd,
            crowd_began: false,
            faults: FaultBook::default(),
            endings: VecDeque::new(),
            queue: SendQueue::new(config.timing.send_interval, 0, now),
            fetching: Fetching::default(),
            post: Post::new(None, config.retry, config.call_timeout),
            book: Book::default(),
            base_url,
            seed: config.seed,
            timing: config.timing,
            window: config.window,
            fetches_attachments: config.fetches_attachments,
            started: now,
            fates: Vec::new(),
            taken_at: VecDeque::new(),
            receipts: BTreeMap::new(),
            receipts_planned: 0,
            files: HashMap::new(),
            revision: 0,
        };
        state.enter_webhook(config.webhook, now);
        state
    }

    /// The address of the webhook in the panel is another. Whoever writes by themselves can be heard from the first one on.
    pub(in crate::simulator) fn enter_webhook(&mut self, url: Option<Url>, now: Instant) {
        if let Some(crowd) = self.crowd.as_mut().filter(|_| url.is_some() && !self.crowd_began) {
            crowd.begin(now);
            self.crowd_began = true;
        }
        self.post.webhook = url;
    }

    /// The vendor's book.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Messages that wait to be sent.
    #[must_use]
    pub fn queue_length(&self) -> usize {
        self.queue.length()
    }

    /// Messages that are paid for.
    #[must_use]
    pub fn balance(&self) -> u64 {
        self.balance
    }

    /// Whether all that has happened so far has been told, answered or given up.
    #[must_use]
    pub fn is_all_told(&self) -> bool {
        self.post.is_quiet()
    }

    /// Time since the vendor began.
    pub(in crate::simulator) fn since_start(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.started)
    }

    /// The vendor's own clock, which can be put forward.
    fn clock(&self, now: Instant) -> Duration {
        self.since_start(now) + self.clock_ahead
    }

    /// Somebody wrote: for a time they may be written to freely.
    pub(in crate::simulator) fn note_heard(&mut self, phone: &str, now: Instant) {
        let clock = self.clock(now);
        self.people.note(phone, clock);
    }

    /// Whether somebody may be written to without a template.
    #[must_use]
    pub fn may_write_freely(&self, phone: &str, now: Instant) -> bool {
        self.window
            .is_none_or(|window| self.people.wrote_within(phone, window, self.clock(now)))
    }

    /// The templates that are registered.
    pub(in crate::simulator) fn templates(&self) -> &[RegisteredTemplate] {
        &self.templates
    }

    /// Whether one more message may be taken now; else how long to wait.
    pub(in crate::simulator) fn check_rate(&mut self, now: Instant) -> Result<(), Duration> {
        let Some(rate) = self.rate else { return Ok(()) };
        while self.taken_at.front().is_some_and(|at| *at + rate.per <= now) {
            self.taken_at.pop_front();
        }
        if self.taken_at.len() < rate.messages {
            return Ok(());
        }
        let first = self.taken_at.front().copied();
        Err(first.map_or(rate.per, |first| {
            (first + rate.per).saturating_duration_since(now)
        }))
    }

    /// Takes a message: it is paid for, counted and put into the queue. One that has `failure` fails on its way.
    pub(in crate::simulator) fn accept(
        &mut self,
        message: MessageRecord,
        failure: Option<u32>,
        now: Instant,
    ) -> usize {
        let ending = failure.map_or_else(|| self.take_ending(), Ending::Fails);
        let number = self.book.messages.len();
        self.book.messages.push(MessageRecord {
            accepted_at: self.since_start(now),
            ..message
        });
        self.fates.push(ending);
        self.balance = self.balance.saturating_sub(1);
        if self.rate.is_some() {
            self.taken_at.push_back(now);
        }
        self.queue.push(number, now);
        number
    }

    fn take_ending(&mut self) -> Ending {
        let Some((ending, times)) = self.endings.front_mut() else {
            return Ending::Seen;
        };
        let ending = *ending;
        if times.use_up() {
            self.endings.pop_front();
        }
        ending
    }

    /// Puts a file where it can be fetched from this vendor; answers its address.
    pub(in crate::simulator) fn serve_file(&mut self, name: &str, content_type: &str, bytes: Bytes) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!("/content/{:016x}/{name}", self.random.random::<u64>()));
        let file = ServedFile {
            content_type: content_type.to_owned(),
            bytes,
        };
        self.files.insert(url.path().to_owned(), file);
        url
    }

    pub(super) fn file(&self, path: &str) -> Option<ServedFile> {
        self.files.get(path).cloned()
    }

    fn events(&self) -> [Option<(Instant, Event)>; 3] {
        let send = self
            .queue
            .next_send(self.started)
            .filter(|_| !self.fetching.is_busy());
        let receipt = self.receipts.keys().next().map(|(due, _)| *due);
        let words = self.crowd.as_ref().and_then(Crowd::next_words);
        [
            send.map(|due| (due, Event::SendFirst)),
            receipt.map(|due| (due, Event::Receipt)),
            words.map(|due| (due, Event::PersonWrites)),
        ]
    }

    fn next_event(&self) -> Option<(Instant, Event)> {
        self.events().into_iter().flatten().min_by_key(|(due, _)| *due)
    }

    fn happen(&mut self, event: Event, at: Instant) {
        match event {
            Event::SendFirst => {
                if let Some(message) = self.queue.take_first(at)
                    && !self.begin_fetch(message)
                {
                    self.send(message, at);
                }
            }
            Event::Receipt => {
                if let Some((_, (message, step))) = self.receipts.pop_first() {
                    self.note_step(message, step, at);
                }
            }
            Event::PersonWrites => {
                let written = self.crowd.as_mut().and_then(|crowd| crowd.words(at));
                if let Some((from, said)) = written {
                    V::person_writes(self, from, said, at);
                }
            }
        }
    }

    /// Begins to fetch what a message carries; `false` if there is nothing to be fetched.
    fn begin_fetch(&mut self, message: usize) -> bool {
        let fails = matches!(self.fates.get(message), Some(Ending::Fails(_)));
        if !self.fetches_attachments || fails {
            return false;
        }
        let address = self.book.messages.get(message);
        let address = address.map_or_else(String::new, |message| message.attachment_url.clone());
        self.fetching.begin(message, &address)
    }

    /// A message leaves.
    fn send(&mut self, message: usize, at: Instant) {
        let ending = self.fates.get(message).copied().unwrap_or(Ending::Pending);
        let received = at + self.varied(self.timing.received_after);
        let seen = received + self.varied(self.timing.seen_after);
        if let Ending::Fails(code) = ending {
            return self.plan(received, message, Step::Failed(code));
        }
        let since_start = self.since_start(at);
        if let Some(record) = self.book.messages.get_mut(message) {
            record.sent_at = Some(since_start);
        }
        self.note_step(message, Step::Sent, at);
        if matches!(ending, Ending::Delivered | Ending::Seen) {
            self.plan(received, message, Step::Delivered);
        }
        if ending == Ending::Seen {
            self.plan(seen, message, Step::Seen);
        }
    }

    fn plan(&mut self, due: Instant, message: usize, step: Step) {
        self.receipts_planned += 1;
        self.receipts
            .insert((due, self.receipts_planned), (message, step));
    }

    /// A message came that far; what the vendor tells of it is told.
    fn note_step(&mut self, message: usize, step: Step, at: Instant) {
        let since_start = self.since_start(at);
        let Some(record) = self.book.messages.get_mut(message) else {
            return;
        };
        record.steps.push(StepRecord {
            step,
            at: since_start,
        });
        let (message_id, callback) = (record.id, record.callback.clone());
        if step == Step::Seen
            && let Some(crowd) = &mut self.crowd
        {
            crowd.message_seen(&record.to, at);
        }
        if callback.is_some() {
            for content in V::tell(self, message, step) {
                self.post(Told::Step { message_id, step }, callback.clone(), content, at);
            }
        }
    }

    /// Half to one and a half times as long.
    fn varied(&mut self, duration: Duration) -> Duration {
        duration.mul_f64(self.random.random_range(0.5..1.5))
    }
}

/// Something that happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    SendFirst,
    Receipt,
    PersonWrites,
}

impl<V: Vendor> Played for VendorState<V> {
    fn settle(&mut self, now: Instant) {
        while let Some((due, event)) = self.next_event().filter(|(due, _)| *due <= now) {
            self.happen(event, due);
            self.touch();
        }
    }

    fn revision(&self) -> u64 {
        self.revision
    }

    fn touch(&mut self) {
        self.revision += 1;
    }

    fn next_event_at(&self) -> Option<Instant> {
        self.next_event().map(|(due, _)| due)
    }

    fn next_effect_at(&self) -> Option<Instant> {
        self.next_event_at()
    }

    fn closes_some(&self) -> bool {
        self.faults.closes_some()
    }

    fn take_close(&mut self, path: &str) -> bool {
        V::function(path).is_some_and(|function| self.faults.take_close(function))
    }
}

impl<V: Vendor> Fetches for VendorState<V> {
    fn fetching(&mut self) -> &mut Fetching {
        &mut self.fetching
    }

    fn fetched(&mut self, message: usize, mut fetched: FetchedAttachment, began: Instant, now: Instant) {
        fetched.at = self.since_start(began);
        let there = fetched.is_there();
        self.fetching.end();
        self.queue.resume(now);
        if let Some(record) = self.book.messages.get_mut(message) {
            record.attachment = Some(fetched);
        }
        if there {
            self.send(message, now);
        } else {
            self.note_step(message, Step::Failed(V::ATTACHMENT_LOST), now);
        }
        self.touch();
    }
}

impl<V: Vendor> std::fmt::Debug for VendorState<V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("VendorState")
            .field("seed", &self.seed)
            .field("vendor", &self.vendor)
            .field("balance", &self.balance)
            .field("queue_length", &self.queue_length())
            .field("requests", &self.book.requests.len())
            .field("messages", &self.book.messages.len())
            .field("sent", &self.book.sent_total())
            .field("calls", &self.book.calls.len())
            .field("all_told", &self.is_all_told())
            .finish_non_exhaustive()
    }
}
