//! What DecisionTelecom reads out of a message, and what it refuses about it. Document, section "API Send WhatsApp
//! message".

use super::errors::{FILE_EXTENSION, PARAMETER};
use super::template_params;
use crate::simulator::common::{RegisteredTemplate, SentTemplate, TemplateFault, templates};
use serde_json::Value;
use url::Url;

/// Longest `source_addr` and `destination_addr`, in characters.
const ADDRESS_MAX: usize = 20;
/// Longest text, in Unicode characters.
const TEXT_MAX: usize = 4_096;
/// Fewest digits of a number.
const DIGITS_MIN: usize = 8;
/// What the address of a picture may end with.
const EXTENSIONS: [&str; 3] = ["jpg", "jpeg", "png"];

/// A message that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Draft {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) text: String,
    pub(super) file_url: String,
    pub(super) callback: Option<Url>,
    pub(super) template: Option<SentTemplate>,
}

/// Why a message cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: u8,
    /// The parameter at fault; empty where the code says it.
    pub(super) parameter: &'static str,
}

fn wrong(parameter: &'static str) -> Fault {
    let code = PARAMETER;
    Fault { code, parameter }
}

/// Reads a message.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn read(
    message: &Value,
    senders: &[String],
    registered: &[RegisteredTemplate],
) -> Result<Draft, Fault> {
    let mut draft = Draft {
        from: text(message, "source_addr"),
        to: text_or_number(message, "destination_addr"),
        text: text(message, "text"),
        ..Draft::default()
    };
    if draft.from.chars().count() > ADDRESS_MAX || !senders.contains(&draft.from) {
        return Err(wrong("source_addr"));
    }
    let is_number = draft.to.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !(DIGITS_MIN..=ADDRESS_MAX).contains(&draft.to.len()) {
        return Err(wrong("destination_addr"));
    }
    if draft.text.chars().count() > TEXT_MAX {
        return Err(wrong("text"));
    }
    match text_or_number(message, "message_type").as_str() {
        "1" if draft.text.is_empty() => return Err(wrong("text")),
        "1" => {}
        "2" => draft.file_url = file_url(message)?,
        "4" => (draft.template, draft.file_url) = template(message, &draft.to, registered)?,
        _ => return Err(wrong("message_type")),
    }
    if message.get("callback_url").is_some_and(|value| !value.is_null()) {
        let callback = web_address(&text(message, "callback_url"));
        draft.callback = Some(callback.ok_or(wrong("callback_url"))?);
    }
    Ok(draft)
}

fn text(message: &Value, field: &str) -> String {
    let text = message.get(field).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// A field whose sample is a number, and whose length is counted as that of a text.
pub(super) fn text_or_number(message: &Value, field: &str) -> String {
    match message.get(field) {
        Some(Value::Number(number)) => number.to_string(),
        _ => text(message, field),
    }
}

fn file_url(message: &Value) -> Result<String, Fault> {
    let address = text(message, "file_url");
    let url = web_address(&address).ok_or(wrong("file_url"))?;
    let extension = url.path().rsplit_once('.').map(|(_, extension)| extension);
    let known = extension.is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    });
    if known {
        Ok(address)
    } else {
        Err(Fault {
            code: FILE_EXTENSION,
            parameter: "",
        })
    }
}

fn template(
    message: &Value,
    to: &str,
    registered: &[RegisteredTemplate],
) -> Result<(Option<SentTemplate>, String), Fault> {
    let name = text(message, "template_name");
    if name.is_empty() {
        return Err(wrong("template_name"));
    }
    let params = template_params::read(&text(message, "template_params"), to)
        .filter(|params| params.name == name)
        .ok_or(wrong("template_params"))?;
    let has_image = !params.header_image.is_empty();
    templates::check(registered, &name, &params.language, &params.values, has_image).map_err(|fault| {
        match fault {
            TemplateFault::NoSuchTemplate => wrong("template_name"),
            _ => wrong("template_params"),
        }
    })?;
    let template = SentTemplate {
        key: name,
        language: params.language,
        values: params.values,
    };
    Ok((Some(template), params.header_image))
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(change: Value) -> Option<(u8, &'static str)> {
        let mut message = json!({"source_addr": "Recado", "destination_addr": "5511900000002", "message_type": 1,
            "text": "oi"});
        for (field, value) in change.as_object().unwrap() {
            message[field] = value.clone();
        }
        let registered = [RegisteredTemplate::new("pedido", "pt_BR", 1)];
        let senders = ["Recado".to_owned(), "x".repeat(21)];
        let read = read(&message, &senders, &registered);
        read.err().map(|fault| (fault.code, fault.parameter))
    }

    fn params(name: &str, values: &[&str]) -> String {
        let parameters: Vec<Value> = values
            .iter()
            .map(|value| json!({"type": "text", "text": value}))
            .collect();
        json!({"to": "5511900000002", "type": "template", "template": {"name": name,
            "language": {"policy": "deterministic", "code": "pt_BR"},
            "components": [{"type": "body", "parameters": parameters}]}})
        .to_string()
    }

    #[test]
    fn each_parameter_is_checked() {
        for (change, code, parameter) in [
            (json!({"source_addr": null}), 1, "source_addr"),
            (json!({"source_addr": "Outro"}), 1, "source_addr"),
            (json!({"source_addr": "x".repeat(21)}), 1, "source_addr"),
            (json!({"destination_addr": null}), 1, "destination_addr"),
            (
                json!({"destination_addr": "+5511900000002"}),
                1,
                "destination_addr",
            ),
            (json!({"destination_addr": "1".repeat(21)}), 1, "destination_addr"),
            (json!({"message_type": 3}), 1, "message_type"),
            (json!({"message_type": null}), 1, "message_type"),
            (json!({"text": ""}), 1, "text"),
            (json!({"text": "x".repeat(4_097)}), 1, "text"),
            (json!({"callback_url": "x"}), 1, "callback_url"),
            (json!({"message_type": 2}), 1, "file_url"),
            (
                json!({"message_type": 2, "file_url": "https://a.example/b.pdf"}),
                9,
                "",
            ),
            (
                json!({"message_type": 2, "file_url": "https://a.example/b"}),
                9,
                "",
            ),
            (json!({"message_type": 4}), 1, "template_name"),
            (
                json!({"message_type": 4, "template_name": "pedido"}),
                1,
                "template_params",
            ),
            (
                json!({"message_type": 4, "template_name": "outro", "template_params": params("outro", &["1"])}),
                1,
                "template_name",
            ),
            (
                json!({"message_type": 4, "template_name": "pedido", "template_params": params("outro", &["1"])}),
                1,
                "template_params",
            ),
            (
                json!({"message_type": 4, "template_name": "pedido", "template_params": params("pedido", &[])}),
                1,
                "template_params",
            ),
        ] {
            assert_eq!(fault(change.clone()), Some((code, parameter)), "{change}");
        }
        for taken in [
            json!({}),
            json!({"message_type": "1", "destination_addr": 5_511_900_000_002_u64}),
            json!({"text": "é".repeat(4_096), "callback_url": "https://a.example/c"}),
            json!({"message_type": 2, "text": null, "file_url": "https://a.example/b.PNG?sig=c.pdf"}),
            json!({"message_type": 4, "template_name": "pedido", "template_params": params("pedido", &["1"])}),
        ] {
            assert_eq!(fault(taken.clone()), None, "{taken}");
        }
    }
}
