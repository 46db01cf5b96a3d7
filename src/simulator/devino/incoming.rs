//! What people write, in the form of the document's section "Webhook de entrada".

use super::DevinoState;
use super::replies::unix_milliseconds;
use crate::simulator::common::Told;
use crate::simulator::common::post::Content;
use crate::simulator::webhook::{Contact, ContactCard, Place, Said};
use bytes::Bytes;
use rand::RngExt as _;
use serde_json::{Value, json};
use tokio::time::Instant;

impl DevinoState {
    /// Somebody writes: it is told at the address in the panel, as often as the style says. Answers `incomingMessageId`.
    pub(super) fn contact_writes(&mut self, from: &Contact, said: &Said, now: Instant) -> u64 {
        self.note_heard(&from.phone, now);
        let (message_id, content) = self.write_incoming(from, said);
        for _ in 0..self.vendor.style.message_copies.max(1) {
            let told = Told::Message {
                message_id,
                from: from.clone(),
                said: said.clone(),
            };
            self.post(told, None, content.clone(), now);
        }
        message_id
    }

    /// Writes down what somebody wrote; answers `incomingMessageId` too. Its file can be fetched from now on.
    fn write_incoming(&mut self, from: &Contact, said: &Said) -> (u64, Content) {
        self.vendor.latest_incoming_id += self.random.random_range(1..1_000_000_u64);
        let id = self.vendor.latest_incoming_id;
        let mut message = json!({
            "incomingMessageId": id, "to": self.vendor.config.senders.first(), "from": from.phone,
            "ts": unix_milliseconds(),
        });
        if !from.name.is_empty() {
            message["profileName"] = json!(from.name);
        }
        match said {
            Said::Text(text) => message["text"] = json!(text),
            Said::Place(place) => message["whatsAppGeoLocation"] = place_object(place),
            Said::ContactCard(card) => {
                let as_text = self.vendor.style.contacts_as_text;
                message["whatsAppContacts"] = json!([contact_object(card, as_text)]);
            }
            Said::Picture(visual) | Said::Video(visual) if !visual.caption.is_empty() => {
                message["text"] = json!(visual.caption);
            }
            _ => {}
        }
        if let Some((bytes, mime_type)) = said.file() {
            let name = file_name(said, mime_type);
            let url = self.serve_file(&name, mime_type, bytes.clone());
            message["contentUrl"] = json!(url.as_str());
            message["contentType"] = json!(mime_type);
            message["contentName"] = json!(name);
        }
        let content = Content::Whole {
            content_type: Some("application/json"),
            body: Bytes::from(message.to_string()),
        };
        (id, content)
    }
}

fn file_name(said: &Said, mime_type: &str) -> String {
    if let Said::Document(document) = said {
        return document.name.clone();
    }
    let essence = mime_type.split(';').next().unwrap_or_default();
    let extension = match essence.rsplit('/').next().unwrap_or_default() {
        "jpeg" => "jpg",
        other => other,
    };
    format!("{}.{extension}", said.kind())
}

fn place_object(place: &Place) -> Value {
    json!({
        "latitude": place.latitude, "longitude": place.longitude, "address": null, "addressName": null,
        "addressurl": null,
    })
}

/// Somebody's name and number; the document calls its lists texts and describes objects.
fn contact_object(card: &ContactCard, as_text: bool) -> Value {
    if as_text {
        return json!({
            "addresses": [], "birthday": null, "emails": [], "contactName": [card.name], "contactCompany": [],
            "phones": [format!("+{}", card.phone)], "urls": [],
        });
    }
    let first = card.name.split(' ').next();
    json!({
        "addresses": [], "birthday": null, "emails": [],
        "contactName": [{"firstName": first, "middleName": null, "formattedName": card.name}],
        "contactCompany": [], "phones": [{"phone": format!("+{}", card.phone), "waId": card.phone, "type": "CELL"}],
        "urls": [],
    })
}
