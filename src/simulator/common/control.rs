//! What a person or a bad day does to a played vendor that speaks JSON.

use super::super::attachments::AttachmentFault;
use super::super::control::WaitError;
use super::super::faults::{Fault, FaultRule, Times};
use super::super::life::{Played as _, Shared};
use super::super::webhook::WebhookRetry;
use super::config::Rate;
use super::ledger::{Told, VendorLedger};
use super::post::Content;
use super::state::{Ending, VendorState};
use super::templates::RegisteredTemplate;
use super::vendor::{Function, Vendor};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// What a person or a bad day does to a played vendor. Cheap to clone; works from any thread.
pub struct VendorControl<V: Vendor> {
    pub(super) shared: Arc<Shared<VendorState<V>>>,
}

impl<V: Vendor> Clone for VendorControl<V> {
    fn clone(&self) -> Self {
        let shared = Arc::clone(&self.shared);
        Self { shared }
    }
}

impl<V: Vendor> VendorControl<V> {
    /// The book of what arrived, what was sent and what was told.
    #[must_use]
    pub fn ledger(&self) -> VendorLedger<V> {
        VendorLedger {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Looks at the state. The closure must not call back into the simulator.
    pub fn read<R>(&self, read: impl FnOnce(&VendorState<V>) -> R) -> R {
        self.shared.with(|state, _| read(state))
    }

    /// Waits until a condition holds, looking only when something has happened. The closure must not call back into the
    /// simulator.
    ///
    /// # Errors
    /// [`WaitError`] if it does not hold within `timeout`.
    pub async fn wait_for(
        &self,
        condition: impl FnMut(&VendorState<V>) -> bool,
        timeout: Duration,
    ) -> Result<(), WaitError> {
        self.shared.wait_for(condition, timeout).await
    }

    /// Lets a fault happen at one function.
    pub fn fault(&self, function: Function, fault: Fault, times: Times) {
        self.add_fault(FaultRule {
            endpoint: Some(function),
            fault,
            times,
            processed: None,
        });
    }

    /// Lets a fault happen as a rule says. Rules for the same function happen in the order they were added.
    pub fn add_fault(&self, rule: FaultRule<Function>) {
        self.change(|state, _| state.faults.arm(rule));
    }

    /// Lets something go wrong while attachments are fetched. Faults happen in the order they were added.
    pub fn attachment_fault(&self, fault: AttachmentFault, times: Times) {
        self.change(|state, _| state.fetching.arm(fault, times));
    }

    /// Forgets all faults that have not happened; what hangs already goes on hanging.
    pub fn clear_faults(&self) {
        self.change(|state, _| {
            state.faults.clear();
            state.fetching.clear_faults();
        });
    }

    /// Says what becomes of the messages that are accepted from now on. Endings are used up in the order they were
    /// added; by itself a message is seen.
    pub fn end_messages(&self, ending: Ending, times: Times) {
        if times != Times::Next(0) {
            self.change(|state, _| state.endings.push_back((ending, times)));
        }
    }

    /// Keeps accepted messages back, or lets them go.
    pub fn hold_queue(&self, held: bool) {
        self.change(|state, now| state.queue.hold(held, now));
    }

    /// Refuses every credential, or accepts the right ones again.
    pub fn refuse_credentials(&self, refused: bool) {
        self.change(|state, _| state.credentials_refused = refused);
    }

    /// Sets how many messages are paid for.
    pub fn set_balance(&self, messages: u64) {
        self.change(|state, _| state.balance = messages);
    }

    /// Sets how many messages are taken in a time; `None` for any number.
    pub fn set_rate(&self, rate: Option<Rate>) {
        self.change(|state, _| state.rate = rate);
    }

    /// Puts the vendor's clock forward: times in which free text may be sent come closer to their end.
    pub fn advance_clock(&self, by: Duration) {
        self.change(|state, _| state.clock_ahead += by);
    }

    /// Somebody wrote, and nothing is told of it: for a time they may be written to freely.
    pub fn person_wrote(&self, phone: &str) {
        self.change(|state, now| state.note_heard(phone, now));
    }

    /// Registers a template; one of the same key and language is replaced.
    pub fn register_template(&self, template: RegisteredTemplate) {
        self.change(|state, _| {
            let same =
                |other: &RegisteredTemplate| other.key == template.key && other.language == template.language;
            state.templates.retain(|other| !same(other));
            state.templates.push(template);
        });
    }

    /// Forgets the templates of a key, in every language.
    pub fn forget_template(&self, key: &str) {
        self.change(|state, _| state.templates.retain(|template| template.key != key));
    }

    /// Enters the address of the webhook in the vendor's panel, or takes it out. Whoever writes by themselves begins to when
    /// there first is one.
    pub fn set_webhook(&self, url: Option<Url>) {
        self.change(|state, now| state.enter_webhook(url, now));
    }

    /// The address of the webhook in the vendor's panel.
    #[must_use]
    pub fn webhook(&self) -> Option<Url> {
        self.read(|state| state.post.webhook.clone())
    }

    /// Chooses what follows when what is told is not answered, or answered 5xx.
    pub fn set_retry(&self, retry: WebhookRetry) {
        self.change(|state, _| state.post.retry = retry);
    }

    /// Posts any body, to this address or to the one in the panel.
    pub fn post_body(
        &self,
        address: Option<Url>,
        content_type: Option<&'static str>,
        body: impl Into<Bytes>,
    ) {
        let body = body.into();
        self.change(|state, now| {
            state.post(Told::Raw, address, Content::Whole { content_type, body }, now);
        });
    }

    pub(in crate::simulator) fn change<R>(
        &self,
        change: impl FnOnce(&mut VendorState<V>, Instant) -> R,
    ) -> R {
        self.shared.with(|state, now| {
            let result = change(state, now);
            state.touch();
            result
        })
    }
}

impl<V: Vendor> std::fmt::Debug for VendorControl<V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.read(|state| std::fmt::Debug::fmt(state, formatter))
    }
}
