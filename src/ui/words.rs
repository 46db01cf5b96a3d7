//! The words of the domain's own enums: which key stands for which case. In one place, so that a screen, a toast and a
//! desktop notification say the same.

pub use super::reason_words::{reason, reason_advice, reason_exactly, reason_said};
use super::text::Localizer;
use crate::audio::{DecodeError, PlayError};
use crate::domain::account::DraftProblemKind;
use crate::domain::health::Alert;
use crate::domain::hosting::PreparingStep;
use crate::domain::message::MessageState;
use crate::domain::pairing::PairingFailure;
use crate::domain::phone::{PhoneProblem, PhoneWarning};
use crate::domain::{Attachment, Connection, IncomingKind, MediaKind, attachment::AttachmentProblem};
use crate::engine::{Arrivals, CallError};
use crate::secrets::SecretError;
use crate::store::StoreError;

/// One line for an incoming message: its text, with what it is in front when it is more than text.
#[must_use]
pub fn incoming_line(text: &Localizer, kind: IncomingKind, line: &str) -> String {
    if kind == IncomingKind::Text {
        return line.to_owned();
    }
    let what = incoming_kind(text, kind);
    if line.is_empty() || kind == IncomingKind::ContactCard {
        what
    } else {
        format!("{what}: {line}")
    }
}

/// What a desktop notification says of messages that came: title and body.
#[must_use]
pub fn arrivals(text: &Localizer, arrivals: &Arrivals) -> (String, String) {
    let newest = &arrivals.newest;
    let title = if arrivals.people == 1 {
        newest.name.clone()
    } else {
        let (messages, people) = (arrivals.messages as u64, arrivals.people as u64);
        text.with(
            "notification-many",
            &[("messages", messages.into()), ("people", people.into())],
        )
    };
    let line = incoming_line(text, newest.kind, &newest.text);
    let body = match (arrivals.show_text, arrivals.people, arrivals.messages) {
        (false, ..) => text.with(
            "notification-hidden",
            &[("account", arrivals.account_name.clone().into())],
        ),
        (true, 1, 1) => line,
        (true, 1, messages) => text.with(
            "notification-more",
            &[("text", line.into()), ("more", (messages as u64 - 1).into())],
        ),
        (true, ..) => format!("{}: {line}", newest.name),
    };
    (title, body)
}

/// What an incoming message is, in a word or two.
#[must_use]
pub fn incoming_kind(text: &Localizer, kind: IncomingKind) -> String {
    text.get(&format!("incoming-{}", kind.key()))
}

/// What an attachment is, in a word.
#[must_use]
pub fn media_kind(text: &Localizer, kind: MediaKind) -> String {
    text.get(&format!("media-{}", kind.key()))
}

/// What is being done with the file of a message, and how far that is: all of it only when all of it is done.
#[must_use]
pub fn preparing(text: &Localizer, step: PreparingStep) -> String {
    let (key, done, total) = match step {
        PreparingStep::Uploading { done, total } => ("preparing-uploading", done, total),
        PreparingStep::Checking { done, total } => ("preparing-checking", done, total),
    };
    let hundredths = u128::from(done.min(total)) * 100 / u128::from(total.max(1));
    let percent = text.percent(hundredths as f64 / 100.0, 0);
    text.with(key, &[("percent", percent.into())])
}

/// The state of a message in a word or two.
#[must_use]
pub fn state(text: &Localizer, state: MessageState) -> String {
    text.get(&format!("state-{}", state.key()))
}

/// The vendor's or the system's own words, marked as theirs.
#[must_use]
pub fn their_words(text: &Localizer, words: &str) -> String {
    text.with("their-words", &[("words", words.into())])
}

/// Why a voice note is not heard, and what can be done.
#[must_use]
pub fn voice_note(text: &Localizer, error: &PlayError) -> String {
    match error {
        PlayError::Decode(DecodeError::Unreadable(words)) => {
            text.with(error.key(), &[("words", words.as_str().into())])
        }
        PlayError::Decode(DecodeError::OtherCodec { codec }) => {
            text.with(error.key(), &[("codec", (*codec).into())])
        }
        PlayError::Decode(DecodeError::Channels { channels }) => {
            text.with(error.key(), &[("channels", u64::from(*channels).into())])
        }
        _ => text.get(error.key()),
    }
}

/// How an account stands.
#[must_use]
pub fn connection(text: &Localizer, connection: Connection) -> String {
    text.get(&format!("connection-{}", connection.key()))
}

/// What to do about how an account stands.
#[must_use]
pub fn connection_hint(text: &Localizer, connection: Connection) -> String {
    text.get(&format!("connection-{}-hint", connection.key()))
}

/// A failed call to the gateway: what happened, what it means, what to do; with the words that came along.
#[must_use]
pub fn call(text: &Localizer, error: &CallError) -> String {
    let sentence = text.get(&format!("call-{}", error.kind.key()));
    if error.words.trim().is_empty() {
        sentence
    } else {
        format!("{sentence} {}", their_words(text, &error.words))
    }
}

/// What is wrong with a field of an account.
#[must_use]
pub fn draft_problem(text: &Localizer, problem: DraftProblemKind) -> String {
    let key = match problem {
        DraftProblemKind::Empty => "draft-problem-empty",
        DraftProblemKind::TooLong(max) => {
            return text.with("draft-problem-too-long", &[("max", max.into())]);
        }
        DraftProblemKind::ControlCharacters => "draft-problem-control-characters",
        DraftProblemKind::NotAnEmail => "draft-problem-not-an-email",
        DraftProblemKind::NotAUrl => "draft-problem-not-a-url",
        DraftProblemKind::NotEncrypted => "draft-problem-not-encrypted",
        DraftProblemKind::UnknownCountry => "draft-problem-unknown-country",
        DraftProblemKind::NameTaken => "draft-problem-name-taken",
        DraftProblemKind::Malformed => "draft-problem-malformed",
    };
    text.get(key)
}

/// Why a text is no number.
#[must_use]
pub fn phone_problem(text: &Localizer, problem: PhoneProblem) -> String {
    text.get(match problem {
        PhoneProblem::Empty => "phone-problem-empty",
        PhoneProblem::NotDigits => "phone-problem-not-digits",
        PhoneProblem::TooShort => "phone-problem-too-short",
        PhoneProblem::TooLong => "phone-problem-too-long",
        PhoneProblem::UnknownCountry => "phone-problem-unknown-country",
    })
}

/// What is unusual about a number.
#[must_use]
pub fn phone_warning(text: &Localizer, warning: PhoneWarning) -> String {
    text.get(match warning {
        PhoneWarning::NinthDigitMissing => "phone-warning-ninth-digit-missing",
        PhoneWarning::NotInNumberingPlan => "phone-warning-not-in-numbering-plan",
    })
}

/// Why an address cannot be attached.
#[must_use]
pub fn attachment_problem(text: &Localizer, problem: &AttachmentProblem) -> String {
    match problem {
        AttachmentProblem::NotAUrl => text.get("attachment-problem-not-a-url"),
        AttachmentProblem::NotHttps => text.get("attachment-problem-not-https"),
        AttachmentProblem::NotPublic => text.get("attachment-problem-not-public"),
        AttachmentProblem::NoExtension => text.get("attachment-problem-no-extension"),
        AttachmentProblem::Unsupported { extension, allowed } => text.with(
            "attachment-problem-unsupported",
            &[
                ("extension", extension.into()),
                ("allowed", allowed.join(", ").into()),
            ],
        ),
        AttachmentProblem::TooLong => text.with(
            "attachment-problem-too-long",
            &[("max", Attachment::URL_MAX.into())],
        ),
    }
}

/// An error in pairing.
#[must_use]
pub fn pairing_failure(text: &Localizer, failure: PairingFailure) -> String {
    text.get(&format!("pairing-failure-{}", failure.key()))
}

/// Why a secret could not be kept or read, and what can be done.
#[must_use]
pub fn secret_error(text: &Localizer, error: &SecretError) -> String {
    let (key, said) = match error {
        SecretError::NotFound => ("secret-not-found", ""),
        SecretError::NoAnswer => ("secret-no-answer", ""),
        SecretError::Absent(words) => ("secret-absent", words.as_str()),
        SecretError::WrongPassphrase => ("secret-wrong-passphrase", ""),
        SecretError::PassphraseTooShort => ("secret-passphrase-too-short", ""),
        SecretError::Failed(words) => ("secret-failed", words.as_str()),
    };
    let sentence = text.get(key);
    if said.trim().is_empty() {
        sentence
    } else {
        format!("{sentence} {}", their_words(text, said))
    }
}

/// An alert of an account: title and body.
#[must_use]
pub fn alert(text: &Localizer, alert: Alert, account: &str) -> (String, String) {
    let key = match alert {
        Alert::PhoneOffline => "phone-offline",
        Alert::MustPair => "must-pair",
        Alert::BatteryLow => "battery-low",
        Alert::LimitLow => "limit-low",
        Alert::PlanExpires => "plan-expires",
        Alert::QueueStuck => "queue-stuck",
    };
    (
        text.with(&format!("alert-{key}"), &[("account", account.into())]),
        text.get(&format!("alert-{key}-body")),
    )
}

/// Why the program cannot begin, in a person's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureWords {
    /// What happened.
    pub title: String,
    /// What it means.
    pub means: String,
    /// What to do.
    pub advice: String,
    /// What the system said, if anything.
    pub words: Option<String>,
}

/// The database could not be opened.
#[must_use]
pub fn store_failure(text: &Localizer, error: &StoreError) -> FailureWords {
    match error {
        StoreError::Folder { path, source } => failure(
            text,
            "folder",
            &[("path", path.display().to_string().into())],
            Some(source.to_string()),
        ),
        StoreError::Newer { found, known } => failure(
            text,
            "newer",
            &[("found", (*found).into()), ("known", (*known).into())],
            None,
        ),
        StoreError::Damaged(words) => failure(text, "damaged", &[], Some(words.clone())),
        StoreError::Database { .. }
        | StoreError::NotFound
        | StoreError::WrongState(_)
        | StoreError::Taken => failure(text, "database", &[], Some(error.to_string())),
    }
}

/// The backup could not be put in the place of the damaged database.
#[must_use]
pub fn not_restored(text: &Localizer, words: String) -> FailureWords {
    failure(text, "not-restored", &[], Some(words))
}

/// Another copy of the program uses the same data folder.
#[must_use]
pub fn second_copy(text: &Localizer) -> FailureWords {
    failure(text, "second-copy", &[], None)
}

fn failure(
    text: &Localizer,
    key: &str,
    values: &[(&str, super::text::Value)],
    words: Option<String>,
) -> FailureWords {
    FailureWords {
        title: text.get(&format!("failure-{key}")),
        means: text.with(&format!("failure-{key}-means"), values),
        advice: text.get(&format!("failure-{key}-do")),
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::CallErrorKind;
    use crate::ui::text::Language;

    fn each(check: impl Fn(&Localizer)) {
        for language in Language::ALL {
            check(&Localizer::new(*language));
        }
    }

    /// A sentence that is there is not its own key.
    fn there(words: &str) {
        assert!(
            words.contains(' ') || words.chars().next().is_some_and(char::is_uppercase),
            "{words}"
        );
    }

    #[test]
    fn every_state_has_words() {
        each(|text| {
            MessageState::ALL
                .iter()
                .for_each(|item| there(&state(text, *item)));
            for item in Connection::ALL {
                there(&connection(text, *item));
                there(&connection_hint(text, *item));
            }
        });
    }

    #[test]
    fn every_reason_for_silence_has_words() {
        each(|text| {
            let failures = [
                PlayError::NoSoundDevice("refused".into()),
                PlayError::NotSupported,
                PlayError::DeviceLost("closed".into()),
                DecodeError::Empty.into(),
                DecodeError::NotOgg.into(),
                DecodeError::Damaged.into(),
            ];
            failures
                .iter()
                .for_each(|failure| there(&voice_note(text, failure)));
            let said = voice_note(text, &DecodeError::Unreadable("permission denied".into()).into());
            assert!(said.contains("permission denied"));
            assert!(voice_note(text, &DecodeError::OtherCodec { codec: "Vorbis" }.into()).contains("Vorbis"));
            assert!(voice_note(text, &DecodeError::Channels { channels: 6 }.into()).contains('6'));
        });
    }

    #[test]
    fn every_problem_has_words() {
        use {
            AttachmentProblem as A, DraftProblemKind as D, PairingFailure as F, PhoneProblem as P,
            PhoneWarning as W,
        };
        each(|text| {
            for kind in CallErrorKind::ALL {
                let words = call(
                    text,
                    &CallError {
                        kind: *kind,
                        words: "erro 17".into(),
                    },
                );
                there(&words);
                assert!(words.ends_with("erro 17"), "{words}");
            }
            for item in [
                D::Empty,
                D::TooLong(60),
                D::ControlCharacters,
                D::NotAnEmail,
                D::NotAUrl,
                D::NotEncrypted,
                D::UnknownCountry,
                D::NameTaken,
            ] {
                there(&draft_problem(text, item));
            }
            for item in [P::Empty, P::NotDigits, P::TooShort, P::TooLong, P::UnknownCountry] {
                there(&phone_problem(text, item));
            }
            for item in [W::NinthDigitMissing, W::NotInNumberingPlan] {
                there(&phone_warning(text, item));
            }
            let unsupported = A::Unsupported {
                extension: "gif".into(),
                allowed: vec!["jpg", "pdf"],
            };
            assert!(attachment_problem(text, &unsupported).contains("jpg, pdf"));
            for item in [
                A::NotAUrl,
                A::NotHttps,
                A::NotPublic,
                A::NoExtension,
                A::TooLong,
                unsupported,
            ] {
                there(&attachment_problem(text, &item));
            }
            for item in [
                F::Unreachable,
                F::Unreadable,
                F::CredentialsRefused,
                F::CredentialsMissing,
                F::Refused,
                F::NotAPicture,
            ] {
                there(&pairing_failure(text, item));
            }
        });
    }

    #[test]
    fn every_alert_and_failure_has_words() {
        use Alert as L;
        each(|text| {
            for item in [
                L::PhoneOffline,
                L::MustPair,
                L::BatteryLow,
                L::LimitLow,
                L::PlanExpires,
                L::QueueStuck,
            ] {
                let (title, body) = alert(text, item, "Loja Centro");
                assert!(title.starts_with("Loja Centro: "), "{title}");
                there(&body);
            }
            let folder = StoreError::Folder {
                path: "/data".into(),
                source: std::io::Error::from(std::io::ErrorKind::PermissionDenied),
            };
            let failures = [
                store_failure(text, &folder),
                store_failure(text, &StoreError::Newer { found: 7, known: 3 }),
                store_failure(text, &StoreError::Damaged("page 4".into())),
                store_failure(text, &StoreError::NotFound),
                second_copy(text),
            ];
            for words in &failures {
                there(&words.title);
                there(&words.means);
                there(&words.advice);
            }
            assert!(failures[0].means.contains("/data") && failures[1].means.contains('7'));
        });
    }
}
