//! Attachments of outgoing messages.

use super::OutgoingFileId;
use serde::{Deserialize, Serialize};

/// What an attachment is to the person who gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture, shown inline.
    Image,
    /// A document.
    Document,
    /// A sound file.
    Audio,
    /// A film.
    Video,
}

impl MediaKind {
    /// The word under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Document => "document",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Image, Self::Document, Self::Audio, Self::Video]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// One kind of file a gateway takes: a row of its media table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaRule {
    /// File name extension, lower case, without the dot.
    pub extension: &'static str,
    /// What it is sent as.
    pub kind: MediaKind,
    /// Its type by the first bytes, such as `image/jpeg`.
    pub mime: &'static str,
    /// Largest size in bytes, if the vendor names one.
    pub max_bytes: Option<u64>,
    /// From this size on, in bytes, the vendor's documents disagree about it: worth a word before sending.
    pub warn_bytes: Option<u64>,
}

/// A file that goes along with a message, by its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// `https` address the gateway fetches it from. Empty while a file of the operator's is being put where it can be
    /// fetched ([`super::MessageState::Preparing`]); a message does not leave without one.
    pub url: String,
    /// Shown name: the last part of the address, without control characters.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// The operator's file behind it; `None` for an address the operator gave.
    #[serde(default)]
    pub file: Option<OutgoingFileId>,
}

/// Why an address cannot be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentProblem {
    /// No address.
    NotAUrl,
    /// Not `https`: the gateway must be able to fetch it safely from outside.
    NotHttps,
    /// The address leads to this machine or a private network, where no gateway can reach it.
    NotPublic,
    /// No file name extension in the address.
    NoExtension,
    /// An extension the gateway does not take.
    Unsupported {
        /// The extension found.
        extension: String,
        /// The extensions the gateway takes.
        allowed: Vec<&'static str>,
    },
    /// The address is longer than [`Attachment::URL_MAX`].
    TooLong,
}

impl Attachment {
    /// A file of the operator's, which has no address yet.
    #[must_use]
    pub fn from_file(file: &super::OutgoingFile) -> Self {
        Self {
            url: String::new(),
            name: file.file.name.clone(),
            kind: file.kind,
            file: Some(file.id),
        }
    }

    /// Longest address, in bytes.
    pub const URL_MAX: usize = 2_000;

    /// Reads an address the operator gave and checks it against the gateway's media table.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_url(text: &str, rules: &[MediaRule]) -> Result<Self, AttachmentProblem> {
        let text = text.trim();
        if text.len() > Self::URL_MAX {
            return Err(AttachmentProblem::TooLong);
        }
        let url = url::Url::parse(text).map_err(|_| AttachmentProblem::NotAUrl)?;
        if url.scheme() != "https" {
            return Err(if url.scheme() == "http" {
                AttachmentProblem::NotHttps
            } else {
                AttachmentProblem::NotAUrl
            });
        }
        let public = match url.host() {
            Some(url::Host::Domain(name)) => {
                let name = name.trim_end_matches('.').to_ascii_lowercase();
                name != "localhost"
                    && !name.ends_with(".localhost")
                    && !name.ends_with(".local")
                    && name.contains('.')
            }
            Some(url::Host::Ipv4(ip)) => {
                !(ip.is_private()
                    || ip.is_loopback()
                    || ip.is_link_local()
                    || ip.is_unspecified()
                    || ip.is_broadcast())
            }
            Some(url::Host::Ipv6(ip)) => {
                !(ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local())
            }
            None => false,
        };
        if !public {
            return Err(AttachmentProblem::NotPublic);
        }
        let last = url
            .path_segments()
            .and_then(|mut parts| parts.next_back())
            .unwrap_or_default();
        let name = super::text::shown_name(&percent_decoded(last));
        let Some((_, extension)) = name
            .rsplit_once('.')
            .filter(|(stem, ext)| !stem.is_empty() && !ext.is_empty())
        else {
            return Err(AttachmentProblem::NoExtension);
        };
        let extension = extension.to_lowercase();
        match rules.iter().find(|rule| rule.extension == extension) {
            Some(rule) => Ok(Self {
                url: url.to_string(),
                kind: rule.kind,
                name,
                file: None,
            }),
            None => Err(AttachmentProblem::Unsupported {
                extension,
                allowed: rules.iter().map(|rule| rule.extension).collect(),
            }),
        }
    }
}

fn percent_decoded(text: &str) -> String {
    // `+` means itself in a path, but form decoding would turn it into a blank.
    url::form_urlencoded::parse(
        text.replace('+', "%2B")
            .replace('&', "%26")
            .replace('=', "%3D")
            .as_bytes(),
    )
    .map(|(key, _)| key.into_owned())
    .next()
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[MediaRule] = &[
        MediaRule {
            extension: "jpg",
            kind: MediaKind::Image,
            mime: "image/jpeg",
            max_bytes: None,
            warn_bytes: None,
        },
        MediaRule {
            extension: "pdf",
            kind: MediaKind::Document,
            mime: "application/pdf",
            max_bytes: None,
            warn_bytes: None,
        },
    ];

    #[test]
    fn addresses_are_judged() {
        let good =
            Attachment::from_url(" https://files.example/a%20b/Or%C3%A7amento+1.PDF?x=1#y ", RULES).unwrap();
        assert_eq!(
            (good.name.as_str(), good.kind),
            ("Orçamento+1.PDF", MediaKind::Document)
        );
        let table: &[(&str, AttachmentProblem)] = &[
            ("", AttachmentProblem::NotAUrl),
            ("foto.jpg", AttachmentProblem::NotAUrl),
            ("file:///etc/foto.jpg", AttachmentProblem::NotAUrl),
            ("javascript:alert(1).jpg", AttachmentProblem::NotAUrl),
            ("http://files.example/foto.jpg", AttachmentProblem::NotHttps),
            ("https://localhost/foto.jpg", AttachmentProblem::NotPublic),
            ("https://192.168.0.4/foto.jpg", AttachmentProblem::NotPublic),
            ("https://[fe80::1]/foto.jpg", AttachmentProblem::NotPublic),
            ("https://intranet/foto.jpg", AttachmentProblem::NotPublic),
            ("https://files.example/foto", AttachmentProblem::NoExtension),
            ("https://files.example/.jpg", AttachmentProblem::NoExtension),
            ("https://files.example/", AttachmentProblem::NoExtension),
        ];
        for (text, problem) in table {
            assert_eq!(Attachment::from_url(text, RULES).as_ref(), Err(problem), "{text}");
        }
        assert!(matches!(
            Attachment::from_url("https://files.example/foto.gif", RULES),
            Err(AttachmentProblem::Unsupported { extension, .. }) if extension == "gif"
        ));
        let long = format!("https://files.example/{}.jpg", "a".repeat(2_000));
        assert_eq!(
            Attachment::from_url(&long, RULES),
            Err(AttachmentProblem::TooLong)
        );
    }
}
