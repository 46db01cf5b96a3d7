//! DecisionTelecom: JSON over HTTP, one message a call. The vendor's own words stay in this folder.
//!
//! All of the vendor's document "WhatsApp Business API" is here: the client that calls the two functions (`client`,
//! `requests`), how their replies are read (`replies`), what errors and statuses mean (`errors`, `statuses`), and what a
//! message's callback tells (`webhook`).

mod client;
#[cfg(test)]
#[path = "documented_tests.rs"]
pub(crate) mod documented;
mod errors;
mod replies;
mod requests;
mod statuses;
mod webhook;

pub use client::DecisionTelecom;
pub(in crate::gateway) use webhook::read as read_webhook;

use super::{Capabilities, CredentialField, TemplateForm};
use crate::domain::attachment::MediaRule;
use crate::domain::{MediaKind, Template};

/// Longest key, in characters.
const KEY_MAX: usize = 200;
/// Longest `source_addr`, in characters.
const SENDER_MAX: usize = 20;

/// The way of sending the key that the vendor's own programs have: `Basic` and base64 of the key.
const KEY_BASIC: &str = "key-basic";
/// What the document's PHP sends: the key is a login with an empty password.
const KEY_COLON: &str = "key-colon";
/// What the document's command line sends: `Basic` and the key as it was given.
const KEY_RAW: &str = "key-raw";

/// What it can do. Document, sections "Auth" and "API Send WhatsApp message".
pub static CAPABILITIES: Capabilities = Capabilities {
    vendor: "DecisionTelecom",
    default_base_url: "https://web.it-decision.com/v1/api/",
    credentials: &[
        CredentialField {
            key: "key",
            secret: true,
            email: false,
            max: KEY_MAX,
            only_for: &[],
        },
        CredentialField {
            key: "sender",
            secret: false,
            email: false,
            max: SENDER_MAX,
            only_for: &[],
        },
    ],
    auth_forms: &[KEY_BASIC, KEY_COLON, KEY_RAW],
    pairing: false,
    status: false,
    limits: false,
    queue: false,
    delay: false,
    delay_max_secs: 0,
    repeatable_send: false,
    batch_max: 1,
    callback_per_message: true,
    message_state: true,
    incoming: false,
    templates: Some(TemplateForm {
        by_identifier: false,
        header_image: true,
        key_max: Template::KEY_MAX,
    }),
    window_hours: Some(24),
    media: MEDIA,
    text_limit: 4_096,
    advise_delay_above: None,
};

/// The files it takes. Document "WhatsApp Business API", section "API Send WhatsApp message", `message_type` 2 and
/// `file_url`: pictures only, no size named.
pub static MEDIA: &[MediaRule] = &[
    picture("jpg", "image/jpeg"),
    picture("jpeg", "image/jpeg"),
    picture("png", "image/png"),
];

const fn picture(extension: &'static str, mime: &'static str) -> MediaRule {
    MediaRule {
        extension,
        kind: MediaKind::Image,
        mime,
        max_bytes: None,
        warn_bytes: None,
    }
}

/// The keys, after `detail-`, of every sentence that a reason of this gateway may name.
pub fn details() -> impl Iterator<Item = &'static str> {
    errors::details().chain(statuses::details())
}
