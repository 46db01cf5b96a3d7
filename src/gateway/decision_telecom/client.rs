//! The two functions of the vendor's document, each one POST with the key in its header.

use super::{CAPABILITIES, KEY_BASIC, KEY_COLON, KEY_RAW, replies, requests};
use crate::domain::Secret;
use crate::domain::health::PhoneStatus;
use crate::domain::outbox::SendVerdict;
use crate::gateway::credentials::refused;
use crate::gateway::http::{HttpClient, Outcome, Purpose, Timeouts};
use crate::gateway::{
    Capabilities, Credentials, Gateway, GatewayError, SendReport, SendRequest, StateAnswer,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use url::Url;

/// The last part of the address of "API Send WhatsApp message".
const SEND: &str = "send-whatsapp";
/// The last part of the address of "API Receive WhatsApp message", which tells the status of a message of ours.
const RECEIVE: &str = "receive-whatsapp";
/// The identifier of no message: PHP takes it for an empty parameter.
const NO_MESSAGE: &str = "0";

/// The client of one account.
#[derive(Debug)]
pub struct DecisionTelecom {
    http: HttpClient,
    base: Url,
    authorization: Secret,
    sender: String,
}

impl DecisionTelecom {
    /// A client for an account.
    ///
    /// # Errors
    /// [`GatewayError::CredentialsRefused`] if a credential is missing or cannot be sent, [`GatewayError::Unreachable`] if
    /// the base address is refused or no HTTP client can be made on this machine.
    pub fn new(credentials: Credentials) -> Result<Self, GatewayError> {
        Self::with_timeouts(credentials, Timeouts::default())
    }

    /// The same with other bounds.
    ///
    /// # Errors
    /// As [`DecisionTelecom::new`].
    pub fn with_timeouts(credentials: Credentials, timeouts: Timeouts) -> Result<Self, GatewayError> {
        let key = credentials.required("key")?;
        let sender = credentials.required("sender")?.reveal().to_owned();
        Ok(Self {
            authorization: authorization(credentials.auth_form(), &key)?,
            http: credentials.http(timeouts, &secrets(&key))?,
            base: credentials.base_url,
            sender,
        })
    }

    /// The address of a function, whether or not the base address ends in `/`, and also if it is that of a function
    /// already.
    fn address(&self, function: &str) -> Url {
        let mut url = self.base.clone();
        url.set_fragment(None);
        let is_whole = |segment: &str| segment == SEND || segment == RECEIVE;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
        }
        let last_is_function = url
            .path_segments()
            .and_then(|mut segments| segments.next_back().map(is_whole))
            .unwrap_or(false);
        if let Ok(mut segments) = url.path_segments_mut() {
            if last_is_function {
                segments.pop();
            }
            segments.push(function);
        }
        url
    }

    async fn call(&self, function: &str, body: Vec<u8>, purpose: Purpose) -> Outcome {
        self.http
            .post_json(&self.address(function), &self.authorization, body, purpose)
            .await
    }
}

/// The value of the header. Document, section "Auth": it says "Base64 access key", its PHP sends base64 of the key with
/// the colon of an empty password, its command line the key as it is; the vendor's own programs send base64 of the key.
fn authorization(form: &str, key: &Secret) -> Result<Secret, GatewayError> {
    let value = match form {
        "" | KEY_BASIC => STANDARD.encode(key.reveal()),
        KEY_COLON => STANDARD.encode(format!("{}:", key.reveal())),
        KEY_RAW if key.reveal().bytes().all(|byte| byte.is_ascii_graphic()) => key.reveal().to_owned(),
        KEY_RAW => {
            return Err(refused(
                "the key holds characters that cannot be sent as they are",
            ));
        }
        other => return Err(refused(format!("there is no way {other} of sending the key"))),
    };
    Ok(Secret::new(format!("Basic {value}")))
}

/// Everything that no text may hold: the key, what stands for it in the header, and what a server reads out of that.
fn secrets(key: &Secret) -> Vec<Secret> {
    let with_colon = format!("{}:", key.reveal());
    let mut secrets = vec![
        key.clone(),
        Secret::new(STANDARD.encode(key.reveal())),
        Secret::new(STANDARD.encode(with_colon)),
    ];
    // A key may have been given in base64 already.
    let inside = STANDARD.decode(key.reveal()).ok().map(String::from_utf8);
    if let Some(Ok(inside)) = inside {
        secrets.push(Secret::new(inside.trim_end_matches(':').to_owned()));
    }
    secrets
}

impl Gateway for DecisionTelecom {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn send<'a>(&'a self, request: &'a SendRequest) -> BoxFuture<'a, SendReport> {
        Box::pin(async move {
            match requests::message(&self.sender, request) {
                Ok(body) => {
                    let outcome = self.call(SEND, body, Purpose::Send).await;
                    let redactor = self.http.redactor().with_callback(request.callback.as_ref());
                    replies::report(outcome, &redactor)
                }
                Err(reason) => SendReport {
                    verdict: SendVerdict::Rejected(reason),
                    raw: None,
                },
            }
        })
    }

    /// Asks for a message that does not exist: that there is none is found only after the key was taken.
    fn test(&self) -> BoxFuture<'_, Result<Option<PhoneStatus>, GatewayError>> {
        Box::pin(async move {
            let outcome = self
                .call(RECEIVE, requests::question(NO_MESSAGE), Purpose::Read)
                .await;
            replies::tested(outcome, self.http.redactor()).map(|()| None)
        })
    }

    fn message_state<'a>(&'a self, gateway_id: &'a str) -> BoxFuture<'a, Result<StateAnswer, GatewayError>> {
        Box::pin(async move {
            let outcome = self
                .call(RECEIVE, requests::question(gateway_id), Purpose::Read)
                .await;
            replies::state(outcome, gateway_id, self.http.redactor())
        })
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "bad_replies_tests.rs"]
mod bad_replies_tests;

#[cfg(test)]
#[path = "golden_tests.rs"]
mod golden_tests;
