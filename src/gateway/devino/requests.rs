//! What goes over the wire. Document, section "Enviando", "Parâmetros de solicitação".

use super::MEDIA;
use crate::domain::Attachment;
use crate::gateway::SendRequest;
use serde::Serialize;
use std::collections::BTreeMap;

/// Longest name of a file, in characters.
pub(super) const CONTENT_NAME_MAX: usize = 100;

/// The body of a request.
#[derive(Debug, Serialize)]
struct Batch<'a> {
    messages: Vec<Outgoing<'a>>,
}

/// One message. Fields that say nothing are left out. `validity` is never among them: its one possible value is said to be
/// "one day", the document does not tell in which unit, and a template is sent without it too.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outgoing<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
    /// Comes back with every status: by it a message is found whose own reply was lost.
    callback_data: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    template_id: Option<&'a str>,
    /// By the number of the place, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    template_params: Option<BTreeMap<usize, &'a str>>,
    /// Without one the vendor takes `EN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<&'a str>,
}

/// The body for these messages, made from them alone, so that a repeated send is the same to the byte.
///
/// # Errors
/// Words, if it cannot be written as JSON.
pub(super) fn body<'a>(
    sender: &'a str,
    requests: impl IntoIterator<Item = &'a SendRequest>,
) -> Result<Vec<u8>, String> {
    let messages = requests
        .into_iter()
        .map(|request| outgoing(sender, request))
        .collect();
    serde_json::to_vec(&Batch { messages }).map_err(|error| error.to_string())
}

fn outgoing<'a>(sender: &'a str, request: &'a SendRequest) -> Outgoing<'a> {
    let template = request.template.as_ref();
    let attachment = request.attachment.as_ref();
    // A template has a wording of its own; the text is what this program shows of it.
    let text = Some(request.text.as_str()).filter(|text| template.is_none() && !text.is_empty());
    Outgoing {
        from: sender,
        to: request.to.digits(),
        text,
        content_url: attachment.map(|attachment| attachment.url.as_str()),
        content_name: attachment.and_then(content_name),
        content_type: attachment.and_then(content_type),
        callback_url: request.callback.as_ref().map(url::Url::as_str),
        callback_data: request.client_id.as_str(),
        template_id: template.map(|template| template.key.as_str()),
        template_params: template
            .filter(|template| !template.values.is_empty())
            .map(|template| (1..).zip(template.values.iter().map(String::as_str)).collect()),
        language_code: template
            .map(|template| template.language.as_str())
            .filter(|language| !language.is_empty()),
    }
}

/// The name, shortened in front of its extension.
fn content_name(attachment: &Attachment) -> Option<String> {
    let name = attachment.name.trim();
    if name.is_empty() {
        return None;
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let behind = extension.chars().count() + 1;
    if name.chars().count() <= CONTENT_NAME_MAX {
        return Some(name.to_owned());
    }
    if extension.is_empty() || behind >= CONTENT_NAME_MAX {
        return Some(name.chars().take(CONTENT_NAME_MAX).collect());
    }
    let stem: String = name.chars().take(CONTENT_NAME_MAX - behind).collect();
    Some(format!("{stem}.{extension}"))
}

/// The type by the extension of the name or else of the address, as what the attachment is meant to be.
fn content_type(attachment: &Attachment) -> Option<&'static str> {
    let of_name = extension(&attachment.name);
    let of_address = url::Url::parse(&attachment.url)
        .ok()
        .and_then(|url| extension(url.path()));
    let rule = |extension: String| {
        let mut rules = MEDIA.iter().filter(move |rule| rule.extension == extension);
        let first = rules.clone().next();
        rules.find(|rule| rule.kind == attachment.kind).or(first)
    };
    let rule = of_name.and_then(rule).or_else(|| of_address.and_then(rule));
    rule.map(|rule| rule.mime)
}

fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClientMessageId, MediaKind, PhoneNumber, TemplateMessage};

    fn request() -> SendRequest {
        SendRequest {
            client_id: ClientMessageId::from_stored("0123456789abcdef0123456789abcdef".into()),
            to: PhoneNumber::from_digits("5511900000012").unwrap(),
            text: "Code: 1234".into(),
            attachment: None,
            template: None,
            callback: None,
        }
    }

    fn file(name: &str, url: &str, kind: MediaKind) -> Option<Attachment> {
        Some(Attachment {
            url: url.into(),
            name: name.into(),
            kind,
            file: None,
        })
    }

    fn sent(requests: &[SendRequest]) -> serde_json::Value {
        serde_json::from_slice(&body("MyCompany", requests).unwrap()).unwrap()
    }

    #[test]
    fn the_documents_sample() {
        let bytes = body("MyCompany", &[request()]).unwrap();
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            "{\"messages\":[{\"from\":\"MyCompany\",\"to\":\"5511900000012\",\"text\":\"Code: 1234\",\
             \"callbackData\":\"0123456789abcdef0123456789abcdef\"}]}"
        );
        assert_eq!(bytes, body("MyCompany", &[request()]).unwrap());
        assert_eq!(sent(&[]), serde_json::json!({"messages": []}));
    }

    #[test]
    fn content_and_callback() {
        let message = SendRequest {
            text: "veja \"\u{1f44b}\n".into(),
            attachment: file(
                "nota 1.OGG",
                "https://files.example/a/x/file.ogg?sig=1",
                MediaKind::Audio,
            ),
            callback: Some(url::Url::parse("https://me.example/w/t/1").unwrap()),
            ..request()
        };
        let only_file = SendRequest {
            text: String::new(),
            attachment: file("", "https://files.example/a.3gp", MediaKind::Video),
            ..request()
        };
        assert_eq!(
            sent(&[message, only_file]),
            serde_json::json!({"messages": [
                {"from": "MyCompany", "to": "5511900000012", "text": "veja \"\u{1f44b}\n",
                 "contentUrl": "https://files.example/a/x/file.ogg?sig=1", "contentName": "nota 1.OGG",
                 "contentType": "audio/ogg", "callbackUrl": "https://me.example/w/t/1",
                 "callbackData": "0123456789abcdef0123456789abcdef"},
                {"from": "MyCompany", "to": "5511900000012", "contentUrl": "https://files.example/a.3gp",
                 "contentType": "video/3gpp", "callbackData": "0123456789abcdef0123456789abcdef"},
            ]})
        );
    }

    #[test]
    fn a_template_goes_by_identifier_with_its_parameters_by_place() {
        let values: Vec<String> = (1..=11).map(|number| format!("v{number}")).collect();
        let message = SendRequest {
            text: "what the person sees".into(),
            template: Some(TemplateMessage {
                key: "pedido_pronto".into(),
                language: "pt_BR".into(),
                values,
            }),
            ..request()
        };
        let text = String::from_utf8(body("MyCompany", [&message]).unwrap()).unwrap();
        assert!(
            text.contains("\"templateId\":\"pedido_pronto\",\"templateParams\":{\"1\":\"v1\",\"2\":\"v2\",")
                && text.contains("\"9\":\"v9\",\"10\":\"v10\",\"11\":\"v11\"},\"languageCode\":\"pt_BR\"}"),
            "{text}"
        );
        assert!(!text.contains("\"text\"") && !text.contains("validity"), "{text}");
        let bare = SendRequest {
            template: Some(TemplateMessage {
                key: "ola".into(),
                language: String::new(),
                values: Vec::new(),
            }),
            ..request()
        };
        assert_eq!(
            sent(&[bare])["messages"][0],
            serde_json::json!({"from": "MyCompany", "to": "5511900000012", "templateId": "ola",
                "callbackData": "0123456789abcdef0123456789abcdef"})
        );
    }

    #[test]
    fn names_are_shortened_and_types_are_real_ones() {
        let name =
            |name: &str| content_name(&file(name, "https://x.example/f", MediaKind::Document).unwrap());
        assert_eq!(name("a.pdf").as_deref(), Some("a.pdf"));
        assert_eq!(name(" "), None);
        let long = name(&format!("{}.pdf", "é".repeat(200))).unwrap();
        assert!(long.chars().count() == 100 && long.ends_with("é.pdf"));
        let no_extension = name(&"x".repeat(200)).unwrap();
        assert_eq!(no_extension.chars().count(), 100);
        let all_extension = name(&format!("a.{}", "x".repeat(200))).unwrap();
        assert_eq!(all_extension.chars().count(), 100);
        for (name, url, expected) in [
            ("a.AAC", "https://x.example/b.pdf", Some("audio/aac")),
            ("a.mp3", "https://x.example/", Some("audio/mpeg")),
            ("a", "https://x.example/b.PDF?c=d.png#e", Some("application/pdf")),
            ("a.jpeg", "https://x.example/", Some("image/jpeg")),
            ("a.weird", "https://x.example/b.odd", None),
        ] {
            assert_eq!(
                content_type(&file(name, url, MediaKind::Document).unwrap()),
                expected,
                "{name} {url}"
            );
        }
        for rule in MEDIA {
            let same = file(&format!("a.{}", rule.extension), "https://x.example/", rule.kind);
            assert_eq!(content_type(&same.unwrap()), Some(rule.mime));
        }
    }
}
