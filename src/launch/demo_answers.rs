//! What people of the demo have written before it begins: stored as the listener stores what comes, files included.

use crate::domain::incoming::{Inbound, InboundFile, InboundMessage, Place, StoredFile};
use crate::domain::{AccountId, IncomingKind, PhoneNumber, Timestamp};
use crate::platform::folders;
use crate::simulator::Said;
use crate::simulator::scenery::pictures::Scene;
use crate::store::{NewDelivery, Store};
use anyhow::Context as _;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// What somebody said.
#[derive(Clone, Copy)]
pub(super) enum Heard {
    /// Text.
    Text(&'static str),
    /// A picture with its caption.
    Picture(&'static str),
    /// A voice note.
    Voice,
    /// A document by its name.
    Document(&'static str),
    /// A place: degrees north and east.
    Place(f64, f64),
}

/// A file that came along: its bytes, their type, and what it is called.
type Came = (Bytes, &'static str, String);

/// Stores what was heard from a person at a time.
pub(super) async fn hear(
    store: &Store,
    folder: &Path,
    account: AccountId,
    from: &PhoneNumber,
    name: &str,
    heard: Heard,
    at: Timestamp,
) -> anyhow::Result<()> {
    let mut message = nothing_said(from, name, at);
    let file = say(&mut message, heard);
    let mut parts = Vec::new();
    if let Some(file) = file {
        parts.push(keep(folder, &mut message, file).await?);
    }
    parts.push(Inbound::Message(Box::new(message)));
    let received = store
        .receive(NewDelivery {
            account,
            received_at: at,
            content_type: None,
            body: None,
            bytes: 0,
            parts,
        })
        .await?;
    // What is older than a few minutes was read when it came.
    const FRESH: std::time::Duration = std::time::Duration::from_secs(10 * 60);
    if Timestamp::now().since(at) > FRESH {
        for (message, conversation) in received.new_messages {
            store.seen(conversation, message).await?;
        }
    }
    Ok(())
}

/// A message of a person, with nothing in it yet.
fn nothing_said(from: &PhoneNumber, name: &str, at: Timestamp) -> InboundMessage {
    InboundMessage {
        gateway_id: uuid::Uuid::new_v4().simple().to_string(),
        from: from.clone(),
        kind: IncomingKind::Text,
        text: String::new(),
        sender_name: (!name.is_empty()).then(|| name.to_owned()),
        address_book_name: None,
        sent_at: Some(at),
        place: None,
        reference: None,
        mime: None,
        width: None,
        height: None,
        told_bytes: None,
        thumbnail: None,
        reply_to: None,
        content_url: None,
        content_name: None,
    }
}

/// Puts what was said into the message; answers with the file that belongs to it.
fn say(message: &mut InboundMessage, heard: Heard) -> Option<Came> {
    let id = message.gateway_id.clone();
    let mut file = None;
    match heard {
        Heard::Text(text) => message.text = text.to_owned(),
        Heard::Place(latitude, longitude) => {
            message.kind = IncomingKind::Place;
            message.place = Place::new(latitude, longitude, false);
        }
        Heard::Picture(caption) => {
            message.kind = IncomingKind::Image;
            message.text = caption.to_owned();
            if let Said::Picture(picture) = Said::picture(Scene::LivingRoom, caption) {
                message.width = Some(picture.width);
                message.height = Some(picture.height);
                message.thumbnail = Some(picture.thumbnail.to_vec());
                file = Some((picture.bytes, "image/jpeg", format!("{id}.jpg")));
            }
        }
        Heard::Voice => {
            message.kind = IncomingKind::Voice;
            if let Said::Voice(recording) = Said::voice() {
                file = Some((recording.bytes, "audio/ogg", format!("{id}.ogg")));
            }
        }
        Heard::Document(name) => {
            message.kind = IncomingKind::Document;
            if let Said::Document(document) = Said::pdf(name, "Pedido", &["4 cadeiras", "Assinado"]) {
                file = Some((document.bytes, "application/pdf", name.to_owned()));
            }
        }
    }
    file
}

/// Keeps a file where the listener keeps what comes.
async fn keep(
    folder: &Path,
    message: &mut InboundMessage,
    (bytes, mime, name): Came,
) -> anyhow::Result<Inbound> {
    let id = message.gateway_id.clone();
    let media = folder.join("media");
    folders::make_private(&media).context("no folder for files")?;
    tokio::fs::write(media.join(&id), &bytes)
        .await
        .context("no room for a file")?;
    message.reference = Some(id.clone());
    message.mime = Some(mime.to_owned());
    message.told_bytes = Some(bytes.len() as u64);
    Ok(Inbound::File(InboundFile {
        reference: id.clone(),
        file: StoredFile {
            stored_name: id,
            name,
            bytes: bytes.len() as u64,
            mime: mime.to_owned(),
            sha256: Sha256::digest(&bytes).into(),
        },
    }))
}
