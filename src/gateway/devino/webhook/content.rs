//! The file of a message: an address, a type and a name. Document, section "Webhook de entrada", `contentUrl`,
//! `contentType`, `contentName`.

use crate::domain::IncomingKind;
use crate::domain::incoming::InboundMessage;
use crate::domain::text::shown_name;
use crate::gateway::inbound::kinds::mime_of_extension;
use crate::gateway::tolerant::Object;

/// Longest media type, in characters.
const MIME_MAX: usize = 100;

/// What is told of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// Its address, if it is one that may be fetched.
    pub(super) url: Option<String>,
    /// An address that is none, as it came.
    pub(super) no_url: Option<String>,
    /// Its name, safe to be shown.
    pub(super) name: Option<String>,
    /// Its type, in lower case, without parameters.
    pub(super) mime: Option<String>,
    /// What it is.
    pub(super) kind: IncomingKind,
}

/// What is told of a file; `None` if the message has none.
pub(super) fn read(object: &Object) -> Option<Content> {
    let told = object.text("contenturl").map(|url| url.trim().to_owned());
    let name = object
        .text("contentname")
        .map(|name| shown_name(&name))
        .filter(|name| !name.is_empty());
    let mime = object.text("contenttype").and_then(|told| mime(&told));
    if told.is_none() && name.is_none() && mime.is_none() {
        return None;
    }
    let url = told.as_deref().and_then(address);
    let path = url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let of_extension = [name.as_deref(), path.as_ref().map(url::Url::path)]
        .into_iter()
        .flatten()
        .filter_map(|name| name.rsplit_once('.'))
        .find_map(|(_, extension)| mime_of_extension(&extension.to_lowercase()));
    let meant = mime
        .as_deref()
        .filter(|mime| *mime != "application/octet-stream")
        .or(of_extension);
    Some(Content {
        no_url: told.filter(|_| url.is_none()),
        kind: kind(meant.unwrap_or_default()),
        url,
        name,
        mime,
    })
}

/// An address that may be fetched when the operator asks. Which machine it leads to is looked at then.
fn address(told: &str) -> Option<String> {
    let url = url::Url::parse(told).ok()?;
    let sound = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none();
    let text = String::from(url);
    (sound && text.len() <= InboundMessage::URL_MAX).then_some(text)
}

fn mime(told: &str) -> Option<String> {
    let told = told.split([';', ',']).next().unwrap_or_default();
    let told = told.trim().to_ascii_lowercase();
    if let Some(mime) = mime_of_extension(told.trim_start_matches('.')) {
        return Some(mime.to_owned());
    }
    let sound =
        !told.is_empty() && told.len() <= MIME_MAX && told.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
    sound.then_some(told)
}

/// What it is by its type, also by one half of it, and as the document misprints it.
fn kind(mime: &str) -> IncomingKind {
    let (family, rest) = mime.split_once('/').unwrap_or((mime, ""));
    match (family, rest) {
        ("image" | "sticker", _) => IncomingKind::Image,
        // What a person records on the phone is Opus in Ogg, and nothing else there is.
        ("audio" | "auidio", "ogg" | "opus") | ("voice" | "ptt", _) => IncomingKind::Voice,
        ("audio" | "auidio", _) => IncomingKind::Audio,
        ("video", _) => IncomingKind::Video,
        _ => IncomingKind::Document,
    }
}
