//! A person wrote. Document, section "Webhook de entrada".

use super::contacts;
use super::content::{self, Content};
use super::lower_case;
use crate::domain::IncomingKind;
use crate::domain::incoming::{InboundMessage, Place};
use crate::gateway::inbound::values::{clean, digest_of, identifier, name, readable, sender, time};
use crate::gateway::tolerant::{Documents, Json, Object};

/// The fields that hold what was written, in lower case.
pub(super) const CONTENTS: &[&str] = &["text", "contenturl", PLACE, CONTACTS, "profilename"];
const PLACE: &str = "whatsappgeolocation";
const CONTACTS: &str = "whatsappcontacts";
/// Fields that are read here; of a message of an unknown kind the others are shown.
const READ_HERE: &[&str] = &[
    "incomingmessageid",
    "to",
    "from",
    "ts",
    "text",
    "contenturl",
    "contenttype",
    "contentname",
    "profilename",
    PLACE,
    CONTACTS,
];

/// Reads a message; the names of its fields are in lower case.
///
/// # Errors
/// Why it is none that a person wrote.
pub(super) fn read(object: &Object) -> Result<InboundMessage, String> {
    let from = sender(object, "from")?;
    let written = readable(object, "text");
    let content = content::read(object);
    let place = object.get(PLACE).and_then(inner).map(|place| lower_case(&place));
    let cards = object
        .get(CONTACTS)
        .map(|told| contacts::cards(told, &written))
        .unwrap_or_default();
    let (kind, text) = if !cards.is_empty() {
        (IncomingKind::ContactCard, cards)
    } else if let Some(place) = &place {
        (IncomingKind::Place, place_text(place, &written))
    } else if let Some(content) = &content {
        (content.kind, content_text(content, &written))
    } else if !written.trim().is_empty() {
        (IncomingKind::Text, written)
    } else {
        (IncomingKind::Unknown, all_else(object))
    };
    Ok(InboundMessage {
        // The document's sample has 0, which cannot be the identifier of every message.
        gateway_id: identifier(object, "incomingmessageid", &["id"])
            .filter(|id| id != "0")
            .unwrap_or_else(|| digest_of(object)),
        from,
        kind,
        text: clean(&text, InboundMessage::TEXT_MAX),
        sender_name: name(object, "profilename"),
        address_book_name: None,
        sent_at: time(object, "ts"),
        place: place
            .filter(|_| kind == IncomingKind::Place)
            .and_then(|place| Place::new(place.decimal("latitude")?, place.decimal("longitude")?, false)),
        reference: None,
        mime: content.as_ref().and_then(|content| content.mime.clone()),
        width: None,
        height: None,
        told_bytes: None,
        thumbnail: None,
        reply_to: None,
        content_url: content.as_ref().and_then(|content| content.url.clone()),
        content_name: content.and_then(|content| content.name),
    })
}

/// An object that says something, perhaps written as a text or the only one of a list.
fn inner(value: &Json) -> Option<Object> {
    let object = match value {
        Json::Object(object) => object.clone(),
        Json::Text(text) => Documents::read(text.as_bytes()).objects.into_iter().next()?,
        Json::List(list) => list.iter().find_map(inner)?,
        _ => return None,
    };
    let says = |value: &Json| match value {
        Json::Null => false,
        Json::Text(text) => !text.trim().is_empty(),
        _ => true,
    };
    let any = object.iter().any(|(_, value)| says(value));
    any.then_some(object)
}

/// The place's name, address and link, below what was written with it.
fn place_text(place: &Object, written: &str) -> String {
    let told = ["addressname", "address", "addressurl"].map(|key| readable(place, key));
    let mut lines: Vec<&str> = Vec::new();
    for line in std::iter::once(written).chain(told.iter().map(String::as_str)) {
        let line = line.trim();
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The caption; below it an address that is none, so that it is not lost.
fn content_text(content: &Content, written: &str) -> String {
    match &content.no_url {
        Some(no_url) if written.trim().is_empty() => no_url.clone(),
        Some(no_url) => format!("{written}\n{no_url}"),
        None => written.to_owned(),
    }
}

/// What a message of an unknown kind says, field by field.
fn all_else(object: &Object) -> String {
    let mut text = String::new();
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
