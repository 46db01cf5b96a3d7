//! What came of a test or a save, in words: what it is, what it means, what to do.

use super::form::Outcome;
use crate::domain::Connection;
use crate::domain::PhoneNumber;
use crate::domain::health::PhoneStatus;
use crate::domain::text::shown_name;
use crate::engine::{AccountError, CallError, CallErrorKind, TestResult};
use crate::gateway::Capabilities;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, icons};
use crate::ui::words;

/// What the banner says.
pub(super) struct Said {
    pub tone: Tone,
    pub icon: &'static str,
    pub title: String,
    pub body: String,
    /// Whether pairing a phone is what comes next.
    pub pair: bool,
}

/// `known` is the gateway of the form.
pub(super) fn said(
    ctx: &UiContext<'_>,
    outcome: &Outcome,
    known: Option<&Capabilities>,
    can_pair: bool,
) -> Said {
    match outcome {
        Outcome::Saved => Said {
            tone: Tone::Ok,
            icon: icons::CIRCLE_CHECK,
            title: t!(ctx, "accounts-saved-title"),
            body: if can_pair {
                t!(ctx, "accounts-saved-pair")
            } else {
                t!(ctx, "accounts-saved-ready")
            },
            pair: can_pair,
        },
        Outcome::Tested(Ok(result)) => tested(ctx, result),
        Outcome::Tested(Err(error)) => failed(ctx, error, known, true),
        Outcome::NotSaved(error) => failed(ctx, error, known, false),
    }
}

fn tested(ctx: &UiContext<'_>, result: &TestResult) -> Said {
    let Some(phone) = &result.phone else {
        return Said {
            tone: Tone::Ok,
            icon: icons::CIRCLE_CHECK,
            title: t!(ctx, "accounts-test-good"),
            body: t!(ctx, "accounts-test-good-body"),
            pair: false,
        };
    };
    let name = phone_words(ctx, phone);
    let (tone, icon, title, body, pair) = match phone.connection() {
        Connection::MustPair => (
            Tone::Info,
            icons::QR,
            t!(ctx, "accounts-test-must-pair"),
            t!(ctx, "accounts-test-must-pair-body"),
            true,
        ),
        Connection::PhoneOffline => (
            Tone::Warn,
            icons::WIFI_OFF,
            t!(ctx, "accounts-test-offline", phone = name),
            t!(ctx, "accounts-test-offline-body"),
            false,
        ),
        _ => (
            Tone::Ok,
            icons::CIRCLE_CHECK,
            t!(ctx, "accounts-test-ready", phone = name),
            t!(ctx, "accounts-test-ready-body"),
            false,
        ),
    };
    Said {
        tone,
        icon,
        title,
        body,
        pair,
    }
}

fn phone_words(ctx: &UiContext<'_>, phone: &PhoneStatus) -> String {
    let name = phone
        .name
        .as_deref()
        .map(shown_name)
        .filter(|name| !name.is_empty());
    let number = phone.number.as_deref().map(|digits| {
        PhoneNumber::from_digits(digits).map_or_else(|_| shown_name(digits), |number| number.to_string())
    });
    match (name, number) {
        (Some(name), Some(number)) => {
            t!(ctx, "accounts-phone-and-number", name = name, number = number)
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => t!(ctx, "accounts-phone-unnamed"),
    }
}

fn failed(ctx: &UiContext<'_>, error: &AccountError, known: Option<&Capabilities>, testing: bool) -> Said {
    let (title, body, said) = match error {
        // Problems of fields stand beside the fields; this is what is left when one has no field here.
        AccountError::Fields(_) => (t!(ctx, "accounts-check-fields"), String::new(), ""),
        AccountError::Call(error) => {
            let (title, body) = call_words(ctx, error, known);
            (title, body, error.words.as_str())
        }
        AccountError::Secrets(error) => {
            let means = if testing {
                t!(ctx, "accounts-secrets-unread-body")
            } else {
                t!(ctx, "accounts-secrets-unkept-body")
            };
            let body = format!("{} {means}", words::secret_error(ctx.text, error));
            let title = if testing {
                t!(ctx, "accounts-secrets-unread")
            } else {
                t!(ctx, "accounts-secrets-unkept")
            };
            (title, body, "")
        }
        AccountError::Store(words) => (
            t!(ctx, "accounts-not-saved"),
            t!(ctx, "accounts-not-saved-body"),
            words.as_str(),
        ),
    };
    let body = if said.trim().is_empty() {
        body
    } else {
        format!("{body} {}", words::their_words(ctx.text, said))
    };
    let passes = matches!(
        error,
        AccountError::Call(CallError {
            kind: CallErrorKind::Unreachable | CallErrorKind::RateLimited,
            ..
        })
    );
    Said {
        tone: if passes { Tone::Warn } else { Tone::Bad },
        icon: if passes { icons::UNPLUG } else { icons::CIRCLE_X },
        title,
        body,
        pair: false,
    }
}

fn call_words(ctx: &UiContext<'_>, error: &CallError, known: Option<&Capabilities>) -> (String, String) {
    let key = error.kind.key();
    // Credentials that are right are refused where they are sent in another way than the gateway takes them.
    let several = known.is_some_and(|known| known.auth_forms.len() > 1);
    let body = if several && error.kind == CallErrorKind::CredentialsRefused {
        let way = t!(ctx, "accounts-auth-form");
        t!(ctx, "accounts-call-credentials-refused-way", way = way)
    } else {
        ctx.text.get(&format!("accounts-call-{key}-body"))
    };
    (ctx.text.get(&format!("accounts-call-{key}")), body)
}
