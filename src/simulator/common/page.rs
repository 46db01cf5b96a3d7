//! A vendor's answer in JSON.

use super::super::delivery::{Document, Manners};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// A vendor's answer in JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    status: u16,
    json: Value,
    /// A comma after the last field.
    trailing_comma: bool,
    retry_after: Option<Duration>,
    own: OwnPages,
}

/// What a vendor has of its own in its answers.
#[derive(Debug, Clone, Copy)]
pub struct OwnPages {
    /// What goes with an answer.
    pub manners: Manners,
    /// A refusal with these words.
    pub refusal: fn(&str) -> Value,
}

impl PartialEq for OwnPages {
    fn eq(&self, other: &Self) -> bool {
        self.manners == other.manners
    }
}

impl Page {
    /// An answer with an HTTP status.
    #[must_use]
    pub fn new(own: OwnPages, status: u16, json: Value) -> Self {
        Self {
            status,
            json,
            trailing_comma: false,
            retry_after: None,
            own,
        }
    }

    /// The same with a comma after its last field, or without.
    #[must_use]
    pub fn with_trailing_comma(mut self, trailing_comma: bool) -> Self {
        self.trailing_comma = trailing_comma;
        self
    }

    /// The same with the wish to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    fn write(&self) -> String {
        let mut text = self.json.to_string();
        if self.trailing_comma && text.pop().is_some() {
            text.push_str(",}");
        }
        text
    }
}

impl Document for Page {
    fn manners(&self) -> Manners {
        self.own.manners
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    fn text(&self) -> Vec<u8> {
        self.write().into_bytes()
    }

    fn in_latin1(&self) -> Vec<u8> {
        let mut page = self.clone();
        if page.write().is_ascii() {
            set(&mut page.json, "note", Some(json!("requisição concluída")));
        }
        let latin = |letter| u8::try_from(letter).unwrap_or(b'?');
        page.write().chars().map(latin).collect()
    }

    fn with_field(mut self, name: &'static str, value: Option<Value>) -> Vec<u8> {
        // What is asked for may be a field of each entry.
        let entries = self.json.get_mut("result").and_then(Value::as_array_mut);
        match entries.filter(|_| name != "result") {
            Some(entries) => entries
                .iter_mut()
                .for_each(|entry| set(entry, name, value.clone())),
            None => set(&mut self.json, name, value),
        }
        self.text()
    }

    fn refusal(&self, words: &str) -> Vec<u8> {
        (self.own.refusal)(words).to_string().into_bytes()
    }
}

fn set(json: &mut Value, name: &str, value: Option<Value>) {
    if let Some(object) = json.as_object_mut() {
        match value {
            Some(value) => object.insert(name.to_owned(), value),
            None => object.remove(name),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: OwnPages = OwnPages {
        manners: Manners::PHP,
        refusal: |words| json!({"error": words}),
    };

    #[test]
    fn pages_are_written_and_spoilt() {
        let page = Page::new(OWN, 418, json!({"message_id": 554, "status": 1}));
        assert_eq!(page.text(), br#"{"message_id":554,"status":1}"#);
        assert_eq!(page.status(), 418);
        let comma = page.clone().with_trailing_comma(true);
        assert_eq!(comma.text(), br#"{"message_id":554,"status":1,}"#);
        assert!(String::from_utf8(page.in_latin1()).is_err());
        assert_eq!(page.refusal("não"), r#"{"error":"não"}"#.as_bytes());
        assert_eq!(page.clone().with_field("status", None), br#"{"message_id":554}"#);
        let list = Page::new(OWN, 200, json!({"result": [{"code": "OK"}, {"code": "OK"}]}));
        assert_eq!(
            list.clone().with_field("code", Some(json!(7))),
            br#"{"result":[{"code":7},{"code":7}]}"#
        );
        assert_eq!(
            list.with_field("result", Some(json!(null))),
            br#"{"result":null}"#
        );
    }
}
