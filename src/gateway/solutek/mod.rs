//! Solutek (Brazil): form POST, PHP behind it. The vendor's own words stay in this folder.
//!
//! All of the vendor's document "Documentação completa da integração por JSON" is here: the client that calls the eight
//! functions, how replies are read, how errors are classed, and what the webhook tells.

mod client;
mod errors;
mod replies;
mod webhook;

pub use client::{Function, Solutek};
pub(in crate::gateway) use webhook::read as read_webhook;

use super::{Capabilities, CredentialField};
use crate::domain::MediaKind;
use crate::domain::attachment::MediaRule;

/// Longest credential, in characters.
const CREDENTIAL_MAX: usize = 200;

/// What it can do. Document, sections "Autenticação", "Enviar Mensagens" and "Aplicar Delay".
pub static CAPABILITIES: Capabilities = Capabilities {
    vendor: "Solutek",
    default_base_url: "https://www.solutek.online/api/whatsapp/gateway/json/",
    credentials: &[
        CredentialField {
            key: "email",
            secret: false,
            email: true,
            max: CREDENTIAL_MAX,
            only_for: &[],
        },
        CredentialField {
            key: "token",
            secret: true,
            email: false,
            max: CREDENTIAL_MAX,
            only_for: &[],
        },
        CredentialField {
            key: "idapp",
            secret: false,
            email: false,
            max: CREDENTIAL_MAX,
            only_for: &[],
        },
    ],
    auth_forms: &[],
    pairing: true,
    status: true,
    limits: true,
    queue: true,
    delay: true,
    delay_max_secs: 3_600,
    repeatable_send: true,
    batch_max: 1,
    callback_per_message: false,
    message_state: false,
    incoming: true,
    templates: None,
    window_hours: None,
    media: &[
        media("jpg", MediaKind::Image, "image/jpeg"),
        media("jpeg", MediaKind::Image, "image/jpeg"),
        media("png", MediaKind::Image, "image/png"),
        media("pdf", MediaKind::Document, "application/pdf"),
        media("mp3", MediaKind::Audio, "audio/mpeg"),
    ],
    text_limit: 4_096,
    advise_delay_above: Some(3),
};

const fn media(extension: &'static str, kind: MediaKind, mime: &'static str) -> MediaRule {
    MediaRule {
        extension,
        kind,
        mime,
        max_bytes: None,
        warn_bytes: None,
    }
}
