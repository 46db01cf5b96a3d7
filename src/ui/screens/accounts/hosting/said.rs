//! What came of a test or of saving, in words: what it is, what it means, what to do.

use crate::domain::detail::Detail;
use crate::domain::hosting::{FetchProblem, HostingError, HostingTest};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::reason_words::{filled, named_key};
use crate::ui::theme::{Tone, icons};
use crate::ui::words;

/// What came of the last test or save.
pub(super) enum Outcome {
    Tested(Result<HostingTest, HostingError>),
    NotSaved(HostingError),
}

/// The same in words.
pub(super) struct Said {
    pub tone: Tone,
    pub icon: &'static str,
    pub title: String,
    /// What happened and what helps; may be empty.
    pub body: String,
    /// The words of the system or the storage; may be empty. They can be long.
    pub their_words: String,
}

pub(super) fn said(ctx: &UiContext<'_>, outcome: &Outcome) -> Said {
    match outcome {
        Outcome::Tested(Ok(test)) => Said {
            tone: Tone::Ok,
            icon: icons::CIRCLE_CHECK,
            title: t!(ctx, "hosting-test-good", milliseconds = test.milliseconds),
            body: String::new(),
            their_words: String::new(),
        },
        Outcome::Tested(Err(error)) => failed(ctx, t!(ctx, "hosting-test-failed"), error),
        Outcome::NotSaved(error) => failed(ctx, t!(ctx, "hosting-not-saved"), error),
    }
}

fn failed(ctx: &UiContext<'_>, title: String, error: &HostingError) -> Said {
    let passes = matches!(error, HostingError::StorageUnreachable(_));
    Said {
        tone: if passes { Tone::Warn } else { Tone::Bad },
        icon: if passes { icons::UNPLUG } else { icons::CIRCLE_X },
        title,
        body: error_words(ctx, error),
        their_words: their_words(ctx, error),
    }
}

/// What happened, and what helps.
fn error_words(ctx: &UiContext<'_>, error: &HostingError) -> String {
    let key = error.key();
    let named = match error {
        HostingError::StorageAtOdds(hint, _) => hint.detail(),
        _ => String::new(),
    };
    let sentence = format!("hosting-{key}");
    let happened =
        filled(ctx.text, &sentence, &Detail::read(&named)).unwrap_or_else(|| ctx.text.get(&sentence));
    let helps = match error {
        HostingError::NotFetchedBack(problem) => fetch_words(ctx, problem),
        _ => ctx.text.get(&format!("hosting-{key}-do")),
    };
    format!("{happened} {helps}")
}

fn their_words(ctx: &UiContext<'_>, error: &HostingError) -> String {
    let said = match error {
        HostingError::NotFetchedBack(FetchProblem::Unreachable(said))
        | HostingError::Keys(said)
        | HostingError::StorageUnreachable(said)
        | HostingError::StorageRefused(said)
        | HostingError::StorageAtOdds(_, said)
        | HostingError::FileLost(said)
        | HostingError::Store(said) => said.trim(),
        HostingError::NotFetchedBack(_)
        | HostingError::Fields(_)
        | HostingError::NoPlace
        | HostingError::NoPublicAddress
        | HostingError::NotListening => "",
    };
    if said.is_empty() {
        String::new()
    } else if let Some(key) = named_key(said) {
        ctx.text.get(&key)
    } else {
        words::their_words(ctx.text, said)
    }
}

/// Why what was put there could not be fetched back, and what helps.
fn fetch_words(ctx: &UiContext<'_>, problem: &FetchProblem) -> String {
    match problem {
        FetchProblem::Status(status) => t!(ctx, "hosting-fetch-status", status = status.to_string()),
        problem => ctx.text.get(&format!("hosting-fetch-{}", problem.key())),
    }
}
