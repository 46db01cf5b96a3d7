//! What came of a test or of saving, in words: what it is, what it means, what to do.

use crate::domain::hosting::{FetchProblem, HostingError, HostingTest};
use crate::t;
use crate::ui::context::UiContext;
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
    /// May be empty.
    pub body: String,
}

pub(super) fn said(ctx: &UiContext<'_>, outcome: &Outcome) -> Said {
    match outcome {
        Outcome::Tested(Ok(test)) => Said {
            tone: Tone::Ok,
            icon: icons::CIRCLE_CHECK,
            title: t!(ctx, "hosting-test-good", milliseconds = test.milliseconds),
            body: String::new(),
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
    }
}

/// What happened, what helps, and what was said.
fn error_words(ctx: &UiContext<'_>, error: &HostingError) -> String {
    let key = error.key();
    let happened = ctx.text.get(&format!("hosting-{key}"));
    let (helps, said) = match error {
        HostingError::NotFetchedBack(problem) => (fetch_words(ctx, problem), fetch_said(problem)),
        HostingError::Keys(said)
        | HostingError::StorageUnreachable(said)
        | HostingError::StorageRefused(said)
        | HostingError::FileLost(said)
        | HostingError::Store(said) => (ctx.text.get(&format!("hosting-{key}-do")), said.as_str()),
        HostingError::Fields(_)
        | HostingError::NoPlace
        | HostingError::NoPublicAddress
        | HostingError::NotListening => (ctx.text.get(&format!("hosting-{key}-do")), ""),
    };
    let said = said.trim();
    let said = if said.is_empty() {
        String::new()
    } else {
        words::their_words(ctx.text, said)
    };
    [happened, helps, said]
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Why what was put there could not be fetched back, and what helps.
fn fetch_words(ctx: &UiContext<'_>, problem: &FetchProblem) -> String {
    match problem {
        FetchProblem::Status(status) => t!(ctx, "hosting-fetch-status", status = status.to_string()),
        problem => ctx.text.get(&format!("hosting-fetch-{}", problem.key())),
    }
}

fn fetch_said(problem: &FetchProblem) -> &str {
    match problem {
        FetchProblem::Unreachable(said) => said,
        _ => "",
    }
}
