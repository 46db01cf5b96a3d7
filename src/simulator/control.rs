//! What a person, a phone or a bad day does to the gateway.

use super::attachments::AttachmentFault;
use super::config::PairedPhone;
use super::faults::{Endpoint, Fault, FaultRule, Times};
use super::ledger::Ledger;
use super::life::Shared;
use super::pairing::PairingSession;
use super::phone::PhoneState;
use super::replies::RepeatAnswer;
use super::state::SimulatorState;
use super::style::Style;
use super::webhook::{Contact, Said, WebhookRetry, WebhookStyle};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// A condition that did not come true in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not so within {waited:?}; the gateway stands at {state}")]
pub struct WaitError {
    /// How long it was waited.
    pub waited: Duration,
    /// The state, as `Debug` shows it; the seed is in it.
    pub state: String,
}

/// What a person, a phone or a bad day does to the gateway. Cheap to clone; works from any thread.
#[derive(Clone)]
pub struct Control {
    pub(super) shared: Arc<Shared>,
}

impl Control {
    /// The book of what arrived and what was sent.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        Ledger {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Looks at the state. The closure must not call back into the simulator.
    pub fn read<R>(&self, read: impl FnOnce(&SimulatorState) -> R) -> R {
        self.shared.with(|state, _| read(state))
    }

    /// Waits until a condition holds, looking only when something has happened. The closure must not call back into the
    /// simulator.
    ///
    /// # Errors
    /// [`WaitError`] if it does not hold within `timeout`.
    pub async fn wait_for(
        &self,
        condition: impl FnMut(&SimulatorState) -> bool,
        timeout: Duration,
    ) -> Result<(), WaitError> {
        self.shared.wait_for(condition, timeout).await
    }

    /// The configured phone scans the code that is shown now; `false` if none is.
    #[must_use]
    pub fn scan_code(&self) -> bool {
        self.shared
            .with(|state, now| state.scan(state.config.scanning_phone.clone(), now))
    }

    /// Another phone scans the code that is shown now; `false` if none is.
    #[must_use]
    pub fn scan_code_with(&self, phone: PairedPhone) -> bool {
        self.shared.with(|state, now| state.scan(phone, now))
    }

    /// Replaces the code that is shown before its time; `false` if none is.
    #[must_use]
    pub fn renew_code(&self) -> bool {
        self.shared.with(|state, now| state.renew_code(now))
    }

    /// Takes the phone on- or offline, or ends its session. A phone with a session ends pairing.
    pub fn set_phone(&self, phone: PhoneState) {
        self.change(|state, now| {
            if phone != PhoneState::Unpaired {
                state.pairing = PairingSession::Idle;
            }
            state.phone.set_state(phone, now);
        });
    }

    /// Sets the battery, in percent, at most 100.
    pub fn set_battery(&self, percent: u8) {
        self.change(|state, _| state.phone.battery_percent = percent.min(100));
    }

    /// Sets how many messages a day may be sent.
    pub fn set_limit(&self, messages: u64) {
        self.change(|state, _| state.daily_limit = messages);
    }

    /// Sets how many messages were used today; 0 is a new day.
    pub fn set_used(&self, messages: u64) {
        self.change(|state, _| state.daily_used = messages);
    }

    /// Sets when the plan ends, as the gateway writes it.
    pub fn set_expiry(&self, text: &str) {
        self.change(|state, _| text.clone_into(&mut state.expiry));
    }

    /// Sets the delay between two messages, in seconds, as the operator's panel could.
    pub fn set_delay(&self, secs: u32) {
        self.change(|state, _| state.queue.delay_secs = secs);
    }

    /// Keeps accepted messages in the queue, or lets them go.
    pub fn hold_queue(&self, held: bool) {
        self.change(|state, now| state.queue.hold(held, now));
    }

    /// Chooses what a repeated message identifier is answered.
    pub fn set_repeat_answer(&self, answer: RepeatAnswer) {
        self.change(|state, _| state.repeat_answer = answer);
    }

    /// Chooses how answers are written.
    pub fn set_style(&self, style: Style) {
        self.change(|state, _| state.style = style);
    }

    /// Refuses every credential, or accepts the right ones again.
    pub fn refuse_credentials(&self, refused: bool) {
        self.change(|state, _| state.credentials_refused = refused);
    }

    /// Lets a fault happen at one function.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.add_fault(FaultRule {
            endpoint: Some(endpoint),
            fault,
            times,
            processed: None,
        });
    }

    /// Lets a fault happen at every function.
    pub fn fault_everywhere(&self, fault: Fault, times: Times) {
        self.add_fault(FaultRule {
            endpoint: None,
            fault,
            times,
            processed: None,
        });
    }

    /// Lets a fault happen as a rule says. Rules for the same function happen in the order they were added.
    pub fn add_fault(&self, rule: FaultRule) {
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

    /// The identifier given to the last accepted message, by which its statuses name it.
    #[must_use]
    pub fn latest_log_id(&self) -> Option<String> {
        self.read(|state| state.ledger().messages().last()?.log_ids.last().cloned())
    }

    /// Enters the address in the vendor's panel, or takes it out. What waits to be told goes to the new one; without one
    /// it is told to nobody.
    pub fn set_webhook(&self, url: Option<Url>) {
        self.change(|state, _| state.outgoing.config.url = url);
    }

    /// The address in the vendor's panel.
    #[must_use]
    pub fn webhook(&self) -> Option<Url> {
        self.read(|state| state.outgoing.config.url.clone())
    }

    /// Chooses how what happens from now on is written.
    pub fn set_webhook_style(&self, style: WebhookStyle) {
        self.change(|state, _| state.outgoing.config.style = style);
    }

    /// Chooses what follows when the webhook does not answer, or answers 5xx.
    pub fn set_webhook_retry(&self, retry: WebhookRetry) {
        self.change(|state, _| state.outgoing.config.retry = retry);
    }

    /// Somebody writes to the paired phone; one that is not online hears it when it comes back. Answers the message's
    /// `idmsg`.
    #[allow(clippy::must_use_candidate)]
    pub fn contact_writes(&self, contact: Contact, said: Said) -> String {
        self.shared
            .with(|state, now| state.contact_writes(contact, said, now))
    }

    fn change(&self, change: impl FnOnce(&mut SimulatorState, Instant)) {
        self.shared.with(|state, now| {
            change(state, now);
            state.touch();
        });
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.read(|state| std::fmt::Debug::fmt(state, formatter))
    }
}
