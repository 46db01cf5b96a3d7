//! `tipo=mensagem`: a person wrote.

use super::values::{clean, digest_of, identifier, name, readable, sender, time};
use crate::domain::incoming::{InboundMessage, IncomingKind, Place};
use crate::gateway::inbound::kinds::{is_picture, mime_of_extension};
use crate::gateway::inbound::names::reference_key;
use crate::gateway::tolerant::{Object, Picture, folded};

/// Longest media type, in characters.
const MIME_MAX: usize = 100;
/// Smallest picture there is, in bytes: a short word in base64 letters may begin like one.
const PICTURE_MIN: usize = 24;
/// Fields that are read here; of a message of an unknown kind the others are shown.
const READ_HERE: &[&str] = &[
    "tipo",
    "whatsapp",
    "horario_unix",
    "mensagem",
    "idmsg",
    "nome_cliente",
    "nome_agenda",
    "midia",
    "mimetype",
    "width",
    "height",
    "size",
    "referencia",
    "legenda",
    "lat",
    "lng",
    "loctipo",
    "base64",
];
/// Undocumented: where the libraries behind such gateways put what a message answers.
const ANSWERED: &[&str] = &[
    "quotedMsgId",
    "quotedStanzaID",
    "quotedMsg",
    "quoted_msg_id",
    "idmsg_resposta",
];

/// Reads a message.
///
/// # Errors
/// Why it is none that a person wrote.
pub(super) fn read(object: &Object) -> Result<InboundMessage, String> {
    let from = sender(object)?;
    let word = folded(&object.text("midia").unwrap_or_default());
    let mime = mime(object);
    let kind = kind(&word, object, mime.as_deref());
    let (text, thumbnail) = content(object, kind, &word);
    let positive = |key: &str| {
        object
            .unsigned(key)
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0)
    };
    let live = folded(&object.text("loctipo").unwrap_or_default()) == "tempo real";
    let place = (kind == IncomingKind::Place)
        .then(|| Place::new(object.decimal("lat")?, object.decimal("lng")?, live))
        .flatten();
    Ok(InboundMessage {
        gateway_id: identifier(object, "idmsg").unwrap_or_else(|| digest_of(object)),
        from,
        kind,
        text,
        sender_name: name(object, "nome_cliente"),
        address_book_name: name(object, "nome_agenda"),
        sent_at: time(object, "horario_unix"),
        place,
        reference: object
            .text("referencia")
            .and_then(|reference| reference_key(&reference)),
        mime,
        width: positive("width"),
        height: positive("height"),
        told_bytes: object.unsigned("size").filter(|bytes| *bytes > 0),
        thumbnail,
        reply_to: ANSWERED.iter().find_map(|key| identifier(object, key)),
        content_url: None,
        content_name: None,
    })
}

/// What it is: `midia`, or without that word what its fields say.
fn kind(word: &str, object: &Object, mime: Option<&str>) -> IncomingKind {
    match word {
        "chat" | "text" | "texto" => IncomingKind::Text,
        "image" | "imagem" | "sticker" => IncomingKind::Image,
        "ptt" => IncomingKind::Voice,
        "audio" => IncomingKind::Audio,
        "video" => IncomingKind::Video,
        "document" | "documento" => IncomingKind::Document,
        "location" | "localizacao" => IncomingKind::Place,
        "vcard" | "multi vcard" => IncomingKind::ContactCard,
        "revoked" => IncomingKind::Revoked,
        "" if object.decimal("lat").is_some() && object.decimal("lng").is_some() => IncomingKind::Place,
        // A file is coming: of whatever kind, it is to be seen.
        _ if object.text("referencia").is_some() => {
            match mime.and_then(|mime| mime.split('/').next()).unwrap_or_default() {
                "image" => IncomingKind::Image,
                "audio" => IncomingKind::Audio,
                "video" => IncomingKind::Video,
                _ => IncomingKind::Document,
            }
        }
        "" if object.text("mensagem").is_some() => IncomingKind::Text,
        _ => IncomingKind::Unknown,
    }
}

/// The type as told, `image/jpeg` or only `jpg`, in lower case.
fn mime(object: &Object) -> Option<String> {
    let told = object.text("mimetype")?.trim().to_ascii_lowercase();
    if let Some(mime) = mime_of_extension(told.trim_start_matches('.')) {
        return Some(mime.to_owned());
    }
    let sound =
        told.len() <= MIME_MAX && told.contains('/') && told.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    sound.then_some(told)
}

/// Text and thumbnail. `mensagem` holds the text, or the thumbnail; `legenda` the caption.
fn content(object: &Object, kind: IncomingKind, word: &str) -> (String, Option<Vec<u8>>) {
    let mut text = readable(object, "mensagem");
    let mut thumbnail = None;
    // In a text or a card, base64 is what the person wrote.
    if !matches!(kind, IncomingKind::Text | IncomingKind::ContactCard) {
        match thumbnail_in(&text) {
            Said::Text => {}
            Said::Thumbnail(picture) => {
                thumbnail = Some(picture);
                text.clear();
            }
            Said::NothingToShow => text.clear(),
        }
    }
    let caption = readable(object, "legenda");
    if !caption.trim().is_empty() && caption != text {
        text = if text.trim().is_empty() {
            caption
        } else {
            format!("{caption}\n{text}")
        };
    }
    if kind == IncomingKind::Unknown && text.trim().is_empty() && thumbnail.is_none() {
        text = all_else(object, word);
    }
    (clean(&text, InboundMessage::TEXT_MAX), thumbnail)
}

/// What `mensagem` holds.
enum Said {
    Text,
    Thumbnail(Vec<u8>),
    NothingToShow,
}

fn thumbnail_in(text: &str) -> Said {
    let trimmed = text.trim();
    let is_data = trimmed
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    let is_base64 = trimmed
        .bytes()
        .take(16)
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'='));
    if !is_data && !is_base64 {
        return Said::Text;
    }
    match Picture::read(trimmed) {
        Some(Picture::Bytes(bytes)) if bytes.len() >= PICTURE_MIN && is_picture(&bytes) => {
            if bytes.len() <= InboundMessage::THUMBNAIL_MAX {
                Said::Thumbnail(bytes)
            } else {
                Said::NothingToShow
            }
        }
        // Nobody types a data address: a picture that cannot be shown, or one that was cut off.
        _ if is_data => Said::NothingToShow,
        _ => Said::Text,
    }
}

/// What a message of an unknown kind says, field by field.
fn all_else(object: &Object, word: &str) -> String {
    let mut text = word.to_owned();
    for (key, _) in object.iter().filter(|(key, _)| !READ_HERE.contains(key)) {
        let value = readable(object, key);
        if !value.trim().is_empty() {
            text.push_str(&format!("\n{key}: {value}"));
        }
        if text.len() > InboundMessage::TEXT_MAX * 4 {
            break;
        }
    }
    text.trim().to_owned()
}
