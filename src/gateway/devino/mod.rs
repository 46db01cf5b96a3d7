//! Devino: JSON over HTTP, messages in batches. The vendor's own words stay in this folder.
//!
//! All of the vendor's document "WHATSAPP" is here: the client that sends (`client`, `batches`, `requests`), how its replies are read
//! (`replies`, `results`), what its codes mean (`errors`), and what its two webhooks tell (`webhook`).

mod batches;
mod client;
#[cfg(test)]
#[path = "documented_tests.rs"]
pub(crate) mod documented;
mod errors;
mod replies;
mod requests;
mod results;
mod webhook;

pub use client::Devino;
pub use errors::details;
pub(in crate::gateway) use webhook::read as read_webhook;

use super::{Capabilities, CredentialField, TemplateForm};
use crate::domain::attachment::MediaRule;
use crate::domain::{MediaKind, Template};

/// Longest credential, in characters.
const CREDENTIAL_MAX: usize = 200;
/// The usual way of sending the credentials, the one the document shows: `Authorization: Key …`.
const BY_KEY: &str = "key";
/// The second way: `Authorization: Basic …` of a login and its password.
const BY_LOGIN: &str = "login";

/// What it can do. Document, section "Enviando".
pub static CAPABILITIES: Capabilities = Capabilities {
    vendor: "Devino",
    default_base_url: "https://api.devino.online/",
    credentials: &[
        credential("key", true, &[BY_KEY]),
        credential("login", false, &[BY_LOGIN]),
        credential("password", true, &[BY_LOGIN]),
        credential("sender", false, &[]),
    ],
    auth_forms: &[BY_KEY, BY_LOGIN],
    pairing: false,
    status: false,
    limits: false,
    queue: false,
    delay: false,
    delay_max_secs: 0,
    repeatable_send: false,
    // The largest batch is not documented. A small one leaves few messages unclear when its answer is lost.
    batch_max: 20,
    callback_per_message: true,
    message_state: false,
    incoming: true,
    templates: Some(TemplateForm {
        by_identifier: true,
        // The document names no picture above a template's text.
        header_image: false,
        key_max: Template::KEY_MAX,
    }),
    window_hours: Some(24),
    media: MEDIA,
    text_limit: 1_000,
    advise_delay_above: None,
};

const fn credential(key: &'static str, secret: bool, only_for: &'static [&'static str]) -> CredentialField {
    CredentialField {
        key,
        secret,
        email: false,
        max: CREDENTIAL_MAX,
        only_for,
    }
}

/// The document writes "Mb" and does not say which; the smaller reading is never refused.
const MEGABYTE: u64 = 1_000_000;

/// Largest sound, picture and voice note. Document, section "MIMEType".
const SOUND_OR_PICTURE_MAX: u64 = 16 * MEGABYTE;
/// Largest film. Document, section "MIMEType".
const FILM_MAX: u64 = 5 * MEGABYTE;
/// Largest document. Document, section "MIMEType".
const DOCUMENT_MAX: u64 = 100 * MEGABYTE;
/// Error 2303 (section "Códigos de erro" of the status webhook) speaks of pictures of 5 MB and more as too large, against
/// the table's 16.
const PICTURE_WARNED: u64 = 5 * MEGABYTE;

/// The files it takes. Document, section "MIMEType": its misprints (`audio/acc`, `.acc`, `auidio/ogg`) are read as the
/// types that exist. Of documents it takes "any valid type": here are those that show something and run nothing.
/// Pictures of other kinds are not among them, so that they are offered to be converted instead. Films must be H.264
/// with AAC, and sounds in Ogg must be Opus.
pub static MEDIA: &[MediaRule] = &[
    picture("jpg", "image/jpeg"),
    picture("jpeg", "image/jpeg"),
    picture("png", "image/png"),
    sound("mp3", "audio/mpeg"),
    sound("mpeg", "audio/mpeg"),
    sound("ogg", "audio/ogg"),
    sound("m4a", "audio/mp4"),
    sound("mp4a", "audio/mp4"),
    sound("aac", "audio/aac"),
    sound("amr", "audio/amr"),
    film("mp4", "video/mp4"),
    film("3gp", "video/3gpp"),
    film("3g2", "video/3gpp"),
    document("pdf", "application/pdf"),
    document("doc", "application/msword"),
    document(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    document("xls", "application/vnd.ms-excel"),
    document(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    document("ppt", "application/vnd.ms-powerpoint"),
    document(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    document("odt", "application/vnd.oasis.opendocument.text"),
    document("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    document("odp", "application/vnd.oasis.opendocument.presentation"),
    document("rtf", "application/rtf"),
    document("txt", "text/plain"),
    document("csv", "text/csv"),
];

const fn picture(extension: &'static str, mime: &'static str) -> MediaRule {
    MediaRule {
        extension,
        kind: MediaKind::Image,
        mime,
        max_bytes: Some(SOUND_OR_PICTURE_MAX),
        warn_bytes: Some(PICTURE_WARNED),
    }
}

const fn sound(extension: &'static str, mime: &'static str) -> MediaRule {
    rule(extension, MediaKind::Audio, mime, SOUND_OR_PICTURE_MAX)
}

const fn film(extension: &'static str, mime: &'static str) -> MediaRule {
    rule(extension, MediaKind::Video, mime, FILM_MAX)
}

const fn document(extension: &'static str, mime: &'static str) -> MediaRule {
    rule(extension, MediaKind::Document, mime, DOCUMENT_MAX)
}

const fn rule(extension: &'static str, kind: MediaKind, mime: &'static str, max_bytes: u64) -> MediaRule {
    MediaRule {
        extension,
        kind,
        mime,
        max_bytes: Some(max_bytes),
        warn_bytes: None,
    }
}
