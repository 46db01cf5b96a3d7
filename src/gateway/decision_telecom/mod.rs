//! DecisionTelecom: JSON over HTTP, one message a call. The vendor's own words stay in this folder.

use crate::domain::MediaKind;
use crate::domain::attachment::MediaRule;

/// The files it takes. Document "WhatsApp Business API", section "API Send WhatsApp message", `message_type` 2 and
/// `file_url`: pictures only, no size named.
pub static MEDIA: &[MediaRule] = &[
    picture("jpg", "image/jpeg"),
    picture("jpeg", "image/jpeg"),
    picture("png", "image/png"),
];

const fn picture(extension: &'static str, mime: &'static str) -> MediaRule {
    MediaRule {
        extension,
        kind: MediaKind::Image,
        mime,
        max_bytes: None,
        warn_bytes: None,
    }
}
