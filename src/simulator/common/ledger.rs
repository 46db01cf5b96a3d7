//! What really arrived at a played vendor that speaks JSON, what it really sent to people and what it told.

use super::super::attachments::FetchedAttachment;
use super::super::life::Shared;
use super::super::webhook::{Contact, Said, WebhookAttempt, WebhookEnd};
use super::state::VendorState;
use super::vendor::{Function, Vendor};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// One request that reached the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// HTTP method.
    pub method: String,
    /// The whole path.
    pub path: String,
    /// The function; `None` if there is no such function.
    pub function: Option<Function>,
    /// Since the vendor began.
    pub at: Duration,
    /// The first word of `Authorization`; the credentials themselves are in no book.
    pub scheme: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The body as text.
    pub body: String,
    /// Whether the function was carried out, be it to say no. `false` if a fault came first, or the method or path was
    /// wrong.
    pub processed: bool,
    /// The fault that struck.
    pub fault: Option<String>,
}

/// How far a message is on its way to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It left the vendor.
    Sent,
    /// The person's phone has it.
    Delivered,
    /// The person has seen it.
    Seen,
    /// It will not arrive; the vendor's code says why.
    Failed(u32),
}

/// A step, and when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRecord {
    /// The step.
    pub step: Step,
    /// Since the vendor began.
    pub at: Duration,
}

/// A template as it came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentTemplate {
    /// Its identifier or name.
    pub key: String,
    /// Its language.
    pub language: String,
    /// The values by position.
    pub values: Vec<String>,
}

/// A message the vendor accepted. One that was sent twice was accepted twice: no key makes a repetition known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRecord {
    /// The vendor's identifier.
    pub id: u64,
    /// What the sender sent along to know it by; empty for nothing.
    pub mark: String,
    /// Where is told what becomes of it.
    pub callback: Option<Url>,
    /// As whom it is sent.
    pub from: String,
    /// To whom: digits.
    pub to: String,
    /// The text.
    pub text: String,
    /// The template.
    pub template: Option<SentTemplate>,
    /// The address of what it carries; empty for nothing.
    pub attachment_url: String,
    /// What came from there; `None` while it has not been fetched, or will not be.
    pub attachment: Option<FetchedAttachment>,
    /// When it was accepted, since the vendor began.
    pub accepted_at: Duration,
    /// When it really went to the person, since the vendor began.
    pub sent_at: Option<Duration>,
    /// How far it came, in order.
    pub steps: Vec<StepRecord>,
}

impl MessageRecord {
    /// The last step; `None` while it is pending.
    #[must_use]
    pub fn latest_step(&self) -> Option<Step> {
        self.steps.last().map(|record| record.step)
    }
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// How far a message is.
    Step {
        /// The vendor's identifier of the message.
        message_id: u64,
        /// The step.
        step: Step,
    },
    /// What somebody wrote.
    Message {
        /// The vendor's identifier of what was written.
        message_id: u64,
        /// Who.
        from: Contact,
        /// What.
        said: Said,
    },
    /// A body that a test made.
    Raw,
}

/// Something told, once; a repetition is another record.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What.
    pub told: Told,
    /// At the message's own address; `None` at the one in the panel.
    pub address: Option<Url>,
    /// When it was ready to be told, since the vendor began.
    pub ready_at: Duration,
    /// Each attempt, in order.
    pub attempts: Vec<WebhookAttempt>,
    /// What became of it; `None` while it waits or is being told.
    pub end: Option<WebhookEnd>,
}

/// The vendor's book.
#[derive(Debug, Default)]
pub struct Book {
    pub(super) requests: Vec<RequestRecord>,
    pub(super) messages: Vec<MessageRecord>,
    pub(super) calls: Vec<Call>,
}

impl Book {
    /// Every request, in order.
    #[must_use]
    pub fn requests(&self) -> &[RequestRecord] {
        &self.requests
    }

    /// How many requests a function had.
    #[must_use]
    pub fn requests_to(&self, function: Function) -> usize {
        self.requests
            .iter()
            .filter(|request| request.function == Some(function))
            .count()
    }

    /// Every accepted message, in order.
    #[must_use]
    pub fn messages(&self) -> &[MessageRecord] {
        &self.messages
    }

    /// An accepted message by the vendor's identifier.
    #[must_use]
    pub fn message(&self, id: u64) -> Option<&MessageRecord> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// The accepted messages that came with this mark: more than one is the fault this program exists to avoid.
    pub fn copies<'a>(&'a self, mark: &'a str) -> impl Iterator<Item = &'a MessageRecord> {
        self.messages.iter().filter(move |message| message.mark == mark)
    }

    /// Messages that really went to people.
    #[must_use]
    pub fn sent_total(&self) -> usize {
        self.messages
            .iter()
            .filter(|message| message.sent_at.is_some())
            .count()
    }

    /// Everything told, in the order it happened; repetitions are there as often as they were told.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }
}

/// What really arrived, what was really sent and what was told. Cheap to clone; each answer is a copy as of now. It can
/// still be read after the vendor has stopped.
pub struct VendorLedger<V: Vendor> {
    pub(super) shared: Arc<Shared<VendorState<V>>>,
}

impl<V: Vendor> Clone for VendorLedger<V> {
    fn clone(&self) -> Self {
        let shared = Arc::clone(&self.shared);
        Self { shared }
    }
}

impl<V: Vendor> VendorLedger<V> {
    /// Reads several facts at one instant. The closure must not call back into the simulator.
    pub fn read<R>(&self, read: impl FnOnce(&Book) -> R) -> R {
        self.shared.with(|state, _| read(state.book()))
    }

    /// How many accepted messages came with this mark: more than one is the fault this program exists to avoid.
    #[must_use]
    pub fn copies(&self, mark: &str) -> usize {
        self.read(|book| book.copies(mark).count())
    }

    /// How many requests a function had.
    #[must_use]
    pub fn requests_to(&self, function: Function) -> usize {
        self.read(|book| book.requests_to(function))
    }

    /// Every request, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.read(|book| book.requests().to_vec())
    }

    /// Every accepted message, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<MessageRecord> {
        self.read(|book| book.messages().to_vec())
    }

    /// An accepted message by the vendor's identifier.
    #[must_use]
    pub fn message(&self, id: u64) -> Option<MessageRecord> {
        self.read(|book| book.message(id).cloned())
    }

    /// Everything told, in the order it happened.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.read(|book| book.calls().to_vec())
    }
}

impl<V: Vendor> std::fmt::Debug for VendorLedger<V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.read(|book| {
            formatter
                .debug_struct("VendorLedger")
                .field("requests", &book.requests.len())
                .field("messages", &book.messages.len())
                .field("sent", &book.sent_total())
                .field("calls", &book.calls.len())
                .finish()
        })
    }
}
