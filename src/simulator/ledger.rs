//! What really arrived at the gateway and what it really sent to people.

use super::attachments::FetchedAttachment;
use super::faults::Endpoint;
use super::life::Shared;
use super::webhook::WebhookRecord;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How the fields of a request were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyEncoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// Neither: no field could be read.
    Unreadable,
}

/// One request that reached the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// HTTP method.
    pub method: String,
    /// The whole path.
    pub path: String,
    /// The function; `None` if there is no such function.
    pub endpoint: Option<Endpoint>,
    /// Since the gateway began.
    pub at: Duration,
    /// How the fields were written.
    pub encoding: BodyEncoding,
    /// The fields in their order, without the credentials.
    pub fields: Vec<(String, String)>,
    /// Whether the function was carried out, be it to say no. `false` if a fault came first, or the method or path was
    /// wrong.
    pub processed: bool,
    /// The fault that struck.
    pub fault: Option<String>,
}

impl RequestRecord {
    /// A field by its name on the wire.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .rev()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What became of a message on its way to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRecord {
    /// `codigo_status`: 1 sent, 2 received, 3 seen; 4, beyond the vendor's document, its attachment could not be fetched.
    pub code: u8,
    /// `idlog` of the message.
    pub log_id: String,
    /// Since the gateway began.
    pub at: Duration,
}

/// A message the gateway accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRecord {
    /// `idmsg`.
    pub client_id: String,
    /// `idlog` of the first acceptance, which statuses name.
    pub log_id: String,
    /// Every `idlog` that was ever answered for it.
    pub log_ids: Vec<String>,
    /// `whatsapp`: digits.
    pub to: String,
    /// `mensagem`.
    pub text: String,
    /// `midia`.
    pub media: String,
    /// `url_anexo`.
    pub attachment_url: String,
    /// What came from there; `None` while it has not been fetched, or will not be.
    pub attachment: Option<FetchedAttachment>,
    /// When it was accepted first, since the gateway began.
    pub accepted_at: Duration,
    /// When it really went to the recipient, each time, since the gateway began.
    pub sent_at: Vec<Duration>,
    /// Whether it was deleted from the queue before it was sent.
    pub cleared: bool,
    /// What was told about it, in order.
    pub statuses: Vec<StatusRecord>,
}

/// The gateway's book. Outside it is read through [`Ledger`] or, in a condition, through
/// [`super::SimulatorState::ledger`].
#[derive(Debug, Default)]
pub struct LedgerBook {
    requests: Vec<RequestRecord>,
    messages: Vec<MessageRecord>,
    by_client_id: HashMap<String, usize>,
    sending_order: Vec<usize>,
    webhooks: Vec<WebhookRecord>,
}

impl LedgerBook {
    /// Every request, in order.
    #[must_use]
    pub fn requests(&self) -> &[RequestRecord] {
        &self.requests
    }

    /// How many requests a function had.
    #[must_use]
    pub fn requests_to(&self, endpoint: Endpoint) -> usize {
        self.requests
            .iter()
            .filter(|request| request.endpoint == Some(endpoint))
            .count()
    }

    /// The requests that asked to send a message with this identifier, processed or not.
    pub fn send_requests<'a>(&'a self, client_id: &'a str) -> impl Iterator<Item = &'a RequestRecord> {
        self.requests.iter().filter(move |request| {
            request.endpoint == Some(Endpoint::Send) && request.field("idmsg") == Some(client_id)
        })
    }

    /// Whether all requests with this identifier had the same fields in the same order, written the same way; also
    /// `true` of none.
    #[must_use]
    pub fn all_bodies_identical(&self, client_id: &str) -> bool {
        let mut requests = self.send_requests(client_id);
        let Some(first) = requests.next() else { return true };
        requests.all(|request| request.fields == first.fields && request.encoding == first.encoding)
    }

    /// Every accepted message, in the order of first acceptance.
    #[must_use]
    pub fn messages(&self) -> &[MessageRecord] {
        &self.messages
    }

    /// An accepted message by its identifier.
    #[must_use]
    pub fn message(&self, client_id: &str) -> Option<&MessageRecord> {
        self.messages.get(*self.by_client_id.get(client_id)?)
    }

    /// How often a message really went to its recipient.
    #[must_use]
    pub fn sent_count(&self, client_id: &str) -> usize {
        self.message(client_id).map_or(0, |message| message.sent_at.len())
    }

    /// What really went to people, in order; a message sent twice is there twice.
    pub fn sendings(&self) -> impl Iterator<Item = &MessageRecord> {
        self.sending_order
            .iter()
            .filter_map(|index| self.messages.get(*index))
    }

    /// Everything told at the webhook, in the order it happened; repetitions are there as often as they were told.
    #[must_use]
    pub fn webhooks(&self) -> &[WebhookRecord] {
        &self.webhooks
    }

    /// What was told and answered 2xx: the receiver must never lose it.
    pub fn acknowledged_webhooks(&self) -> impl Iterator<Item = &WebhookRecord> {
        self.webhooks.iter().filter(|webhook| webhook.is_acknowledged())
    }

    pub(super) fn add_request(&mut self, request: RequestRecord) {
        self.requests.push(request);
    }

    pub(super) fn index_of(&self, client_id: &str) -> Option<usize> {
        self.by_client_id.get(client_id).copied()
    }

    /// Adds an accepted message; answers its number.
    pub(super) fn add_message(&mut self, message: MessageRecord) -> usize {
        let index = self.messages.len();
        self.by_client_id.insert(message.client_id.clone(), index);
        self.messages.push(message);
        index
    }

    pub(super) fn message_mut(&mut self, index: usize) -> Option<&mut MessageRecord> {
        self.messages.get_mut(index)
    }

    /// Adds something to tell; answers its number.
    pub(super) fn add_webhook(&mut self, webhook: WebhookRecord) -> usize {
        self.webhooks.push(webhook);
        self.webhooks.len() - 1
    }

    pub(super) fn webhook_mut(&mut self, number: usize) -> Option<&mut WebhookRecord> {
        self.webhooks.get_mut(number)
    }

    pub(super) fn note_sending(&mut self, index: usize, at: Duration) {
        if let Some(message) = self.messages.get_mut(index) {
            message.sent_at.push(at);
            self.sending_order.push(index);
        }
    }

    pub(super) fn note_status(&mut self, index: usize, code: u8, at: Duration) {
        if let Some(message) = self.messages.get_mut(index) {
            let log_id = message.log_id.clone();
            message.statuses.push(StatusRecord { code, log_id, at });
        }
    }
}

/// What really arrived and what was really sent. Cheap to clone; each answer is a copy as of now.
#[derive(Clone)]
pub struct Ledger {
    pub(super) shared: Arc<Shared>,
}

impl Ledger {
    /// Reads several facts at one instant. The closure must not call back into the simulator.
    pub fn read<R>(&self, read: impl FnOnce(&LedgerBook) -> R) -> R {
        self.shared.with(|state, _| read(state.ledger()))
    }

    /// How often a message really went to its recipient: more than once is the fault this program exists to avoid.
    #[must_use]
    pub fn sent_count(&self, client_id: &str) -> usize {
        self.read(|book| book.sent_count(client_id))
    }

    /// How many requests asked to send a message with this identifier, processed or not.
    #[must_use]
    pub fn requests(&self, client_id: &str) -> usize {
        self.read(|book| book.send_requests(client_id).count())
    }

    /// How many requests a function had.
    #[must_use]
    pub fn requests_to(&self, endpoint: Endpoint) -> usize {
        self.read(|book| book.requests_to(endpoint))
    }

    /// Every request, in order.
    #[must_use]
    pub fn all_requests(&self) -> Vec<RequestRecord> {
        self.read(|book| book.requests().to_vec())
    }

    /// Whether all requests with this identifier were identical in every field; also `true` of none.
    #[must_use]
    pub fn all_bodies_identical(&self, client_id: &str) -> bool {
        self.read(|book| book.all_bodies_identical(client_id))
    }

    /// Every accepted message, in the order of first acceptance.
    #[must_use]
    pub fn messages(&self) -> Vec<MessageRecord> {
        self.read(|book| book.messages().to_vec())
    }

    /// An accepted message by its identifier.
    #[must_use]
    pub fn message(&self, client_id: &str) -> Option<MessageRecord> {
        self.read(|book| book.message(client_id).cloned())
    }

    /// What really went to people, in order; a message sent twice is there twice.
    #[must_use]
    pub fn sendings(&self) -> Vec<MessageRecord> {
        self.read(|book| book.sendings().cloned().collect())
    }

    /// Everything told at the webhook, in the order it happened.
    #[must_use]
    pub fn webhooks(&self) -> Vec<WebhookRecord> {
        self.read(|book| book.webhooks().to_vec())
    }

    /// What was told and answered 2xx.
    #[must_use]
    pub fn acknowledged_webhooks(&self) -> Vec<WebhookRecord> {
        self.read(|book| book.acknowledged_webhooks().cloned().collect())
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.read(|book| {
            formatter
                .debug_struct("Ledger")
                .field("requests", &book.requests.len())
                .field("messages", &book.messages.len())
                .field("sendings", &book.sending_order.len())
                .field("webhooks", &book.webhooks.len())
                .finish()
        })
    }
}
