//! The vendors. [`Gateway`] is what the rest of the program speaks to; what an account can do it asks of
//! [`Capabilities`], never of the vendor's name.

pub mod decision_telecom;
pub mod devino;
pub mod http;
pub mod inbound;
pub mod redaction;
pub mod solutek;
#[cfg(test)]
mod test_server;
pub mod tolerant;

use crate::domain::attachment::MediaRule;
use crate::domain::health::{Limits, PhoneStatus};
use crate::domain::outbox::SendVerdict;
use crate::domain::pairing::PairingAnswer;
use crate::domain::{Attachment, ClientMessageId, GatewayKind, PhoneNumber, Secret};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
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
    /// Files that may be attached, by address.
    pub media: &'static [MediaRule],
    /// Longest text, in Unicode characters.
    pub text_limit: usize,
    /// Above this many people who never wrote first, the vendor advises a delay.
    pub advise_delay_above: Option<usize>,
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
}

/// What a client needs to know of an account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Base address; checked with [`crate::domain::account::check_base_url`].
    pub base_url: url::Url,
    /// Every credential field by key.
    pub fields: BTreeMap<String, Secret>,
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
    /// The attachment.
    pub attachment: Option<Attachment>,
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

/// A gateway, with the credentials of one account in it. Every call ends within the bounds of [`http`]. None retries by
/// itself and none follows a redirect.
pub trait Gateway: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// Sends one message, once.
    fn send<'a>(&'a self, request: &'a SendRequest) -> BoxFuture<'a, SendReport>;

    /// Reads connection, phone and battery. Sends nothing and disconnects nothing: also the connection test.
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
    }
}

/// A client for an account.
///
/// # Errors
/// [`GatewayError::Unreachable`] if no HTTP client can be made on this machine.
pub fn connect(kind: GatewayKind, credentials: Credentials) -> Result<Arc<dyn Gateway>, GatewayError> {
    match kind {
        GatewayKind::Solutek => Ok(Arc::new(solutek::Solutek::new(credentials)?)),
    }
}
