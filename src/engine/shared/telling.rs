//! What a gateway tells, ready to be kept and shown: without our secrets in it.

use crate::domain::health::PhoneStatus;
use crate::domain::message::Reason;

/// A gateway may put anything into its answers, also what it was sent: no secret is shown or kept because it came back as
/// somebody's name.
pub(in crate::engine) fn without_secrets(text: Option<String>) -> Option<String> {
    text.map(|text| crate::platform::logging::redact(&text))
}

/// The same of the words of a reason.
pub(in crate::engine) fn without_secrets_in(reason: Reason) -> Reason {
    Reason {
        words: without_secrets(reason.words),
        ..reason
    }
}

/// What a gateway tells about a phone, ready to be shown.
pub(in crate::engine) fn shown_phone(phone: PhoneStatus) -> PhoneStatus {
    PhoneStatus {
        name: without_secrets(phone.name),
        ..phone
    }
}
