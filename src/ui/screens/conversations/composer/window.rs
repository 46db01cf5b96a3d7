//! Until when free text may be sent to the person, where a gateway knows such a time.

use super::text::line;
use crate::domain::window::FreeText;
use crate::domain::{Conversation, Timestamp};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::status::planned;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets;
use egui::Ui;

/// How it stands between an account and a person.
pub(super) fn free_text(ctx: &UiContext<'_>, account: &AccountView, person: &Conversation) -> FreeText {
    let hours = account.capabilities.window_hours;
    FreeText::of(hours, person.last_wrote_at, account.hears(ctx.now), ctx.now)
}

/// The line that says it; whether a template is wanted instead. It turns at the moment the time ends.
pub(super) fn line_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    account: &AccountView,
    free: FreeText,
    leaves: Option<Timestamp>,
) -> bool {
    let hours = account.capabilities.window_hours.unwrap_or_default();
    let (tone, icon, words) = match free {
        FreeText::Always => return false,
        FreeText::Until(end) => {
            ctx.wake_at(end);
            let when = moment(ctx, end);
            if leaves.is_some_and(|leaves| leaves >= end) {
                let words = t!(ctx, "window-ends-before", when = when);
                (Tone::Warn, icons::WARNING, words)
            } else {
                let words = t!(ctx, "window-until", when = when);
                (Tone::Neutral, icons::CLOCK, words)
            }
        }
        FreeText::Since(_) | FreeText::NeverWrote => {
            (Tone::Warn, icons::LOCK, closed_words(ctx, account, free))
        }
        FreeText::NotKnown => {
            let words = t!(ctx, "window-not-known", hours = hours);
            (Tone::Neutral, icons::INFO, words)
        }
    };
    line(ui, ctx.theme, (tone, icon), words);
    let offers = account.capabilities.templates.is_some() && tone == Tone::Warn;
    offers && widgets::link(ui, ctx.theme, t!(ctx, "window-use-template")).clicked()
}

/// Why no free text can be sent.
pub(super) fn closed_words(ctx: &UiContext<'_>, account: &AccountView, free: FreeText) -> String {
    let hours = account.capabilities.window_hours.unwrap_or_default();
    match free {
        FreeText::Since(end) => t!(ctx, "window-since", hours = hours, when = moment(ctx, end)),
        _ => t!(ctx, "window-never-wrote"),
    }
}

/// The time alone if it is today.
fn moment(ctx: &UiContext<'_>, at: Timestamp) -> String {
    if at.local().date() == ctx.now.local().date() {
        ctx.text.time(at)
    } else {
        planned(ctx, at)
    }
}
