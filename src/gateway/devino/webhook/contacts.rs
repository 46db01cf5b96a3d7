//! Contacts a person sent, as cards (vCard 3.0, RFC 2426), for that is what the rest of the program reads and saves.
//! Document, section "Webhook de entrada", "WhatsAppContact": its types are `array[string]`, its words speak of objects; read
//! is either, alone or in a list, and JSON within a text too.

use super::lower_case;
use crate::domain::incoming::InboundMessage;
use crate::domain::text::clean_message;
use crate::gateway::tolerant::{Documents, Json, Object};

/// Most cards of a message.
const CARDS_MAX: usize = 50;
/// Most values of one kind on a card.
const VALUES_MAX: usize = 20;
/// Longest value, in characters.
const VALUE_MAX: usize = 500;

/// The cards of these contacts, one after the other; empty if none says anything. `note` is what was written with them.
pub(super) fn cards(told: &Json, note: &str) -> String {
    let mut cards = String::new();
    let mut note = note.trim();
    for contact in items(told).into_iter().take(CARDS_MAX) {
        let Some(card) = card(&contact, note) else {
            continue;
        };
        if cards.chars().count() + card.chars().count() > InboundMessage::TEXT_MAX {
            break;
        }
        cards.push_str(&card);
        note = "";
    }
    cards.trim_end().to_owned()
}

/// A value of a contact.
enum Item {
    Fields(Object),
    Text(String),
}

/// The values in whatever they came in.
fn items(value: &Json) -> Vec<Item> {
    match value {
        Json::List(list) => list
            .iter()
            .take(VALUES_MAX.max(CARDS_MAX))
            .flat_map(|value| match value {
                // No list stands within a list.
                Json::List(_) => Vec::new(),
                other => items(other),
            })
            .collect(),
        Json::Object(object) => vec![Item::Fields(lower_case(object))],
        Json::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            let found = Documents::read(text.as_bytes()).objects;
            if found.is_empty() {
                vec![Item::Text(text.clone())]
            } else {
                found
                    .iter()
                    .map(|object| Item::Fields(lower_case(object)))
                    .collect()
            }
        }
        Json::Text(text) | Json::Number(text) if !text.trim().is_empty() => vec![Item::Text(text.clone())],
        _ => Vec::new(),
    }
}

/// The values under a key of a contact.
fn values(contact: &Object, key: &str) -> Vec<Item> {
    let mut values = contact.get(key).map(items).unwrap_or_default();
    values.truncate(VALUES_MAX);
    values
}

fn card(contact: &Item, note: &str) -> Option<String> {
    let mut card = Card::default();
    match contact {
        // Only a name.
        Item::Text(text) => card.property("FN", text),
        Item::Fields(contact) => fill(&mut card, contact),
    }
    if card.lines.is_empty() {
        return None;
    }
    card.property("NOTE", note);
    Some(card.finish())
}

fn fill(card: &mut Card, contact: &Object) {
    let mut company = String::new();
    for item in values(contact, "contactname").into_iter().take(1) {
        match item {
            Item::Text(text) => card.property("FN", &text),
            Item::Fields(name) => card.name(&name),
        }
    }
    for item in values(contact, "contactcompany").into_iter().take(1) {
        match item {
            Item::Text(text) => {
                card.property("ORG", &text);
                company = text;
            }
            Item::Fields(firm) => {
                card.structured("ORG", &[part(&firm, "company"), part(&firm, "department")]);
                card.property("TITLE", &part(&firm, "title"));
                company = part(&firm, "company");
            }
        }
    }
    for item in values(contact, "phones") {
        match item {
            Item::Text(text) => card.property("TEL", &text),
            Item::Fields(phone) => card.phone(&phone),
        }
    }
    for (key, property, inside) in [("emails", "EMAIL", "email"), ("urls", "URL", "url")] {
        for item in values(contact, key) {
            match item {
                Item::Text(text) => card.property(property, &text),
                Item::Fields(fields) => {
                    let head = format!("{property}{}", type_parameter(&fields));
                    card.property(&head, &part(&fields, inside));
                }
            }
        }
    }
    for item in values(contact, "addresses") {
        match item {
            Item::Text(text) => card.structured("ADR", &[String::new(), String::new(), text]),
            Item::Fields(address) => card.address(&address),
        }
    }
    for item in values(contact, "birthday").into_iter().take(1) {
        if let Item::Text(day) = item {
            card.property("BDAY", &day);
        }
    }
    // A card must have a name (RFC 2426, 3.1.1).
    if !card.lines.is_empty() && !card.has_name {
        let phone = card.first_phone.clone();
        card.property(
            "FN",
            if company.trim().is_empty() {
                &phone
            } else {
                &company
            },
        );
    }
}

/// A part of a value, as one line.
fn part(fields: &Object, key: &str) -> String {
    fields.text(key).unwrap_or_default()
}

/// `;TYPE=…` of a value, if it has a type that may stand there.
fn type_parameter(fields: &Object) -> String {
    let told = part(fields, "type").trim().to_ascii_uppercase();
    let sound = (1..=20).contains(&told.len())
        && told
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if sound {
        format!(";TYPE={told}")
    } else {
        String::new()
    }
}

/// A card that is being written.
#[derive(Default)]
struct Card {
    lines: Vec<String>,
    has_name: bool,
    first_phone: String,
}

impl Card {
    fn property(&mut self, head: &str, value: &str) {
        let value = escaped(value);
        if !value.is_empty() {
            self.has_name |= head == "FN";
            self.lines.push(format!("{head}:{value}"));
        }
    }

    /// A value of several parts, unless all are empty.
    fn structured(&mut self, head: &str, parts: &[String]) {
        let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
        if parts.iter().any(|part| !part.is_empty()) {
            let value = parts.join(";");
            self.lines.push(format!("{head}:{}", value.trim_end_matches(';')));
        }
    }

    fn name(&mut self, name: &Object) {
        let parts =
            ["lastname", "firstname", "middlename", "nameprefix", "namesuffix"].map(|key| part(name, key));
        self.structured("N", &parts);
        let [last, first, middle, before, behind] = &parts;
        let formatted = part(name, "formattedname");
        let written: Vec<&str> = [before, first, middle, last, behind]
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        self.property(
            "FN",
            if formatted.trim().is_empty() {
                written.join(" ")
            } else {
                formatted
            }
            .as_str(),
        );
    }

    /// `waId` is the number by which WhatsApp knows the person: the one to write to.
    fn phone(&mut self, phone: &Object) {
        let digits: String = part(phone, "waid").chars().filter(char::is_ascii_digit).collect();
        let written = part(phone, "phone");
        let shown = match (written.trim(), digits.as_str()) {
            ("", "") => return,
            ("", digits) => format!("+{digits}"),
            (written, _) => written.to_owned(),
        };
        let mut head = format!("TEL{}", type_parameter(phone));
        if (5..=20).contains(&digits.len()) {
            head.push_str(&format!(";waid={digits}"));
        }
        if self.first_phone.is_empty() {
            self.first_phone.clone_from(&shown);
        }
        self.property(&head, &shown);
    }

    fn address(&mut self, address: &Object) {
        let country = [part(address, "country"), part(address, "countrycode")]
            .into_iter()
            .find(|country| !country.trim().is_empty())
            .unwrap_or_default();
        let parts = [
            String::new(),
            String::new(),
            part(address, "street"),
            part(address, "city"),
            part(address, "state"),
            part(address, "zip"),
            country,
        ];
        self.structured(&format!("ADR{}", type_parameter(address)), &parts);
    }

    fn finish(self) -> String {
        format!("BEGIN:VCARD\nVERSION:3.0\n{}\nEND:VCARD\n", self.lines.join("\n"))
    }
}

/// A value on one line, with what would end it or part it marked.
fn escaped(value: &str) -> String {
    let short: String = value.trim().chars().take(VALUE_MAX).collect();
    let (clean, _) = clean_message(&short);
    let mut out = String::with_capacity(clean.len());
    for character in clean.trim().chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}
