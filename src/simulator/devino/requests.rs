//! What Devino reads out of a message, and what it refuses about it. Document, section "Enviando", "Parâmetros de
//! solicitação".

use super::errors::{NO_CONTENT, Place, Refusal};
use crate::simulator::common::SentTemplate;
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// Longest text, in Unicode characters.
const TEXT_MAX: usize = 1_000;
/// Longest name of a file, in characters.
const CONTENT_NAME_MAX: usize = 100;
/// Numbers have so many digits.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Codes of languages have so many characters; the document does not say.
const LANGUAGE: std::ops::RangeInclusive<usize> = 2..=7;
/// The language of a template that names none.
const DEFAULT_LANGUAGE: &str = "EN";

/// A message that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) text: String,
    pub(super) content_url: String,
    pub(super) callback: Option<Url>,
    pub(super) callback_data: String,
    pub(super) template: Option<SentTemplate>,
}

/// Reads a message.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn read(message: &Value, senders: &[String]) -> Result<Draft, Vec<Refusal>> {
    let mut reader = Reader {
        message,
        refusals: Vec::new(),
    };
    let draft = Draft {
        from: reader.from(senders),
        to: reader.to(),
        text: reader.text_within(),
        content_url: reader.content_url(),
        callback: reader.callback(),
        callback_data: reader.text("callbackData"),
        template: reader.template(),
    };
    if draft.text.is_empty() && draft.content_url.is_empty() && draft.template.is_none() {
        reader.refusals.push(NO_CONTENT);
    }
    if reader.refusals.is_empty() {
        Ok(draft)
    } else {
        Err(reader.refusals)
    }
}

struct Reader<'a> {
    message: &'a Value,
    refusals: Vec<Refusal>,
}

impl Reader<'_> {
    fn refuse(&mut self, key: &'static str, field: &'static str) {
        let place = Place::Field(field);
        self.refusals.push(Refusal { key, place });
    }

    fn is_there(&self, field: &str) -> bool {
        self.message.get(field).is_some_and(|value| !value.is_null())
    }

    fn text(&self, field: &str) -> String {
        let text = self.message.get(field).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    fn from(&mut self, senders: &[String]) -> String {
        let from = self.text("from");
        if !self.is_there("from") {
            self.refuse("must.be.not.null", "from");
        } else if from.trim().is_empty() || from.chars().any(char::is_control) {
            self.refuse("invalid", "from");
        } else if !senders.contains(&from) {
            self.refuse("not.available", "from");
        }
        from
    }

    fn to(&mut self) -> String {
        let to = match self.message.get("to") {
            Some(Value::Number(number)) => number.to_string(),
            _ => self.text("to"),
        };
        if !self.is_there("to") {
            self.refuse("must.be.not.null", "to");
        } else if to.is_empty() || !to.bytes().all(|byte| byte.is_ascii_digit()) || to.len() < *DIGITS.start()
        {
            self.refuse("invalid", "to");
        } else if to.len() > *DIGITS.end() {
            self.refuse("length.too.long", "to");
        }
        to
    }

    fn text_within(&mut self) -> String {
        let text = self.text("text");
        if text.chars().count() > TEXT_MAX {
            self.refuse("length.too.long", "text");
        }
        text
    }

    fn content_url(&mut self) -> String {
        let url = self.text("contentUrl");
        if self.is_there("contentUrl") && web_address(&url).is_none() {
            self.refuse("invalid", "contentUrl");
        }
        let name = self.text("contentName");
        if self.is_there("contentName") && name.trim().is_empty() {
            self.refuse("length.too.short", "contentName");
        } else if name.chars().count() > CONTENT_NAME_MAX {
            // The document has the bound, and no error for it.
            self.refuse("length.too.long", "contentName");
        }
        if self.is_there("contentType") && !is_mime_type(&self.text("contentType")) {
            self.refuse("invalid", "contentType");
        }
        url
    }

    fn callback(&mut self) -> Option<Url> {
        let callback = web_address(&self.text("callbackUrl"));
        if self.is_there("callbackUrl") && callback.is_none() {
            self.refuse("invalid", "callbackUrl");
        }
        callback
    }

    fn template(&mut self) -> Option<SentTemplate> {
        let key = self.text("templateId");
        let language = if self.is_there("languageCode") {
            self.text("languageCode")
        } else {
            DEFAULT_LANGUAGE.to_owned()
        };
        let length = language.chars().count();
        if length < *LANGUAGE.start() {
            self.refuse("length.too.short", "languageCode");
        } else if length > *LANGUAGE.end() {
            self.refuse("length.too.long", "languageCode");
        } else if !language
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        {
            self.refuse("invalid", "languageCode");
        }
        let validity = self.message.get("validity").filter(|value| !value.is_null());
        if validity.is_some_and(|validity| key.is_empty() || validity.as_u64().is_none_or(|days| days == 0)) {
            self.refuse("invalid", "validity");
        }
        (!key.is_empty()).then(|| SentTemplate {
            values: self.template_values(),
            key,
            language,
        })
    }

    /// The values in the order of their places. Those whose place is no number come last: they match no template.
    fn template_values(&self) -> Vec<String> {
        let params = self.message.get("templateParams").and_then(Value::as_object);
        let by_place: BTreeMap<(usize, &str), String> = params
            .into_iter()
            .flatten()
            .map(|(place, value)| {
                let number = place.parse().unwrap_or(usize::MAX);
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                ((number, place.as_str()), text)
            })
            .collect();
        by_place.into_values().collect()
    }
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// Whether a text is written as types are.
fn is_mime_type(text: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let essence = text.split(';').next().unwrap_or_default().trim();
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(change: Value) -> Vec<(&'static str, Option<String>)> {
        let mut message = json!({"from": "Recado", "to": "5511900000002", "text": "oi"});
        for (field, value) in change.as_object().unwrap() {
            message[field] = value.clone();
        }
        let refusals = read(&message, &["Recado".to_owned()]).err().unwrap_or_default();
        refusals
            .iter()
            .map(|refusal| (refusal.key, refusal.place.reference(Some(0))))
            .collect()
    }

    #[test]
    fn each_field_has_its_refusal() {
        for (change, key, place) in [
            (json!({"from": null}), "must.be.not.null", "messages[0].from"),
            (json!({"from": " "}), "invalid", "messages[0].from"),
            (json!({"from": "Outro"}), "not.available", "messages[0].from"),
            (json!({"to": null}), "must.be.not.null", "messages[0].to"),
            (json!({"to": "+5511900000002"}), "invalid", "messages[0].to"),
            (json!({"to": "123"}), "invalid", "messages[0].to"),
            (
                json!({"to": "5511900000002222"}),
                "length.too.long",
                "messages[0].to",
            ),
            (
                json!({"text": "x".repeat(1_001)}),
                "length.too.long",
                "messages[0].text",
            ),
            (json!({"text": null}), "must.be.not.null", "messages[0]"),
            (json!({"validity": 1}), "invalid", "messages[0].validity"),
            (
                json!({"validity": 0, "templateId": "a"}),
                "invalid",
                "messages[0].validity",
            ),
            (
                json!({"callbackUrl": "ftp://a.example/"}),
                "invalid",
                "messages[0].callbackUrl",
            ),
            (
                json!({"contentUrl": "a.jpg"}),
                "invalid",
                "messages[0].contentUrl",
            ),
            (
                json!({"contentType": "jpeg"}),
                "invalid",
                "messages[0].contentType",
            ),
            (
                json!({"contentName": ""}),
                "length.too.short",
                "messages[0].contentName",
            ),
            (
                json!({"languageCode": "e"}),
                "length.too.short",
                "messages[0].languageCode",
            ),
            (
                json!({"languageCode": "portugues"}),
                "length.too.long",
                "messages[0].languageCode",
            ),
            (
                json!({"languageCode": "p/t"}),
                "invalid",
                "messages[0].languageCode",
            ),
        ] {
            assert_eq!(
                refused(change.clone()),
                [(key, Some(place.to_owned()))],
                "{change}"
            );
            let documented = super::super::REFUSALS.iter().any(|refusal| {
                refusal.key == key && refusal.place.reference(Some(0)).as_deref() == Some(place)
            });
            assert!(documented, "{key} {place}");
        }
        assert_eq!(refused(json!({"contentName": "x".repeat(101)})).len(), 1);
        assert_eq!(refused(json!({"from": null, "to": "x"})).len(), 2);
        for taken in [
            json!({}),
            json!({"to": 5_511_900_000_002_u64}),
            json!({"text": "é".repeat(1_000)}),
            json!({"text": null, "contentUrl": "http://127.0.0.1/a.ogg", "contentType": "audio/ogg; codecs=opus"}),
            json!({"text": null, "templateId": "a", "validity": 1, "languageCode": "pt_BR"}),
        ] {
            assert_eq!(refused(taken.clone()), [], "{taken}");
        }
    }

    #[test]
    fn parameters_stand_in_the_order_of_their_places() {
        let message = json!({"from": "Recado", "to": "5511900000002", "templateId": "a",
            "templateParams": {"10": "j", "2": "b", "1": 7}});
        let template = read(&message, &["Recado".to_owned()]).unwrap().template.unwrap();
        assert_eq!(
            (template.language.as_str(), template.values),
            ("EN", vec!["7".to_owned(), "b".to_owned(), "j".to_owned()])
        );
    }
}
