//! All that the simulated gateway is, and what happens to it in time.

use super::attachments::Fetching;
use super::config::{PairedPhone, SimulatorConfig};
use super::demo::DemoLife;
use super::faults::FaultBook;
use super::ledger::LedgerBook;
use super::pairing::PairingSession;
use super::phone::{Phone, PhoneState};
use super::queue::SendQueue;
use super::replies::RepeatAnswer;
use super::style::Style;
use super::webhook::outgoing::Outgoing;
use super::webhook::telling::Utterance;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tokio::time::Instant;

/// `codigo_status` of a message its recipient has seen.
const SEEN: u8 = 3;

/// All that the simulated gateway is at one instant. Outside this room it can only be looked at, in the condition of
/// [`super::Control::wait_for`].
pub struct SimulatorState {
    pub(super) config: SimulatorConfig,
    pub(super) random: StdRng,
    pub(super) started: Instant,
    pub(super) phone: Phone,
    pub(super) pairing: PairingSession,
    pub(super) queue: SendQueue,
    pub(super) fetching: Fetching,
    pub(super) faults: FaultBook,
    pub(super) style: Style,
    pub(super) repeat_answer: RepeatAnswer,
    pub(super) credentials_refused: bool,
    pub(super) daily_limit: u64,
    pub(super) daily_used: u64,
    pub(super) expiry: String,
    pub(super) latest_log_id: u64,
    pub(super) pictures_answered: u64,
    pub(super) base_url: String,
    pub(super) ledger: LedgerBook,
    pub(super) outgoing: Outgoing,
    /// Written to the phone while it could not hear it.
    pub(super) unheard: VecDeque<Utterance>,
    receipts: BTreeMap<(Instant, u64), Receipt>,
    receipts_planned: u64,
    demo: Option<DemoLife>,
    revision: u64,
}

/// A status that will be told about a message.
#[derive(Debug, Clone, Copy)]
struct Receipt {
    message: usize,
    code: u8,
}

/// Something that happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    SendFirst,
    Receipt,
    CodeReady,
    CodeRenewed,
    DemoScan,
    PairingConfirmed,
    DemoTurn,
    BatteryStep,
    PhoneHears,
    PersonWrites,
}

impl SimulatorState {
    pub(super) fn new(config: SimulatorConfig, base_url: String, now: Instant) -> Self {
        let mut random = StdRng::seed_from_u64(config.seed);
        let owner = config
            .paired
            .clone()
            .unwrap_or_else(|| config.scanning_phone.clone());
        let paired = config.paired.is_some();
        let phone = Phone::new(
            paired,
            owner,
            config.battery_percent,
            config.battery_step_interval,
            now,
        );
        let mut demo = config
            .demo
            .clone()
            .map(|script| DemoLife::new(script, config.seed));
        if let Some(demo) = demo.as_mut().filter(|_| paired) {
            demo.phone_connected(now);
        }
        Self {
            queue: SendQueue::new(config.timing.send_interval, config.delay_secs, now),
            fetching: Fetching::default(),
            style: config.style.clone(),
            daily_limit: config.daily_limit,
            daily_used: config.daily_used,
            expiry: config.expiry.clone(),
            latest_log_id: random.random_range(1_000_000..9_000_000),
            started: now,
            phone,
            pairing: PairingSession::Idle,
            faults: FaultBook::default(),
            repeat_answer: RepeatAnswer::SameLogId,
            credentials_refused: false,
            pictures_answered: 0,
            base_url,
            ledger: LedgerBook::default(),
            outgoing: Outgoing::new(config.webhook.clone(), config.seed),
            unheard: VecDeque::new(),
            receipts: BTreeMap::new(),
            receipts_planned: 0,
            demo,
            revision: 0,
            random,
            config,
        }
    }

    /// What the gateway knows of the phone.
    #[must_use]
    pub fn phone(&self) -> PhoneState {
        self.phone.state
    }

    /// The paired phone.
    #[must_use]
    pub fn paired_phone(&self) -> Option<&PairedPhone> {
        (self.phone.state != PhoneState::Unpaired).then_some(&self.phone.owner)
    }

    /// Battery, in percent.
    #[must_use]
    pub fn battery_percent(&self) -> u8 {
        self.phone.battery_percent
    }

    /// Messages that wait in the gateway's queue.
    #[must_use]
    pub fn queue_length(&self) -> usize {
        self.queue.length()
    }

    /// Delay between two messages, in seconds.
    #[must_use]
    pub fn delay_secs(&self) -> u32 {
        self.queue.delay_secs
    }

    /// Messages used today.
    #[must_use]
    pub fn daily_used(&self) -> u64 {
        self.daily_used
    }

    /// What a phone would read in the code that is shown now.
    #[must_use]
    pub fn pairing_text(&self) -> Option<&str> {
        match &self.pairing {
            PairingSession::Showing { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether a code has been scanned and the phone is not connected yet.
    #[must_use]
    pub fn is_confirming(&self) -> bool {
        matches!(self.pairing, PairingSession::Confirming { .. })
    }

    /// Messages that really went to people, repetitions counted.
    #[must_use]
    pub fn sent_total(&self) -> usize {
        self.ledger.sendings().count()
    }

    /// The gateway's book.
    #[must_use]
    pub fn ledger(&self) -> &LedgerBook {
        &self.ledger
    }

    /// Changes with every change, so that who waits can be woken.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Notes that something changed.
    pub(super) fn touch(&mut self) {
        self.revision += 1;
    }

    /// Time since the gateway began.
    pub(super) fn since_start(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.started)
    }

    /// Lets everything happen that is due by `now`, in its order and at its own instant.
    pub(super) fn settle(&mut self, now: Instant) {
        while let Some((due, event)) = self
            .events()
            .min_by_key(|(due, _)| *due)
            .filter(|(due, _)| *due <= now)
        {
            self.happen(event, due);
            self.touch();
        }
    }

    /// When the next event is due, of any kind.
    pub(super) fn next_event_at(&self) -> Option<Instant> {
        self.events().map(|(due, _)| due).min()
    }

    /// When the next event is due that must happen even if nobody looks.
    pub(super) fn next_effect_at(&self) -> Option<Instant> {
        self.events()
            .filter(|(_, event)| !matches!(event, Event::CodeRenewed | Event::BatteryStep))
            .map(|(due, _)| due)
            .min()
    }

    fn events(&self) -> impl Iterator<Item = (Instant, Event)> {
        let online = self.phone.state == PhoneState::Online;
        let send = self
            .queue
            .next_send(self.phone.available_since)
            .filter(|_| online && !self.fetching.is_busy());
        let hears = (online && !self.unheard.is_empty()).then_some(self.phone.available_since);
        let receipt = self.receipts.keys().next().map(|(due, _)| *due);
        let (mut ready, mut renewed, mut scan, mut confirmed) = (None, None, None, None);
        match &self.pairing {
            PairingSession::Idle => {}
            PairingSession::Preparing { ready_at } => ready = Some(*ready_at),
            PairingSession::Showing {
                renew_at,
                first_shown_at,
                ..
            } => {
                renewed = Some(*renew_at);
                scan = self
                    .demo
                    .as_ref()
                    .zip(*first_shown_at)
                    .map(|(demo, shown)| demo.scan_at(shown));
            }
            PairingSession::Confirming { confirmed_at, .. } => confirmed = Some(*confirmed_at),
        }
        [
            (send, Event::SendFirst),
            (receipt, Event::Receipt),
            (ready, Event::CodeReady),
            (scan, Event::DemoScan),
            (renewed, Event::CodeRenewed),
            (confirmed, Event::PairingConfirmed),
            (self.demo.as_ref().and_then(DemoLife::next_turn), Event::DemoTurn),
            (self.phone.next_battery_step(), Event::BatteryStep),
            (hears, Event::PhoneHears),
            (
                self.demo.as_ref().and_then(DemoLife::next_words),
                Event::PersonWrites,
            ),
        ]
        .into_iter()
        .filter_map(|(due, event)| Some((due?, event)))
    }

    fn happen(&mut self, event: Event, at: Instant) {
        match event {
            Event::SendFirst => self.send_first(at),
            Event::Receipt => self.tell_receipt(at),
            Event::CodeReady | Event::CodeRenewed => self.show_next_code(at),
            Event::DemoScan => {
                self.scan(self.config.scanning_phone.clone(), at);
            }
            Event::PairingConfirmed => self.confirm_pairing(at),
            Event::DemoTurn => {
                if let Some(demo) = &mut self.demo {
                    let state = demo.turn(self.phone.state, at);
                    self.phone.set_state(state, at);
                }
            }
            Event::BatteryStep => self.phone.step_battery(at),
            Event::PhoneHears => self.hear_all(at),
            Event::PersonWrites => {
                let written = self.demo.as_mut().and_then(|demo| demo.words(at));
                if let Some((from, said)) = written {
                    self.contact_writes(from, said, at);
                }
            }
        }
    }

    /// The first message of the queue leaves it; what it carries is fetched first.
    fn send_first(&mut self, at: Instant) {
        if let Some(message) = self.queue.take_first(at)
            && !self.begin_fetch(message)
        {
            self.send(message, at);
        }
    }

    /// A message really goes to its recipient.
    pub(super) fn send(&mut self, message: usize, at: Instant) {
        let since_start = self.since_start(at);
        self.ledger.note_sending(message, since_start);
        self.ledger.note_status(message, 1, since_start);
        self.tell_status(message, 1, at);
        let received_after = self.varied(self.config.timing.received_after);
        let seen_after = self.varied(self.config.timing.seen_after);
        for (after, code) in [(received_after, 2), (received_after + seen_after, 3)] {
            self.receipts_planned += 1;
            self.receipts
                .insert((at + after, self.receipts_planned), Receipt { message, code });
        }
    }

    fn tell_receipt(&mut self, at: Instant) {
        if let Some((_, receipt)) = self.receipts.pop_first() {
            let since_start = self.since_start(at);
            self.ledger
                .note_status(receipt.message, receipt.code, since_start);
            self.tell_status(receipt.message, receipt.code, at);
            if receipt.code == SEEN
                && let Some(demo) = &mut self.demo
                && let Some(message) = self.ledger.messages().get(receipt.message)
            {
                demo.message_seen(&message.to, at);
            }
        }
    }

    /// Half to one and a half times as long.
    fn varied(&mut self, duration: Duration) -> Duration {
        duration.mul_f64(self.random.random_range(0.5..1.5))
    }

    fn show_next_code(&mut self, at: Instant) {
        self.pairing
            .show_next_code(&self.config.timing, &mut self.random, at);
    }

    /// Replaces the code that is shown; `false` if there is none.
    pub(super) fn renew_code(&mut self, now: Instant) -> bool {
        let shown = self.pairing_text().is_some();
        if shown {
            self.show_next_code(now);
            self.touch();
        }
        shown
    }

    /// A phone scans the code that is shown; `false` if there is none.
    pub(super) fn scan(&mut self, phone: PairedPhone, now: Instant) -> bool {
        let scanned = self.pairing.scan(phone, &self.config.timing, now);
        if scanned {
            self.touch();
        }
        scanned
    }

    fn confirm_pairing(&mut self, at: Instant) {
        if let PairingSession::Confirming { phone, .. } = std::mem::take(&mut self.pairing) {
            self.phone.owner = phone;
            self.phone.set_state(PhoneState::Online, at);
            if let Some(demo) = &mut self.demo {
                demo.phone_connected(at);
            }
        }
    }
}

impl std::fmt::Debug for SimulatorState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SimulatorState")
            .field("seed", &self.config.seed)
            .field("phone", &self.phone.state)
            .field("battery_percent", &self.phone.battery_percent)
            .field("showing_code", &self.pairing_text().is_some())
            .field("confirming", &self.is_confirming())
            .field("queue_length", &self.queue_length())
            .field("delay_secs", &self.queue.delay_secs)
            .field("daily_used", &self.daily_used)
            .field("daily_limit", &self.daily_limit)
            .field("requests", &self.ledger.requests().len())
            .field("messages", &self.ledger.messages().len())
            .field("sent", &self.sent_total())
            .finish_non_exhaustive()
    }
}
