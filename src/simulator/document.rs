//! The document of an answer, as PHP would write it.

use super::delivery::{Document, Manners};
use super::style::Style;
use serde_json::{Value, json};
use std::fmt::Write;

/// The fields of an answer, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reply {
    fields: Vec<(&'static str, Value)>,
    escapes: bool,
}

impl Reply {
    /// `erro` = `nao`, and these fields.
    pub(super) fn success(style: &Style, fields: Vec<(&'static str, Value)>) -> Self {
        let mut all = vec![("erro", style.flag(false)), ("sobre_o_erro", json!(""))];
        all.extend(fields);
        Self {
            fields: all,
            escapes: style.escapes,
        }
    }

    /// `erro` = `sim` with words.
    pub(super) fn refusal(style: &Style, words: &str) -> Self {
        let fields = vec![("erro", style.flag(true)), ("sobre_o_erro", json!(words))];
        Self {
            fields,
            escapes: style.escapes,
        }
    }

    /// Replaces a field, adds it, or leaves it out.
    pub(super) fn set_field(&mut self, name: &'static str, value: Option<Value>) {
        let Some(value) = value else {
            self.fields.retain(|(field, _)| *field != name);
            return;
        };
        match self.fields.iter_mut().find(|(field, _)| *field == name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name, value)),
        }
    }

    /// The document, as PHP would write it.
    pub(super) fn to_json(&self) -> String {
        let plain = self.to_plain_json();
        if self.escapes {
            escape_like_php(&plain)
        } else {
            plain
        }
    }

    /// The document in Latin-1, certain to hold a letter that is no valid UTF-8 there.
    pub(super) fn to_latin1(&self) -> Vec<u8> {
        let mut reply = self.clone();
        if reply.to_plain_json().is_ascii() {
            reply.fields.push(("observacao", json!("requisição concluída")));
        }
        reply
            .to_plain_json()
            .chars()
            .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
            .collect()
    }

    fn to_plain_json(&self) -> String {
        let fields: Vec<String> = self
            .fields
            .iter()
            .map(|(name, value)| format!("{}:{value}", json!(name)))
            .collect();
        format!("{{{}}}", fields.join(","))
    }
}

/// Slashes and letters beyond ASCII occur only inside of strings, so the document can be escaped as a whole.
pub(super) fn escape_like_php(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for letter in document.chars() {
        match letter {
            '/' => out.push_str("\\/"),
            letter if letter.is_ascii() => out.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}

/// An answer: fields, or no JSON at all.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// JSON.
    Reply(Reply),
    /// What PHP prints when something breaks.
    Noise(String),
}

impl Document for Answer {
    fn manners(&self) -> Manners {
        Manners::PHP
    }

    fn text(&self) -> Vec<u8> {
        match self {
            Self::Reply(reply) => reply.to_json().into_bytes(),
            Self::Noise(noise) => noise.clone().into_bytes(),
        }
    }

    fn in_latin1(&self) -> Vec<u8> {
        match self {
            Self::Reply(reply) => reply.to_latin1(),
            Self::Noise(_) => self.text(),
        }
    }

    fn with_field(self, name: &'static str, value: Option<Value>) -> Vec<u8> {
        match self {
            Self::Reply(mut reply) => {
                reply.set_field(name, value);
                reply.to_json().into_bytes()
            }
            Self::Noise(noise) => noise.into_bytes(),
        }
    }

    fn refusal(&self, words: &str) -> Vec<u8> {
        Reply::refusal(&Style::default(), words).to_json().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_written_as_php_writes_them() {
        let mut reply = Reply::success(&Style::default(), vec![("nome", json!("Balcão 😀 a/b"))]);
        assert_eq!(
            reply.to_json(),
            r#"{"erro":"nao","sobre_o_erro":"","nome":"Balc\u00e3o \ud83d\ude00 a\/b"}"#
        );
        let read: Value = serde_json::from_str(&reply.to_json()).unwrap();
        assert_eq!(read["nome"], "Balcão 😀 a/b");
        reply.set_field("nome", None);
        reply.set_field("erro", Some(json!(true)));
        assert_eq!(reply.to_json(), r#"{"erro":true,"sobre_o_erro":""}"#);
        assert!(String::from_utf8(reply.to_latin1()).is_err());
    }
}
