//! The vendors. [`Gateway`] is what the rest of the program speaks to; what an account can do it asks of
//! [`Capabilities`], never of the vendor's name.

#[cfg(test)]
mod bad_replies_tests;
mod credentials;
pub mod decision_telecom;
pub mod devino;
pub mod http;
pub mod inbound;
pub mod redaction;
pub mod solutek;
#[cfg(test)]
mod test_server;
#[cfg(test)]
pub(crate) mod testing;
pub mod tolerant;

pub use credentials::Credentials;

use crate::domain::attachment::MediaRule;
use crate::domain::health::{Limits, PhoneStatus};
use crate::domain::message::Reason;
use crate::domain::outbox::SendVerdict;
use crate::domain::pairing::PairingAnswer;
use crate::domain::{Attachment, ClientMessageId, GatewayKind, MessageState, PhoneNumber, TemplateMessage};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// What an account of a gateway can do, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// The vendor's name, as it is written.
    pub vendor: &'static str,
    /// The vendor's own base address.
    pub default_base_url: &'static str,
    /// What must be typed to use it.
    pub credentials: &'static [CredentialField],
    /// In which ways the credentials may be sent, the usual one first: keys, after `auth-` translated. An account's choice
    /// is the field [`AUTH_FORM`] of its identity. Empty where there is one way only.
    pub auth_forms: &'static [&'static str],
    /// A phone is paired by a QR code.
    pub pairing: bool,
    /// Connection and battery can be asked.
    pub status: bool,
    /// Limits can be asked.
    pub limits: bool,
    /// The vendor's queue can be asked and cleared.
    pub queue: bool,
    /// The delay between messages can be set.
    pub delay: bool,
    /// Largest delay that may be set, in seconds.
    pub delay_max_secs: u32,
    /// A repeated client identifier is recognised, so that an unclear send may be repeated.
    pub repeatable_send: bool,
    /// Most messages of one call; 1 where each has a call of its own.
    pub batch_max: usize,
    /// A message carries the address under which the gateway reports about it.
    pub callback_per_message: bool,
    /// What became of a message can be asked.
    pub message_state: bool,
    /// What customers write comes by webhook, in a form that is documented.
    pub incoming: bool,
    /// Templates can be sent, in this form.
    pub templates: Option<TemplateForm>,
    /// Free text may be sent for this many hours after the person last wrote.
    pub window_hours: Option<u32>,
    /// Files that may be attached, by address.
    pub media: &'static [MediaRule],
    /// Longest text, in Unicode characters.
    pub text_limit: usize,
    /// Above this many people who never wrote first, the vendor advises a delay.
    pub advise_delay_above: Option<usize>,
}

impl Capabilities {
    /// What must be typed for a way of sending the credentials; `None`, or one there is not, is the usual one.
    pub fn fields_of(&'static self, form: Option<&str>) -> impl Iterator<Item = &'static CredentialField> {
        let form = self.auth_form(form);
        self.credentials.iter().filter(move |field| {
            field.only_for.is_empty() || form.is_some_and(|form| field.only_for.contains(&form))
        })
    }

    /// The way of sending the credentials that is meant: the usual one if none is named, or one there is not. `None` where
    /// there is one way only.
    #[must_use]
    pub fn auth_form(&'static self, named: Option<&str>) -> Option<&'static str> {
        let known = self.auth_forms.iter().find(|form| Some(**form) == named);
        known.or(self.auth_forms.first()).copied()
    }
}

/// The field of an account's identity that holds its choice of [`Capabilities::auth_forms`].
pub const AUTH_FORM: &str = "auth_form";

/// What a gateway's templates have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateForm {
    /// They are known by an identifier; else by a name.
    pub by_identifier: bool,
    /// A picture may stand above the text.
    pub header_image: bool,
    /// Longest key (identifier or name), in characters.
    pub key_max: usize,
}

/// One thing to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialField {
    /// Key under which it is stored, and after `credential-` translated.
    pub key: &'static str,
    /// Whether it must be kept in the keyring and masked.
    pub secret: bool,
    /// Whether it must look like an e-mail address.
    pub email: bool,
    /// Longest value, in characters.
    pub max: usize,
    /// The ways of sending the credentials (of [`Capabilities::auth_forms`]) it is needed for; empty for all.
    pub only_for: &'static [&'static str],
}

/// A message ready to go over the wire. Two requests made from the same message are identical to the byte of every
/// field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendRequest {
    /// Identifier by which a repetition is recognised.
    pub client_id: ClientMessageId,
    /// To whom.
    pub to: PhoneNumber,
    /// The text.
    pub text: String,
    /// The attachment; with a template, the picture above its text.
    pub attachment: Option<Attachment>,
    /// The template; `text` is then only what the person will see.
    pub template: Option<TemplateMessage>,
    /// The address under which the gateway reports about this message; `None` if nobody can call us.
    pub callback: Option<url::Url>,
}

/// What came of a send: the verdict, and for the message's history the raw answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendReport {
    /// The verdict.
    pub verdict: SendVerdict,
    /// HTTP status and body, secrets cut out, at most [`RAW_MAX`] characters; `None` if nothing came.
    pub raw: Option<String>,
}

/// How much of a raw answer is kept, in characters.
pub const RAW_MAX: usize = 4_000;

/// How much of a gateway's own words is kept, in characters.
const WORDS_MAX: usize = 500;

/// Why a call that sends nothing failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// No name, no connection, no TLS, or no answer in time.
    #[error("the gateway cannot be reached: {words}")]
    Unreachable {
        /// What the system said, no secrets.
        words: String,
        /// Whether a byte of the request may have left.
        may_have_left: bool,
    },
    /// The gateway refuses the credentials.
    #[error("the gateway refuses the credentials: {words}")]
    CredentialsRefused {
        /// Its words, no secrets.
        words: String,
    },
    /// The gateway asks to go slower.
    #[error("the gateway asks to wait: {words}")]
    RateLimited {
        /// Its words.
        words: String,
        /// How long.
        retry_after: Option<Duration>,
    },
    /// The gateway's own documented error.
    #[error("the gateway said no: {words}")]
    Refused {
        /// Its words, no secrets.
        words: String,
    },
    /// An answer that cannot be read.
    #[error("the gateway's answer cannot be read: {words}")]
    Unreadable {
        /// What was found instead, shortened, no secrets.
        words: String,
    },
    /// The gateway says that it has failed itself, whatever it was asked.
    #[error("the gateway failed: {words}")]
    Failing {
        /// Its words, or what was found, shortened, no secrets.
        words: String,
    },
    /// This gateway has no such function.
    #[error("this gateway cannot do that")]
    Unsupported,
}

/// What setting the delay answered, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelayChange {
    /// Before.
    pub previous_secs: Option<u32>,
    /// Now.
    pub current_secs: Option<u32>,
}

/// What a gateway says of a message it was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateAnswer {
    /// How far it is; `None` while the gateway says that it is pending.
    pub state: Option<MessageState>,
    /// Why, where it failed.
    pub reason: Option<Reason>,
}

/// A gateway, with the credentials of one account in it. Every call ends within the bounds of [`http`]. None retries by
/// itself and none follows a redirect.
pub trait Gateway: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// Sends one message, once.
    fn send<'a>(&'a self, request: &'a SendRequest) -> BoxFuture<'a, SendReport>;

    /// Sends several messages in one call where the gateway takes several (at most [`Capabilities::batch_max`]), else one
    /// after the other; one report for each, in the same order. A batch the gateway finds too large is split here: it was
    /// definitely refused.
    fn send_many<'a>(&'a self, requests: &'a [SendRequest]) -> BoxFuture<'a, Vec<SendReport>> {
        Box::pin(async move {
            let mut reports = Vec::with_capacity(requests.len());
            for request in requests {
                reports.push(self.send(request).await);
            }
            reports
        })
    }

    /// Asks a send that is under way to begin no further call: the program, or the account, is about to end. What was not
    /// posted yet is reported as not sent. Nothing is sent by this client afterwards.
    fn begin_no_more(&self) {}

    /// Tries the credentials with a call that sends nothing and disconnects nothing. `Ok(None)` where the gateway has no
    /// phone to tell of.
    fn test(&self) -> BoxFuture<'_, Result<Option<PhoneStatus>, GatewayError>> {
        Box::pin(async move { self.status().await.map(Some) })
    }

    /// Asks what became of a message, by the gateway's own identifier.
    fn message_state<'a>(&'a self, gateway_id: &'a str) -> BoxFuture<'a, Result<StateAnswer, GatewayError>> {
        let _ = gateway_id;
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Reads connection, phone and battery. Sends nothing and disconnects nothing.
    fn status(&self) -> BoxFuture<'_, Result<PhoneStatus, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Reads the plan's limits.
    fn limits(&self) -> BoxFuture<'_, Result<Limits, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Begins pairing. **Disconnects the phone that is paired now.**
    fn start_pairing(&self) -> BoxFuture<'_, Result<(), GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Asks how pairing stands.
    fn poll_pairing(&self) -> BoxFuture<'_, Result<PairingAnswer, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Reads the number of messages in the vendor's queue.
    fn queue_length(&self) -> BoxFuture<'_, Result<u64, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Deletes the vendor's queue; answers how many messages went. The daily limit is not given back.
    fn clear_queue(&self) -> BoxFuture<'_, Result<u64, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unsupported) })
    }

    /// Sets the delay between two messages, in seconds.
    fn set_delay(&self, secs: u32) -> BoxFuture<'_, Result<DelayChange, GatewayError>> {
        let _ = secs;
        Box::pin(async { Err(GatewayError::Unsupported) })
    }
}

/// What accounts of this gateway can do.
#[must_use]
pub fn capabilities(kind: GatewayKind) -> &'static Capabilities {
    match kind {
        GatewayKind::Solutek => &solutek::CAPABILITIES,
        GatewayKind::Devino => &devino::CAPABILITIES,
        GatewayKind::DecisionTelecom => &decision_telecom::CAPABILITIES,
    }
}

/// A client for an account.
///
/// # Errors
/// [`GatewayError::Unreachable`] if no HTTP client can be made on this machine.
pub fn connect(kind: GatewayKind, credentials: Credentials) -> Result<Arc<dyn Gateway>, GatewayError> {
    match kind {
        GatewayKind::Solutek => Ok(Arc::new(solutek::Solutek::new(credentials)?)),
        GatewayKind::Devino => Ok(Arc::new(devino::Devino::new(credentials)?)),
        GatewayKind::DecisionTelecom => Ok(Arc::new(decision_telecom::DecisionTelecom::new(credentials)?)),
    }
}
