//! What is posted. Document, sections "API Send WhatsApp message" and "API Receive WhatsApp message".

use super::{MEDIA, errors};
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::{Attachment, TemplateMessage};
use crate::gateway::SendRequest;
use serde::Serialize;

/// `message_type` of a text.
const TEXT: u8 = 1;
/// `message_type` of a picture.
const PICTURE: u8 = 2;
/// `message_type` of a template.
const TEMPLATE: u8 = 4;

/// What stands between a template's namespace and its name; neither can hold it.
const NAMESPACE_END: char = ':';

/// A message. Document, section "API Send WhatsApp message".
#[derive(Serialize)]
struct Message<'a> {
    source_addr: &'a str,
    /// A text, though the sample has a number: the document counts its characters, and a number as text is both.
    destination_addr: &'a str,
    message_type: u8,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template_name: Option<&'a str>,
    /// JSON within a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    template_params: Option<String>,
}

/// The content of `template_params`.
#[derive(Serialize)]
struct TemplateParams<'a> {
    to: &'a str,
    r#type: &'static str,
    template: TemplateObject<'a>,
}

#[derive(Serialize)]
struct TemplateObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    language: TemplateLanguage<'a>,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
struct TemplateLanguage<'a> {
    policy: &'static str,
    code: &'a str,
}

#[derive(Serialize)]
struct Component<'a> {
    r#type: &'static str,
    parameters: Vec<Parameter<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Parameter<'a> {
    Text { text: &'a str },
    Image { image: Link<'a> },
}

#[derive(Serialize)]
struct Link<'a> {
    link: &'a str,
}

/// The question about a message, or the answer to it. Document, section "API Receive WhatsApp message".
#[derive(Serialize)]
struct Question<'a> {
    message_id: Identifier<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Identifier<'a> {
    Number(u64),
    Text(&'a str),
}

/// The body that sends a message.
///
/// # Errors
/// Why it cannot be sent at all.
pub(super) fn message(sender: &str, request: &SendRequest) -> Result<Vec<u8>, Reason> {
    let mut message = Message {
        source_addr: sender,
        destination_addr: request.to.digits(),
        message_type: TEXT,
        text: &request.text,
        file_url: None,
        callback_url: request.callback.as_ref().map(url::Url::as_str),
        template_name: None,
        template_params: None,
    };
    match (&request.template, &request.attachment) {
        (Some(template), header) => {
            let (namespace, name) = names(&template.key);
            message.message_type = TEMPLATE;
            // The text is what the person will see: the vendor makes it out of the template.
            message.text = "";
            message.template_name = Some(name);
            message.template_params = Some(template_params(
                request.to.digits(),
                namespace,
                name,
                template,
                header.as_ref(),
            )?);
        }
        (None, Some(attachment)) => {
            if !ends_as_it_must(&attachment.url) {
                return Err(errors::EXTENSION.reason(""));
            }
            message.message_type = PICTURE;
            message.file_url = Some(&attachment.url);
        }
        (None, None) => {}
    }
    serde_json::to_vec(&message).map_err(|error| not_written(&error))
}

/// The body that asks for the status of a message. An identifier that is a number goes as one, as in the document.
pub(super) fn question(gateway_id: &str) -> Vec<u8> {
    let id = gateway_id.trim();
    let message_id = match id.parse::<u64>() {
        Ok(number) if number.to_string() == id => Identifier::Number(number),
        _ => Identifier::Text(id),
    };
    serde_json::to_vec(&Question { message_id }).unwrap_or_default()
}

/// Namespace and name of a template. The document's sample has a namespace, which newer accounts do not need, and there is
/// none to be asked for: who has one writes it in front of the name, `namespace:name`.
fn names(key: &str) -> (Option<&str>, &str) {
    match key.split_once(NAMESPACE_END) {
        Some((namespace, name)) if !namespace.trim().is_empty() && !name.trim().is_empty() => {
            (Some(namespace.trim()), name.trim())
        }
        _ => (None, key.trim()),
    }
}

fn template_params(
    to: &str,
    namespace: Option<&str>,
    name: &str,
    template: &TemplateMessage,
    header: Option<&Attachment>,
) -> Result<String, Reason> {
    let header = header.map(|attachment| Component {
        r#type: "header",
        parameters: vec![Parameter::Image {
            image: Link {
                link: &attachment.url,
            },
        }],
    });
    let values: Vec<Parameter<'_>> = template
        .values
        .iter()
        .map(|value| Parameter::Text { text: value })
        .collect();
    let body = (!values.is_empty()).then_some(Component {
        r#type: "body",
        parameters: values,
    });
    let params = TemplateParams {
        to,
        r#type: "template",
        template: TemplateObject {
            namespace,
            language: TemplateLanguage {
                policy: "deterministic",
                code: &template.language,
            },
            name,
            components: header.into_iter().chain(body).collect(),
        },
    };
    serde_json::to_string(&params).map_err(|error| not_written(&error))
}

/// Whether the path of an address ends in one of the extensions; what stands behind the path is not looked at.
fn ends_as_it_must(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else {
        return false;
    };
    let name = url.path().rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        MEDIA
            .iter()
            .any(|rule| rule.extension.eq_ignore_ascii_case(extension))
    })
}

/// Texts and numbers can always be written as JSON; if not, nothing has left.
fn not_written(error: &serde_json::Error) -> Reason {
    Reason::with_words(ReasonKind::RejectedByGateway, error.to_string())
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
