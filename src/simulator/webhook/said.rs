//! What people write.

use super::super::scenery::{paper, pictures};
use bytes::Bytes;

/// Somebody who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// `whatsapp`: digits with the country code.
    pub phone: String,
    /// `nome_cliente`: the profile name; may be empty.
    pub name: String,
    /// `nome_agenda`: the name in the paired phone's address book. Beyond the vendor's document.
    pub saved_name: Option<String>,
}

impl Contact {
    /// Somebody who is in no address book.
    #[must_use]
    pub fn new(phone: &str, name: &str) -> Self {
        Self {
            phone: phone.to_owned(),
            name: name.to_owned(),
            saved_name: None,
        }
    }
}

/// What somebody writes. Vendor document, section "Capturando Mensagens Recebidas"; what it does not name is marked.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// `chat`.
    Text(String),
    /// `image`: its thumbnail in the message, the file by itself.
    Picture(Visual),
    /// `ptt`: a voice note.
    Voice(Recording),
    /// `document`.
    Document(Document),
    /// `location`.
    Place(Place),
    /// `video`, like a picture. Beyond the vendor's document.
    Video(Visual),
    /// `vcard`. Beyond the vendor's document.
    ContactCard(ContactCard),
    /// `revoked`: deletes an earlier message, whose `idmsg` it carries. Beyond the vendor's document.
    Revoked {
        /// What [`super::super::Control::contact_writes`] answered for the earlier one.
        message_id: String,
    },
    /// A kind nobody has heard of.
    Unknown {
        /// `midia`.
        kind: String,
        /// `mensagem`.
        text: String,
    },
}

/// A picture or a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visual {
    /// The file.
    pub bytes: Bytes,
    /// `mimetype`.
    pub mime_type: String,
    /// `width`, in pixels.
    pub width: u32,
    /// `height`, in pixels.
    pub height: u32,
    /// A small JPEG; empty for none.
    pub thumbnail: Bytes,
    /// `legenda`; empty for none.
    pub caption: String,
}

/// A voice note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The file.
    pub bytes: Bytes,
    /// `mimetype`.
    pub mime_type: String,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file.
    pub bytes: Bytes,
    /// `mimetype`.
    pub mime_type: String,
    /// Its name; `referencia` begins with the letters and digits of it.
    pub name: String,
}

/// A place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `lat`, in degrees.
    pub latitude: f64,
    /// `lng`, in degrees.
    pub longitude: f64,
    /// `loctipo`: `tempo_real` instead of `fixo`.
    pub live: bool,
    /// A small JPEG; empty for none.
    pub thumbnail: Bytes,
}

/// Somebody's name and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactCard {
    /// The name.
    pub name: String,
    /// The number, digits with the country code.
    pub phone: String,
}

/// The voice note of the demo; `assets/demo/ATTRIBUTION.md` tells what it is.
static VOICE_NOTE: &[u8] = include_bytes!("../../../assets/demo/voice-note.ogg");
/// The video of the demo.
static CLIP: &[u8] = include_bytes!("../../../assets/demo/clip.mp4");

impl Said {
    /// Text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A drawn picture, as JPEG.
    #[must_use]
    pub fn picture(scene: pictures::Scene, caption: &str) -> Self {
        let drawn = pictures::jpeg(scene);
        Self::Picture(Visual {
            bytes: drawn.file,
            mime_type: "image/jpeg".to_owned(),
            width: drawn.width,
            height: drawn.height,
            thumbnail: drawn.thumbnail,
            caption: caption.to_owned(),
        })
    }

    /// A drawn picture, as PNG.
    #[must_use]
    pub fn png(scene: pictures::Scene, caption: &str) -> Self {
        let drawn = pictures::png(scene);
        Self::Picture(Visual {
            bytes: drawn.file,
            mime_type: "image/png".to_owned(),
            width: drawn.width,
            height: drawn.height,
            thumbnail: drawn.thumbnail,
            caption: caption.to_owned(),
        })
    }

    /// A voice note of 6 s: Ogg Opus, computed tones.
    #[must_use]
    pub fn voice() -> Self {
        Self::Voice(Recording {
            bytes: Bytes::from_static(VOICE_NOTE),
            mime_type: "audio/ogg; codecs=opus".to_owned(),
        })
    }

    /// A PDF of one page with a title and lines.
    #[must_use]
    pub fn pdf(name: &str, title: &str, lines: &[&str]) -> Self {
        Self::Document(Document {
            bytes: paper::page(title, lines),
            mime_type: "application/pdf".to_owned(),
            name: name.to_owned(),
        })
    }

    /// A place with a drawn map.
    #[must_use]
    pub fn place(latitude: f64, longitude: f64, live: bool) -> Self {
        Self::Place(Place {
            latitude,
            longitude,
            live,
            thumbnail: pictures::map_thumbnail(),
        })
    }

    /// A video of 3 s: MP4 with H.264, computed colours.
    #[must_use]
    pub fn video(caption: &str) -> Self {
        Self::Video(Visual {
            bytes: Bytes::from_static(CLIP),
            mime_type: "video/mp4".to_owned(),
            width: 320,
            height: 240,
            thumbnail: pictures::jpeg(pictures::Scene::Street).thumbnail,
            caption: caption.to_owned(),
        })
    }

    /// Somebody's name and number.
    #[must_use]
    pub fn contact_card(name: &str, phone: &str) -> Self {
        Self::ContactCard(ContactCard {
            name: name.to_owned(),
            phone: phone.to_owned(),
        })
    }

    /// `midia`.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Text(_) => "chat",
            Self::Picture(_) => "image",
            Self::Voice(_) => "ptt",
            Self::Document(_) => "document",
            Self::Place(_) => "location",
            Self::Video(_) => "video",
            Self::ContactCard(_) => "vcard",
            Self::Revoked { .. } => "revoked",
            Self::Unknown { kind, .. } => kind,
        }
    }

    /// The file that is told by itself, and its type.
    #[must_use]
    pub fn file(&self) -> Option<(&Bytes, &str)> {
        match self {
            Self::Picture(visual) | Self::Video(visual) => Some((&visual.bytes, &visual.mime_type)),
            Self::Voice(recording) => Some((&recording.bytes, &recording.mime_type)),
            Self::Document(document) => Some((&document.bytes, &document.mime_type)),
            _ => None,
        }
    }
}
